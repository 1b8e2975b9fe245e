"""`flask accounts`: inviting people and starting their factors anew. Links are printed once; no mailer is needed."""

import click
from flask import Flask

from campaign.accounts import invitations, managing, restored, vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import GIVEN_BY_TWO, Role
from campaign.commands.group import Group
from campaign.commands.operators import account_by_email, operator, proven
from campaign.database import db, reading

group = Group("accounts", help="Invite people, list them, shut them out, start their factors anew.")


@group.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="A role to give; may be repeated.",
)
@click.option("--name", default="", help="How colleagues call them; they may change it.")
@click.option("--by", "approvers", multiple=True, help="Administrators who agree; two for the roles that need it.")
def invite(email: str, roles: tuple[Role, ...], name: str, approvers: tuple[str, ...]) -> None:
    """Invite EMAIL: print a link that sets a password once, within 24 hours. May be run again for a new link."""
    existing = invitations.by_email(email)
    is_of_two = bool(GIVEN_BY_TWO & {*map(Role, roles), *(existing.roles if existing else ())})
    is_alone = len(invitations.administrators()) < 2
    first = agreed_by_two("invite", approvers, receiver=existing) if is_of_two and not is_alone else None
    try:
        account = invitations.account_for(email, name=name, actor=operator())
        invitations.grant(account, [Role(role) for role in roles], actor=operator())
    except invitations.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if not account.is_active:
        raise click.ClickException(
            f"{account.email} is disabled. Enable it first: flask accounts enable {account.email}"
        )
    # While there is one administrator the shell gives such a role, and nobody could hand over a code.
    link = invitations.invite(account, by=first, actor=operator(), opens_alone=is_alone)
    db.session.commit()
    click.echo(f"{account.email} is invited as {', '.join(sorted(account.role_codes)) or 'nothing yet'}.")
    say_link(account, link)


def agreed_by_two(deed: str, approvers: tuple[str, ...], *, receiver: Account | None) -> int:
    """Return the first of two who agree and have shown their codes. Raises ClickException where they are not named.

    Who receives it is none of the two. The first is an administrator; the second is whoever may hand over the code of
    the first's link.
    """
    number = receiver.id if receiver else 0
    named = {account_by_email(email).id: email for email in approvers}
    for first in set(invitations.administrators()) & set(named) - {number}:
        second = next((one.id for one in vouching.seconds(number, first) if one.id in named), None)
        if second is not None:
            # With the host of the desk all passkeys are lost: then two of these begin them anew, each by a code.
            proven(named[first], deed, is_reset=deed == "reset_factors")
            proven(named[second], deed, is_reset=deed == "reset_factors")
            return first
    raise click.ClickException("This takes two administrators who can sign in. Name them: --by ADDRESS --by ADDRESS.")


def could_be_two(account: Account) -> bool:
    """Whether an administrator and a second person could start the factors of an account anew."""
    others = set(invitations.administrators()) - {account.id}
    return any(vouching.seconds(account.id, first) for first in others)


def say_link(account: Account, link: str) -> None:
    """Print a link, and with whose code it opens."""
    click.echo(f"The link holds once, until this time tomorrow:\n{link}")
    row = invitations.open_link(account)
    if row is not None and invitations.needs_code(row, account):
        names = " or ".join(one.email for one in vouching.seconds(account.id, row.made_by_id)) or "nobody yet"
        click.echo(f"It opens only with a code. Handed over by {names}: at the desk under My account, or", err=True)
        click.echo(f"  flask accounts hand-over {account.email} --by ADDRESS", err=True)


@group.command("hand-over")
@click.argument("email")
@click.option("--by", "second", required=True, help="Who hands it over: not who made the link.")
def hand_over(email: str, second: str) -> None:
    """Print the code with which the link of EMAIL opens. Tell it to the person, not to who holds the link."""
    account, by = account_by_email(email), proven(second, "hand_over")
    try:
        code = invitations.hand_over(account, by=by)
    except invitations.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"The code for {account.email}, shown only now:\n{code}")


@group.command()
@click.argument("email")
@click.option("--by", "voucher", required=True, help="Who has met or spoken with the person.")
def vouch(email: str, voucher: str) -> None:
    """Vouch for EMAIL, whom one person alone let in: from now on they work together like any two."""
    account, by = account_by_email(email), proven(voucher, "vouch")
    try:
        vouching.vouch(account, by=by)
    except invitations.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{by.email} vouches for {account.email}.")


@group.command("list")
def show() -> None:
    """Print every account: address, roles, whether it can sign in."""
    with reading():
        accounts = invitations.everyone()
        for account in accounts:
            state = "disabled" if not account.is_active else "ready" if account.has_second_factor else "invited"
            click.echo(f"{account.email}\t{','.join(sorted(account.role_codes)) or '-'}\t{state}")
    click.echo(f"{len(accounts)} accounts.", err=True)


@group.command()
@click.argument("email")
@click.option("--by", "approvers", multiple=True, help="Administrators who agree; two for the roles that need it.")
@click.option("--yes", is_flag=True, help="Do it: password, authenticator, recovery codes and sessions end.")
def reset_factors(email: str, approvers: tuple[str, ...], yes: bool) -> None:
    """Start the factors of EMAIL anew and print a link. The person and the administrators are told at the desk."""
    account = account_by_email(email)
    if not yes:
        raise click.ClickException(f"{account.email} would lose every factor and session. Add --yes to do it.")
    is_two = invitations.is_of_two(account) and could_be_two(account)
    first = agreed_by_two("reset_factors", approvers, receiver=account) if is_two else None
    # Where nobody is left who could hand over a code, the shell alone starts them anew.
    is_alone = not vouching.seconds(account.id, first)
    link = invitations.reset_factors(account, by=first, actor=operator(), opens_alone=is_alone)
    db.session.commit()
    click.echo(f"The factors of {account.email} are gone; every session has ended.")
    say_link(account, link)


@group.command()
@click.argument("email")
def disable(email: str) -> None:
    """Shut EMAIL out, at once and everywhere, until it is enabled again. May be run twice."""
    account = known(email)
    managing.disable(account, actor=operator())
    db.session.commit()
    click.echo(f"{account.email} is disabled; every session and link of it has ended.")
    if not invitations.administrators():
        click.echo("No administrator is left: only the shell manages accounts now.", err=True)


@group.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let EMAIL in again, with the roles and factors that it had. May be run twice."""
    account = known(email)
    managing.enable(account, actor=operator())
    db.session.commit()
    click.echo(f"{account.email} is open again as {', '.join(sorted(account.role_codes)) or 'nothing yet'}.")


@group.command("confirm-people")
@click.option("--but", "left", multiple=True, metavar="ADDRESS", help="Somebody who stays shut out; may be repeated.")
@click.option("--yes", is_flag=True, help="The list was looked through with somebody who knows these people: open.")
def confirm_people(left: tuple[str, ...], yes: bool) -> None:
    """Open the accounts that a restore shut, once their list was looked through. Without --yes: print the list."""
    waiting = restored.waiting()
    but = {known(email).id for email in left}
    for account, lacks_factors in waiting:
        told = "stays shut" if account.id in but else "lost its factors" if lacks_factors else "opens as it was"
        click.echo(f"{account.email}\t{','.join(sorted(account.role_codes)) or '-'}\t{told}")
    if not waiting:
        click.echo("No account waits: none was shut by a restore since the last confirmation.")
        return
    if not yes:
        raise click.ClickException(
            f"{len(waiting)} accounts wait. Is each still with the campaign, with these roles? Name who is not by "
            "--but ADDRESS, and add --yes."
        )
    lacking = [account.email for account, lacks_factors in waiting if lacks_factors and account.id not in but]
    opened = restored.confirm(but=but, actor=operator())
    db.session.commit()
    click.echo(f"{len(opened)} accounts are open again.")
    for email in lacking:
        click.echo(f"Its factors were replaced after the copy: flask accounts reset-factors {email} --yes", err=True)


def known(email: str) -> Account:
    """Return the account of an address, disabled or not. Refuses an unknown one."""
    account = invitations.by_email(email)
    if account is None:
        raise click.ClickException(f"There is no account {email}. flask accounts list shows those there are.")
    return account


def register(app: Flask) -> None:
    """Add the group to `flask`."""
    app.cli.add_command(group)

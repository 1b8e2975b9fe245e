"""`flask accounts`: inviting people and starting their factors anew. Links are printed once; no mailer is needed."""

import click
from flask import Flask

from campaign.accounts import invitations, managing
from campaign.accounts.models import Account
from campaign.accounts.permissions import GIVEN_BY_TWO, Role
from campaign.commands.group import Group
from campaign.commands.operators import account_by_email, operator, prove
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
    ask_two_administrators({Role(role) for role in roles}, approvers, receiver=email)
    try:
        account = invitations.account_for(email, name=name, actor=operator())
        invitations.grant(account, [Role(role) for role in roles], actor=operator())
    except invitations.Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if not account.is_active:
        raise click.ClickException(
            f"{account.email} is disabled. Enable it first: flask accounts enable {account.email}"
        )
    link = invitations.invite(account, actor=operator())
    db.session.commit()
    click.echo(f"{account.email} is invited as {', '.join(sorted(account.role_codes)) or 'nothing yet'}.")
    click.echo(f"The link holds once, until this time tomorrow:\n{link}")


def ask_two_administrators(roles: set[Role], approvers: tuple[str, ...], *, receiver: str) -> None:
    """Ask two administrators for their codes before a role is given that one may not give alone.

    While fewer than two administrators exist the shell gives it. Who receives it is none of the two (domain.md, Roles).
    """
    if not roles & GIVEN_BY_TWO or len(invitations.administrators()) < 2:
        return
    accounts = {account.id: account for account in map(account_by_email, approvers)}
    able = set(invitations.administrators()) - {account.id for account in (invitations.by_email(receiver),) if account}
    agreeing = [account for number, account in accounts.items() if number in able]
    if len(agreeing) < 2:
        raise click.ClickException("This role is given by two administrators. Name them: --by ADDRESS --by ADDRESS.")
    for account in agreeing:
        prove(account)


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
@click.option("--yes", is_flag=True, help="Do it: password, authenticator, recovery codes and sessions end.")
def reset_factors(email: str, yes: bool) -> None:
    """Start the factors of EMAIL anew and print a link. The person and the administrators are told at the desk."""
    account = account_by_email(email)
    if not yes:
        raise click.ClickException(f"{account.email} would lose every factor and session. Add --yes to do it.")
    link = invitations.reset_factors(account, actor=operator())
    db.session.commit()
    click.echo(f"The factors of {account.email} are gone; every session has ended.")
    click.echo(f"The link holds once, until this time tomorrow:\n{link}")


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


def known(email: str) -> Account:
    """Return the account of an address, disabled or not. Refuses an unknown one."""
    account = invitations.by_email(email)
    if account is None:
        raise click.ClickException(f"There is no account {email}. flask accounts list shows those there are.")
    return account


def register(app: Flask) -> None:
    """Add the group to `flask`."""
    app.cli.add_command(group)

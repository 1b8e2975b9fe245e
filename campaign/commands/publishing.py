"""`flask publishing ...`: the workflow and the door from a terminal, for one case or a whole batch.

A deed is done in the name of an account, which shows its code as it does at the desk; the audit names the
operating system's user as well.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

import click
from flask import Flask
from flask.cli import with_appcontext
from tqdm import tqdm

from campaign import register as registers
from campaign import sandbox
from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.models import Case
from campaign.cases.queries import by_ref
from campaign.commands.group import Group
from campaign.commands.operators import operator, proven
from campaign.commands.sweep import sweep_once
from campaign.database import db, reading
from campaign.ledger import identity
from campaign.publishing import batch, door, restoring, withdrawn
from campaign.publishing import erase as erasing
from campaign.publishing import recheck as rechecking
from campaign.publishing.batch import Deed, Outcome
from campaign.publishing.errors import Refused
from campaign.sheets import Unreadable
from campaign.web.context import settings

F = TypeVar("F", bound=Callable[..., object])
group = Group("publishing", help="Submit, approve, publish, withdraw, recheck, sweep, erase.")


def register(app: Flask) -> None:
    """Give the application its `publishing` commands."""
    app.cli.add_command(group)


def for_a_batch(command: F) -> F:
    """Give a command the options of a walk over many cases."""
    given = click.option("--batch", "names", required=True, help="A file of references or of the sheet, or a tag.")
    return given(in_the_name_of(command))


def in_the_name_of(command: F) -> F:
    """Give a command the option that says whose deed it is."""
    return click.option("--by", "email", required=True, help="Whose deed this is: an account's address.")(command)


@group.command("submit")
@for_a_batch
@with_appcontext
def submit(names: str, email: str) -> None:
    """Put every draft of a batch before a second person."""
    walk("submit", names, batch.submit, by=proven(email, "submit"))


@group.command("sign")
@for_a_batch
@with_appcontext
def sign(names: str, email: str) -> None:
    """Sign, as a second safety officer, the consents of a batch that another one stated, such as those of a sheet."""
    walk("sign", names, batch.sign, by=proven(email, "sign"))


@group.command("approve")
@for_a_batch
@with_appcontext
def approve(names: str, email: str) -> None:
    """Approve every case of a batch that is in review and that --by did not write.

    Nothing of it is published before somebody who wrote none of it has opened each case at the desk and answered
    whether a neighbour would know who spoke: no batch answers that.
    """
    walk("approve", names, batch.approve, by=proven(email, "approve"))


@group.command("publish")
@for_a_batch
@with_appcontext
def publish(names: str, email: str) -> None:
    """Publish every approved case of a batch for which the gate holds."""
    walk("publish", names, batch.publish, by=proven(email, "publish"))


@group.command("withdraw")
@click.argument("ref")
@in_the_name_of
@click.option("--reason", required=True, help="Why; it stays sealed at the desk.")
@with_appcontext
def withdraw(ref: str, email: str, reason: str) -> None:
    """Withdraw the profile REF at once."""
    account = proven(email, "withdraw")
    try:
        entry = door.withdraw(case_of(ref, account), by=account, reason=reason)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    number = entry.number
    db.session.commit()
    click.echo(f"{ref} is withdrawn: entry {number} of the ledger.")


@group.command("despite")
@click.argument("ref")
@click.argument("other", metavar="WITHDRAWN")
@in_the_name_of
@click.option("--reason", required=True, help="Why; it stays sealed at the desk.")
@with_appcontext
def despite(ref: str, other: str, email: str, reason: str) -> None:
    """Decide, as a safety officer, that REF may be published though somebody like its person was WITHDRAWN."""
    account = proven(email, "despite")
    case = case_of(ref, account)
    try:
        withdrawn.let_go(case, other, by=account, reason=reason, actor=operator())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{ref} no longer waits because of {other}.")


@group.command("recheck")
@click.option("--dry-run", is_flag=True, help="Change nothing: say how many would be narrowed, paused and listed.")
@with_appcontext
def recheck(dry_run: bool) -> None:
    """Ask every public profile by the rules of now; run it after each update.

    What only takes away is narrowed at once; what shows a child, a death before the family knows, or another's name or
    number is paused, and safety officers are told. The rest is listed for publishers, those without any age first.
    """
    verdicts = rechecking.recheck(dry_run=dry_run)
    for one in verdicts:
        said = one.pause or (*((f"less of: {', '.join(one.fields)}.",) if one.fields else ()), *one.faults)
        if one.state != "sound":
            click.echo(f"{one.ref} {one.state}: {' '.join(said)}")
    counts = Counter(one.state for one in verdicts)
    no_age = sum(rechecking.NO_AGE in one.faults for one in verdicts)
    listed = sum(bool(one.faults) for one in verdicts)
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(verdicts)} public profiles: {counts['narrowed']} {would}narrowed, {counts['paused']} {would}paused, "
        f"{listed} {would}listed, {no_age} of them without any age."
    )
    if not dry_run:
        record("shell.recheck", by=None, actor=operator(), details=dict(counts))
        db.session.commit()


@group.command("open")
@click.option("--yes", is_flag=True, help="Everybody who was taken away after the copy is withdrawn again.")
@with_appcontext
def open_again(yes: bool) -> None:
    """Open the public pages again after a restore without a register."""
    if not yes:
        raise click.ClickException(
            "Without a register nobody knows who was taken away after the copy was made. Withdraw or pause everybody "
            "of whom somebody remembers it, then add --yes."
        )
    is_opened = identity.open_again()
    if is_opened:
        record("ledger.opened", by=None, actor=operator())
        db.session.commit()
    click.echo("The public pages are open." if is_opened else "The public pages were not shut.")


@group.command("follow-register")
@click.option("--since", type=int, required=True, help="How many bytes the register had when the snapshot was taken.")
@with_appcontext
def follow_register(since: int) -> None:
    """Where deploy/update put a snapshot back: do again what was taken away since, as `flask restore` does.

    Where nothing was, nothing changes: everybody stays signed in, and readers go on.
    """
    path = settings().register
    try:
        with reading():
            is_behind = path is not None and path.exists() and restoring.is_behind(path, since)
        db.session.rollback()
        if not is_behind:
            click.echo("The register knows of nothing that was done since.")
            return
        report_of = restoring.replay(path, actor=operator())
        db.session.commit()
    except (OSError, registers.Unreadable) as fault:
        raise click.ClickException(f"The register can't be followed: {fault}") from fault
    restoring.finish(report_of)
    for line in report_of.lines():
        click.echo(line)


@group.command("sweep")
@with_appcontext
def sweep() -> None:
    """Take away what ended by date, publish what waited for its hour, and say of which case."""
    sweep_once()


@group.command("erase")
@click.argument("ref")
@in_the_name_of
@click.option("--reason", required=True, help="A few words without names; the audit keeps them.")
@click.option("--yes", is_flag=True, help="Really erase: nothing of the case can be read again.")
@with_appcontext
def erase(ref: str, email: str, reason: str, yes: bool) -> None:
    """Erase the case REF for good, its pictures and its older versions too."""
    if not yes:
        raise click.ClickException("Erasing can't be undone. Say --yes if you mean it.")
    account = proven(email, "erase")
    try:
        files = erasing.erase(case_of(ref, account), by=account, reason=reason)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    erasing.finish(files)
    click.echo(f"{ref} is erased, {len(files.pictures)} copies of pictures and {len(files.originals)} originals too.")


def walk(verb: str, names: str, deed: Deed, *, by: Account) -> None:
    """Do one thing to each case of a batch, print what was refused and why; exit 1 where something was."""
    try:
        # A tag is no file, and needs no process that opens one.
        with reading(), sandbox.running() if batch.is_file(names) else nullcontext():
            refs = batch.refs_of(names, by)
        db.session.rollback()
    except (Refused, Unreadable) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    outcomes = list(tqdm(batch.walk(refs, deed, by=by), total=len(refs), desc=verb, file=sys.stderr, disable=None))
    report(verb, outcomes)


def report(verb: str, outcomes: list[Outcome]) -> None:
    """Print what became of each refused case, then the counts; exit 1 where one was refused."""
    refused = [outcome for outcome in outcomes if outcome.state == "refused"]
    for outcome in refused:
        click.echo(f"{outcome.ref}: {outcome.sentence}")
    done = sum(outcome.state == "done" for outcome in outcomes)
    unchanged = sum(outcome.state == "unchanged" for outcome in outcomes)
    click.echo(f"{verb}: {done} done, {unchanged} unchanged, {len(refused)} refused.")
    if refused:
        sys.exit(1)


def case_of(ref: str, account: Account) -> Case:
    """Return a case that an account may see. Raises ClickException."""
    case = by_ref(ref, account)
    if case is None:
        raise click.ClickException(f"There is no case {ref}.")
    return case

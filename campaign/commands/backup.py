"""`flask backup ...`: copies of this home, sealed for two people, kept by rule, carried off the machine."""

import sys
from pathlib import Path

import click
import segno
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from campaign.audit.log import record
from campaign.backups import carrying, copies, retention, sealing
from campaign.backups.archive import Manifest
from campaign.backups.carrying import NotCarried
from campaign.backups.copies import Known
from campaign.backups.database_copies import NotCopied
from campaign.clock import now
from campaign.commands.group import Group
from campaign.commands.operators import operator
from campaign.database import db, reading
from campaign.web.context import settings

SHEET = """
---------------------------------------------------------------------------
{campaign}: sheet {number} of 2, made on {on}

Private key to the backups. It alone opens every copy made from today on.
Print this sheet or write the key down twice, give it to one person, and
keep none of it on a computer. The other sheet goes to somebody else.

    {key}

{square}To use it: flask restore COPY --register REGISTER
---------------------------------------------------------------------------
"""
group = Group("backup", help="Write, check, list and thin out sealed copies of this home.")


class RefusedBackup(click.ClickException):
    """What kept a copy from being made or read, in a sentence."""


def register(app: Flask) -> None:
    """Offer the group."""
    app.cli.add_command(group)


@group.command()
@click.option("--yes", is_flag=True, help="Make new keys though there are some; older copies keep to the older sheets.")
@with_appcontext
def keys(yes: bool) -> None:
    """Make the two key pairs that open copies, and print each private key once, on a sheet for one person each."""
    if sealing.has_recipients() and not yes:
        raise click.ClickException("There are keys already. --yes makes new ones; older copies keep to the old.")
    make_keys()


def make_keys() -> None:
    """Print two sheets and keep the public halves, which alone stay here."""
    pairs = [sealing.new_pair(), sealing.new_pair()]
    for number, pair in enumerate(pairs, 1):
        click.echo(sheet(number, pair.identity))
        if sys.stdin.isatty():
            _ask_for_its_end(number, pair.identity)
    sealing.keep_recipients([pair.recipient for pair in pairs])
    record("backup.keys", by=None, actor=operator(), details={"recipients": [pair.recipient for pair in pairs]})
    db.session.commit()
    click.echo("Copies are sealed to both keys from now on. This machine keeps neither of them.")
    click.echo("Bring the keys of the home off this machine too, sealed for the same two: flask keys copy FILE")


def sheet(number: int, key: str) -> str:
    """Return a sheet to print, with the key as text and as a square that a telephone reads."""
    square = ""
    if sys.stdout.isatty():
        from io import StringIO

        drawn = StringIO()
        segno.make(key, error="m").terminal(drawn, compact=True)
        square = f"{drawn.getvalue()}\n"
    return SHEET.format(campaign=settings().name, number=number, on=f"{now():%d %B %Y}", key=key, square=square)


def _ask_for_its_end(number: int, key: str) -> None:
    """Ask for the end of a key as it stands on its sheet: it is shown once."""
    while "".join(click.prompt(f"Sheet {number}: its last eight characters").split()).upper() != key[-8:]:
        click.echo("They are others. Look at the sheet again.")


@group.command()
@with_appcontext
def write() -> None:
    """Write a sealed copy while everybody goes on working, and carry it off this machine where a command is set."""
    try:
        known = copies.write()
    except (sealing.NoRecipients, NotCopied) as refusal:
        raise RefusedBackup(str(refusal)) from refusal
    except OSError as error:
        raise RefusedBackup(f"No copy was written: {error.strerror or error}.") from error
    click.echo(f"{copies.folder() / known.name}: {in_words(known)}.")
    _record_written(known)
    if carrying.is_set():
        _carry_all()
    else:
        click.echo(
            "It lies on this machine alone. Set CAMPAIGN_BACKUP_COMMAND, or bring it elsewhere yourself.", err=True
        )


def _record_written(known: Known) -> None:
    """Record a copy; where the database is too busy for that, the copy is there all the same."""
    details = {"copy": known.name, "sha256": known.sha256, "ledger": known.ledger.number, "audit": known.audit.number}
    try:
        record("backup.written", by=None, actor=operator(), details=details)
        db.session.commit()
    except OperationalError:
        db.session.rollback()
        click.echo("The audit could not be told of it: the database takes nothing at the moment.", err=True)


@group.command()
@click.option("--by-hand", metavar="NAME", help="Note that you brought this copy elsewhere yourself.")
@with_appcontext
def carry(by_hand: str | None) -> None:
    """Carry what is not elsewhere yet: each copy, and the register whenever it has grown. For a timer."""
    if by_hand:
        known = next((one for one in copies.every() if one.name == Path(by_hand).name), None)
        if known is None:
            raise RefusedBackup(f"There is no copy {by_hand}. flask backup list shows all.")
        copies.keep(carrying.as_carried(known))
        click.echo(f"{known.name}: noted as lying elsewhere.")
        return
    if not carrying.is_set():
        raise RefusedBackup("CAMPAIGN_BACKUP_COMMAND names no command.")
    _carry_all()


def _carry_all() -> None:
    """Carry the register first: it is small, and worth most."""
    try:
        if carrying.carry_register():
            click.echo("The register was carried.")
        for known in copies.every():
            if known.carried_at is None and (copies.folder() / known.name).exists():
                carrying.carry(known)
                click.echo(f"{known.name} was carried.")
    except (NotCarried, sealing.NoRecipients, OSError) as refusal:
        raise RefusedBackup(f"{refusal} What was not carried is tried again by: flask backup carry") from refusal


@group.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with the key.")
@click.option("--outside", is_flag=True, help="Without a key: compare every copy here with what was written.")
@with_appcontext
def verify(path: Path | None, identity: Path | None, outside: bool) -> None:
    """Open a copy (the newest unless PATH names one) with a key from a sheet and compare all of it."""
    if outside:
        _compare_all()
        return
    newest = next((copies.folder() / one.name for one in copies.every()), None)
    chosen = path or newest
    if chosen is None:
        raise RefusedBackup("There is no copy yet. Type: flask backup write")
    try:
        manifest = copies.verify(chosen, asked_identity(identity))
    except sealing.NotOpened as refusal:
        raise RefusedBackup(f"{chosen}: {refusal}") from refusal
    click.echo(f"{chosen}: whole. {manifest_in_words(manifest)}")


def asked_identity(path: Path | None) -> sealing.Identity:
    """Return the private key in a file, or as somebody types it; never from the command line, which others can read."""
    if path is None:
        return sealing.identity_of(click.prompt("Private key from a sheet", hide_input=True, err=True))
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return sealing.identity_of("".join(lines[:1]))


def manifest_in_words(manifest: Manifest) -> str:
    """Return what a copy holds."""
    size = sum(file.size for file in manifest.files) / 1e6
    return (
        f"Of {manifest.made_at:%d %B %Y %H:%M} UTC by version {manifest.version}: {len(manifest.files)} files, "
        f"{size:,.1f} MB, schema {manifest.schema}, ledger to entry {manifest.ledger.number}, audit to row "
        f"{manifest.audit.number}."
    )


def _compare_all() -> None:
    faults = 0
    for known in copies.every():
        try:
            copies.compare(known)
        except (copies.Changed, OSError) as fault:
            click.echo(str(fault), err=True)
            faults += 1
    click.echo(f"{len(copies.every())} copies compared, {faults} faults.")
    if faults:
        sys.exit(1)


@group.command("list")
@with_appcontext
def list_copies() -> None:
    """Show every copy: when it was made, how large it is, when it was carried elsewhere, when it will go."""
    with reading():
        every, going = _all_and_going()
    for one in every:
        click.echo(f"{one.name}  {in_words(one)}{', goes at the next prune' if one in going else ''}.")
    newest = copies.newest_elsewhere()
    click.echo(f"{len(every)} copies. " + (f"The newest elsewhere is of {newest:%d %B %Y %H:%M} UTC."
                                           if newest else "None lies elsewhere."))  # fmt: skip


def in_words(known: Known) -> str:
    """Return a line on a copy, without a full stop."""
    where = f"carried on {known.carried_at:%d %B %Y %H:%M} UTC" if known.carried_at else "on this machine alone"
    return f"{known.size / 1e6:,.1f} MB, ledger to entry {known.ledger.number}, {where}"


@group.command()
@click.option("--yes", is_flag=True, help="Remove them; without it they are only named.")
@with_appcontext
def prune(yes: bool) -> None:
    """Remove the copies that the rule keeps no longer, here and elsewhere: by age, and those made before an erasure."""
    with reading():
        every, going = _all_and_going()
        newest_holds = every and retention.holds_erased(
            every[0], retention.erasures(), now=now(), days=settings().backup_erased_days
        )
    refused = 0
    for one in going:
        try:
            if yes:
                carrying.forget(one)
        except NotCarried as refusal:
            click.echo(str(refusal), err=True)
            refused += 1
        else:
            click.echo(f"{one.name}: {'removed' if yes else 'would be removed'}.")
    if yes and going:
        record("backup.pruned", by=None, actor=operator(), details={"copies": [one.name for one in going]})
        db.session.commit()
    click.echo(f"{len(every) - len(going)} copies kept.")
    if newest_holds:
        raise RefusedBackup(
            "The newest copy still holds somebody who was erased. Type: flask backup write, then prune."
        )
    if refused:
        sys.exit(1)


def _all_and_going() -> tuple[list[Known], list[Known]]:
    here, at = settings(), now()
    every = copies.every()
    kept = retention.kept(every, here.backup_keep, retention.erasures(), at, here.backup_erased_days)
    return every, [one for one in every if one not in kept]

"""`flask keys`: key rotation, and a copy of the keys.

A rotation seals everything again with the newest key, so that an older key can go.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import Column, LargeBinary, Table, bindparam, select, type_coerce, update

from campaign import known_keys
from campaign.accounts.models import Account
from campaign.atomic_files import written
from campaign.audit.log import record
from campaign.backups import key_copies, sealing
from campaign.cases.models import sealed_columns
from campaign.commands.backup import asked_identity
from campaign.commands.group import Group
from campaign.commands.operators import operator
from campaign.database import db
from campaign.imports import uploads
from campaign.media import copies
from campaign.media.stores import Vault
from campaign.secret_files import secret_file
from campaign.web.context import keyring, settings

_BATCH = 500


def reseal_all() -> Iterator[tuple[str, int]]:
    """Seal every value of every sealed column anew, yielding ("table.column", how many) after each column.

    The caller commits once at the end. Raises Unreadable, and changes nothing, for what no key opens.
    """
    for column in sealed_columns():
        table = column.table
        assert isinstance(table, Table)
        yield f"{table.name}.{column.name}", _reseal(table, column)


def _reseal(table: Table, column: Column[object]) -> int:
    (key,) = table.primary_key.columns
    raw = type_coerce(column, LargeBinary)
    change = update(table).where(key == bindparam("row")).values({column: bindparam("sealed", type_=LargeBinary())})
    query = select(key, raw).where(column.is_not(None)).order_by(key).limit(_BATCH)
    count, after = 0, None
    while rows := db.session.execute(query if after is None else query.where(key > after)).all():
        resealed = [{"row": row[0], "sealed": keyring().reseal(bytes(row[1]))} for row in rows]
        db.session.connection().execute(change, resealed)
        count, after = count + len(rows), rows[-1][0]
    return count


group = Group("keys", help="Make new keys, copy them sealed, put them back.")
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def rotate_session_secret() -> None:
    """Make a new secret for sessions; cookies under the one before hold until the next rotation."""
    folder = settings().home / "secrets"
    secret_file(folder / "session.key")
    (folder / "session.key").replace(folder / "session-before.key")
    secret_file(folder / "session.key")


def reseal_second_factors() -> int:
    """Seal the secret of every account's second factor with the newest key; return how many. The caller commits."""
    accounts = list(db.session.scalars(select(Account).where(Account.totp_sealed.is_not(None)).with_for_update()))
    for account in accounts:
        if account.totp_sealed is not None:
            account.totp_sealed = keyring().reseal(account.totp_sealed)
    return len(accounts)


def reseal_files(vault: Vault) -> int:
    """Seal every file of a store with the newest key, each whole or not at all; return how many."""
    names = list(vault.names())
    for name in names:
        vault.rotate(name)
    return len(names)


def resealed() -> Iterator[tuple[str, int]]:
    """Seal everything anew, yielding what and how many. Rows hold once committed; files at once."""
    yield from reseal_all()
    yield "account.totp_sealed", reseal_second_factors()
    db.session.commit()
    yield "files of the vault", reseal_files(copies.vault())
    yield "uploads of imports", reseal_files(uploads.vault())


@group.command()
def rotate() -> None:
    """Seal everything with a new key, and sign sessions with a new secret.

    Stop the processes before and start them after: one that runs on seals with the key it knows. Broken off, run it
    again: older keys stay in their folder, and what they sealed is read until it is sealed anew.
    """
    try:
        path = keyring().add_key()
    except OSError as error:
        raise click.ClickException(f"{settings().keys} takes no key: {error.strerror}. Nothing was changed.") from error
    known_keys.note()
    record("keys.rotated", by=None, actor=operator(), details={"key": path.name})
    # The key is on disk from here on; the audit says so even where the rest breaks off.
    db.session.commit()
    counts = dict(resealed())
    known_keys.retire_all_but(path.name)
    record("keys.resealed", by=None, actor=operator(), details={"key": path.name, "counts": counts})
    db.session.commit()
    for what, count in counts.items():
        click.echo(f"{count:8,}  {what}")
    click.echo(f"All of it is sealed with {path.name}. Keep the older keys while backups made before are kept.")
    rotate_session_secret()
    click.echo("Sessions are signed with a new secret; those under the one before hold until the next rotation.")
    click.echo("Now bring a copy of the keys off this machine: flask keys copy FILE")


@group.command("copy")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@with_appcontext
def copy_keys(file: Path) -> None:
    """Write the keys, sealed for the two people with sheets, into FILE on a stick ("-": to standard output).

    Keep it apart from the copies of the home and from the sheets. Whoever has one sheet opens it: flask keys check FILE
    """
    folder = settings().keys
    if file.resolve().is_relative_to(settings().backups.resolve()):
        raise click.ClickException("Copies of the home lie in that folder, and the keys never lie beside them.")
    try:
        to = sealing.recipients()
        if str(file) == "-":
            names = key_copies.write(folder, sys.stdout.buffer, to)
            sys.stdout.flush()
        else:
            with written(file) as out:
                names = key_copies.write(folder, out, to)
    except (sealing.NoRecipients, OSError) as refusal:
        raise click.ClickException(f"The keys were not copied: {refusal}") from refusal
    record(key_copies.COPIED, by=None, actor=operator(), details={"keys": names, "recipients": to})
    db.session.commit()
    click.echo(f"{len(names)} files of {folder} copied: {', '.join(names)}. Check with a sheet: flask keys check FILE",
               err=True)  # fmt: skip


@group.command()
@click.argument("file", type=A_FILE)
@click.option("--identity", type=A_FILE, help="File with the key from a sheet.")
@with_appcontext
def check(file: Path, identity: Path | None) -> None:
    """Open a copy of the keys with a sheet and compare it with the keys here."""
    found, folder = _opened(file, identity), settings().keys
    here = {name: (folder / name).read_bytes() for name in key_copies.names(folder)}
    missing = sorted(here.keys() - found.keys())
    others = sorted(name for name in found.keys() & here.keys() if found[name].strip() != here[name].strip())
    click.echo(f"{file}: opened, {', '.join(sorted(found))}.")
    if missing or others:
        raise click.ClickException(
            " ".join(
                [f"It lacks {', '.join(missing)}, made since: copy the keys anew."] * bool(missing)
                + [f"{', '.join(others)} is another one here: it belongs to another home."] * bool(others)
            )
        )
    click.echo("All keys that are here are in it.")


@group.command("restore")
@click.argument("file", type=A_FILE)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--identity", type=A_FILE, help="File with the key from a sheet.")
def restore_keys(file: Path, folder: Path, identity: Path | None) -> None:
    """Put the keys of a copy back into FOLDER (CAMPAIGN_KEYS) where they are missing; none is written over."""
    try:
        missing = key_copies.put_back(_opened(file, identity), folder)
    except (key_copies.NotPutBack, OSError) as refusal:
        raise click.ClickException(f"Not put back: {refusal}") from refusal
    click.echo(f"{folder}: {', '.join(missing) if missing else 'nothing was missing'}.")


def _opened(file: Path, identity: Path | None) -> dict[str, bytes]:
    try:
        return key_copies.opened(file, asked_identity(identity))
    except sealing.NotOpened as refusal:
        raise click.ClickException(f"{file}: {refusal}") from refusal


def register(app: Flask) -> None:
    """Add the group to `flask`."""
    app.cli.add_command(group)

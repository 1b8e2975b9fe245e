"""`flask keys`: key rotation. Everything sealed is sealed again with the newest key, so that an older key can go."""

from collections.abc import Iterator

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import Column, LargeBinary, Table, bindparam, select, type_coerce, update

from campaign import known_keys
from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.models import sealed_columns
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


group = AppGroup("keys", help="Make new keys.")


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
    path = keyring().add_key()
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


def register(app: Flask) -> None:
    """Add the group to `flask`."""
    app.cli.add_command(group)

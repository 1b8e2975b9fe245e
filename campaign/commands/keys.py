"""`flask keys`: new keys for what is sealed and for sessions; all that lies sealed is sealed anew."""

from collections.abc import Iterator

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.resealing import reseal_all
from campaign.commands.proof import operator
from campaign.database import db
from campaign.media.stores import Vault
from campaign.settings import secret_file
from campaign.web import keyring, settings

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


def reseal_vault() -> int:
    """Seal every original with the newest key, each file whole or not at all; return how many."""
    vault = Vault(settings().home / "media" / "vault", keyring().fernet)
    names = list(vault.names())
    for name in names:
        vault.rotate(name)
    return len(names)


def resealed() -> Iterator[tuple[str, int]]:
    """Seal everything anew, yielding what and how many. Rows hold once committed; files at once."""
    yield from reseal_all()
    yield "account.totp_sealed", reseal_second_factors()
    db.session.commit()
    yield "files of the vault", reseal_vault()


@group.command()
def rotate() -> None:
    """Seal everything with a new key, and sign sessions with a new secret.

    Stop the processes before and start them after: one that runs on seals with the key it knows. Broken off, run it
    again: older keys stay in their folder, and what they sealed is read until it is sealed anew.
    """
    path = keyring().add_key()
    record("keys.rotated", by=None, actor=operator(), details={"key": path.name})
    # The key is on disk from here on; the audit says so even where the rest breaks off.
    db.session.commit()
    counts = dict(resealed())
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

"""`flask keys`: new keys for what is sealed and for sessions; what the old ones sealed stays readable."""

import click
from flask import Flask
from flask.cli import AppGroup

from campaign.audit.log import record
from campaign.commands.proof import operator
from campaign.database import db
from campaign.settings import secret_file
from campaign.web import keyring, settings

group = AppGroup("keys", help="Make new keys.")


def rotate_session_secret() -> None:
    """Make a new secret for sessions; cookies under the one before hold until the next rotation."""
    folder = settings().home / "secrets"
    secret_file(folder / "session.key")
    (folder / "session.key").replace(folder / "session-before.key")
    secret_file(folder / "session.key")


@group.command()
def rotate() -> None:
    """Seal from now on with a new key, and sign sessions with a new secret. Start the processes again afterwards."""
    path = keyring().add_key()
    rotate_session_secret()
    record("keys.rotated", by=None, actor=operator(), details={"key": path.name})
    db.session.commit()
    click.echo(f"New content is sealed with {path.name}; what older keys sealed stays readable while they are kept.")
    click.echo("Sessions are signed with a new secret; those under the one before hold until the next rotation.")


def register(app: Flask) -> None:
    """Add the group to `flask`."""
    app.cli.add_command(group)

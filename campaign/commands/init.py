"""`flask init`: makes a home, or brings it up to date. Running it twice does no harm."""

from pathlib import Path

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import text

from campaign.database import db
from campaign.web import keyring, settings

MODULES_WITH_TRIGGERS = ("campaign.ledger.models", "campaign.audit.models")


def make_home() -> str:
    """Make the home's folders, secrets and database; return a sentence on each that says where."""
    here = settings()
    for folder in ("secrets", "media"):
        (here.home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    if "staff" in here.edges:
        _ = keyring().fernet, keyring().index_key
    migrate()
    return f"Home {here.home}, keys {here.keys}, database {db.engine.url.render_as_string(hide_password=True)}."


def migrate() -> None:
    """Bring the database to the newest migration; while there are none, make the tables from the models."""
    folder = Path(current_app.extensions["migrate"].directory)
    if list(folder.glob("versions/*.py")):
        flask_migrate.upgrade()
    else:
        create_from_models()


def create_from_models() -> None:
    """Make every table that is missing, and the triggers of new append-only tables."""
    import importlib

    modules = [importlib.import_module(name) for name in MODULES_WITH_TRIGGERS]
    with db.engine.begin() as connection:
        present = set(db.inspect(connection).get_table_names())
        db.metadata.create_all(connection)
        for table, statements in (pair for module in modules for pair in module.TRIGGERS.items()):
            if table not in present:
                for statement in statements[connection.dialect.name]:
                    connection.execute(text(statement))


@click.command("init")
@with_appcontext
def init() -> None:
    """Make this home: secrets, keys, database. Twice is fine."""
    click.echo(make_home())


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(init)

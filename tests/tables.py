"""Tables and triggers of an application under test, made from the models."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from sqlalchemy import text

from campaign.database import db

WITH_TRIGGERS = ("campaign.ledger.models", "campaign.audit.models")


def create(app: Flask) -> None:
    """Create every table that a loaded model names, and the triggers of what is append-only."""
    modules = [import_module(name) for name in WITH_TRIGGERS if find_spec(name) is not None]
    with app.app_context(), db.engine.begin() as connection:
        db.metadata.create_all(connection)
        for module in modules:
            for by_dialect in module.TRIGGERS.values():
                for statement in by_dialect[connection.dialect.name]:
                    connection.execute(text(statement))


def close(app: Flask) -> None:
    """Let go of every connection."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

"""How migrations run: all in one transaction on both databases, so that a failing one leaves nothing behind.

On SQLite foreign keys are off meanwhile, and every reference is checked before the commit (campaign/schema.py).
"""

from importlib import import_module

from alembic import context
from flask import current_app
from sqlalchemy import Connection, DateTime, TypeDecorator

from app import CONFIDENTIAL_MODELS
from campaign import schema
from campaign.database import db

for name in (*CONFIDENTIAL_MODELS, "campaign.ledger.models", "campaign.search.writing"):
    import_module(name)


def plain_type(kind: str, thing: object, _context: object) -> str | bool:
    """Write our own column types as the plain ones below them: a migration does not depend on today's code."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        inner = thing.impl_instance
        return "sa.DateTime(timezone=True)" if isinstance(inner, DateTime) else f"sa.{inner!r}"
    return False


def run(connection: Connection) -> None:
    """Run what is asked for on a connection. SQLite is told that its DDL is transactional: we begin by hand."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
        transactional_ddl=True,
        render_item=plain_type,
    )
    with schema.migrating(connection), context.begin_transaction():
        context.run_migrations()
        schema.refuse_dangling(connection)


with current_app.app_context():
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
    else:
        with db.engine.connect() as connection:
            run(connection)

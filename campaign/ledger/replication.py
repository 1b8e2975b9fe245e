"""Replicas on PostgreSQL: the public tables alone, published by the primary and followed by logical replication.

A replica that is broken into holds nothing that the world has not been shown. Its tables have the schema of its own
code: which schema that is (`alembic_version`) is said there and not replicated, because changes of tables are not.
"""

from collections.abc import Iterator

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from campaign.database import SCHEMA_TABLE, Base, PublicBase, public_tables
from campaign.ledger import grants
from campaign.ledger.grants import Refused
from campaign.ledger.models import TRIGGERS

PUBLICATION = "byname_public"
MOST_KEPT = "2GB"  # of the primary's log, for a replica that is away: then it must be set up anew
WAL_LEVEL, KEEPS = "wal_level", "max_slot_wal_keep_size"
UNFINISHED = """
SELECT count(*) FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid
WHERE s.subname = :name AND r.srsubstate <> 'r'
"""


def replicated() -> list[str]:
    """Return the names of the tables that a replica follows."""
    return [name for name in public_tables() if name != SCHEMA_TABLE]


def by_superuser(role: str, session: Session) -> Iterator[str]:
    """Yield what only a superuser of the primary may do, as far as it lacks: how the log is written, and the role."""
    quote = session.get_bind().dialect.identifier_preparer.quote
    if _setting(session, WAL_LEVEL) != "logical":
        yield f"ALTER SYSTEM SET {WAL_LEVEL} = 'logical'"
    if _setting(session, KEEPS) == "-1":
        yield f"ALTER SYSTEM SET {KEEPS} = '{MOST_KEPT}'"
    can_replicate = session.scalar(text("SELECT rolreplication FROM pg_roles WHERE rolname = :role"), {"role": role})
    if can_replicate is None:
        yield f"CREATE ROLE {quote(role)} LOGIN REPLICATION"
    elif not can_replicate:
        yield f"ALTER ROLE {quote(role)} REPLICATION"


def by_owner(role: str, session: Session) -> Iterator[str]:
    """Yield what the owner of the primary's tables does: which tables are published, and that the role reads them."""
    quote = session.get_bind().dialect.identifier_preparer.quote
    tables = ", ".join(quote(name) for name in replicated())
    found = session.scalar(text("SELECT 1 FROM pg_publication WHERE pubname = :name"), {"name": PUBLICATION})
    yield (
        f"ALTER PUBLICATION {PUBLICATION} SET TABLE {tables}"
        if found
        else (f"CREATE PUBLICATION {PUBLICATION} FOR TABLE {tables}")
    )
    # deploy/database.sql lets nobody in unasked.
    yield f"GRANT CONNECT ON DATABASE {quote(str(session.scalar(text('SELECT current_database()'))))} TO {quote(role)}"
    yield from grants.statements(role, session)


def apply_on_primary(role: str, session: Session) -> None:
    """Publish the public tables and let the role read them; commits nothing. Raises Refused."""
    grants.refuse_a_role(role, session)
    for statement in by_owner(role, session):
        session.execute(text(statement))


def _setting(session: Session, name: str) -> str:
    return str(session.scalar(text("SELECT setting FROM pg_settings WHERE name = :name"), {"name": name}))


def make_tables(connection: Connection) -> None:
    """Make the public tables and nothing else, empty, with the triggers of the ledger and the mark of this schema."""
    made = [model.__table__ for model in PublicBase.__subclasses__()]
    Base.metadata.create_all(connection, tables=made)  # type: ignore[arg-type]
    for statements in TRIGGERS.values():
        for statement in statements[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    script = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    MigrationContext.configure(connection).stamp(script, "head")


def drop_tables(connection: Connection) -> None:
    """Remove the public tables. Raises Refused where the database holds more than these."""
    refuse_cases(connection)
    for name in public_tables():
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")


def has_tables(connection: Connection) -> bool:
    """Whether the public tables are there."""
    return inspect(connection).has_table("ledger_entry")


def refuse_cases(connection: Connection) -> None:
    """Raise Refused for a database that a replica must not use: one of a desk."""
    if inspect(connection).has_table("case_file"):
        raise Refused("This database holds cases. A replica needs a database of its own, with nothing in it.")


def subscription(source: str, slot: str) -> str:
    """Return what lets a replica's superuser follow the primary; `source` is a connection string of libpq."""
    quoted = source.replace("'", "''")
    return f"CREATE SUBSCRIPTION {slot} CONNECTION '{quoted}' PUBLICATION {PUBLICATION}"


def subscriptions(connection: Connection) -> list[str]:
    """Return the subscriptions of this database that follow a primary of ours."""
    query = (
        "SELECT subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid "
        "WHERE d.datname = current_database() AND :name = ANY (subpublications) ORDER BY subname"
    )
    return list(connection.scalars(text(query), {"name": PUBLICATION}))


def forgetting(name: str) -> Iterator[str]:
    """Yield what ends a subscription without a word to the primary."""
    yield f"ALTER SUBSCRIPTION {name} DISABLE"
    yield f"ALTER SUBSCRIPTION {name} SET (slot_name = NONE)"
    yield f"DROP SUBSCRIPTION {name}"


def may_subscribe(connection: Connection) -> bool:
    """Whether this role may make a subscription: until PostgreSQL 16 a superuser alone."""
    return bool(connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")))


def unfinished(connection: Connection, slot: str) -> int:
    """Return how many tables of a subscription are not copied yet."""
    return connection.scalar(text(UNFINISHED), {"name": slot}) or 0

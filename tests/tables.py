"""Tables and triggers of an application under test: made from the models once, then copied for each database."""

from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, StaticPool

from app import CONFIDENTIAL_MODELS
from campaign.database import db

WITH_TRIGGERS = ("campaign.ledger.models", "campaign.audit.log")


def create(app: Flask) -> None:
    """Make an application's database: SQLite's file, or on PostgreSQL what `cluster.new_address` named.

    It has every table of a whole home (one without cases is a copy, which must hear the pulse), whichever models the
    tests before have loaded, and the triggers of what is append-only.
    """
    for name in filter(find_spec, (*WITH_TRIGGERS, *CONFIDENTIAL_MODELS)):
        import_module(name)
    named = tuple(sorted(db.metadata.tables))
    with app.app_context():
        url = db.engine.url
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).write_bytes(_sqlite_file(named))
    else:
        server = url.set(drivername="postgresql+psycopg", database="postgres")
        # By files: a tenth of the work of making the tables, half of that of a copy through the log.
        _tell(server, f"CREATE DATABASE {url.database} TEMPLATE {_template(server, named)} STRATEGY FILE_COPY")


@cache
def _sqlite_file(named: tuple[str, ...]) -> bytes:
    """Return the file of a database with these tables, nothing in them."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    _fill(engine)
    with engine.connect() as connection:
        contents = connection.connection.driver_connection.serialize()
    engine.dispose()
    return bytes(contents)


@cache
def _template(server: URL, named: tuple[str, ...]) -> str:
    """Return the name of a PostgreSQL database with these tables, nothing in them and nobody connected to it."""
    name = f"template_{sha256(' '.join(named).encode()).hexdigest()[:12]}"
    _tell(server, f"CREATE DATABASE {name}")
    engine = create_engine(server.set(database=name), poolclass=NullPool)
    _fill(engine)
    return name


def _tell(server: URL, statement: str) -> None:
    """Run a statement on the server, outside any transaction."""
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        db.metadata.create_all(connection)
        for name in filter(find_spec, WITH_TRIGGERS):
            for by_dialect in import_module(name).TRIGGERS.values():
                for statement in by_dialect[connection.dialect.name]:
                    connection.execute(text(statement))


def close(app: Flask) -> None:
    """Let go of every connection."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

"""A copy of an application's database, and the database put back from it, as a backup and a restore would."""

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from campaign.database import db


def take() -> str:
    """Copy the database; return what the copy is called. The session is committed before, and a new one after."""
    db.session.commit()
    url = _let_go()
    if url.get_backend_name() == "sqlite":
        copy = Path(f"{url.database}.copy")
        copy.unlink(missing_ok=True)
        with sqlite3.connect(str(url.database)) as connection:
            connection.execute("VACUUM INTO ?", [str(copy)])
        return str(copy)
    copy_name = f"{url.database}_copy"
    _tell(url, f'DROP DATABASE IF EXISTS "{copy_name}"')
    _tell(url, f'CREATE DATABASE "{copy_name}" TEMPLATE "{url.database}"')
    return copy_name


def put_back(copy: str) -> None:
    """Destroy the database, and bring it back from a copy."""
    url = _let_go()
    if url.get_backend_name() == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(f"{url.database}{end}").unlink(missing_ok=True)
        Path(str(url.database)).write_bytes(Path(copy).read_bytes())
        return
    _tell(url, f'DROP DATABASE "{url.database}" WITH (FORCE)')
    _tell(url, f'CREATE DATABASE "{url.database}" TEMPLATE "{copy}"')


def _let_go() -> URL:
    """Close every connection of the open application; return the database's address."""
    db.session.remove()
    db.engine.dispose()
    return db.engine.url


def _tell(url: URL, statement: str) -> None:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(statement))

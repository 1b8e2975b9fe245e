"""Homes of earlier releases, brought back from their dumps on either database (make.py makes the dumps).

Keys and secrets lie in the archives: everybody in these homes is invented, and nothing else is sealed with them.
"""

import base64
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import JSON, Column, Connection, Date, DateTime, LargeBinary, MetaData, Table, func, select, text

from app import create_app
from campaign import schema
from campaign.database import db
from campaign.settings import read

HERE = Path(__file__).parent
MIGRATIONS = HERE.parents[1] / "migrations"
SCHEMAS = tuple(sorted(path.parent.name for path in HERE.glob("*/home.zip")))
MADE_AT = datetime(2026, 11, 30, 2, tzinfo=UTC)  # when the newest of these homes was in use
OPEN_ADDRESS = {
    "CAMPAIGN_ADDRESS": "https://localhost",
    "CAMPAIGN_SWEEP_SECONDS": "0",
    "CAMPAIGN_VISITOR_RATE": "100000 per minute",
    "CAMPAIGN_PARTNER_RATE": "100000 per minute",
}


def load(of: str, home: Path, database_url: str = "", *, dump: Path | None = None) -> Flask:
    """Return today's application over the home that was dumped at schema `of`, as it was then: not brought up yet."""
    with zipfile.ZipFile(dump or HERE / of / "home.zip") as archive:
        unpack(archive, home)
        app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_DATABASE_URL": database_url, **OPEN_ADDRESS}))
        with app.app_context():
            flask_migrate.upgrade(directory=str(migrations_of(of, home.parent)), revision=of)
            with db.engine.connect() as connection, schema.migrating(connection), connection.begin():
                fill(connection, dict(rows_of(archive)))
            db.engine.dispose()
    return app


def unpack(archive: zipfile.ZipFile, home: Path) -> None:
    """Write the files of a home, readable by their owner alone."""
    for name in archive.namelist():
        if name.startswith("files/"):
            path = home / name.removeprefix("files/")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(archive.read(name))
            path.chmod(0o600)


def migrations_of(of: str, folder: Path) -> Path:
    """Return today's migrations with the texts that this release had, where one was changed after it had landed."""
    copy = folder / f"migrations-{of}"
    shutil.copytree(MIGRATIONS, copy, dirs_exist_ok=True)
    for path in (HERE / of).glob("*.py"):
        shutil.copy(path, copy / "versions" / path.name)
    return copy


def rows_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each table's name and its rows, values as JSON has them."""
    for name in archive.namelist():
        if name.startswith("tables/"):
            lines = archive.read(name).decode().splitlines()
            yield Path(name).stem, [json.loads(line) for line in lines]


def fill(connection: Connection, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write the rows of every table into a database that is migrated and empty."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    for table in reflected(connection).sorted_tables:
        found = rows.get(table.name, []) if table.name != "alembic_version" else []
        if found:
            values = [{key: valued(table.c[key], row[key], connection) for key in row} for row in found]
            connection.execute(table.insert(), values)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = DEFAULT"))
        count_on(connection)


def valued(column: Column[Any], value: Any, connection: Connection) -> Any:
    """Return a value as a column of this database takes it."""
    if value is None or isinstance(column.type, JSON):
        return value
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def count_on(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on after the rows that were loaded."""
    for table in reflected(connection).sorted_tables:
        key = table.autoincrement_column
        name = key is not None and connection.scalar(select(func.pg_get_serial_sequence(table.name, key.name)))
        if name and (newest := connection.scalar(select(func.max(key)))):
            connection.execute(select(func.setval(name, newest)))


def reflected(connection: Connection) -> MetaData:
    """Return the tables that a database has."""
    tables = MetaData()
    tables.reflect(connection)
    return tables


def counts(app: Flask) -> dict[str, int]:
    """Return how many rows each table of a home has."""
    with app.app_context(), db.engine.connect() as connection:
        return {table.name: count_of(table, connection) for table in reflected(connection).sorted_tables}


def count_of(table: Table, connection: Connection) -> int:
    """Return how many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0

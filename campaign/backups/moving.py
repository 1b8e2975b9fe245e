"""A whole database brought from SQLite to PostgreSQL: every row of every table as it is stored, all of it or nothing.

Rows are read, written and compared as they lie: what is sealed stays sealed, JSON keeps its text. A digest of each
table's rows is taken of what was read and of what the new database then holds.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import alembic.command
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    cast,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.elements import BindParameter

from campaign import outbound, read_setting, schema
from campaign.audit import log
from campaign.database import Base, Instant, db
from campaign.database_errors import in_words
from campaign.ledger import verification, writer

LOT = 1000  # rows
MODULUS = 2**256
Told = Callable[[int], object]
Row = Mapping[str, Any]


class NotMoved(Exception):
    """Why a database was not moved, in a sentence; nothing was written then."""


class Moved(NamedTuple):
    """What was moved: how many tables and rows, and where both logs end, there as here."""

    table_count: int
    row_count: int
    ledger: int
    audit: int


class _AsWritten(TypeDecorator[str]):
    """JSON as the text that it is stored as, so that the same bytes come back, and NULL is not "null"."""

    impl = Text
    cache_ok = True

    def bind_expression(self, bindvalue: BindParameter[str]) -> ColumnElement[Any]:
        """Return the text as JSON, for the database."""
        return cast(bindvalue, JSON)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the JSON as text."""
        return cast(column, Text)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text itself."""
        return value


def address_of(given: str) -> str:
    """Return an address of PostgreSQL as the engine takes it. Raises NotMoved for any other."""
    try:
        address = read_setting.database(given)
    except ValueError as error:
        raise NotMoved(f"That is no address of a database; it must be {error}.") from error
    if not address.startswith("postgresql://"):
        raise NotMoved("Name a database of PostgreSQL: postgresql://user:password@host/name")
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def row_count() -> int:
    """Return how many rows this home's database has."""
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables())


def move(given: str, told: Told) -> Moved:
    """Copy this home's database into an empty one of PostgreSQL; `told` is given how many rows went.

    Nobody writes here meanwhile. Raises NotMoved.
    """
    if db.engine.dialect.name != "sqlite":
        raise NotMoved("This home's database is PostgreSQL's already. pg_dump and psql move it: docs/operate.md, Move.")
    if complaint := schema.complaint():
        raise NotMoved(complaint)
    address = address_of(given)
    # A transaction that may write holds the write lock.
    db.session.execute(text("SELECT 1"))
    if faults := [*verification.verify().faults, *log.verify().faults]:
        raise NotMoved(f"{faults[0]} What was changed is not carried on: see flask ledger verify, flask audit verify.")
    with _filling(address) as new:
        return _fill(new, told)


@contextmanager
def _filling(address: str) -> Iterator[Connection]:
    """Give a connection to an empty database with our schema, in one transaction. Raises NotMoved."""
    outbound.let_database(address)
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.begin() as new:
            if inspect(new).get_table_names():
                raise NotMoved("That database is not empty. Name one with no table in it: createdb makes one.")
            config = current_app.extensions["migrate"].migrate.get_config()
            config.attributes["connection"] = new
            alembic.command.upgrade(config, "head")
            yield new
    except CommandError as error:
        raise NotMoved(str(error)) from error
    except DBAPIError as error:
        raise NotMoved(f"PostgreSQL did not take it: {in_words(error)}. Nothing was written.") from error
    finally:
        engine.dispose()


def tables() -> list[Table]:
    """Return every table as it is stored, those first that others refer to."""
    plain = MetaData()
    for table in Base.metadata.sorted_tables:
        for column in table.to_metadata(plain).columns:
            if isinstance(column.type, JSON):
                column.type = _AsWritten()
            elif isinstance(column.type, TypeDecorator) and not isinstance(column.type, Instant):
                column.type = column.type.impl_instance
    return plain.sorted_tables


def _fill(new: Connection, told: Told) -> Moved:
    here, rows = db.session.connection(), 0
    every = tables()
    for table in every:
        digest = _copy(table, here, new, told)
        if digest != _digest(_rows(table, new)):
            raise NotMoved(f"The rows of {table.name} did not come to lie there as they are here. Nothing was written.")
        _set_sequence(table, new)
        rows += digest.rows
    with Session(new, join_transaction_mode="rollback_only") as there:
        ends = [(end.number, end.chain) for end in (writer.end(there), log.end(there))]
    if ends != [(end.number, end.chain) for end in (writer.end(db.session()), log.end(db.session()))]:
        raise NotMoved("The two logs do not end there as they do here. Nothing was written.")
    return Moved(len(every), rows, ends[0][0], ends[1][0])


class _Digest(NamedTuple):
    """The digest of a set of rows, whatever their order, and how many they are."""

    rows: int
    total: int


def _digest(lots: Iterator[Sequence[Row]]) -> _Digest:
    count = total = 0
    for lot in lots:
        count += len(lot)
        total = (total + _sum(lot)) % MODULUS
    return _Digest(count, total)


def _sum(lot: Sequence[Row]) -> int:
    return sum(int.from_bytes(hashlib.sha256(repr(list(row.items())).encode()).digest()) for row in lot)


def _rows(table: Table, connection: Connection) -> Iterator[Sequence[Row]]:
    found = connection.execute(select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": LOT})
    for lot in found.mappings().partitions():
        yield [dict(row) for row in lot]


def _copy(table: Table, here: Connection, new: Connection, told: Told) -> _Digest:
    """Copy the rows of a table; return the digest of what was read."""
    own = [foreign.parent for foreign in table.foreign_keys if foreign.column.table is table]
    count = total = 0
    later: list[Row] = []
    for lot in _rows(table, here):
        count, total = count + len(lot), (total + _sum(lot)) % MODULUS
        # What refers to a row of the same table may refer to one that comes later.
        later += [row for row in lot if any(row[column.name] is not None for column in own)]
        new.execute(insert(table), [{**row, **{column.name: None for column in own}} for row in lot])
        told(len(lot))
    for row in later:
        is_it = [column == row[column.name] for column in table.primary_key.columns]
        new.execute(update(table).where(*is_it).values({column.name: row[column.name] for column in own}))
    return _Digest(count, total)


def _set_sequence(table: Table, new: Connection) -> None:
    """Let the numbers that the new database gives go on above those that were given."""
    column = table.autoincrement_column
    if column is None:
        return
    name = new.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": column.name})
    highest = new.scalar(select(func.max(column)))
    if name and highest:
        new.execute(text("SELECT setval(CAST(:name AS regclass), :highest)"), {"name": name, "highest": highest})

"""The database: its session, its column types, its transactions, a second connection, append-only tables.

SQLite is driven by hand: a deferred BEGIN that later writes loses to "database is locked" whatever the timeout, so
a request that may write begins with BEGIN IMMEDIATE, and one that only reads (GET, HEAD, `only_reads`) with BEGIN.
What must be recorded of a GET is written on a second connection: `aside`.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Any, ParamSpec, TypeVar

from flask import current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")
UNIQUE_VIOLATION = "23505"  # SQLSTATE, PostgreSQL's manual, appendix A
AT_ONCE = 500  # rows
# What the driver, the toolkit and our own column types say of a value that is none of its column.
NOT_READABLE = (ValueError, TypeError, AttributeError, DBAPIError, sqlite3.Error)
MOST_WAITING = 3  # threads of a process that wait for the write lock; `flask serve` has eight
_waiting = BoundedSemaphore(MOST_WAITING)
LONGEST_WAIT_MS = 15_000  # for a lock that somebody else holds
reading_only: ContextVar[bool] = ContextVar("reading_only", default=False)
_aside: ContextVar[bool] = ContextVar("aside", default=False)


class Base(DeclarativeBase):
    """What every model inherits; constraints have names, so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PublicBase(Base):
    """What the models inherit whose every row the world may read: the one mark of a public table.

    Grants, replicas, the public file of SQLite and a home without a desk are made of these tables and no other.
    """

    __abstract__ = True


SCHEMA_TABLE = "alembic_version"  # Alembic's own, read by every process: which schema this is


def public_tables() -> list[str]:
    """Return the names of the tables that a public process, another user or a replica may read, in order."""
    named = (mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, PublicBase))
    return sorted({SCHEMA_TABLE, *(str(getattr(table, "name", "")) for table in named)})


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def dialect_insert(table: type[Any]) -> Any:
    """Return the INSERT of this database's dialect, which can say what happens where a row of its key is there."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name](table)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; comes back with its zone on both databases. Refuses a moment without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC. Raises ValueError for one that states no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} states no time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with UTC stated."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def prepare(engine: Engine) -> None:
    """Set how connections of an engine begin, wait and sync. Called once for each engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _connect_postgresql)


def _connect_postgresql(connection: Any, _record: object) -> None:
    # As SQLite's busy_timeout: whoever waits behind a large import hears so, and keeps no worker for ever.
    connection.execute(f"SET lock_timeout = {LONGEST_WAIT_MS}")
    connection.commit()


def _connect_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={LONGEST_WAIT_MS}",
        "recursive_triggers=ON",
        # The file is read where it lies: at any depth a list of 100,000 people reads 200 pages that nobody had read.
        "mmap_size=2000000000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    if is_reading():
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.dbapi_connection
    with waiting_for_the_lock(lambda: _begins_at_once(driver)) as is_taken:
        if not is_taken:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begins_at_once(driver: Any) -> bool:
    driver.execute("PRAGMA busy_timeout=0").close()
    try:
        driver.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError:
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}").close()
    return True


@contextmanager
def waiting_for_the_lock(take_at_once: Callable[[], bool]) -> Iterator[bool]:
    """Give whether the write lock was free and is taken now; otherwise let the block wait for it.

    At most MOST_WAITING requests of a process wait, so that threads are left for who only reads. Any other raises
    OperationalError at once, answered as a lock that was not given in time is. The sweep and commands wait always.
    """
    if take_at_once():
        yield True
    elif not has_request_context():
        yield False
    elif _waiting.acquire(blocking=False):
        try:
            yield False
        finally:
            _waiting.release()
    else:
        raise OperationalError("write lock", None, sqlite3.OperationalError("enough threads wait for the lock already"))


def is_rivalry(error: IntegrityError) -> bool:
    """Whether an error is a unique violation: somebody else wrote the same at once; anything else is our fault."""
    code = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "")
    return code in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", UNIQUE_VIOLATION}


def is_reading() -> bool:
    """Whether what runs now has said that it only reads: a GET, a view of `only_reads`, a block of `reading()`."""
    if reading_only.get():
        return True
    if not has_request_context() or _aside.get():
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in {"GET", "HEAD", "OPTIONS"} or getattr(view, "only_reads", False)


def only_reads(view: Callable[P, R]) -> Callable[P, R]:
    """Let a view that forms are sent to read without keeping writers waiting. What it must record goes `aside`."""
    view.__dict__["only_reads"] = True
    return view


@contextmanager
def reading() -> Iterator[None]:
    """Let a command read without keeping writers waiting."""
    token = reading_only.set(True)
    try:
        yield
    finally:
        reading_only.reset(token)


def after_commit(session: Session, deed: Callable[[], object]) -> None:
    """Do something once this session has committed what it writes now; asked twice for the same, it is done once.

    The end of a savepoint is neither a commit nor, where it is rolled back, a reason not to.
    """
    if after_commit not in session.info:
        event.listen(session, "after_commit", _do)
        event.listen(session, "after_rollback", _forget)
    session.info.setdefault(after_commit, {})[deed] = None


def _do(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for deed in session.info.pop(after_commit, ()):
        deed()
    session.info[after_commit] = {}


def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[after_commit] = {}


def in_lots(keys: Sequence[K], load: Callable[[Sequence[K]], Mapping[K, R]]) -> Iterator[tuple[K, R | None]]:
    """Yield each key in order with what `load` returns for it, None for rows that can't be read.

    `load` is given many keys at once. Where a stored value is none of its column, the others are still read.
    """
    for start in range(0, len(keys), AT_ONCE):
        yield from _readable(keys[start : start + AT_ONCE], load)


def _readable(keys: Sequence[K], load: Callable[[Sequence[K]], Mapping[K, R]]) -> Iterator[tuple[K, R | None]]:
    try:
        found = load(keys)
    except NOT_READABLE:
        if len(keys) == 1:
            yield keys[0], None
            return
        for key in keys:
            yield from _readable([key], load)
    else:
        yield from ((key, found.get(key)) for key in keys)


@contextmanager
def aside() -> Iterator[Session]:
    """Give a session on a second connection, committed at the end: for what a GET or a command that reads must record.

    Inside the GET's own transaction such a write fails under load; on its own it waits its turn and holds.
    """
    token, reads = _aside.set(True), reading_only.set(False)
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        reading_only.reset(reads)
        _aside.reset(token)


def append_only(table: str, *, may_delete: bool = False) -> dict[str, list[str]]:
    """Return, for each database, the statements that make a table append-only in the database itself.

    SQLite's delete triggers do not fire on INSERT OR REPLACE unless recursive_triggers is on, which any client may
    turn off: a BEFORE INSERT trigger refuses a row whose key is already there. With `may_delete`, rows may go
    but never change (bodies of withdrawn entries). PostgreSQL refuses TRUNCATE as well.
    """
    known = f"SELECT 1 FROM {table} WHERE number = NEW.number"  # noqa: S608 - table names are ours
    sqlite = [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({known}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ]
    verbs = "UPDATE" if may_delete else "UPDATE OR DELETE"
    postgresql = [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    if not may_delete:
        sqlite.append(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return {"sqlite": sqlite, "postgresql": postgresql}

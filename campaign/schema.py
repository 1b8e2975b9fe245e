"""The schema of a home's database: which one it has, which one this code needs, and how SQLite is migrated safely.

A process whose database has another schema serves no page: `flask serve` does not start, and one that runs already
answers 503. The schema is read at most once in LOOK_EVERY_SECONDS, so the hot path pays for a look at the clock.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import structlog
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, Response, current_app, request
from sqlalchemy import Connection, event, inspect
from werkzeug.exceptions import ServiceUnavailable

from campaign.database import db, reading

LOOK_EVERY_SECONDS = 5.0
ALWAYS_ANSWERED = {"static", "font", "healthz"}
NO_HOME = "There is no schema in this home's database yet. Type: flask init"
OLDER = "This home's database has schema {home}, this code needs {code}. Type: flask init"
NEWER = (
    "This code is older than the home: its database has schema {home}, the newest that this code knows is {code}. "
    "Install the version of the code that made it, or a newer one, then type: flask init"
)
log = structlog.get_logger("schema")


@cache
def known_revisions(folder: str) -> tuple[str, ...]:
    """Return the revisions of a folder of migrations, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(folder).walk_revisions())


def of_code() -> tuple[str, ...]:
    """Return the revisions that this code knows, the newest first."""
    return known_revisions(str(current_app.extensions["migrate"].directory))


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database, None for one that no migration has touched."""
    return next(iter(MigrationContext.configure(connection).get_current_heads()), None)


def of_home() -> str | None:
    """Return the revision of this home's database."""
    with reading(), db.engine.connect() as connection:
        return revision_of(connection)


def complaint() -> str:
    """Return a sentence with the command to type where the database's schema is not this code's, otherwise "".

    Where it is, whatever else was given to `ask_too` is asked of it.
    A database without a revision but with a ledger passes: a replica may hold the public tables alone.
    """
    with reading(), db.engine.connect() as connection:
        home = revision_of(connection)
        if home is None:
            has = inspect(connection).has_table
            return "" if has("ledger_entry") and has("ledger_pulse") else NO_HOME
    newest, *before = of_code()
    if home == newest:
        watch: Watch = current_app.extensions["schema"]
        return next(filter(None, (ask() for ask in watch.further)), "")
    return (OLDER if home in before else NEWER).format(home=home, code=newest)


class Watch:
    """The last answer of a question, such as `complaint`, asked again once it is LOOK_EVERY_SECONDS old."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self.ask = ask
        self.next_look = 0.0
        self.last = ""
        self.further: list[Callable[[], str]] = []

    def complaint(self) -> str:
        """Return what is wrong, as of a few seconds ago."""
        if self.is_due():
            # Set first: one thread looks while the others go on with what was true.
            self.next_look = time.monotonic() + LOOK_EVERY_SECONDS
            self.last = self.ask()
            if self.last:
                log.error("not served", complaint=self.last)
        return self.last

    def is_due(self) -> bool:
        """Whether the database is to be asked again."""
        return time.monotonic() >= self.next_look

    def look_again(self) -> None:
        """Let the next question be answered by the database."""
        self.next_look = 0.0


def refuse_another_schema() -> Response | None:
    """Raise ServiceUnavailable where the database was migrated under this process, or never was.

    /readyz is told the reason, as of now, and nothing more is asked of tables that may be others.
    """
    watch: Watch = current_app.extensions["schema"]
    if request.endpoint == "readyz":
        watch.look_again()
    if request.endpoint in ALWAYS_ANSWERED or not watch.complaint():
        return None
    if request.endpoint == "readyz":
        return Response(f"{watch.last}\n", status=503, mimetype="text/plain")
    raise ServiceUnavailable(retry_after=10)


def install(app: Flask) -> None:
    """Answer 503 on every page while the database has another schema than the code, and say so at /readyz."""
    app.extensions["schema"] = Watch(complaint)
    app.before_request(refuse_another_schema)


def ask_too(app: Flask, complaint: Callable[[], str]) -> None:
    """Let something else about the database keep a process from serving: `complaint` gives a sentence, or ""."""
    app.extensions["schema"].further.append(complaint)


@contextmanager
def migrating(connection: Connection) -> Iterator[None]:
    """Let migrations replace tables on SQLite: without enforced foreign keys, and without losing triggers.

    SQLite can't alter most of a table: Alembic's batch mode copies it, drops the old one and renames the copy. With
    foreign keys on, the drop fails as soon as a row refers to the table; and its triggers go with it. Raises
    CommandError for a connection whose transaction has begun, in which the pragma does nothing.
    """
    raw = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    if connection.in_transaction():
        raise CommandError("A migration on SQLite begins its own transaction; this connection is in one already.")
    keep_triggers(connection)
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.cursor().execute("PRAGMA foreign_keys=ON")


def keep_triggers(connection: Connection) -> None:
    """Write the triggers of a table again once batch mode has put a copy in its place."""
    kept: dict[str, list[str]] = {}

    @event.listens_for(connection, "before_cursor_execute")
    def remember(_conn: object, cursor: object, statement: str, *_: object) -> None:
        if dropped := re.match(r'\s*DROP TABLE "?(\w+)', statement):
            kept[dropped[1]] = triggers_of(cursor, dropped[1])

    @event.listens_for(connection, "after_cursor_execute")
    def write_again(_conn: object, cursor: object, statement: str, *_: object) -> None:
        if renamed := re.match(r'\s*ALTER TABLE "?_alembic_tmp_\w+"? RENAME TO "?(\w+)', statement):
            for trigger in kept.pop(renamed[1], []):
                cursor.connection.execute(trigger)  # type: ignore[attr-defined]


def triggers_of(cursor: object, table: str) -> list[str]:
    """Return the statements that made the triggers of a table; `cursor` is one of the sqlite3 module."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name"
    return [sql for (sql,) in cursor.connection.execute(query, (table,))]  # type: ignore[attr-defined]


def refuse_dangling(connection: Connection) -> None:
    """Raise CommandError where a row refers to one that is not there, so that the migrations are rolled back."""
    if connection.dialect.name != "sqlite":
        return
    found = Counter((row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
    if found:
        told = ", ".join(f"{count} in {table} to {parent}" for (table, parent), count in sorted(found.items()))
        raise CommandError(f"Not migrated, and nothing was changed: rows refer to rows that are not there ({told}).")

"""The public stamp: a value that changes whenever anything public changes, by an entry, by the clock, by silence.

Everything that is cached of what is public is valid for one stamp. Later rooms extend the statement here, and nowhere
else.
"""

import threading
import weakref
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, text

from campaign.clock import now
from campaign.database import Instant, db
from campaign.ledger import pulse

# Three reads of an index: the ledger's head; who has ended by the clock; who ends next. The date of an end may be
# changed without an entry, so the head alone would not say it. Where the desk must be heard, when it was there last.
SQL = (
    "SELECT (SELECT max(number) FROM ledger_entry), "
    "(SELECT count(*) FROM public_until WHERE until <= {moment}), "
    "(SELECT min(until) FROM public_until WHERE until > {moment})"
)
HEARING_SQL = f"{SQL}, (SELECT at FROM ledger_pulse WHERE name = 'desk')"  # noqa: S608 - our own words
DEAF = "-deaf"  # how the stamp ends where nothing may be shown but what is gone
_MOMENT = bindparam("moment", type_=Instant())
_STATEMENT, _HEARING = (text(sql.format(moment=":moment")).bindparams(_MOMENT) for sql in (SQL, HEARING_SQL))


def public_stamp() -> str:
    """Return the stamp as this request's transaction sees it."""
    must_hear = pulse.matters()
    row = db.session().execute(_HEARING if must_hear else _STATEMENT, {"moment": now()}).one()
    return _written(row, is_deaf=must_hear and _is_deaf(pulse.hearing(), row))


def _is_deaf(hearing: pulse.Hearing, row: Any) -> bool:
    return hearing.is_deaf(pulse.moment_of(row[3]))


def _written(row: Any, *, is_deaf: bool) -> str:
    return f"{row[0] or 0}-{row[1]}-{row[2] or 0}{DEAF if is_deaf else ''}"


class ReadConnection:
    """One small connection per thread, outside of any transaction, for whoever answers without a session.

    Each statement sees what was committed last and leaves no lock behind.
    """

    def __init__(self, engine: Engine) -> None:
        """Connect as the engine would, in each thread when it first reads."""
        self._engine = engine
        self._threads = threading.local()
        self.is_sqlite = engine.dialect.name == "sqlite"

    def row(self, sql: str, values: Mapping[str, Any]) -> Any:
        """Return the first row of a statement; None where there is none, or where nothing can be read now."""
        try:
            rows = self._connection().execute(sql, values).fetchall()
        except self._engine.dialect.loaded_dbapi.Error:
            # This connection may be dead. Who asked goes the long way, where errors are told.
            self._threads.__dict__.clear()
            return None
        return rows[0] if rows else None

    def moment(self) -> str | datetime:
        """Return this moment as the database compares it."""
        return now().isoformat(" ", "microseconds")[:26] if self.is_sqlite else now()

    def parameter(self, name: str) -> str:
        """Return how a statement names a value."""
        return f":{name}" if self.is_sqlite else f"%({name})s"

    def _connection(self) -> Any:
        held: _Held | None = getattr(self._threads, "held", None)
        if held is None:
            held = self._threads.held = _Held(self._engine)
        return held.connection


class _Held:
    """A connection of the driver, closed when its thread or its application ends."""

    def __init__(self, engine: Engine) -> None:
        arguments, options = engine.dialect.create_connect_args(engine.url)
        self.connection: Any = engine.dialect.connect(*arguments, **options)
        if engine.dialect.name == "sqlite":
            self.connection.isolation_level = None
            self.connection.execute("PRAGMA query_only=ON").close()
        else:
            self.connection.autocommit = True
        weakref.finalize(self, self.connection.close)


def stamp_reader(connection: ReadConnection, hearing: pulse.Hearing) -> Callable[[], str]:
    """Return `public_stamp` for whoever has no session: it gives "" where the database can't be read now."""
    sql, hearing_sql = (one.format(moment=connection.parameter("moment")) for one in (SQL, HEARING_SQL))
    is_copy = pulse.IS_COPY["sqlite" if connection.is_sqlite else "postgresql"]

    def public_stamp_now() -> str:
        if hearing.matters is False:
            row = connection.row(sql, {"moment": connection.moment()})
            return _written(row, is_deaf=False) if row else ""
        row = connection.row(hearing_sql, {"moment": connection.moment()})
        if not row:
            return ""
        # Asked once there are tables: before that a database would pass for a copy.
        found = connection.row(is_copy, {}) if hearing.matters is None else (True,)
        if found is None:
            return ""
        return _written(row, is_deaf=hearing.settle(lambda: found[0]) and _is_deaf(hearing, row))

    return public_stamp_now

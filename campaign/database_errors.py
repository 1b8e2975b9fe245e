"""What may be told of an error of the database: its kind, table and constraint, never a row.

PostgreSQL's own words hold the row that failed (DETAIL) or the value (`invalid input syntax ... "a name"`), so no log
line and no traceback quotes them. SQLite's constraints name columns alone.
"""

import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType

from sqlalchemy.exc import DBAPIError, StatementError
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import ExcInfo

FULL = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE"}
DISK_FULL = "53100"  # PostgreSQL's code
ORIGINS = ("table_name", "column_name", "constraint_name")


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that it came of."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "orig", None)]


def is_of_database(error: BaseException) -> bool:
    """Whether the text of an error is the database's, or the toolkit's with the database's inside."""
    is_driver = isinstance(error, sqlite3.Error) or type(error).__module__.partition(".")[0] == "psycopg"
    return is_driver or isinstance(error, StatementError)


def in_words(error: BaseException) -> str:
    """Return the kind of an error of the database, with its code, table, column and constraint where it names them."""
    driver = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    if not (isinstance(error, DBAPIError) or is_of_database(driver)):
        # A value that one of our column types refused: its text may quote the value.
        return type(driver).__name__
    if isinstance(driver, sqlite3.Error):
        code = getattr(driver, "sqlite_errorname", "") or ""
        is_plain = "CONSTRAINT" in code or (code and isinstance(driver, sqlite3.OperationalError))
        return f"{type(driver).__name__} {code or driver}" + (f": {driver}" if is_plain else "")
    said, state = getattr(driver, "diag", None), getattr(driver, "sqlstate", None)
    named = [f"{name.partition('_')[0]} {value}" for name in ORIGINS if (value := getattr(said, name, None))]
    # Without a code the server was not reached, and the words are the network's.
    return ", ".join([f"{type(driver).__name__} {state or driver}", *named])


def is_disk_full(error: BaseException) -> bool:
    """Whether a database refuses because its disk has no room; SQLite can't even be read then by a first process."""
    driver = error.orig if isinstance(error, StatementError) else error
    return getattr(driver, "sqlite_errorname", "") in FULL or getattr(driver, "sqlstate", "") == DISK_FULL


class Closed(ExceptionDictTransformer):
    """structlog's tracebacks, in which errors of the database are told by `in_words`."""

    def __call__(self, exc_info: ExcInfo) -> list[dict[str, object]]:
        """Return the stacks of an error, the text of each database error replaced."""
        told = {str(one): in_words(one) for one in chain_of(exc_info[1]) if is_of_database(one)}
        stacks = super().__call__(exc_info)
        for stack in stacks:
            stack["exc_value"] = told.get(str(stack["exc_value"]), stack["exc_value"])
        return list(stacks)


def except_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of a command that fell, as Python does; of an error of the database only what may be told."""
    found = next((one for one in chain_of(error) if is_of_database(one)), None)
    if found is None:
        sys.__excepthook__(kind, error, trace)
        return
    sys.stderr.write("Traceback (most recent call last):\n" + "".join(traceback.format_tb(trace)))
    sys.stderr.write(f"{in_words(found)}\n")


def thread_hook(fell: threading.ExceptHookArgs) -> None:
    """Print the same of a thread that fell."""
    if fell.exc_value is not None:
        except_hook(fell.exc_type, fell.exc_value, fell.exc_traceback)

"""What rows that are gone leave behind in the files of SQLite, and how it goes.

In the file itself `secure_delete` (database.py) writes zeros over what is deleted. Two things it does not reach: the
write-ahead log, which keeps whole pages as they were until it is emptied, and what moving rows between pages leaves
in their gaps. The log is emptied as soon as a body is gone, or by the next sweep once no reader holds it (none holds it
for a minute: exports read in short transactions); the file is written anew each night, and after an erasure. The public
file (public_file.py) is kept the same way. On PostgreSQL nothing is done here: its own VACUUM is the server's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from campaign.database import LONGEST_WAIT_MS, db
from campaign.ledger import public_file


def remove() -> None:
    """Write the file anew and empty its log, so that nothing lies in it that no row holds.

    It takes about a second for 100 MB, in which others wait to write. Within a transaction nothing can be rewritten.
    """
    with _cursor() as cursor:
        if cursor is not None:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    public_file.rewrite()


def empty_log() -> bool:
    """Empty the log where no reader holds it, without waiting; return whether nothing is left in it."""
    with _cursor() as cursor:
        if cursor is None:
            return True
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")


@contextmanager
def _cursor() -> Iterator[Any]:
    """Give a cursor outside any transaction, None on another database than SQLite."""
    if db.engine.dialect.name != "sqlite":
        yield None
        return
    # A connection of SQLAlchemy would begin a transaction first.
    connection = db.engine.raw_connection()
    try:
        yield connection.cursor()
    finally:
        connection.close()

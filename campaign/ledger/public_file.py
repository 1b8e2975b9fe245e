"""The public file of SQLite: the public tables alone, for a process of another user, kept up with the desk's database.

The only module that writes it. Whatever changes what is public calls `follow`. Before that transaction commits, a flag
comes to lie beside the file; after it the file is brought up, and the flag goes: all before whoever asked is told that
it is done. A flag that stays (a process was killed between the two commits, a disk is full) tells readers after
fifteen seconds that the file is behind, and they show nothing until the sweep, or the next start, has brought it up.
Nothing of this holds a removal up: it is in the desk's database, whatever becomes of the file.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from urllib.parse import quote

import structlog
from flask import Flask, current_app, has_app_context
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from campaign import shared_files
from campaign.database import LONGEST_WAIT_MS, after_commit, db
from campaign.ledger import models as _models  # noqa: F401 - its tables are among the public ones
from campaign.ledger import public_flags, public_rows
from campaign.web.context import settings

OWNER_ALONE = 0o600
HELD = "public file"
FOLLOWED = "what this transaction changes of what is public"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=OFF")
resting: ContextVar[bool] = ContextVar("resting", default=False)
log = structlog.get_logger("ledger")


class Change:
    """What one transaction changes of what is public: references or everything; and its flag until it is brought up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refs: set[str] = set()
        self.is_due = self.is_everything = False
        self.flag: Path | None = None

    def announce(self, session: Session) -> None:
        """Lay the flag, before the commit. Where that fails, the file is closed to its readers instead."""
        if session.in_nested_transaction() or not self.is_due or self.flag is not None:
            return
        try:
            if not self.path.parent.exists():
                shared_files.make_folder(self.path.parent, settings().public_group)
            self.flag = public_flags.lay(self.path)
        except OSError as error:
            log.error("the public file could not be flagged", reason=error.strerror)
            _close(self.path)

    def bring_up(self) -> None:
        """Bring the file up, after the commit; where that fails the flag stays."""
        if bring_up(None if self.is_everything else self.refs) and self.flag is not None:
            self.flag.unlink(missing_ok=True)
        self._begin_anew()

    def forget(self, session: Session) -> None:
        """Begin anew after a rollback; the flag of what was not committed goes."""
        if session.in_nested_transaction():
            return
        if self.flag is not None:
            self.flag.unlink(missing_ok=True)
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.refs, self.is_due, self.is_everything, self.flag = set(), False, False, None


def follow(session: Session, ref: str = "", *, everything: bool = False) -> None:
    """Have the public file follow what this transaction changes: of a reference, of none, or everything."""
    path = settings().public_database if has_app_context() else None
    if path is None or resting.get():
        return
    change: Change | None = session.info.get(FOLLOWED)
    if change is None:
        change = session.info[FOLLOWED] = Change(path)
        event.listen(session, "before_commit", change.announce)
        event.listen(session, "after_rollback", change.forget)
    change.is_due, change.is_everything = True, change.is_everything or everything
    change.refs |= {ref} if ref else set()
    after_commit(session, change.bring_up)


def bring_up(refs: set[str] | None) -> bool:
    """Bring the file up: for some references (and all with newer entries), or None for all; return whether it is.

    Whoever was taken away goes first, in a commit of their own. What fails is logged and closes the file to readers.
    """
    path = settings().public_database
    if path is None:
        return True
    try:
        if path.exists() and public_flags.is_closed(path):
            # Something before this failed: which references that were is not known any more.
            refs = None
        with _opened(path) as connection:
            _written(connection, lambda: _hide(connection, refs))
            _written(connection, lambda: _follow(connection, refs))
        shared_files.let_read(path, settings().public_group)
    except (sqlite3.Error, OSError) as error:
        log.error("the public file could not be brought up", reason=_reason(error))
        _close(path)
        return False
    return True


def catch_up() -> bool:
    """Bring the file up as each sweep does; all of it where a flag lies beside it. Return whether it is up."""
    path = settings().public_database
    if path is None:
        return True
    is_up = bring_up_all() if is_behind() or public_flags.every(path) else bring_up(set())
    if is_up and current_app.extensions.get(HELD, path) is None:
        current_app.extensions[HELD] = _connected(path)
    return is_up


def is_behind() -> bool:
    """Whether the file lacks something that the desk knows, or was closed because it did."""
    path = settings().public_database
    return path is not None and (not path.exists() or public_flags.is_closed(path) or bool(public_flags.late(path)))


def bring_up_all() -> bool:
    """Compare all of the file, bring it up, and take away flags that stayed behind; return whether it is up.

    Never within a transaction: the session's is rolled back.
    """
    path = settings().public_database
    if path is None:
        return True
    db.session.rollback()
    # A transaction that may write holds the write lock: nobody stands between a flag and its commit meanwhile.
    db.session.execute(text("SELECT 1"))
    flags = public_flags.every(path)
    is_up = bring_up(None)
    for flag in flags if is_up else ():
        flag.unlink(missing_ok=True)
    db.session.rollback()
    return is_up


@contextmanager
def at_rest() -> Iterator[None]:
    """Let the file follow nothing in this block, as while a copy is put back."""
    token = resting.set(True)
    try:
        yield
    finally:
        resting.reset(token)


def clear() -> None:
    """Empty the file, as before a restore: whoever reads it shows nothing until it is brought up. Raises OSError."""
    path = settings().public_database
    if path is not None and path.exists():
        with closing(_connected(path)) as connection:
            _written(connection, lambda: public_rows.drop_all(connection))
            _empty_log(connection)


def rewrite() -> None:
    """Write the file anew, so that nothing lies in it that no row holds, and empty its log."""
    _tend(lambda connection: connection.execute("VACUUM"))


def empty_log() -> None:
    """Empty the file's write-ahead log, where no reader holds it."""
    _tend(lambda _connection: None)


def _tend(deed: Callable[[sqlite3.Connection], object]) -> None:
    path = settings().public_database
    if path is None or not path.exists():
        return
    try:
        with _opened(path) as connection:
            deed(connection)
    except (sqlite3.Error, OSError) as error:
        # The next sweep, or the next night, tries again.
        log.error("the public file could not be tended", reason=_reason(error))


def hold_open(app: Flask) -> None:
    """Bring the file up and keep it open as long as this process lives: readers of another user can't make its log."""
    with app.app_context():
        if settings().public_database is not None:
            app.extensions[HELD] = None
            bring_up_all()
            catch_up()


def _hide(connection: sqlite3.Connection, refs: set[str] | None) -> None:
    if public_rows.is_same_schema(connection):
        public_rows.hide(connection, refs)


def _follow(connection: sqlite3.Connection, refs: set[str] | None) -> None:
    if not (public_rows.is_same_schema(connection) and public_rows.is_beginning(connection)):
        public_rows.make_anew(connection)
    elif refs is None:
        public_rows.follow_all(connection)
    else:
        public_rows.follow(connection, refs)


def _written(connection: sqlite3.Connection, deed: Callable[[], object]) -> None:
    """Do something in a transaction; `desk` is read as it is once nobody else writes the file."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        deed()
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has ended it already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to the file with the desk's database attached; at the end its log is emptied."""
    with closing(_connected(path)) as connection:
        desk = settings().database_file
        connection.execute("ATTACH ? AS desk", (f"file:{quote(str(desk))}?mode=ro",))
        yield connection
        connection.execute("DETACH desk")
        _empty_log(connection)


def _empty_log(connection: sqlite3.Connection) -> None:
    # Whoever reads just now keeps it from being emptied; the next sweep tries again.
    connection.execute("PRAGMA busy_timeout=0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection to the file, made first where it is missing: its group may read it, its log and its index."""
    group = settings().public_group
    if not path.exists():
        shared_files.make_folder(path.parent, group)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, OWNER_ALONE))
    if public_flags.is_closed(path):
        path.chmod(OWNER_ALONE)
    address = f"file:{quote(str(path))}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=LONGEST_WAIT_MS / 1000, check_same_thread=False
    )
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("SELECT count(*) FROM sqlite_master").close()
    for end in ("-wal", "-shm"):
        if (beside := path.with_name(f"{path.name}{end}")).exists():
            shared_files.let_read(beside, group)
    return connection


def _close(path: Path) -> None:
    """Close the file to its readers: this takes no room on a full disk. Bringing it up opens it again."""
    try:
        public_flags.close(path)
    except FileNotFoundError:
        # Nobody reads what is not there.
        pass
    except OSError as error:
        log.error("the public file could not be closed to its readers", reason=error.strerror)


def _reason(error: sqlite3.Error | OSError) -> str:
    return str(getattr(error, "sqlite_errorname", None) or error)

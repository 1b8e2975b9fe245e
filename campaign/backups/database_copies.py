"""The database as one stream of bytes, as of one instant, while others go on writing; and back into an empty one.

SQLite: VACUUM INTO, which also leaves out whatever deleted rows left in the file. PostgreSQL: pg_dump in its custom
format, of a snapshot that is exported, so that what the manifest says is read from that very instant.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, func, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from campaign import known_keys, register, schema
from campaign.atomic_files import written
from campaign.audit import log
from campaign.database import db, reading
from campaign.ledger import writer
from campaign.web.context import settings

# Level 1 makes a dump half as large again as the usual 6, in a quarter of the time.
DUMP = ("--format=custom", "--compress=1", "--no-password")
RESTORE = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--no-password")


class NotCopied(Exception):
    """The database could not be copied or put back, said in a sentence."""


@dataclass(frozen=True)
class Copy:
    """A database as it was at one instant: what kind, its schema, the ends of its logs, its keys, its bytes."""

    kind: str
    schema: str
    ledger: register.End
    audit: register.End
    keys: dict[str, str]
    content: IO[bytes]


@contextmanager
def copied(folder: Path) -> Iterator[Copy]:
    """Give a copy of this home's database; on SQLite it lies in `folder` meanwhile. Raises NotCopied."""
    if db.engine.dialect.name == "sqlite":
        with _vacuumed(folder) as copy:
            yield copy
    else:
        with _dumped() as copy:
            yield copy


@contextmanager
def _vacuumed(folder: Path) -> Iterator[Copy]:
    path = folder / f".{os.urandom(8).hex()}.part"
    try:
        raw = sqlite3.connect(settings().database_file or "")
        try:
            raw.execute("VACUUM INTO ?", (str(path),))
        finally:
            raw.close()
        with path.open("rb") as content:
            engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
            with Session(engine) as session:
                copy = _of(session, content)
            yield copy
    except sqlite3.Error as error:
        raise NotCopied(f"The database could not be copied: {error}.") from error
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _dumped() -> Iterator[Copy]:
    with reading(), Session(db.engine.execution_options(isolation_level="REPEATABLE READ")) as session:
        snapshot = session.scalar(select(func.pg_export_snapshot()))
        with _program("pg_dump", *DUMP, f"--snapshot={snapshot}", stdin=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            yield _of(session, process.stdout)


def _of(session: Session, content: IO[bytes]) -> Copy:
    connection = session.connection()
    wanted, _ = known_keys.noted(session)
    return Copy(
        kind=connection.dialect.name,
        schema=schema.revision_of(connection) or "",
        ledger=writer.end(session),
        audit=log.end(session),
        keys=wanted,
        content=content,
    )


@contextmanager
def _program(name: str, *words: str, stdin: int) -> Iterator[subprocess.Popen[bytes]]:
    """Give a running program of PostgreSQL for this database. Raises NotCopied where it is missing or fails.

    The password goes through its environment: everybody on the machine can read the words of a command.
    """
    path = shutil.which(name)
    if path is None:
        raise NotCopied(f"{name} is not installed. Debian: apt-get install postgresql-client")
    from psycopg.conninfo import make_conninfo

    url = db.engine.url
    given = {**url.translate_connect_args(username="user", database="dbname"), **url.query}
    password = given.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [path, *words, "--dbname", make_conninfo(**given)]
    process = subprocess.Popen(  # noqa: S603 - no shell, and our own words
        command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    except BrokenPipeError:
        # It ended before it had read all: what it says of that is told below.
        pass
    except BaseException:
        process.kill()
        process.communicate()
        raise
    _, said = process.communicate()
    if process.returncode:
        # Its first line names the object; what follows may quote a row.
        first = next(iter(said.decode(errors="replace").splitlines()), "")
        raise NotCopied(f"{name} ended with status {process.returncode}: {first}")


def is_empty() -> bool:
    """Whether this home's database has no table at all."""
    file = settings().database_file
    if file is not None and not file.exists():
        return True
    with reading(), db.engine.connect() as connection:
        return not inspect(connection).get_table_names()


@contextmanager
def receiving() -> Iterator[IO[bytes]]:
    """Give a file to write a copied database to: it comes to lie in this home whole or not at all. Raises NotCopied."""
    db.session.remove()
    db.engine.dispose()
    file = settings().database_file
    if file is None:
        with _program("pg_restore", *RESTORE, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            yield process.stdin
            process.stdin.flush()
        return
    with written(file) as out:
        yield out
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)

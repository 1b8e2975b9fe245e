"""Version marks of an index, stored beside it, so that `flask init` rebuilds what is out of date.

The rows of an index hold names as they were read when they were written. When the tables of names or the code that
reads them change, old rows answer other questions than new ones, and nothing else shows it.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from campaign.database import Base

# Raise it whenever the same entry gives other rows (tests/search/test_marks.py notices).
ROWS_VERSION = 1
NAME_TABLES = "campaign.names.tables"
# The packages that read names in other scripts.
NAME_READERS = ("anyascii", "pypinyin", "umsc")


class IndexMark(Base):
    """What the rows of an index were made by; an index without a mark was made before there were marks."""

    __tablename__ = "index_mark"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    made_by: Mapped[str] = mapped_column(String(200))


@cache
def names_digest() -> str:
    """Return a digest of all that names are read by: the tables of the names room and the packages for scripts."""
    read = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in NAME_READERS).encode())
    tables = (entry for entry in files(NAME_TABLES).iterdir() if entry.name.endswith((".tsv", ".toml")))
    for entry in sorted(tables, key=lambda entry: entry.name):
        content = entry.read_bytes()
        read.update(f"{entry.name} {len(content)}\n".encode() + content)
    return read.hexdigest()[:16]


def made_by(own_version: int, *digests: str) -> str:
    """Return the mark of an index: the version of its side, that of the rows, and digests of what it is read with."""
    return " ".join((f"{own_version}.{ROWS_VERSION}", names_digest(), *digests))


def is_due(name: str, mark: str, session: Session) -> bool:
    """Whether an index was made by something else than `mark` says."""
    known = session.get(IndexMark, name)
    return known is None or known.made_by != mark


def note(name: str, mark: str, session: Session) -> None:
    """Keep what an index was made by; written in the transaction that rebuilds it."""
    session.merge(IndexMark(name=name, made_by=mark))
    session.flush()

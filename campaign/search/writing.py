"""Writing to the inverted index and removing from it. Neither commits: the index changes with what it tells of."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from sqlalchemy import Dialect, String, Table, bindparam, delete, insert, inspect
from sqlalchemy.orm import Mapped, Session, mapped_column

from campaign.database import PublicBase
from campaign.names.blocking_keys import keys
from campaign.names.reading import forms
from campaign.search.index import Entry, KeyRow, Named, Tables, WordRow, pack, word_rows

# Raise it whenever the same entry gives other rows (tests/search/test_marks.py notices).
ROWS_VERSION = 2
NAME_TABLES = "campaign.names.tables"
# The packages that read names in other scripts.
NAME_READERS = ("anyascii", "pypinyin", "umsc")


class IndexMark(PublicBase):
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


MAX_NAMES = 60  # of one document; nobody has more (byname.NAMES)
LONGEST_NAME = 1000


class ReadName(NamedTuple):
    """A name read: its forms packed (1 KB instead of ten), and the keys it is stored by, in order."""

    packed: bytes
    keys: tuple[str, ...]


class Rows(NamedTuple):
    """What is written of a document, made in advance: all but its number. Words stand with their field."""

    names: tuple[tuple[Named, ReadName], ...]
    words: tuple[tuple[str, int], ...]

    def numbered(self, reference: str) -> "Rows":
        """Return the same rows, with those of a reference that was given since."""
        return self._replace(words=tuple({*self.words, *word_rows(Entry(numbers=(reference,)))}))


def read_name(text: str) -> ReadName:
    """Return a name read: most of what writing it costs."""
    # Past the cache: what is stored is not asked next, and would only push out what is.
    read = forms.__wrapped__(text)
    return ReadName(pack(read), tuple(sorted(keys(read))))


def rows_of(entry: Entry, known: Mapping[str, ReadName] | None = None) -> Rows:
    """Return what will be written of an entry; `known` are names that were read before, by their text."""
    known = known or {}
    names = tuple((name, known.get(name.text) or read_name(name.text)) for name in entry.names[:MAX_NAMES])
    return Rows(names, tuple(word_rows(entry)))


def write(tables: Tables, docid: int, entry: Entry, session: Session) -> None:
    """Index a document anew: what `entry` says replaces whatever was indexed of it before."""
    remove(tables, docid, session)
    write_new(tables, [(docid, entry)], session)


def write_new(tables: Tables, entries: Iterable[tuple[int, Entry]], session: Session) -> None:
    """Index documents that the index does not know yet."""
    write_rows(tables, ((docid, rows_of(entry)) for docid, entry in entries), session)


def write_rows(tables: Tables, documents: Iterable[tuple[int, Rows]], session: Session) -> None:
    """Index documents that the index does not know yet, made in advance: one INSERT a table, however many they are."""
    names, found, words = [], [], []
    for docid, rows in documents:
        for ordinal, (name, read) in enumerate(rows.names):
            names.append(_name_row(docid, ordinal, name, read))
            found += [(key, docid, ordinal) for key in read.keys]
        words += [(word, docid, field) for word, field in rows.words]
    session.flush()
    if names:
        # Past the session, which would look at every one of thousands of rows.
        session.connection().execute(insert(tables.name), names)
    # In the order of the tables' keys: neighbours are then written to one page.
    _insert(tables.key, ("key", "docid", "ordinal"), sorted(found), session)
    _insert(tables.word, ("word", "docid", "field"), sorted(words), session)


def _insert(
    table: type[KeyRow | WordRow], columns: tuple[str, ...], rows: Sequence[Sequence[object]], session: Session
) -> None:
    """Insert rows of texts and numbers past SQLAlchemy, which would convert each: there are fifty for each case."""
    connection, target = session.connection(), inspect(table).local_table
    statement, is_positional = _statement(target, columns, connection.dialect)
    if rows and is_positional:
        connection.exec_driver_sql(statement, list(rows))
    elif rows:
        connection.exec_driver_sql(statement, [dict(zip(columns, row, strict=True)) for row in rows])


@lru_cache(maxsize=8)
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> tuple[str, bool]:
    """Return the INSERT of a table for a database, and whether its values go by their places, those of `columns`."""
    compiled = insert(table).values({name: bindparam(name) for name in columns}).compile(dialect=dialect)
    order = getattr(compiled, "positiontup", None)
    assert order is None or tuple(order) == columns
    return str(compiled), order is not None


def remove(tables: Tables, docid: int, session: Session) -> None:
    """Remove a document from the index."""
    for table in tables:
        session.execute(delete(table).where(table.docid == docid))


def clear(tables: Tables, session: Session) -> None:
    """Empty an index, to write it anew."""
    for table in tables:
        session.execute(delete(table))


def _name_row(docid: int, ordinal: int, name: Named, read: ReadName) -> dict[str, object]:
    return {
        "docid": docid,
        "ordinal": ordinal,
        "text": storable(name.text)[:LONGEST_NAME],
        "kind": name.kind[:20],
        "script": name.script[:8],
        "language": name.language[:40],
        "forms": read.packed,
    }


def storable(text: str) -> str:
    """Return `text` as both databases take it: without NUL and half surrogates."""
    if "\0" not in text and text.isprintable():
        return text  # what is printable has no half surrogates
    return "".join(" " if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)

"""The three tables of an index. Each side declares its own; nothing here knows which of them it reads.

    class ListingName(NameRow, Base): __tablename__ = "listing_name"
    class ListingKey(KeyRow, Base): __tablename__ = "listing_key"
    class ListingWord(WordRow, Base): __tablename__ = "listing_word"
    TABLES = Tables(ListingName, ListingKey, ListingWord)

`docid` is a number that the side gives each document and can give it again: rebuilt, the rows have the same bytes.
"""

from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, LargeBinary, SmallInteger, String, Table, inspect
from sqlalchemy.orm import Mapped, mapped_column

from campaign.search.folding import LONGEST_WORD

# Bytes decide the order on both databases: a prefix is a range of bytes.
_bytewise = String(100).with_variant(String(100, collation="C"), "postgresql")
assert LONGEST_WORD <= 100


class NameRow:
    """A name as it is shown and compared: `forms` is packed (packing.py), so that asking never reads it anew."""

    docid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(20))
    script: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(40))
    forms: Mapped[bytes] = mapped_column(LargeBinary)


class KeyRow:
    """A key of names (campaign.names.lookup) and which name has it."""

    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy

    key: Mapped[str] = mapped_column(_bytewise, primary_key=True)
    docid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, index=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)


class WordRow:
    """A word and the field of a document that it stands in (entry.Field)."""

    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy

    word: Mapped[str] = mapped_column(_bytewise, primary_key=True)
    docid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, index=True)
    field: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)


class Tables(NamedTuple):
    """The tables of one side."""

    name: type[NameRow]
    key: type[KeyRow]
    word: type[WordRow]


def column_of(model: type[NameRow | KeyRow | WordRow], name: str) -> Column[Any]:
    """Return a column of a model's table: thousands of rows are read past the session, which would look at each."""
    table: Table = inspect(model).local_table
    return table.c[name]

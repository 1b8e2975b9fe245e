"""The inverted index: its three tables, its words and the packed forms of names. Each side declares its own tables.

    class ListingName(NameRow, PublicBase): __tablename__ = "listing_name"
    class ListingKey(KeyRow, PublicBase): __tablename__ = "listing_key"
    class ListingWord(WordRow, PublicBase): __tablename__ = "listing_word"
    TABLES = Tables(ListingName, ListingKey, ListingWord)

`docid` is a number that the side gives each document and can give it again: rebuilt, the rows have the same bytes.

Words are folded the same way when they are written and when they are asked, on every database. Chinese has no spaces:
each character is a word, and so is each pair, so that one character can be asked and several say more.

A name's forms are packed once, when it is stored; what is asked in Latin loads no other script. They are packed by
position, not by field name: half the bytes. The joins are kept too, for making them costs more than reading them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Integer, LargeBinary, SmallInteger, String, Table, inspect
from sqlalchemy.orm import Mapped, mapped_column

from campaign.names.reading import Name, NameForms
from campaign.places.current import gazetteer
from campaign.places.index import LEVELS
from campaign.text import folded_for_search

LONGEST_WORD = 40  # in characters, as kept; what is longer is cut, stored or asked
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")
FORMAT = 1
# Deterministic: the members of a set in order, so that the same forms give the same bytes in every process.
_encoder = msgspec.msgpack.Encoder(order="deterministic")
# Bytes decide the order on both databases: a prefix is a range of bytes.
_bytewise = String(100).with_variant(String(100, collation="C"), "postgresql")
COUNTY = LEVELS.index("county")


def words(text: str) -> Iterator[str]:
    """Yield the words that `text` is found by; a run of Chinese as its characters and its pairs of them."""
    for run in RUN.findall(folded_for_search(text)):
        yield from parts(run, singles=True)


def asked_words(text: str) -> list[list[str]]:
    """Return what a question asks: for each word of it those words of the index that must all be met."""
    return [list(parts(run, singles=len(run) == 1)) for run in RUN.findall(folded_for_search(text))]


def parts(run: str, *, singles: bool) -> Iterator[str]:
    """Yield one run of letters as words of the index: itself, or of Chinese its pairs and perhaps its characters."""
    if not IS_HAN.match(run):
        yield run[:LONGEST_WORD]
        return
    if singles:
        yield from run
    yield from (first + second for first, second in pairwise(run))


def number_word(text: str) -> str:
    """Return a reference or a number elsewhere as one word: "FXD-40718" and "fxd 40718" are the same."""
    return "".join(RUN.findall(folded_for_search(text)))[:LONGEST_WORD]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    format: int
    text: str
    names: tuple[Name, ...]


_decoder = msgspec.msgpack.Decoder(_Packed)


def pack(forms: NameForms) -> bytes:
    """Return the bytes of a name's forms; the same for the same forms."""
    return _encoder.encode(_Packed(FORMAT, forms.text, forms.names))


def unpack(packed: bytes) -> NameForms:
    """Return the forms of packed bytes. Raises msgspec.ValidationError for bytes of another format: reindex."""
    read = _decoder.decode(packed)
    return NameForms(read.text, read.names)


assert LONGEST_WORD <= 100


class NameRow:
    """A name as it is shown and compared: `forms` is packed (`pack`), so that asking never reads it anew."""

    docid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(20))
    script: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(40))
    forms: Mapped[bytes] = mapped_column(LargeBinary)


class KeyRow:
    """A key of names (campaign.names.blocking_keys) and which name has it."""

    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy

    key: Mapped[str] = mapped_column(_bytewise, primary_key=True)
    docid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, index=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)


class WordRow:
    """A word and the field of a document that it stands in (`Field`)."""

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


class Field(IntEnum):
    """Where a word stands. The order is that of weight: of several places a word is told to be in the first."""

    NUMBER = 1  # reference, or number in another list: met as a whole or not at all
    NAME = 2
    ORIGIN = 3
    HELD = 4
    WORK = 5
    SUMMARY = 6
    STORY = 7
    QUOTE = 8
    DETAILS = 9
    OTHER = 10


@dataclass(frozen=True)
class Named:
    """One name: `kind` is the campaign's (primary, alias, pen name ...), script ISO 15924, language BCP 47 or ""."""

    text: str
    kind: str = ""
    script: str = ""
    language: str = ""


@dataclass(frozen=True)
class Entry:
    """What one document is found by.

    `words` are texts with the field they stand in, in any language; `places` codes of the gazetteer, with those of
    all that contains them; `numbers` its reference and its numbers in other lists.
    """

    names: tuple[Named, ...] = ()
    words: tuple[tuple[Field, str], ...] = ()
    places: tuple[tuple[Field, str], ...] = ()
    numbers: tuple[str, ...] = field(default=())


def word_rows(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield each word of an entry with its field, each pair once, in one order for the same entry."""
    found = {(word, Field.NAME) for name in entry.names for word in words(name.text)}
    found |= {(word, where) for where, text in entry.words for word in words(text)}
    found |= {(place_word(code), where) for where, code in entry.places if code}
    found |= {(place_alone(code), where) for where, code in _alone(entry.places)}
    found |= {(number_word(number), Field.NUMBER) for number in entry.numbers}
    return ((word, int(where)) for word, where in sorted(found) if word)


def _alone(places: tuple[tuple[Field, str], ...]) -> Iterator[tuple[Field, str]]:
    """Yield the places wider than a county of which no part is told: of who was born there no more is known."""
    known = gazetteer()
    around = {(where, place.code) for where, code in places if code in known for place in known.parents(code)}
    for where, code in places:
        if code in known and known.by_code(code).depth < COUNTY and (where, code) not in around:
            yield where, code


def place_word(code: str) -> str:
    """Return the word under which a place's code is kept: no text folds to it."""
    return f"@{code}"[:LONGEST_WORD]


def place_alone(code: str) -> str:
    """Return the word under which a place is kept of which no part is told."""
    return f"@{code}."[:LONGEST_WORD]


def is_alone(word: str) -> bool:
    """Whether a place's word is one of place_alone."""
    return word.endswith(".")


def code_of(word: str) -> str:
    """Return the code that a place is kept under."""
    return word.removeprefix("@").removesuffix(".")

"""What can be found of one document: its names, and words of its fields. Each side makes it of what it may hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from campaign.places import LEVELS, gazetteer
from campaign.search.folding import LONGEST_WORD, number_word, words

COUNTY = LEVELS.index("county")


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

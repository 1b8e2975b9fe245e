"""Several names in one cell: "aka" between two names of one person, a slash between two spellings or two persons."""

import re
from functools import cache
from typing import NamedTuple

from campaign.imports.facts.words import phrases
from campaign.names.scripts import script_of

_SLASH = re.compile(r"\s*[/|\\;；؛\n]\s*")
_EDGES = " ,،，;；:：.()（）[]-–—"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST = 2  # letters on each side of a slash: "s/o" is none between names


class SeveralNames(NamedTuple):
    """The names in a cell, the first of which is the person's; `others` are told to be other names of the same person.

    `may_be_two` says that a slash stands in the first, and that nothing tells what it means.
    """

    name: str
    spellings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    may_be_two: bool = False


def names_in(text: str) -> SeveralNames:
    """Return the names in a cell: ("Amina Testova", others ("Amine",)) of "Amina Testova (aka Amine)".

    A slash or a semicolon between names of different scripts stands between spellings of one: "Амина / Amina".
    """
    first, *others = _known_as(text)
    parts = [part for part in _SLASH.split(first) if part]
    if len(parts) < 2 or not _are_names(first, parts):
        return SeveralNames(first, (), tuple(others))
    if len({script_of(part) for part in parts}) == len(parts):
        return SeveralNames(parts[0], tuple(parts[1:]), tuple(others))
    return SeveralNames(first, (), tuple(others), may_be_two=True)


def _known_as(text: str) -> list[str]:
    """Return a name and those behind words such as "also known as"; the text alone where it has no such words."""
    parts = [part.strip(_EDGES) for part in _also().split(text)]
    found = [part for part in parts if any(map(str.isalpha, part))]
    return found if len(found) > 1 or len(parts) > 1 == len(found) else [text]


def _are_names(text: str, parts: list[str]) -> bool:
    """Say whether words of letters stand on both sides of each slash, and no list of small words ("s/o", "and/or")."""
    beside = [word for part in parts for word in (part.split()[0], part.split()[-1])]
    return all(sum(map(str.isalpha, word)) >= _LEAST or _HAN.search(word) for word in beside)


@cache
def _also() -> re.Pattern[str]:
    found = sorted({phrase for phrase, _ in phrases("also_known")}, key=len, reverse=True)
    spaced = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in found if not _HAN.search(phrase))
    joined = "|".join(re.escape(phrase) for phrase in found if _HAN.search(phrase))
    return re.compile(rf"(?:^|[\s,،;(\[])(?:{spaced})(?=[\s:.,])|(?:{joined})", re.IGNORECASE)

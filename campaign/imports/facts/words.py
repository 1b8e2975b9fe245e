"""Tables of words in the languages of the field, by which a whole cell says a code: never a part of a longer cell.

One file each in words/: a code, a language, its phrases parted by semicolons. Compared without case, marks and blanks:
"In prison", "in_prison" and "IN PRISON." are one, and so are the forms of one Arabic letter.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from campaign.dates import parse
from campaign.text import folded_for_search

SEVERAL = "|"  # behind a word of kinship that speaks of several people
LONGEST = 200
MOST_WORDS = 6
_PARTS = re.compile(r"\s*[;；؛、\n]\s*")
_CUT = re.compile(r"\s*(?:[,，،;；؛(（\[:：\n]|\s[-–—]\s|(?=\b(?:19|20)\d\d\b))\s*")
_EDGES = " ,，،;；؛()（）[]:：-–—.。"


@lru_cache(maxsize=10_000)
def comparable(text: str) -> str:
    """Return the letters and digits of a text, as phrases are compared."""
    return "".join(char for char in folded_for_search(text) if char.isalnum()) or text.strip()


def phrases(name: str) -> Iterator[tuple[str, str]]:
    """Yield each phrase of a table with its code."""
    for line in files(__package__).joinpath("words", f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, told = line.split("\t")
            yield from ((phrase.strip(), code) for phrase in told.split(";"))


@cache
def table(name: str) -> Mapping[str, str]:
    """Return the code of each phrase of a table, by the phrase as it is compared; each code is a phrase of itself."""
    found = {comparable(phrase.removesuffix(SEVERAL)): code for phrase, code in phrases(name)}
    return {comparable(code): code for code in found.values()} | found


def meaning(name: str, cell: str) -> str:
    """Return the code that a whole cell says by a table, "" for none."""
    return table(name).get(comparable(cell), "") if len(cell) <= LONGEST else ""


def opening(name: str, cell: str) -> tuple[str, str]:
    """Return the code of a cell or of what stands before its first comma, bracket, year or date, and what is behind it.

    "Released (2021)" gives the code of "Released" and "2021"; ("", "") where neither says a code.
    """
    if code := meaning(name, cell):
        return code, ""
    cut = _CUT.search(cell, 1) if len(cell) <= LONGEST else None
    code = meaning(name, cell[: cut.start()]) if cut else ""
    return (code, cell[cut.start() :].strip(_EDGES)) if cut and code else _before_a_date(name, cell)


def _before_a_date(name: str, cell: str) -> tuple[str, str]:
    words = cell.split() if len(cell) <= LONGEST else []
    for count in range(min(len(words) - 1, MOST_WORDS), 0, -1):
        code = meaning(name, " ".join(words[:count]))
        if code and parse.read(rest := " ".join(words[count:])).edtf:
            return code, rest
    return "", ""


def parts(cell: str) -> list[str]:
    """Return the parts of a cell that lists several things, each without blanks around it."""
    return [part for part in _PARTS.split(cell) if part]

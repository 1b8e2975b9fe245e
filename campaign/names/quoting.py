"""The words of a field as the field writes them, for whoever is told why it matched.

A token is cleaned, and may be half a word (Tokhti-bay), two (Abd al-Rahman) or changed by what stands before it; what
is told must be what stands on the page, so whole words are looked up in the field again.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from campaign.names.cleaning import APOSTROPHES, clean, one_script
from campaign.names.reading import Name
from campaign.names.tokens import Token
from campaign.text import INVISIBLE

LEFT_OUT = 4  # letters of a field that a token may pass over: the article of Abd al-Rahman


class Run(NamedTuple):
    """One written word of a field: where it stands, and its letters as tokens have them."""

    start: int
    end: int
    letters: str


def quoted(field: str, name: Name, places: Collection[int] | None = None) -> str:
    """Return the words of `field` in which tokens of one of its names stand, verbatim; all of the name for None.

    Words that do not stand together are parted by commas. "" only where the field has no letters.
    """
    runs = list(_runs(field))
    standing = _standing(runs, name.tokens)
    chosen = sorted({run for place, at in enumerate(standing) if places is None or place in places for run in at})
    found: list[tuple[int, int]] = []
    for run in chosen:
        start, end = runs[run].start, runs[run].end
        if found and run - 1 in chosen:
            start = found.pop()[0]
        found.append((start, end))
    return ", ".join(field[start:end] for start, end in found)


def _runs(field: str) -> Iterator[Run]:
    for is_word, chars in groupby(enumerate(field), key=lambda at: _belongs(at[1])):
        if is_word:
            stretch = [place for place, _ in chars]
            start, end = stretch[0], stretch[-1] + 1
            if letters := _letters(field[start:end]):
                yield Run(start, end, letters)


def _belongs(char: str) -> bool:
    is_inside = INVISIBLE.match(char) or APOSTROPHES.match(char) or char == "'"
    return char.isalpha() or unicodedata.category(char)[0] == "M" or bool(is_inside)


def _letters(text: str) -> str:
    return "".join(char for word in clean(text).split() for char in one_script(word).casefold() if char.isalpha())


def _standing(runs: Sequence[Run], tokens: Sequence[Token]) -> list[range]:
    """Return for each token the words that it stands in, in order: each is looked for behind the one before."""
    letters = "".join(run.letters for run in runs)
    owners = [number for number, run in enumerate(runs) for _ in run.letters]
    found: list[range] = []
    here = 0
    for token in tokens:
        start, end = _place(letters, _letters(token.text), here)
        if end:
            found.append(range(owners[start], owners[end - 1] + 1))
            here = end
        else:
            # An ending in another script, or one that went with its word; an article that was read twice.
            at = min(here, len(owners) - 1) if token.role in {"name", "patronymic"} else max(here - 1, 0)
            found.append(range(owners[at], owners[at] + 1) if owners else range(0))
    return found


def _place(letters: str, wanted: str, here: int) -> tuple[int, int]:
    """Return where some letters stand from `here` on, though a few of the field lie between; (0, 0) for nowhere."""
    if not wanted or (letters[:here].endswith(wanted) and not letters.startswith(wanted, here)):
        return 0, 0
    if (start := letters.find(wanted, here)) >= 0:
        return start, start + len(wanted)
    end = here
    for letter in wanted:
        end = letters.find(letter, end) + 1
        if not end or end - here > len(wanted) + LEFT_OUT:
            return 0, 0
    return here, end

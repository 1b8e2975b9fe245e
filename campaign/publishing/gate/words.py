"""Words of a text as the search for names reads them: each with what it is beside, in any script.

One rule: what is invisible is set aside first; it may join letters or part words, so a text has up to two readings.
Scripts that part no words (Chinese, Thai, Tibetan) are found as runs of characters, and searched inside.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from campaign.text import folded_for_search, visible
from campaign.vocabulary import wordlists

# Blocks whose words stand without spaces between them (Unicode 15, Blocks.txt); Tibetan parts syllables alone.
UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u0e80-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
)
HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
APOSTROPHES = "'’ʼ‘ʻ`´"
ENDS_A_CLAUSE = re.compile(r"[!?;:。！？；：؟؛…\n\r]|\.(?!\w)")
BEGINS = re.compile(r"(?:^|[.!?:;…。！？：；\n\r\"“«„(—–])[\s\"'“«„(\[—–-]*$")
NEAR_WORDS = 1
NEAR_CHARACTERS = 2
SHORTEST_STEM = 4
LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its place. `key` is how it is compared; `is_capital` says that its letter case lets it be a name."""

    text: str
    key: str
    start: int
    end: int
    begins_sentence: bool
    is_capital: bool


@lru_cache(maxsize=16384)
def key_of(word: str) -> str:
    """Return a word as it is compared: without case, marks and apostrophes, Arabic forms of one letter made one."""
    return "".join(folded_for_search("".join(char for char in word if char not in APOSTROPHES)).split())


def words_of(text: str) -> list[Word]:
    """Return the words of a reading, those of scripts without spaces left out."""
    return [_word(text, start, end) for start, end in _spans(text) if not UNSPACED.match(text, start)]


def runs_of(text: str) -> list[tuple[int, str]]:
    """Return the runs of characters of scripts without spaces, each with where it begins."""
    return [(found.start(), found[0]) for found in UNSPACED.finditer(text)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for at, char in enumerate(text):
        if _belongs(text, at, char):
            start = at if start < 0 else start
            if start != at and bool(UNSPACED.match(char)) != bool(UNSPACED.match(text[at - 1])):
                yield start, at
                start = at
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _belongs(text: str, at: int, char: str) -> bool:
    if char in APOSTROPHES:
        return 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha()
    return unicodedata.category(char)[0] in "LM"


def _word(text: str, start: int, end: int) -> Word:
    word = text[start:end]
    opens = bool(BEGINS.search(text[max(start - 4, 0) : start])) if start else True
    return Word(word, key_of(word), start, end, opens, is_capital(word))


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter, or stands in a script that has none."""
    first = word[:1]
    # Georgian has capitals in Unicode and none in running text.
    return first.isupper() or first.istitle() or first.lower() == first.upper() or "\u10d0" <= first <= "\u10ff"


def kin_spans(text: str, words: list[Word]) -> list[tuple[int, int]]:
    """Return where a reading says mother, son, sister and so on, in any language."""
    exact, stems, unspaced = _kin()
    found = [
        (word.start, word.end)
        for word in words
        if word.key in exact or any(word.key[:length] in stems for length in _stem_lengths(word.key))
    ]
    for start, run in runs_of(text):
        found += [
            (start + at, start + at + len(kin)) for kin in unspaced for at in range(len(run)) if run.startswith(kin, at)
        ]
    return found


def is_beside(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the spans stands beside a word, at most one other word between them, in the same clause."""
    return any(
        _is_near(text[other_end:start]) if other_end <= start else other >= end and _is_near(text[end:other])
        for other, other_end in spans
        if (other, other_end) != (start, end)
    )


def _is_near(gap: str) -> bool:
    if len(gap) > 40 or ENDS_A_CLAUSE.search(gap):
        return False
    characters = sum(len(run) for _, run in runs_of(gap))
    return len(words_of(gap)) <= NEAR_WORDS and characters <= NEAR_CHARACTERS


def _stem_lengths(key: str) -> range:
    return range(max(SHORTEST_STEM, len(key) - LONGEST_ENDING), len(key))


@lru_cache(maxsize=1)
def _kin() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the words of kinship: whole ones, stems, and those of scripts without spaces."""
    every = wordlists.words("kinship")
    spaced = frozenset(key_of(word.replace("-", "")) for word in every if not UNSPACED.match(word))
    unspaced = tuple(visible(word) for word in every if UNSPACED.match(word))
    return spaced, frozenset(word for word in spaced if len(word) >= SHORTEST_STEM), unspaced

"""Sounds and the coarse skeleton that many spellings of one word share. Signs, classes and costs: sounds.tsv."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from campaign.names.tables import mapping, rows

SEMIVOWELS = "vwW"

# How far the writing tells the vowels: all of them; the long ones only (Arabic, Persian, Hebrew); one after every
# consonant, said or not (a foreign name in Chinese characters); pinyin of a Chinese name, where all are told.
Vowels = Literal["full", "abjad", "syllabic", "pinyin"]


class Reading(NamedTuple):
    """One way to say a word: its sounds (signs of sounds.tsv), how far its vowels are told, and the orthography."""

    sounds: str
    vowels: Vowels
    orthography: str


@cache
def vowel_signs() -> frozenset[str]:
    """Return the signs of sounds.tsv that are vowels."""
    return frozenset(row["sound"] for row in rows("sounds.tsv") if row["kind"] == "vowel")


REPEATED = re.compile(r"(.)\1+")


def squeeze(text: str) -> str:
    """Return `text` with each run of one letter written once: no spelling here is constant about doubled letters."""
    return REPEATED.sub(r"\1", text)


@lru_cache(maxsize=8192)
def skeletons(sounds: str) -> tuple[str, ...]:
    """Return the coarse skeletons of `sounds`, at most four, the fullest first.

    Voicing, h, vowels and glides are gone. A sound with two classes (sounds.tsv) gives both: semivowels
    are all kept or all dropped together, and so are the others, which keeps the number bounded.
    """
    return tuple(dict.fromkeys(sounds.translate(coarse) for coarse in _coarse()))


@cache
def _coarse() -> tuple[dict[int, str], ...]:
    """Return the four ways from sounds to classes, as tables for str.translate."""
    tables = []
    for semivowel in (0, 1):
        for other in (0, 1):
            table = {}
            for sign, classes in mapping("sounds.tsv", "sound", "coarse").items():
                first, _, second = classes.partition(",")
                choice = semivowel if sign in SEMIVOWELS else other
                table[ord(sign)] = (second or first if choice else first).strip("-")
            tables.append(table)
    return tuple(tables)

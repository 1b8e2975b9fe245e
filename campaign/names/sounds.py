"""Sounds and the coarse skeleton that many spellings of one word share. Signs, classes and costs: sounds.tsv."""

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from campaign.names.tables import mapping, rows

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


@cache
def _classes() -> dict[str, tuple[str, str]]:
    table = {}
    for sign, coarse in mapping("sounds.tsv", "sound", "coarse").items():
        first, _, second = coarse.partition(",")
        table[sign] = (first.strip("-"), (second or first).strip("-"))
    return table


def squeeze(text: str) -> str:
    """Return `text` with each run of one letter written once: no spelling here is constant about doubled letters."""
    return "".join(char for place, char in enumerate(text) if place == 0 or char != text[place - 1])


@lru_cache(maxsize=65536)
def skeletons(sounds: str) -> tuple[str, ...]:
    """Return the coarse skeletons of `sounds`, at most four, the fullest first.

    Voicing, h, vowels and glides are gone. A sound with two classes (sounds.tsv) gives both: semivowels
    are all kept or all dropped together, and so are the others, which keeps the number bounded.
    """
    classes = _classes()
    found: list[str] = []
    for semivowel in (0, 1):
        for other in (0, 1):
            letters = (classes.get(sign, ("", ""))[semivowel if sign in "vwW" else other] for sign in sounds)
            skeleton = "".join(letters)
            if skeleton not in found:
                found.append(skeleton)
    return tuple(found)

"""Whether a text says a word of a list: a death, a child, a school, in any language.

A word of four letters or more stands for what begins with it, too (endings); with a bar behind it for itself alone.
Words of scripts without spaces are found inside others, and several words where they follow each other.
"""

import re
import unicodedata
from functools import cache

from campaign.text import ARABIC_LETTERS, visible
from campaign.vocabulary import wordlists

SHORTEST_STEM = 4
LONGEST_ENDING = 6
ENDING = re.compile(r"'\w{1,4}$")
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘ʻ`´", "'"))
UNSPACED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")
_ARABIC = str.maketrans(ARABIC_LETTERS)


def said(text: str, name: str) -> list[str]:
    """Return the words of a text that are of a list, in the form in which they are compared."""
    whole, stems, inside = _compared(name)
    bare = _comparable(text)
    words = _words(bare)
    # "Her son's": what stands behind an apostrophe may be an ending.
    words += [stem for one in words if (stem := ENDING.sub("", one)) != one]
    found = [word for word in words if word in whole or any(word[:length] in stems for length in _stem_lengths(word))]
    # Each script as it parts words: several in a row stand between spaces, Chinese anywhere.
    parted = f" {' '.join(words)} "
    return list(
        dict.fromkeys([*found, *(one.strip() for one in inside if one in (bare if UNSPACED.match(one) else parted))])
    )


def says(text: str, name: str) -> bool:
    """Whether a text holds a word of a list."""
    return bool(said(text, name))


def _stem_lengths(word: str) -> range:
    return range(max(SHORTEST_STEM, len(word) - LONGEST_ENDING), len(word))


@cache
def _compared(name: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the words of a list that stand alone, those that stand for what begins with them, those found inside.

    Several words that belong together are found inside, too, with a space on either side.
    """
    spaced = [word for word in wordlists.words(name) if not UNSPACED.match(word) and " " not in word]
    whole = frozenset(_comparable(word.removesuffix("|")) for word in spaced)
    stems = frozenset(_comparable(word) for word in spaced if not word.endswith("|"))
    return (
        whole,
        frozenset(word for word in stems if len(word) >= SHORTEST_STEM),
        tuple(
            _comparable(word) if UNSPACED.match(word) else f" {_comparable(word)} "
            for word in wordlists.words(name)
            if UNSPACED.match(word) or " " in word
        ),
    )


def _comparable(text: str) -> str:
    """Return a text without case and what is invisible. Marks stay: Turkish "oldu" is no "öldü"."""
    composed = visible(unicodedata.normalize("NFKC", text)).casefold().translate(APOSTROPHES).translate(_ARABIC)
    return unicodedata.normalize("NFC", composed)


def _words(text: str) -> list[str]:
    return "".join(char if char == "'" or unicodedata.category(char)[0] in "LMN" else " " for char in text).split()

"""A cell of a sheet cut into segments, and each into pieces: places, units, facilities, the rest.

Nothing is thrown away: the pieces of a segment hold each of its words once, in order.
"""

import re
from collections.abc import Callable
from itertools import pairwise

import msgspec

from campaign.places.folding import fold
from campaign.places.lexicon import lexicon

_HAN = "㐀-䶿一-鿿豈-﫿"
# Chinese has no spaces, so each character is a word; others keep the marks and apostrophes inside them.
WORD = re.compile(rf"[{_HAN}]|(?:[^\W_{_HAN}][\u0300-\u036f\u064b-\u0655\u200c\u200d]*)+", re.UNICODE)
_BREAK = re.compile(r"[,;|/\n\t()\[\]{}<>:،؛、，；：。（）【】]|\s[-–—]\s")
_OPENING = re.compile(r"[(\[{（【]")
_LONGEST_PHRASE = 14

Known = Callable[[str], tuple[str, ...]]


class Piece(msgspec.Struct, frozen=True):
    """One or more words with one sense: place, facility, level, address, link, near, unknown, doubt, prose, other.

    `codes` are the places of that name, `value` what the lexicon says of the word.
    """

    text: str
    start: int
    sense: str
    value: str = ""
    codes: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Return where it ends in the whole text; `start` is where it begins."""
        return self.start + len(self.text)


class Segment(msgspec.Struct, frozen=True):
    """What stands between two separators; `is_bracketed` when a bracket opened it."""

    text: str
    start: int
    pieces: tuple[Piece, ...]
    is_bracketed: bool = False

    def senses(self) -> set[str]:
        """Return the senses of its pieces."""
        return {piece.sense for piece in self.pieces}


def segments(text: str, known: Known) -> list[Segment]:
    """Return the segments of `text` that hold a word; `known` gives the codes of a folded name."""
    words = list(WORD.finditer(text))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
    starts = [0, *(n for n, gap in enumerate(gaps, start=1) if _BREAK.search(gap)), len(words)]
    found = []
    for first, last in pairwise(starts):
        if first == last:
            continue
        before = text[words[first - 1].end() if first else 0 : words[first].start()]
        part = words[first:last]
        pieces = tuple(_pieces(text, part, known))
        whole = text[part[0].start() : part[-1].end()]
        found.append(Segment(whole, part[0].start(), pieces, bool(_OPENING.search(before))))
    return found


def _pieces(text: str, words: list[re.Match[str]], known: Known) -> list[Piece]:
    found: list[Piece] = []
    keys = [fold(word.group()) for word in words]
    here = 0
    while here < len(words):
        size, piece = _longest(text, words[here : here + _LONGEST_PHRASE], keys[here : here + _LONGEST_PHRASE], known)
        found.append(piece)
        here += size
    return found


def _longest(text: str, words: list[re.Match[str]], keys: list[str], known: Known) -> tuple[int, Piece]:
    """Return the longest phrase at the start that means something, and how many words it has."""
    start = words[0].start()
    for size in range(len(words), 0, -1):
        key = "".join(keys[:size])
        phrase = text[start : words[size - 1].end()]
        word = lexicon().get(key)
        # "Xi'an" is the city, "xian" the county: several words are a name before they are a word.
        if word and not (size > 1 and known(key)):
            return size, Piece(phrase, start, word.sense, word.value)
        if codes := known(key):
            return size, Piece(phrase, start, "place", codes=codes)
    return 1, Piece(words[0].group(), start, "other")

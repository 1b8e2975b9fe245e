"""Which of the campaign's facilities some words name: by a name in any spelling, or by kind and place.

"Yarkand prison", "莎车监狱" and "Prison in Yarkand County" all lead to what is called a prison and stands there.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from campaign.places.current import gazetteer
from campaign.places.facilities import Facility
from campaign.places.folding import fold, sound
from campaign.places.gazetteer import Gazetteer
from campaign.places.scanning import WORD, Piece, segments

_IDLE = {"link", "level", "near", "doubt", "unknown"}
_LEAST_LETTERS_FOR_SOUND = 4
_LEAST_LETTERS_FOR_TYPO = 6
LONGEST = 200


class Spotted(msgspec.Struct, frozen=True):
    """A facility that the words may name. `is_exact`: they are its number or one of its names, marks aside."""

    facility: Facility
    is_exact: bool


def spot(text: str, facilities: Iterable[Facility], places: Gazetteer | None = None) -> list[Spotted]:
    """Return the facilities that `text` may name, the likeliest first; where one is named exactly, those alone."""
    known = places if places is not None else gazetteer()
    text = text.strip()[:LONGEST]
    every = list(facilities)
    key = fold(text)
    if not key:
        return []
    exact = [one for one in every if key == fold(one.code) or any(key == fold(name) for name in one.names)]
    if exact:
        return [Spotted(one, True) for one in exact]
    pieces = [piece for segment in segments(text, known.index.exact) for piece in segment.pieces]
    asked = [_Asked(piece, known) for piece in pieces if piece.sense not in _IDLE]
    weighed = [(_weight(one, asked), one) for one in every] if asked else []
    found = sorted(((weight, one) for weight, one in weighed if weight), key=lambda pair: (-pair[0], pair[1].names[0]))
    return [Spotted(one, False) for _, one in found]


class _Asked:
    """A piece of the question: its words, the kind it names, and the codes of all that lies in the places it names."""

    def __init__(self, piece: Piece, known: Gazetteer) -> None:
        self.words = tuple(fold(word) for word in WORD.findall(piece.text))
        self.kind = piece.value if piece.sense == "facility" else ""
        codes = piece.codes if piece.sense == "place" else ()
        self.inside = {inner for code in codes for inner in known.within(code)}


def _weight(facility: Facility, asked: Sequence[_Asked]) -> int:
    """Return how well a facility answers: 0 where one of the pieces says nothing of it."""
    weight = 0
    for piece in asked:
        own = min((_of_word(word, facility.names) for word in piece.words), default=0)
        said = own or int(facility.place in piece.inside or facility.type == piece.kind)
        if not said:
            return 0
        weight += said
    return weight


@lru_cache(maxsize=8192)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in WORD.findall(name)) - {""}


@lru_cache(maxsize=8192)
def _sounds(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sound(word) for word in _words(names) if word.isascii())


def _of_word(word: str, names: tuple[str, ...]) -> int:
    """Return 3 for a word of a name, 2 for one that sounds so, 1 for one letter that differs; a number is exact."""
    words = _words(names)
    if not word or word in words:
        return 3
    if not word.isascii() or not word.isalpha():
        return 0
    if len(word) >= _LEAST_LETTERS_FOR_SOUND and sound(word) in _sounds(names):
        return 2
    is_close = len(word) >= _LEAST_LETTERS_FOR_TYPO and any(
        abs(len(one) - len(word)) < 2 and OSA.distance(word, one, score_cutoff=1) <= 1 for one in words
    )
    return 1 if is_close else 0

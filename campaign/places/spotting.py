"""Which of the campaign's facilities some words name: by a name in any spelling, or by kind and place.

"Yarkand prison", "莎车监狱" and "Prison in Yarkand County" all lead to what is called a prison and stands there.
"""

from collections.abc import Iterable, Sequence

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
    asked = [piece for segment in segments(text, known.index.exact) for piece in segment.pieces]
    asked = [piece for piece in asked if piece.sense not in _IDLE]
    weighed = [(_weight(one, asked, known), one) for one in every] if asked else []
    found = sorted(((weight, one) for weight, one in weighed if weight), key=lambda pair: (-pair[0], pair[1].names[0]))
    return [Spotted(one, False) for _, one in found]


def _weight(facility: Facility, asked: Sequence[Piece], known: Gazetteer) -> int:
    """Return how well a facility answers: 0 where one of the pieces says nothing of it."""
    words = {fold(word) for name in facility.names for word in WORD.findall(name)} - {""}
    weights = [_of_piece(facility, piece, words, known) for piece in asked]
    return sum(weights) if all(weights) else 0


def _of_piece(facility: Facility, piece: Piece, words: set[str], known: Gazetteer) -> int:
    own = min((_of_word(fold(word), words) for word in WORD.findall(piece.text)), default=0)
    if own:
        return own
    if piece.sense == "facility":
        return 1 if piece.value == facility.type else 0
    stands = bool(facility.place) and any(known.lies_in(facility.place, code) for code in piece.codes)
    return 1 if piece.sense == "place" and stands else 0


def _of_word(word: str, words: set[str]) -> int:
    """Return 3 for a word of a name, 2 for one that sounds so, 1 for one letter that differs; a number is exact."""
    if not word or word in words:
        return 3
    if not word.isascii() or not word.isalpha():
        return 0
    if len(word) >= _LEAST_LETTERS_FOR_SOUND and sound(word) in {sound(one) for one in words if one.isascii()}:
        return 2
    is_close = len(word) >= _LEAST_LETTERS_FOR_TYPO and any(
        OSA.distance(word, one, score_cutoff=1) <= 1 for one in words
    )
    return 1 if is_close else 0

"""How far apart two words sound: the cheapest way from one's sounds to the other's. Costs: sounds.tsv, shifts.tsv."""

from functools import cache, lru_cache
from itertools import accumulate
from math import inf
from typing import NamedTuple

from campaign.names.sounds import Reading, Vowels, vowel_signs
from campaign.names.tables import rows

VOWEL_BESIDE_ABJAD = 0.02  # Arabic and Persian do not write short vowels: one more costs next to nothing
VOWEL_OF_SYLLABLES = 0.10  # Chinese puts a vowel after each consonant, said or not
VOWEL_AND_CONSONANT = 1.2
OPEN_VOWELS = 0.6  # what a wrong vowel costs beside a writing that leaves vowels open, as a share
UNLIKE = 0.40  # words further apart than this share of their length are not told how far: they are different words


class _Costs(NamedTuple):
    told: dict[str, dict[str, float]]  # exchange of two sounds where both writings tell vowels
    open: dict[str, dict[str, float]]  # and where one of them leaves vowels open
    gap: dict[str, float]


@lru_cache(maxsize=16384)
def nearness(left: Reading, right: Reading) -> float:
    """Return how alike two readings sound: 1 the same sounds, 0 for less than 1 - UNLIKE. Symmetric."""
    if left.sounds == right.sounds:
        return 1.0
    left_gaps, left_length = _gaps(left.sounds, left.vowels, right.vowels)
    right_gaps, right_length = _gaps(right.sounds, right.vowels, left.vowels)
    length = max(left_length, right_length)
    if abs(left_length - right_length) > UNLIKE * length or length <= 0:
        return 0.0
    is_open = not {left.vowels, right.vowels} <= {"full", "pinyin"}
    exchange = _costs().open if is_open else _costs().told
    cost = _cheapest(left.sounds, right.sounds, left_gaps, right_gaps, exchange, UNLIKE * length)
    return max(0.0, 1.0 - cost / length)


@lru_cache(maxsize=8192)
def _gaps(sounds: str, own: Vowels, other: Vowels) -> tuple[tuple[float, ...], float]:
    """Return what the absence of each sound costs, and the sum, beside a writing that tells vowels as `other` does."""
    gap, vowels = _costs().gap, vowel_signs()
    most = 1.0
    if other == "abjad" and own != "abjad":
        most = VOWEL_BESIDE_ABJAD
    elif own == "syllabic":
        most = VOWEL_OF_SYLLABLES
    gaps = tuple(min(most, gap[sign]) if sign in vowels else gap[sign] for sign in sounds)
    return gaps, sum(gaps)


def _cheapest(
    left: str,
    right: str,
    left_gaps: tuple[float, ...],
    right_gaps: tuple[float, ...],
    exchange: dict[str, dict[str, float]],
    limit: float,
) -> float:
    """Return the cost of the cheapest alignment, infinity above `limit`: the textbook table, one row at a time."""
    row = [0.0, *accumulate(right_gaps)]
    for sign, left_gap in zip(left, left_gaps, strict=True):
        costs = exchange[sign]
        before = row[0] + left_gap
        below = [before]
        for other, right_gap, diagonal, above in zip(right, right_gaps, row, row[1:], strict=False):
            best = diagonal + costs[other]
            if above + left_gap < best:
                best = above + left_gap
            if before + right_gap < best:
                best = before + right_gap
            before = best
            below.append(best)
        row = below
        if min(row) > limit:
            return inf
    return row[-1]


@cache
def _costs() -> _Costs:
    gap = {row["sound"]: float(row["gap"]) for row in rows("sounds.tsv")}
    vowels = vowel_signs()
    told = {a: {b: _unrelated(a, b, vowels, gap["a"]) for b in gap} for a in gap}
    for row in rows("shifts.tsv"):
        told[row["a"]][row["b"]] = told[row["b"]][row["a"]] = float(row["cost"])
    left_open = {a: {b: cost * (OPEN_VOWELS if {a, b} <= vowels else 1.0) for b, cost in told[a].items()} for a in gap}
    return _Costs(told, left_open, gap)


def _unrelated(a: str, b: str, vowels: frozenset[str], two_vowels: float) -> float:
    if a == b:
        return 0.0
    if a in vowels and b in vowels:
        return two_vowels
    return VOWEL_AND_CONSONANT if a in vowels or b in vowels else 1.0

"""How far apart two words sound: the cheapest way from one's sounds to the other's. Costs: sounds.tsv, shifts.tsv."""

from functools import cache, lru_cache
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
    exchange: dict[str, dict[str, float]]
    gap: dict[str, float]


@lru_cache(maxsize=131072)
def nearness(left: Reading, right: Reading) -> float:
    """Return how alike two readings sound: 1 the same sounds, 0 for less than 1 - UNLIKE. Symmetric."""
    if left.sounds == right.sounds:
        return 1.0
    if not left.sounds or not right.sounds:
        return 0.0
    left_gaps, right_gaps = _gaps(left, right.vowels), _gaps(right, left.vowels)
    length = max(sum(left_gaps), sum(right_gaps))
    if length <= 0:
        return 0.0
    is_open = left.vowels in {"abjad", "syllabic"} or right.vowels in {"abjad", "syllabic"}
    limit = UNLIKE * length
    cost = _cheapest(left.sounds, right.sounds, left_gaps, right_gaps, OPEN_VOWELS if is_open else 1.0, limit)
    return max(0.0, 1.0 - cost / length)


def _gaps(reading: Reading, other: Vowels) -> list[float]:
    gap, vowels = _costs().gap, vowel_signs()
    if other == "abjad" and reading.vowels != "abjad":
        vowel = VOWEL_BESIDE_ABJAD
    elif reading.vowels == "syllabic":
        vowel = VOWEL_OF_SYLLABLES
    else:
        return [gap[sign] for sign in reading.sounds]
    return [min(vowel, gap[sign]) if sign in vowels else gap[sign] for sign in reading.sounds]


def _cheapest(
    left: str, right: str, left_gaps: list[float], right_gaps: list[float], vowel_share: float, limit: float
) -> float:
    """Return the cost of the cheapest alignment, infinity above `limit`: the textbook table, one row at a time."""
    exchange, vowels = _costs().exchange, vowel_signs()
    row = [0.0]
    for gap in right_gaps:
        row.append(row[-1] + gap)
    for sign, left_gap in zip(left, left_gaps, strict=True):
        costs = exchange[sign]
        share = vowel_share if sign in vowels else 1.0
        diagonal = row[0]
        before = row[0] = diagonal + left_gap
        for place, other in enumerate(right):
            above = row[place + 1]
            best = diagonal if sign == other else diagonal + costs[other] * share
            if above + left_gap < best:
                best = above + left_gap
            if before + right_gaps[place] < best:
                best = before + right_gaps[place]
            diagonal = above
            before = row[place + 1] = best
        if min(row) > limit:
            return inf
    return row[-1]


@cache
def _costs() -> _Costs:
    gap = {row["sound"]: float(row["gap"]) for row in rows("sounds.tsv")}
    vowels = vowel_signs()
    exchange = {
        a: {b: 0.0 if a == b else VOWEL_AND_CONSONANT if (a in vowels) != (b in vowels) else 1.0 for b in gap}
        for a in gap
    }
    for row in rows("shifts.tsv"):
        a, b, cost = row["a"], row["b"], float(row["cost"])
        exchange[a][b] = exchange[b][a] = cost
    for a in gap:
        for b in gap:
            if exchange[a][b] == 1.0 and a in vowels and b in vowels:
                exchange[a][b] = gap["a"]
    return _Costs(exchange, gap)

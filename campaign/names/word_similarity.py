"""The similarity of two words: a weighted edit distance of their sounds, and by what evidence they are alike.

The distance is the cheapest way from one word's sounds to the other's. Costs: sounds.tsv, shifts.tsv.
"""

from functools import cache, lru_cache
from itertools import accumulate
from math import inf
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from campaign.names.sounds import FOREIGN_SYLLABLES, Reading, Vowels, pinyin_syllables, skeletons, vowel_signs
from campaign.names.tables import rows
from campaign.names.tokens import Token
from campaign.names.transliteration import may_be_one_word

VOWEL_BESIDE_ABJAD = 0.02  # Arabic and Persian do not write short vowels: one more costs next to nothing
VOWEL_OF_SYLLABLES = 0.10  # Chinese puts a vowel after each consonant, said or not
VOWEL_AND_CONSONANT = 1.2
OPEN_VOWELS = 0.6  # what a wrong vowel costs beside a writing that leaves vowels open, as a share
ALIKE = 0.60  # words less alike than this are not told how much: they are different words
# same: the same letters after folding; script: the same sounds in two scripts; form: two forms of one name;
# letter: one letter differs; sound: sounds alike; initial: an initial stands for the word; none: nothing in common.
How = Literal["same", "script", "form", "letter", "sound", "initial", "none"]
SAME_SOUND = 0.985  # the same sounds under two spellings come after the same letters
SAME_FORM = 0.93
ONE_LETTER = 0.86
LONGEST_SYLLABLE = 6  # zhuang
OTHER_SYLLABLE = 0.75  # Zhang and Zheng: perhaps a typing error, rather another name
HOMOPHONE = 0.8  # two Chinese names of one sound in other characters: rather two people than a slip
SHORTEST_FOR_A_TYPO = 4
INITIAL = 0.7
HOPELESS = 0.6  # words whose skeletons agree less than this are not compared sound by sound
OPEN_WRITING = 0.97  # a writing that leaves vowels open never proves a word as surely as one that tells them


class _Costs(NamedTuple):
    told: dict[str, dict[str, float]]  # exchange of two sounds where both writings tell vowels
    open: dict[str, dict[str, float]]  # and where one of them leaves vowels open
    gap: dict[str, float]


@lru_cache(maxsize=16384)
def nearness(left: Reading, right: Reading, least: float = ALIKE) -> float:
    """Return how alike two readings sound: 1 the same sounds, 0 for less than `least`. Symmetric."""
    if left.sounds == right.sounds:
        return 1.0
    left_gaps, left_length = _gaps(left.sounds, left.vowels, right.vowels)
    right_gaps, right_length = _gaps(right.sounds, right.vowels, left.vowels)
    length = max(left_length, right_length)
    limit = (1.0 - least) * length
    if abs(left_length - right_length) > limit or length <= 0:
        return 0.0
    is_open = not {left.vowels, right.vowels} <= {"full", "pinyin"}
    exchange = _costs().open if is_open else _costs().told
    cost = _cheapest(left.sounds, right.sounds, left_gaps, right_gaps, exchange, limit)
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


class WordMatch(NamedTuple):
    """How alike two words are (0..1), and by what evidence."""

    nearness: float
    how: How


NOTHING = WordMatch(0.0, "none")


# Stored words are read anew for each question: what was compared is asked again within one question at most.
@lru_cache(maxsize=2048)
def compare(left: Token, right: Token, least: float = ALIKE) -> WordMatch:
    """Return how alike two words are, the best evidence that was found.

    What sounds less alike than `least` is not looked for: the higher, the sooner an alignment is given up.
    """
    if left.folded == right.folded and left.folded and _is_told_alike(left, right):
        return _of_one_sound(left, right)
    if "initial" in (left.role, right.role):
        return _initial(left, right)
    if _are_two_syllables(left, right):
        return WordMatch(OTHER_SYLLABLE, "letter") if _one_letter(left, right) else NOTHING
    if are_two_names(left, right):
        return NOTHING
    best = _by_sound(left, right, least)
    if left.same_as & right.same_as and best.nearness < SAME_FORM:
        best = WordMatch(SAME_FORM, "form")
    if _one_letter(left, right) and (left.script == right.script or best.nearness < ONE_LETTER):
        best = WordMatch(max(best.nearness, ONE_LETTER), "letter")
    return best


def are_two_names(left: Token, right: Token) -> bool:
    """Tell whether both words are known names and not of one heading: Hasan and Husayn, however near they sound."""
    return bool(left.same_as and right.same_as) and left.same_as.isdisjoint(right.same_as)


def _of_one_sound(left: Token, right: Token) -> WordMatch:
    if left.script != right.script:
        return WordMatch(1.0, "script")
    if left.script == "Hani" and not may_be_one_word(left.text, right.text):
        is_foreign = min(len(left.text), len(right.text)) >= FOREIGN_SYLLABLES
        return WordMatch(SAME_SOUND if is_foreign else HOMOPHONE, "sound")
    return WordMatch(1.0, "same")


def _are_two_syllables(left: Token, right: Token) -> bool:
    """Tell whether both words are one syllable of Chinese: then Li and Lu are two names, whatever they share."""
    return _is_syllable(left) and _is_syllable(right)


def _is_syllable(token: Token) -> bool:
    if len(token.roman) > LONGEST_SYLLABLE or len(pinyin_syllables(token.roman)) != 1:
        return False
    return may_be_chinese(token)


def may_be_chinese(token: Token) -> bool:
    """Tell whether a word can be read as pinyin: a Chinese name, in characters or in Latin letters."""
    return any(reading.vowels == "pinyin" for reading in token.readings)


def _is_told_alike(left: Token, right: Token) -> bool:
    """Tell whether equal letters mean an equal word: both tell their vowels, or neither does and all is equal."""
    if _tells_vowels(left) and _tells_vowels(right):
        return True
    return left.script == right.script and left.readings == right.readings


def _tells_vowels(token: Token) -> bool:
    return any(reading.vowels in {"full", "pinyin"} for reading in token.readings)


def _by_sound(left: Token, right: Token, least: float) -> WordMatch:
    if not may_sound_alike(left.skeletons, right.skeletons):
        return NOTHING
    best = 0.0
    for one in left.readings:
        for other in right.readings:
            if not _bones_agree(one.sounds, other.sounds):
                continue
            limit = OPEN_WRITING if "abjad" in (one.vowels, other.vowels) else SAME_SOUND
            best = max(best, nearness(one, other, least) * limit)
        if best >= SAME_SOUND:
            break  # no reading says more
    if best <= 0:
        return NOTHING
    return WordMatch(best, "script" if left.script != right.script and best >= ONE_LETTER else "sound")


def may_sound_alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether words of these consonant skeletons are compared sound by sound at all."""
    if left[0] == right[0] or not set(left).isdisjoint(right):
        return True
    return (
        Levenshtein.normalized_similarity(left[0], right[0]) >= HOPELESS
        or Levenshtein.normalized_similarity(left[-1], right[-1]) >= HOPELESS
    )


@lru_cache(maxsize=16384)
def _bones_agree(left: str, right: str) -> bool:
    return may_sound_alike(skeletons(left), skeletons(right))


def _one_letter(left: Token, right: Token) -> bool:
    if (
        left.script == "Hani"
        or right.script == "Hani"
        or min(len(left.folded), len(right.folded)) < SHORTEST_FOR_A_TYPO
    ):
        return False
    return OSA.distance(left.folded, right.folded, score_cutoff=1) <= 1


def _initial(left: Token, right: Token) -> WordMatch:
    short, long = (left, right) if left.role == "initial" else (right, left)
    starts = {reading.sounds[:1] for reading in long.readings} | {long.folded[:1]}
    if short.folded[:1] in starts or {reading.sounds[:1] for reading in short.readings} & starts:
        return WordMatch(INITIAL, "initial")
    return NOTHING

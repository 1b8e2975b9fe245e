"""Two words of two names compared: how alike, and by what evidence."""

from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from campaign.names.distance import nearness
from campaign.names.han import may_be_one_word
from campaign.names.latin import FOREIGN_SYLLABLES, pinyin_syllables
from campaign.names.sounds import skeletons
from campaign.names.tokens import Token

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


class WordMatch(NamedTuple):
    """How alike two words are (0..1), and by what evidence."""

    nearness: float
    how: How


NOTHING = WordMatch(0.0, "none")


# Stored words are read anew for each question: what was compared is asked again within one question at most.
@lru_cache(maxsize=2048)
def compare(left: Token, right: Token) -> WordMatch:
    """Return how alike two words are, the best evidence that was found."""
    if left.folded == right.folded and left.folded and _is_told_alike(left, right):
        return _of_one_sound(left, right)
    if "initial" in (left.role, right.role):
        return _initial(left, right)
    if _are_two_syllables(left, right):
        return WordMatch(OTHER_SYLLABLE, "letter") if _one_letter(left, right) else NOTHING
    if are_two_names(left, right):
        return NOTHING
    best = _by_sound(left, right)
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


def _by_sound(left: Token, right: Token) -> WordMatch:
    if not _may_sound_alike(left.skeletons, right.skeletons):
        return NOTHING
    best = 0.0
    for one in left.readings:
        for other in right.readings:
            if not _bones_agree(one.sounds, other.sounds):
                continue
            limit = OPEN_WRITING if "abjad" in (one.vowels, other.vowels) else SAME_SOUND
            best = max(best, nearness(one, other) * limit)
    if best <= 0:
        return NOTHING
    return WordMatch(best, "script" if left.script != right.script and best >= ONE_LETTER else "sound")


def _may_sound_alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if left[0] == right[0] or not set(left).isdisjoint(right):
        return True
    return (
        Levenshtein.normalized_similarity(left[0], right[0]) >= HOPELESS
        or Levenshtein.normalized_similarity(left[-1], right[-1]) >= HOPELESS
    )


@lru_cache(maxsize=16384)
def _bones_agree(left: str, right: str) -> bool:
    return _may_sound_alike(skeletons(left), skeletons(right))


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

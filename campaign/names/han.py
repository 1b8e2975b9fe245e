"""Names in Chinese characters: a Chinese name, or a name of another language written by its syllables.

A dot of any kind parts the words of a foreign name. A bare name of two to four characters is surname and given name.
pypinyin holds 55 MB: it is imported when the first Chinese character comes.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from campaign.names.latin import syllable_sounds
from campaign.names.sounds import Reading, squeeze
from campaign.names.tables import mapping

LONGEST_NAME = 4


@lru_cache(maxsize=2048)
def pinyin(word: str) -> tuple[str, ...]:
    """Return the toneless pinyin of each character of `word`; ü is written u; what has no reading is left out."""
    from pypinyin import lazy_pinyin

    in_names = mapping("polyphones.tsv", "character", "reading")
    # A function of `errors` is asked for what has no reading, and may answer with a list: one entry for each character.
    usual = lazy_pinyin(word, errors=cast("Callable[[str], str]", list))
    syllables = map(in_names.get, word, usual)
    return tuple(syllable.replace("ü", "u").replace("v", "u") for syllable in syllables if syllable.isascii())


@lru_cache(maxsize=2048)
def surname_pinyin(surname: str) -> tuple[str, ...]:
    """Return the pinyin of a surname, which may be read otherwise than the same character elsewhere (surnames.tsv)."""
    known = mapping("surnames.tsv", "characters", "reading").get(surname)
    return (known,) if known else pinyin(surname)


def surname_and_given(name: str) -> tuple[str, str] | None:
    """Return surname and given name of a bare name of two to four characters, None for another length."""
    if not 2 <= len(name) <= LONGEST_NAME:
        return None
    length = 2 if len(name) > 2 and name[:2] in mapping("surnames.tsv", "characters", "reading") else 1
    return name[:length], name[length:]


def may_be_one_word(left: str, right: str) -> bool:
    """Tell whether two Chinese words of one sound may be one: but for characters that are simplified on one side only.

    GB 2312 (1980) has no traditional character, Big5 (1984) no simplified one; most are in both.
    """
    return len(left) == len(right) and all(map(_may_be_one_character, left, right))


def _may_be_one_character(left: str, right: str) -> bool:
    if left == right:
        return True
    return not (_is_in(left, "gb2312") and _is_in(right, "gb2312")) and not (
        _is_in(left, "big5") and _is_in(right, "big5")
    )


@lru_cache(maxsize=4096)
def _is_in(character: str, standard: str) -> bool:
    return bool(character.encode(standard, "ignore"))


def transcription(sounds: str) -> Reading:
    """Return Chinese sounds read as a foreign word in syllables: Chinese has no r there, so its l may be either."""
    return Reading(sounds.replace("l", "L"), "syllabic", "chinese transcription")


def han_readings(syllables: tuple[str, ...]) -> tuple[Reading, ...]:
    """Return the readings of pinyin syllables: as Chinese and, from two of them, as a foreign word in syllables."""
    sounds = squeeze("".join(syllable_sounds(syllable) for syllable in syllables))
    chinese = Reading(sounds, "pinyin", "chinese")
    if len(syllables) < 2:
        return (chinese,)
    return chinese, transcription(sounds)

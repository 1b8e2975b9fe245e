"""Phonetic readings of words in Latin letters, and the coarse skeleton that many spellings of one word share.

A word is read under each orthography that its letters allow. Signs, classes and costs of sounds: sounds.tsv; rules:
latin.toml, pinyin.toml.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from campaign.names.tables import document, mapping, rows

SEMIVOWELS = "vwW"

# How far the writing tells the vowels: all of them; the long ones only (Arabic, Persian, Hebrew); one after every
# consonant, said or not (a foreign name in Chinese characters); pinyin of a Chinese name, where all are told.
Vowels = Literal["full", "abjad", "syllabic", "pinyin"]
REPEATED = re.compile(r"(.)\1+")
MAX_READINGS = 5
FOREIGN_SYLLABLES = (
    3  # a Chinese name has one or two to a word; a longer one may be a foreign name in pinyin, as passports have it
)


class Reading(NamedTuple):
    """One way to say a word: its sounds (signs of sounds.tsv), how far its vowels are told, and the orthography."""

    sounds: str
    vowels: Vowels
    orthography: str


@cache
def vowel_signs() -> frozenset[str]:
    """Return the signs of sounds.tsv that are vowels."""
    return frozenset(row["sound"] for row in rows("sounds.tsv") if row["kind"] == "vowel")


def squeeze(text: str) -> str:
    """Return `text` with each run of one letter written once: no spelling here is constant about doubled letters."""
    return REPEATED.sub(r"\1", text)


@lru_cache(maxsize=8192)
def skeletons(sounds: str) -> tuple[str, ...]:
    """Return the coarse skeletons of `sounds`, at most four, the fullest first.

    Voicing, h, vowels and glides are gone. A sound with two classes (sounds.tsv) gives both: semivowels
    are all kept or all dropped together, and so are the others, which keeps the number bounded.
    """
    return tuple(dict.fromkeys(sounds.translate(coarse) for coarse in _coarse()))


@cache
def _coarse() -> tuple[dict[int, str], ...]:
    """Return the four ways from sounds to classes, as tables for str.translate."""
    tables = []
    for semivowel in (0, 1):
        for other in (0, 1):
            table = {}
            for sign, classes in mapping("sounds.tsv", "sound", "coarse").items():
                first, _, second = classes.partition(",")
                choice = semivowel if sign in SEMIVOWELS else other
                table[ord(sign)] = (second or first if choice else first).strip("-")
            tables.append(table)
    return tuple(tables)


class Orthography(NamedTuple):
    """One table of latin.toml, ready for use."""

    name: str
    when: re.Pattern[str]
    is_slavic: bool
    read: Callable[[str], str]


@lru_cache(maxsize=4096)
def latin_readings(word: str, *, slavic: bool) -> tuple[Reading, ...]:
    """Return the readings of `word` (lower-case ASCII letters), the general one first, at most MAX_READINGS.

    `slavic` says that the name it stands in looks Belarusian, Russian or Ukrainian.
    """
    found: dict[str, Reading] = {}
    for orthography in _orthographies():
        if (orthography.is_slavic and not slavic) or not orthography.when.search(word):
            continue
        sounds = squeeze(orthography.read(word))
        found.setdefault(sounds, Reading(sounds, "full", orthography.name))
    syllables = pinyin_syllables(word)
    if syllables:
        sounds = "".join(syllable_sounds(syllable) for syllable in syllables)
        found.setdefault(sounds + " pinyin", Reading(squeeze(sounds), "pinyin", "pinyin"))
        if len(syllables) >= FOREIGN_SYLLABLES:
            found[sounds + " foreign"] = Reading(squeeze(sounds).replace("l", "L"), "syllabic", "pinyin")
    return _first(found)


def _first(found: dict[str, Reading]) -> tuple[Reading, ...]:
    readings = list(found.values())
    if len(readings) > MAX_READINGS:
        readings = readings[: MAX_READINGS - 2] + readings[-2:]
    return tuple(readings)


@lru_cache(maxsize=4096)
def looks_slavic(word: str) -> bool:
    """Tell whether `word` ends as East Slavic surnames and patronymics do."""
    return len(word) > 4 and bool(_slavic("ending").search(word) or _slavic("patronymic").search(word))


@lru_cache(maxsize=4096)
def is_patronymic(word: str) -> bool:
    """Tell whether `word` ends as East Slavic patronymics do (which some surnames do too)."""
    return len(word) > 5 and bool(_slavic("patronymic").search(word))


@lru_cache(maxsize=4096)
def pinyin_syllables(word: str) -> tuple[str, ...]:
    """Return the pinyin syllables that `word` falls into, fewest and longest first, or () when it is not pinyin."""
    best: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + 6), start, -1):
            rest = best[end]
            if rest is not None and word[start:end] in _pinyin():
                known = best[start]
                if known is None or len(rest) + 1 < len(known):
                    best[start] = (word[start:end], *rest)
    return best[0] or ()


@lru_cache(maxsize=4096)
def syllable_sounds(syllable: str) -> str:
    """Return the sounds of a pinyin syllable in names; a palatal i before a vowel is not said (jiang: jaN)."""
    if syllable == "er":
        return "R"
    initials = cast(dict[str, str], document("pinyin.toml")["sounds"])
    initial = next((start for start in (syllable[:2], syllable[:1]) if start in initials), "")
    final = syllable[len(initial) :].replace("v", "u")
    if initial in {"j", "q", "x", "zh", "ch", "sh", "y"} and len(final) > 1 and final[0] in "iu" and final[1] in "aeou":
        final = final[1:]
    return initials.get(initial, "") + final.replace("ng", "N")


@cache
def _pinyin() -> frozenset[str]:
    table = document("pinyin.toml")
    initials, finals = cast(list[str], table["initials"]), cast(list[str], table["finals"])
    alone = {"a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er"}
    return frozenset(
        start + final
        for start in initials
        for final in finals
        if (final[0] in "iuv" if start in {"j", "q", "x"} else start or final in alone)
        and not (start in {"b", "p", "m", "f"} and len(final) > 1 and final[0] == "u")
    )


@cache
def _orthographies() -> tuple[Orthography, ...]:
    table = document("latin.toml")
    letters = cast(dict[str, str], table["letters"])
    return tuple(
        Orthography(
            cast(str, entry["name"]),
            re.compile(cast(str, entry["when"])),
            entry["context"] == "slavic",
            _reader(dict(cast(list[tuple[str, str]], entry["rules"])), letters),
        )
        for entry in cast(list[dict[str, object]], table["orthography"])
    )


def _reader(rules: dict[str, str], letters: dict[str, str]) -> Callable[[str], str]:
    signs = {**letters, **rules}
    pattern = re.compile("|".join(sorted(signs, key=len, reverse=True)))
    return lambda word: pattern.sub(lambda found: signs[found.group()], word)


@cache
def _slavic(key: str) -> re.Pattern[str]:
    return re.compile(cast(dict[str, str], document("latin.toml")["slavic"])[key])

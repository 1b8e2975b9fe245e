"""A field parted into the names in it, and a name into its written words."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from campaign.names.cleaning import clean, one_script
from campaign.names.scripts import word_script

MAX_ALTERNATIVES = 6
MAX_WORDS = 12
MAX_WORD_LENGTH = 40

BRACKETS = re.compile(r"[(\[{<«“„\"‹【〈《]([^()\[\]{}<>«»“”„\"‹›【】〈〉《》]*)[)\]}>»”“\"›】〉》]")
OTHER_NAME = re.compile(
    r"[/|;؛\\=]|\b(?:alias|(?:also )?known as|pen name|formerly|née|он[аи]? же|aka)\b|\ba\.\s?k\.\s?a\.|又名|化名|原名",
    re.IGNORECASE,
)
CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ][a-zа-яё])")


class Written(NamedTuple):
    """One name as written in a field; `is_alias` if another name comes before it."""

    text: str
    words: tuple[str, ...]
    is_alias: bool


@lru_cache(maxsize=2048)
def written_names(text: str) -> tuple[Written, ...]:
    """Return the names in a field, the first one first, at most MAX_ALTERNATIVES.

    What stands in brackets or after a slash, "aka" or "又名" is a name of its own. Where scripts are mixed,
    each script's words are one, and so are all together.
    """
    found: list[Written] = []
    for part in _parts(clean(text)):
        words = written_words(part)
        runs = _by_script(words)
        for choice in (*runs, words) if len(runs) > 1 else (words,):
            if choice and choice not in [known.words for known in found] and len(found) < MAX_ALTERNATIVES:
                found.append(Written(" ".join(choice) if choice is not words else part.strip(), choice, bool(found)))
    return tuple(found)


def written_words(text: str) -> tuple[str, ...]:
    """Return the words of clean text, MAX_WORDS at most: letters, marks, apostrophes; look-alike letters mended."""
    spaced = "".join(char if _belongs(char) else " " for char in text)
    words: list[str] = []
    for long_word in spaced.split():
        word = long_word[:MAX_WORD_LENGTH]
        mended = word if word.isascii() else one_script(word)
        for piece in CAMEL.sub(" ", mended).split():
            words += [run for run in _script_runs(piece) if run.strip("'")]
        if len(words) >= MAX_WORDS:
            break
    return tuple(words[:MAX_WORDS])


def _parts(text: str) -> list[str]:
    inside = BRACKETS.findall(text)
    parts = [part for piece in (BRACKETS.sub(" ", text), *inside) for part in OTHER_NAME.split(piece)]
    return [part for part in parts if part.strip()]


def _belongs(char: str) -> bool:
    return char == "'" or char.isalpha() or unicodedata.category(char)[0] == "M"


def _script_runs(word: str) -> list[str]:
    if word.isascii():
        return [word]
    script, runs = "", [""]
    for char in word:
        own = word_script(char) if char.isalpha() else script
        if script and own != script:
            runs.append("")
        script, runs[-1] = own, runs[-1] + char
    return runs


def _by_script(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    scripts = [word_script(word) for word in words]
    return [
        tuple(word for word, own in zip(words, scripts, strict=True) if own == script)
        for script in dict.fromkeys(scripts)
    ]

"""Parsing of a name field: the names in it, their words and tokens, and the names in plain Latin letters.

The Latin letters are for reading, for addresses, and for telling whether two names are equal.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from campaign.names.pieces import Piece, pieces_of, words_read
from campaign.names.scripts import clean, one_script, word_script
from campaign.names.sounds import squeeze
from campaign.names.tables import rows
from campaign.names.tokens import Token, joined, tokens_of

MAX_ALTERNATIVES = 6
MAX_WORDS = 12
MAX_WORD_LENGTH = 40

BRACKETS = re.compile(r"[(\[{<«“„\"‹【〈《]([^()\[\]{}<>«»“”„\"‹›【】〈〉《》]*)[)\]}>»”“\"›】〉》]")
OTHER_NAME = re.compile(
    r"[/|;؛\\=]|\b(?:alias|(?:also )?known as|pen name|formerly|née|он[аи]? же|aka)\b|\ba\.\s?k\.\s?a\.|又名|化名|原名",
    re.IGNORECASE,
)
CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ][a-zа-яё])")
LONGEST_JOIN = 3
MAX_SLUG = 60


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


class Join(msgspec.Struct, frozen=True, array_like=True):
    """Tokens `start` to `end` (exclusive) of a name, read as one word; particles between them are left out."""

    start: int
    end: int
    token: Token


class Name(msgspec.Struct, frozen=True, array_like=True):
    """One name of a field: its tokens in order, its joins, the whole as one word; `is_alias` if another comes first."""

    text: str
    is_alias: bool
    tokens: tuple[Token, ...]
    joins: tuple[Join, ...]
    whole: Token


class NameForms(msgspec.Struct, frozen=True, array_like=True):
    """All that the room knows of a field: its names in order; none for a field without letters."""

    text: str
    names: tuple[Name, ...]

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names after the first, as written."""
        return tuple(name.text for name in self.names if name.is_alias)


@lru_cache(maxsize=2048)
def forms(text: str) -> NameForms:
    """Return what a name field holds, for any text: names, scripts, romanised tokens, roles, aliases."""
    names = tuple(name for written in written_names(text) if (name := _name(written)))
    return NameForms(text, names)


def _name(written: Written) -> Name | None:
    tokens = tuple(token for token in tokens_of(pieces_of(written.words)) if token.folded or token.readings[0].sounds)
    if not tokens:
        return None
    core = tuple(token for token in tokens if token.role != "particle") or tokens
    return Name(written.text, written.is_alias, tokens, _joins(tokens), joined(core))


def _joins(tokens: tuple[Token, ...]) -> tuple[Join, ...]:
    found = []
    for start in range(len(tokens)):
        if tokens[start].role == "particle":
            continue
        for end in range(start + 2, len(tokens) + 1):
            parts = tuple(token for token in tokens[start:end] if token.role != "particle")
            if len(parts) > LONGEST_JOIN:
                break
            if len(parts) > 1 and tokens[end - 1].role != "particle":
                found.append(Join(start, end, joined(parts)))
    return tuple(found)


def romanise(text: str) -> str:
    """Return the first name in `text` in lower-case ASCII letters, words parted by spaces; "" when nothing can be read.

    Uyghur through umsc, Chinese in toneless pinyin, Cyrillic and the rest through anyascii. Arabic and Persian do not
    write short vowels: common names get theirs from name_forms.tsv, others keep their consonants only.
    """
    names = written_names(text)
    if not names:
        return ""
    return " ".join(_readable(piece) for piece in words_read(names[0].words) if piece.ascii)


def slug_tail(text: str) -> str:
    """Return the first name in `text` for an address: lower-case ASCII letters and single hyphens, at most MAX_SLUG.

    "" when nothing can be read; the reference before it identifies the person, so it need not be unique.
    """
    letters = "".join(letter for letter in romanise(text) if "a" <= letter <= "z" or letter in " -")
    return letters.replace(" ", "-")[:MAX_SLUG].strip("-")


def fold(text: str) -> str:
    """Return `text` folded for equality: lower-case ASCII letters of every script, doubled letters once."""
    return squeeze("".join(piece.ascii for piece in words_read(written_words(clean(text)))))


def _readable(piece: Piece) -> str:
    return piece.ascii if piece.vowelled else _vowelled_names().get(piece.text, piece.ascii)


@cache
def _vowelled_names() -> dict[str, str]:
    """Return given names in Arabic letters with their commonest Latin form: the first in name_forms.tsv."""
    return {
        form: row["forms"].split()[0]
        for row in rows("name_forms.tsv")
        for form in row["forms"].split()
        if word_script(form) == "Arab" and row["forms"].split()[0].isascii()
    }

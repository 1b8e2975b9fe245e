"""Tokenisation of one name: its words romanised, compounds of Abd joined, suffixes and articles parted off."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from campaign.names.scripts import word_script
from campaign.names.tables import rows
from campaign.names.transliteration import (
    ascii_word,
    compound_words,
    is_vowelled,
    pinyin,
    surname_and_given,
    surname_pinyin,
    without_article,
)

# Abd is never a name alone: it binds to the word after it, whatever the spaces say.
ABD = re.compile(r"abd(?:[aeiou]{0,2}[lrns]?)")
# The same in Chinese, three syllables and perhaps the article: 阿卜杜勒-, 阿布都·.
ABD_HAN = re.compile("abudu(?:le|er)?")
ARTICLES = {"al", "el", "ul"}
ABD_ARTICLE = re.compile(r"^abd(?:[aeiou]{1,2}l)(?=[^aeiouly])")
SHORTEST_STEM = 3


class Piece(NamedTuple):
    """One word of a name: as written, in ASCII, its script; `vowelled` marks Uyghur in Arabic letters."""

    text: str
    ascii: str
    script: str
    syllables: tuple[str, ...] = ()
    vowelled: bool = False


class Ending(NamedTuple):
    """A suffix that is written on to names."""

    text: str
    stem: int


def pieces_of(words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return the pieces of one name given as its written words."""
    joined = _joined_abd([piece for piece in words_read(words) if piece.ascii or piece.script == "Arab"])
    return tuple(part for piece in joined for part in _without_ending(piece))


def words_read(words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return the written words of one name in ASCII, as they stand: only articles and surnames parted."""
    vowelled = any(is_vowelled(word) for word in words if word_script(word) == "Arab")
    bare = sum(word_script(word) == "Hani" for word in words) == 1
    found: list[Piece] = []
    for word in words:
        script = word_script(word)
        if script == "Hani":
            found += _chinese(word, bare=bare)
        elif script == "Arab" and not vowelled:
            found += _arabic(word)
        else:
            found.append(
                Piece(word, ascii_word(word, vowelled=vowelled), script, vowelled=vowelled and script == "Arab")
            )
    return tuple(found)


def _chinese(word: str, *, bare: bool) -> list[Piece]:
    stem, ending = _han_ending(word)
    parts = [_han_piece(part) for part in (_undotted(stem) if bare else (stem,))]
    name = surname_and_given(stem) if bare and len(parts) == 1 else None
    if name and not ending:
        surname, given = name
        syllables = surname_pinyin(surname)
        parts = [Piece(surname, "".join(syllables), "Hani", syllables), _han_piece(given)]
    return parts + ([_han_piece(ending)] if ending else [])


def _undotted(word: str) -> tuple[str, ...]:
    """Return the words of a foreign name that stands without its dot, parted after or before a name of the table."""
    for length in range(len(word) - 2, 1, -1):
        if word[:length] in _han_given_names():
            return word[:length], *_undotted(word[length:])
        if word[-length:] in _han_given_names():
            return *_undotted(word[:-length]), word[-length:]
    return (word,)


def _han_piece(word: str) -> Piece:
    syllables = pinyin(word)
    return Piece(word, "".join(syllables), "Hani", syllables)


def _han_ending(word: str) -> tuple[str, str]:
    for ending in _han_endings():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)], ending
    return word, ""


def _arabic(word: str) -> list[Piece]:
    found = []
    for part in compound_words(word):
        stem = without_article(part)
        if stem is not None:
            found.append(Piece("ال", "al", "Arab"))
        found.append(Piece(stem or part, ascii_word(stem or part), "Arab"))
    return found


def _joined_abd(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    rest = iter(pieces)
    for piece in rest:
        if piece.text == "عبد" or (ABD_HAN if piece.script == "Hani" else ABD).fullmatch(piece.ascii):
            after = next(rest, None)
            if after is not None and after.ascii in ARTICLES:
                after = next(rest, None)
            if after is not None:
                piece = _bound(piece, after)
        joined.append(_plain_abd(piece))
    return joined


def _bound(abd: Piece, name: Piece) -> Piece:
    if abd.script != "Hani":
        return abd._replace(text=f"{abd.text} {name.text}", ascii=abd.ascii + name.ascii)
    syllables = (*abd.syllables[:3], *name.syllables)
    return Piece(abd.text + name.text, "".join(syllables), "Hani", syllables)


def _plain_abd(piece: Piece) -> Piece:
    if piece.script == "Arab" and not piece.vowelled:
        bare = piece.text.replace(" ", "")
        if bare.startswith("عبدال") and not bare.startswith(("عبداللا", "عبدالله")):
            bare = "عبد" + bare.removeprefix("عبدال")
        return piece._replace(text=bare, ascii=ascii_word(bare))
    return piece._replace(ascii=ABD_ARTICLE.sub("abdu", piece.ascii))


def _without_ending(piece: Piece) -> tuple[Piece, ...]:
    if piece.script in {"Hani"} or (piece.script == "Arab" and not piece.vowelled):
        return (piece,)
    for ending in _endings():
        if piece.ascii.endswith(ending.text) and len(piece.ascii) - len(ending.text) >= ending.stem:
            stem = piece.ascii.removesuffix(ending.text)
            return piece._replace(ascii=stem), piece._replace(text=ending.text, ascii=ending.text)
    return (piece,)


@cache
def _endings() -> tuple[Ending, ...]:
    found = set()
    for row in rows("roles.tsv"):
        for form in row["forms"].split() if row["where"] == "ending" else ():
            text = ascii_word(form) if word_script(form) in {"Latn", "Cyrl"} else ""
            if len(text) > 2:
                found.add(Ending(text, SHORTEST_STEM if row["role"] == "suffix" else SHORTEST_STEM + 1))
    return tuple(sorted(found, key=lambda ending: (-len(ending.text), ending.text)))


@cache
def _han_given_names() -> frozenset[str]:
    forms = (form for row in rows("name_forms.tsv") for form in row["forms"].split())
    return frozenset(form for form in forms if word_script(form) == "Hani")


@cache
def _han_endings() -> tuple[str, ...]:
    found = {
        form
        for row in rows("roles.tsv")
        for form in row["forms"].split()
        if row["where"].startswith("ending") and word_script(form) == "Hani"
    }
    return tuple(sorted(found, key=lambda form: (-len(form), form)))

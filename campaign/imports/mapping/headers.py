"""The meaning of a header by its words, in the languages of the field.

One rule: the whole header decides. Every word of it must be known, and all of them together must be one of the sets of
meanings.toml; a part of a word, or of a header, says nothing. The words of each language are data: words/*.toml.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from campaign.text import folded_for_search

LANGUAGES: Final = ("en", "ug", "zh", "ru", "kk", "tr", "ar", "fa", "es", "fr", "de")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
MOST_WORDS = 12
ANY: Final = "any"  # the words of all languages together, for headers in two of them


class Meanings(NamedTuple):
    """Which targets a header may have, and by which concepts, in the languages in which all of its words are known."""

    targets: tuple[str, ...]
    concepts: frozenset[str]
    languages: tuple[str, ...]


NOTHING: Final = Meanings((), frozenset(), ())


@lru_cache(maxsize=4096)
def meanings(header: str) -> Meanings:
    """Return what a header says; NOTHING where its words are not known, or not together.

    "Date of arrest" and "arrest_date" say the same; "Reason for release" is no target. A header
    that says different things in two languages has the targets of both.
    """
    found = [(language, concepts) for language in LANGUAGES if (concepts := _concepts(header, language)) is not None]
    if not any(targets_of(concepts) for _, concepts in found) and (concepts := _concepts(header, ANY)) is not None:
        found.append((ANY, concepts))
    targets = {code: None for _, concepts in found for code in targets_of(concepts)}
    spoken = [language for language, concepts in found if targets_of(concepts)]
    known = frozenset[str]().union(*(concepts for _, concepts in found))
    return Meanings(tuple(targets), known, tuple(spoken)) if found else NOTHING


def in_language(header: str, language: str) -> tuple[str, ...]:
    """Return the targets that a header may have in one language."""
    concepts = _concepts(header, language) if language else None
    return targets_of(concepts) if concepts is not None else ()


def targets_of(concepts: frozenset[str]) -> tuple[str, ...]:
    """Return the targets that concepts mean together."""
    sets, optional = _sets()
    return tuple(
        code
        for code, wanted in sets.items()
        if any(one <= concepts <= one | optional.get(code, frozenset()) for one in wanted)
    )


@cache
def _sets() -> tuple[dict[str, tuple[frozenset[str], ...]], dict[str, frozenset[str]]]:
    table = tomllib.loads(files(__package__).joinpath("meanings.toml").read_text("utf-8"))
    sets = {code: tuple(frozenset(one.split()) for one in wanted) for code, wanted in table["sets"].items()}
    return sets, {code: frozenset(words) for code, words in table["optional"].items()}


def _concepts(header: str, language: str) -> frozenset[str] | None:
    """Return the concepts of a header's words in a language; None where a word of it is not known, or none is left."""
    vocabulary = words_of(language)
    # A number that counts columns is no word of the header: "Source 1", "Witness (2)".
    text = re.sub(r"(?<=\w)['’]s\b", "", _HUMP.sub(" ", header.replace("#", " no ")))
    words = tuple(vocabulary.known(word) for word in _split(text, language) if not re.fullmatch(r"\d", word))
    parsed = _parsed(words, vocabulary.phrases) if len(words) <= MOST_WORDS else None
    return (frozenset(" ".join(parsed).split()) or None) if parsed is not None else None


def _split(text: str, language: str) -> list[str]:
    folded = folded_for_search(text).replace("ı", "i")
    words = _WORD.findall(_HAN.sub(r" \g<0> ", folded))
    has_article = language in {"ar", ANY}
    return [word[2:] if has_article and word.startswith("ال") and len(word) > 4 else word for word in words]


def _parsed(words: tuple[str, ...], phrases: Mapping[tuple[str, ...], str]) -> list[str] | None:
    """Return the concepts of words, read in phrases as long as they go; None where that leaves a word over."""
    if not words:
        return []
    for length in range(min(len(words), 6), 0, -1):
        concept = phrases.get(words[:length])
        if concept is not None and (rest := _parsed(words[length:], phrases)) is not None:
            return [concept, *rest]
    return None


class _Vocabulary(NamedTuple):
    phrases: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    endings: tuple[str, ...]

    def known(self, word: str) -> str:
        """Return a word as the phrases have it: as it is, else without an ending of its language."""
        forms = (word, *(word.removesuffix(ending) for ending in self.endings))
        return next((form for form in forms if form in self.words), word)


@cache
def words_of(language: str) -> _Vocabulary:
    """Return the phrases of a language and their concepts, ANY for those of all."""
    if language == ANY:
        phrases, endings = _of_all()
    else:
        phrases, endings = _read(language, language)
    return _Vocabulary(phrases, frozenset(word for phrase in phrases for word in phrase), endings)


def _read(language: str, split_as: str) -> tuple[dict[tuple[str, ...], str], tuple[str, ...]]:
    table = tomllib.loads(files(__package__).joinpath(f"words/{language}.toml").read_text("utf-8"))
    phrases = {tuple(_split(phrase, split_as)): "" for phrase in table["drop"]}
    phrases |= {tuple(_split(one, split_as)): concept for concept, some in table["words"].items() for one in some}
    return phrases, tuple("".join(_split(ending, split_as)) for ending in table.get("endings", ()))


def _of_all() -> tuple[dict[tuple[str, ...], str], tuple[str, ...]]:
    """Return the phrases of all languages; one that says different things in two of them is left out."""
    said: dict[tuple[str, ...], set[str]] = {}
    endings: list[str] = []
    for language in LANGUAGES:
        phrases, some = _read(language, ANY)
        endings += some
        for phrase, concept in phrases.items():
            said.setdefault(phrase, set()).add(concept)
    return {phrase: concepts.pop() for phrase, concepts in said.items() if len(concepts) == 1}, tuple(endings)


def relation_of(header: str) -> str:
    """Return the relation (vocabulary) that a header of a relative's column names, "" where it names none."""
    relations = {"father": "parent", "mother": "parent", "spouse": "spouse", "child": "child", "sibling": "sibling"}
    named = {code for concept, code in relations.items() if concept in meanings(header).concepts}
    return named.pop() if len(named) == 1 else ""

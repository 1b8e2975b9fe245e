"""The parser of a search query: cut to what can be answered in time, its words, and the places that some name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from campaign.names.reading import NameForms, forms
from campaign.search.index import IS_HAN, RUN, asked_words, number_word
from campaign.search.place_terms import Meaning, finer, meanings, parted
from campaign.text import folded_for_search

LONGEST = 200  # characters of a question; a page says so where it was longer
MOST_HAN = 30  # Chinese characters of them: each pair is a word to be looked for, and 200 cost up to a second
MOST_WORDS = 12
MOST_PARTS = 3
# "And" in the languages of those who ask: English, Turkish, Russian, Kazakh, Uyghur, Arabic and Persian; commas.
BETWEEN = re.compile(r"\s*[,;&+،؛、，；]\s*|\s+(?:and|ve|и|және|ۋە|ھەم|و)\s+", re.IGNORECASE)
EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True)
class Word:
    """One word of a question: `parts` are words of the index that must all be met, `meaning` the places it names.

    `text` is folded; `typed` is how it was written, as far as that can be told. `is_finer`: it only says where within a
    place, and nothing so fine is public.
    """

    text: str
    typed: str
    parts: tuple[str, ...]
    meaning: Meaning
    is_finer: bool = False


@dataclass(frozen=True)
class Asked:
    """A question. `is_cut` says that it was longer than `cut` allows; without words nothing is asked."""

    text: str
    words: tuple[Word, ...]
    number: str
    is_cut: bool

    @property
    def forms(self) -> NameForms:
        """The question read as a name."""
        return forms(self.text)

    @property
    def coarser(self) -> "Asked":
        """The question without what says where within a place, "" where nothing else or no such word is in it."""
        words = tuple(word for word in self.words if not word.is_finer)
        if len(words) == len(self.words) or not any(word.meaning.places for word in words):
            words = ()
        return Asked(" ".join(word.typed for word in words), words, "", self.is_cut)

    @property
    def parts(self) -> tuple["Asked", ...]:
        """Each of the people or things that a question names beside each other, () where it names but one."""
        parts = [ask(part) for part in BETWEEN.split(self.text)[:MOST_PARTS]]
        return tuple(part for part in parts if part.words) if len(parts) > 1 else ()

    def only(self, words: tuple[Word, ...]) -> NameForms:
        """Return some of its words read as a name."""
        return forms(" ".join(word.typed for word in words))


def cut(query: str) -> str:
    """Return the beginning of a question that can be answered in time: LONGEST characters, MOST_HAN of them Chinese."""
    beginning = query[:LONGEST]
    too_many = [found.start() for found in IS_HAN.finditer(beginning)][MOST_HAN:]
    return beginning[: too_many[0]] if too_many else beginning


def ask(query: str) -> Asked:
    """Return the question of any string: "" and strings without letters and digits ask nothing."""
    asked = cut(query)
    text = " ".join(asked.split())
    read = _read(text)
    written = [word for word, _ in read]
    parts = asked_words(" ".join(written))
    fine = finer(text)
    words = [
        Word(word, typed, tuple(needed), meaning, _is_within(word, fine))
        for (word, typed), needed, meaning in zip(read, parts, meanings(written), strict=True)
        if not meaning.is_link
    ]
    # What is said again says no more, and would be looked for again.
    return Asked(text, tuple(dict.fromkeys(words)), number_word(text), asked != query)


def _is_within(word: str, fine: Collection[str]) -> bool:
    return word in fine or (bool(IS_HAN.match(word)) and all(char in fine for char in word))


def _read(text: str) -> list[tuple[str, str]]:
    """Return the folded words of a text, each as it was typed; Chinese is parted where it names a place."""
    found = []
    for chunk in text.split():
        words = [word for run in RUN.findall(folded_for_search(chunk)) for word in parted(run)]
        typed = EDGES.sub("", chunk)
        found += [(word, typed if len(words) == 1 else word) for word in words]
    return found[:MOST_WORDS]

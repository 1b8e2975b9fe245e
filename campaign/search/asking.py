"""A question read: cut to what can be answered in time, its words, and the places that some of them name."""

from dataclasses import dataclass
from functools import lru_cache

from campaign.names import NameForms, forms
from campaign.search.folding import RUN, asked_words, folded, number_word
from campaign.search.whereabouts import Meaning, meanings, parted

LONGEST = 200  # characters of a question; a page says so where it was longer
MOST_WORDS = 12


@dataclass(frozen=True)
class Word:
    """One word of a question: `parts` are words of the index that must all be met, `meaning` the places it names."""

    text: str
    parts: tuple[str, ...]
    meaning: Meaning


@dataclass(frozen=True)
class Asked:
    """A question. `is_cut` says that it was longer than LONGEST; without words nothing is asked."""

    text: str
    words: tuple[Word, ...]
    number: str
    is_cut: bool

    @property
    def forms(self) -> NameForms:
        """The question read as a name."""
        return forms(self.text)

    def only(self, words: tuple[Word, ...]) -> NameForms:
        """Return some of its words read as a name."""
        return forms(" ".join(word.text for word in words))


def ask(query: str) -> Asked:
    """Return the question of any string: "" and strings without letters and digits ask nothing."""
    return _asked(" ".join(query[:LONGEST].split()), len(query) > LONGEST)


@lru_cache(maxsize=256)
def _asked(text: str, is_cut: bool) -> Asked:
    written = [word for run in RUN.findall(folded(text))[:MOST_WORDS] for word in parted(run)][:MOST_WORDS]
    parts = asked_words(" ".join(written))
    words = [
        Word(word, tuple(needed), meaning)
        for word, needed, meaning in zip(written, parts, meanings(written), strict=True)
        if not meaning.is_link
    ]
    return Asked(text, tuple(words), number_word(text), is_cut)

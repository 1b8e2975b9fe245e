"""Names found in texts: as they are written, and as they sound in any other script or spelling.

As written a name is found in any case. By its sound it is found where a word begins with a capital letter, or its
script has none; the endings that languages put on names are cut off. What is found wrongly, two people say so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from campaign.names import NameForms, forms, score
from campaign.names.scripts import word_script
from campaign.publishing.rules.known import generic_words
from campaign.text import folded_words

SHORTEST = 4  # letters: a shorter part of a name is found in every other word
SOUNDS_ALIKE = 0.92
SOUNDS_ALIKE_UNCASED = 0.95  # where no capital says that a word is a name
SOUNDS_ALIKE_TOGETHER = 0.8  # two words in a row: one of them alone reaches about 0.5
SOUNDS_ALIKE_IN_HAN = 0.88  # characters render the sounds of another language roughly
LONGEST_ENDING = 6
SHORTEST_WITH_ENDING = 5
CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
HAN = re.compile(r"[\u3400-\u9fff]+")
HAN_NAME = range(2, 6)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@dataclass(frozen=True)
class Needle:
    """What is looked for: words as written, a run of characters, single words by their sound, and the whole name.

    Short words, and characters one by one, are in every text: they name somebody only as a whole.
    """

    written: tuple[str, ...]
    characters: tuple[str, ...]
    sounds: tuple[str, ...]
    whole: str


def needle(name: str, own: frozenset[str]) -> Needle | None:
    """Return what gives a name away, None where only words are left that name nobody. `own` are the person's words."""
    words = folded_words(name).split()
    common = own | generic_words()
    if not set(words) - common:
        return None
    telling = [word for word in words if word not in common and len(word) >= SHORTEST]
    written = [*telling, *([" ".join(words)] if len(words) > 1 else [])]
    parts = [part for part in WORD.findall(name) if folded_words(part) not in common]
    sounds = [part for part in parts if len(part) >= SHORTEST and not HAN.fullmatch(part)]
    characters = [part for part in parts if HAN.fullmatch(part) and len(part) > 1]
    whole = name if len(parts) > 1 or characters else ""
    return Needle(tuple(written), tuple(characters), tuple(sounds), whole)


def found_in(text: str, wanted: Needle, own: frozenset[str]) -> Iterator[str]:
    """Yield the words of a text that name whom a needle looks for, folded."""
    parted = HAN.sub(r" \g<0> ", text)
    spaced = f" {folded_words(parted)} "
    yield from (word for word in wanted.written if f" {word} " in spaced)
    yield from (characters for characters in wanted.characters if characters in text)
    for part in wanted.sounds:
        sought = forms(part)
        yield from (
            folded_words(word)
            for word in _words(parted)
            if folded_words(word) not in own and _sounds(word, part, sought)
        )
        yield from (window for window in _windows(text) if _score(window, sought) >= SOUNDS_ALIKE_IN_HAN)
    if wanted.whole:
        sought = forms(wanted.whole)
        pairs = {pair for pair in _pairs(parted) if set(folded_words(pair).split()) - own}
        yield from (folded_words(pair) for pair in pairs if _score(pair, sought) >= SOUNDS_ALIKE_TOGETHER)
        yield from (window for window in _windows(text) if _score(window, sought) >= SOUNDS_ALIKE_UNCASED)


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text) if len(word) >= SHORTEST - 1 and _may_be_name(word)}


def _pairs(text: str) -> set[str]:
    """Return each two words in a row that may both be names."""
    words = WORD.findall(text)
    return {f"{one} {other}" for one, other in pairwise(words) if _may_be_name(one) and _may_be_name(other)}


def _may_be_name(word: str) -> bool:
    return not HAN.search(word) and (word[0].isupper() or word_script(word) not in CASED)


def _sounds(word: str, part: str, sought: NameForms) -> bool:
    least = SOUNDS_ALIKE if word[0].isupper() else SOUNDS_ALIKE_UNCASED
    if _score(word, sought) >= least:
        return True
    ending = len(word) - len(part)
    if len(part) < SHORTEST_WITH_ENDING or not 0 < ending <= LONGEST_ENDING:
        return False
    return any(_score(word[:length], sought) >= SOUNDS_ALIKE_UNCASED for length in (len(part), len(part) + 1))


def _windows(text: str) -> set[str]:
    runs = HAN.findall(text)
    return {run[at : at + length] for run in runs for length in HAN_NAME for at in range(len(run) - length + 1)}


def _score(word: str, sought: NameForms) -> float:
    return score(_read(word), sought).score


@lru_cache(maxsize=65536)
def _read(word: str) -> NameForms:
    return forms.__wrapped__(word)

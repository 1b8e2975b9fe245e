"""Words as the index keeps them: the same folding when they are written and when they are asked, on every database.

Chinese has no spaces: each character is a word, and so is each pair, so that one character can be asked and several
say more.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from campaign.text import folded_for_search

LONGEST_WORD = 40  # in characters, as kept; what is longer is cut, stored or asked
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")


def words(text: str) -> Iterator[str]:
    """Yield the words that `text` is found by; a run of Chinese as its characters and its pairs of them."""
    for run in RUN.findall(folded_for_search(text)):
        yield from parts(run, singles=True)


def asked_words(text: str) -> list[list[str]]:
    """Return what a question asks: for each word of it those words of the index that must all be met."""
    return [list(parts(run, singles=len(run) == 1)) for run in RUN.findall(folded_for_search(text))]


def parts(run: str, *, singles: bool) -> Iterator[str]:
    """Yield one run of letters as words of the index: itself, or of Chinese its pairs and perhaps its characters."""
    if not IS_HAN.match(run):
        yield run[:LONGEST_WORD]
        return
    if singles:
        yield from run
    yield from (first + second for first, second in pairwise(run))


def number_word(text: str) -> str:
    """Return a reference or a number elsewhere as one word: "FXD-40718" and "fxd 40718" are the same."""
    return "".join(RUN.findall(folded_for_search(text)))[:LONGEST_WORD]

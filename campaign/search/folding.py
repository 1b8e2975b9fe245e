"""Words as the index keeps them: the same folding when they are written and when they are asked, on every database.

Case, marks and invisible characters go; Arabic, Persian and Uyghur forms of one letter become one. Chinese has no
spaces: each character is a word, and so is each pair, so that one character can be asked and several say more.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from campaign.names.cleaning import HARAKAT, INVISIBLE

LONGEST_WORD = 40  # in characters, as kept; what is longer is cut, stored or asked
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")
# Forms of yeh, kaf, heh and alef that keyboards exchange; Uyghur's hamza on a chair only opens a syllable.
ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ة": "ه", "ۀ": "ه",
     "أ": "ا", "إ": "ا", "ٱ": "ا", "ئ": "", "ء": ""}
)  # fmt: skip


def folded(text: str) -> str:
    """Return `text` without case, marks and invisible characters; lone surrogates and controls become spaces."""
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co"} else char for char in text)
    text = HARAKAT.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).translate(ARABIC)
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def words(text: str) -> Iterator[str]:
    """Yield the words that `text` is found by; a run of Chinese as its characters and its pairs of them."""
    for run in RUN.findall(folded(text)):
        yield from parts(run, singles=True)


def asked_words(text: str) -> list[list[str]]:
    """Return what a question asks: for each word of it those words of the index that must all be met."""
    return [list(parts(run, singles=len(run) == 1)) for run in RUN.findall(folded(text))]


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
    return "".join(RUN.findall(folded(text)))[:LONGEST_WORD]

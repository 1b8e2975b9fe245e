"""The lexer of place texts: spellings folded, then cut into segments and pieces, each with its sense.

`fold` keeps the letters of the script, which `campaign.names.reading.fold` does not: a place is written in each script
in the gazetteer, so nothing need be romanised to be found. `sound` also merges letters that romanisations of Uyghur
confuse.

What words beside a place name tell (the kind of building, the unit, "unknown", "near", or that it is prose) is data
(data/words.tsv: phrase, sense, value), readable by somebody who knows the language.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import msgspec

from campaign.names.scripts import clean, one_script
from campaign.text import ARABIC_LETTERS

# Latin letters without a decomposition: the pinyin-based Uyghur alphabet of 1965 (ƣ ə ɵ ⱪ ⱬ) and Turkic ones.
_LATIN = {"ƣ": "gh", "ə": "e", "ɵ": "o", "ⱪ": "q", "ⱬ": "zh", "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d"}
# Cyrillic letters that keyboards of other languages lack.
_CYRILLIC = {"қ": "к", "ғ": "г", "ҳ": "х", "һ": "х", "ң": "н", "ү": "у", "ұ": "у", "ө": "о", "ә": "а", "җ": "ж"}
_LETTERS = str.maketrans(_LATIN | _CYRILLIC | ARABIC_LETTERS)

_CONFUSED = (
    ("tsch", "ch"),
    ("dsch", "j"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("dj", "j"),
    ("ou", "u"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("ch", "c"),
    ("sh", "s"),
    ("q", "k"),
    ("g", "k"),
    ("x", "h"),
    ("w", "v"),
    ("y", "i"),
    ("e", "a"),
    ("o", "u"),
)
# In the romanisation of the maps of 1976, which official signs keep, x is sh and q is ch.
_MAPS = str.maketrans({"x": "sh", "q": "ch"})
_TWICE = re.compile(r"(.)\1+")
_HAN = "㐀-䶿一-鿿豈-﫿"
# Chinese has no spaces, so each character is a word; others keep the marks and apostrophes inside them.
WORD = re.compile(rf"[{_HAN}]|(?:[^\W_{_HAN}][\u0300-\u036f\u064b-\u0655\u200c\u200d]*)+", re.UNICODE)
_BREAK = re.compile(r"[,;|/\n\t()\[\]{}<>:،؛、，；：。（）【】]|\s[-–—]\s")
_OPENING = re.compile(r"[(\[{（【]")
_LONGEST_PHRASE = 14
Known = Callable[[str], tuple[str, ...]]


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the letters and digits of `text` alone: no marks, no case, no spaces; "" when it has none.

    "Ghulja", "GHULJA" and "Ghul'ja" give one key; so do "Kona Sheher" and "Konasheher", and a Cyrillic word with a
    Latin letter in it and the same without.
    """
    if not text.isascii():
        text = " ".join(map(one_script, clean(text).split()))
    letters = text.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if c.isalnum())


@lru_cache(maxsize=4096)
def sound(key: str) -> str:
    """Return a folded Latin key with the letters merged that romanisations of Uyghur exchange.

    q, gh, g and k; kh, x and h; e and a; o and u; y and i; doubled letters. Vowels stay: without them
    too many towns of the region become one. The pairs are those between the Latin alphabets in use:
    Uyghur Latin (2008), the 1965 alphabet and the spellings of English, German and French newspapers.
    """
    for letters, one in _CONFUSED:
        key = key.replace(letters, one)
    return _TWICE.sub(r"\1", key)


def as_on_maps(key: str) -> str:
    """Return a folded Latin key read as the romanisation of maps: maralbexi gives maralbeshi."""
    return key.translate(_MAPS)


class Word(msgspec.Struct, frozen=True):
    """The sense of a phrase, and its value: a facility type of the vocabulary, or the kind of unit."""

    sense: str
    value: str = ""


@cache
def lexicon() -> dict[str, Word]:
    """Return every phrase, folded, with its sense."""
    sheet = (resources.files(__package__) / "data" / "words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(sheet.splitlines(), delimiter="\t")
    return {fold(row["phrase"]): Word(row["sense"], row["value"] or "") for row in rows}


def facility_types() -> frozenset[str]:
    """Return the facility types that the words can name, by their codes in the vocabulary."""
    return frozenset(word.value for word in lexicon().values() if word.sense == "facility")


class Piece(msgspec.Struct, frozen=True):
    """One or more words with one sense: place, facility, level, address, link, near, unknown, doubt, prose, other.

    `codes` are the places of that name, `value` what the lexicon says of the word.
    """

    text: str
    start: int
    sense: str
    value: str = ""
    codes: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Return where it ends in the whole text; `start` is where it begins."""
        return self.start + len(self.text)


class Segment(msgspec.Struct, frozen=True):
    """What stands between two separators; `is_bracketed` when a bracket opened it."""

    text: str
    start: int
    pieces: tuple[Piece, ...]
    is_bracketed: bool = False

    def senses(self) -> set[str]:
        """Return the senses of its pieces."""
        return {piece.sense for piece in self.pieces}


def segments(text: str, known: Known) -> list[Segment]:
    """Return the segments of `text` that hold a word; `known` gives the codes of a folded name."""
    words = list(WORD.finditer(text))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
    starts = [0, *(n for n, gap in enumerate(gaps, start=1) if _BREAK.search(gap)), len(words)]
    found = []
    for first, last in pairwise(starts):
        if first == last:
            continue
        before = text[words[first - 1].end() if first else 0 : words[first].start()]
        part = words[first:last]
        pieces = tuple(_pieces(text, part, known))
        whole = text[part[0].start() : part[-1].end()]
        found.append(Segment(whole, part[0].start(), pieces, bool(_OPENING.search(before))))
    return found


def _pieces(text: str, words: list[re.Match[str]], known: Known) -> list[Piece]:
    found: list[Piece] = []
    keys = [fold(word.group()) for word in words]
    here = 0
    while here < len(words):
        size, piece = _longest(text, words[here : here + _LONGEST_PHRASE], keys[here : here + _LONGEST_PHRASE], known)
        found.append(piece)
        here += size
    return found


def _longest(text: str, words: list[re.Match[str]], keys: list[str], known: Known) -> tuple[int, Piece]:
    """Return the longest phrase at the start that means something, and how many words it has."""
    start = words[0].start()
    for size in range(len(words), 0, -1):
        key = "".join(keys[:size])
        phrase = text[start : words[size - 1].end()]
        word = lexicon().get(key)
        # "Xi'an" is the city, "xian" the county: several words are a name before they are a word.
        if word and not (size > 1 and known(key)):
            return size, Piece(phrase, start, word.sense, word.value)
        if codes := known(key):
            return size, Piece(phrase, start, "place", codes=codes)
    return 1, Piece(words[0].group(), start, "other")

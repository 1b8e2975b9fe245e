"""Spellings brought to one form, so that marks, case and spaces never hide a place.

`fold` keeps the letters of the script, which `campaign.names.fold` does not: a place is written in each script in the
gazetteer, so nothing need be romanised to be found. `sound` also merges letters that romanisations of Uyghur confuse.
"""

import re
import unicodedata
from functools import lru_cache

from campaign.names.cleaning import clean, one_script
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

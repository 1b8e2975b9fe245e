"""Normalisation and script detection: any string at all becomes text that the room can read."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from campaign.names.tables import rows
from campaign.text import INVISIBLE, UNREADABLE, visible

MAX_LENGTH = 400  # no name is longer; a page pasted into a search box is cut here

MIDDLE_DOTS = re.compile(
    r"[\u00b7\u0387\u05be\u2022\u2027\u2219\u22c5\u23fa\u25cf\u2e31\u2e33\u3002\u30fb\uff0e\uff61\uff65\u2024]"
)
APOSTROPHES = re.compile(
    r"[\u0060\u00b4\u02b9-\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\uff07\u055a\ua78b\ua78c]"
)


def clean(text: str) -> str:
    """Return `text` in compatibility form (NFKC), without invisible characters, cut at MAX_LENGTH.

    Middle dots of every kind become "·" and apostrophes "'"; lone surrogates and controls become spaces.
    """
    text = _signs(visible(_signs(INVISIBLE.sub("", text)[:MAX_LENGTH])))
    return "".join(" " if unicodedata.category(char) in UNREADABLE else char for char in text)[:MAX_LENGTH]


def _signs(text: str) -> str:
    return MIDDLE_DOTS.sub("·", APOSTROPHES.sub("'", text))


def one_script(word: str) -> str:
    """Return `word` with look-alike letters put into the script that most of its letters have.

    A Latin i in a Cyrillic word, a Greek omicron in a Latin one: homoglyphs.tsv.
    """
    found = [name for name in SCRIPT_LETTERS if SCRIPT_LETTERS[name].search(word)]
    if len(found) < 2:
        return word
    home = max(found, key=lambda name: len(SCRIPT_LETTERS[name].findall(word)))
    return "".join(_look_alikes(home).get(char, char) for char in word)


SCRIPT_LETTERS = {
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
}


def _look_alikes(home: str) -> dict[str, str]:
    return {
        row[other]: row[home]
        for row in rows("homoglyphs.tsv")
        for other in SCRIPT_LETTERS
        if other != home and row[other] and row[home]
    }


# First and last code point of the blocks that names in this field are written in (Unicode 15, Blocks.txt).
BLOCKS = (
    (
        "Latn",
        r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0250-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff",
    ),
    ("Cyrl", r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"),
    ("Arab", r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("Hani", r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"),
    ("Hebr", r"\u0590-\u05ff\ufb1d-\ufb4f"),
    ("Grek", r"\u0370-\u03ff\u1f00-\u1fff"),
    ("Tibt", r"\u0f00-\u0fff"),
    ("Mong", r"\u1800-\u18af"),
    ("Hang", r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("Hira", r"\u3040-\u309f"),
    ("Kana", r"\u30a0-\u30ff"),
    ("Geor", r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    ("Armn", r"\u0530-\u058f"),
    ("Deva", r"\u0900-\u097f"),
    ("Thai", r"\u0e00-\u0e7f"),
    ("Ethi", r"\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f\U0001e7e0-\U0001e7ff"),
    ("Mymr", r"\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"),
    ("Khmr", r"\u1780-\u17ff"),
    ("Laoo", r"\u0e80-\u0eff"),
    ("Beng", r"\u0980-\u09ff"),
    ("Guru", r"\u0a00-\u0a7f"),
    ("Gujr", r"\u0a80-\u0aff"),
    ("Orya", r"\u0b00-\u0b7f"),
    ("Taml", r"\u0b80-\u0bff"),
    ("Telu", r"\u0c00-\u0c7f"),
    ("Knda", r"\u0c80-\u0cff"),
    ("Mlym", r"\u0d00-\u0d7f"),
    ("Sinh", r"\u0d80-\u0dff"),
    ("Syrc", r"\u0700-\u074f\u0860-\u086f"),
    ("Thaa", r"\u0780-\u07bf"),
    ("Nkoo", r"\u07c0-\u07ff"),
    ("Tfng", r"\u2d30-\u2d7f"),
    ("Yiii", r"\ua000-\ua4cf"),
)
LETTERS = {script: re.compile(f"[{block}]") for script, block in BLOCKS}


def script_of(text: str) -> str:
    """Return the ISO 15924 code of most letters of `text`; "Zyyy" without letters, "Zzzz" for others."""
    counts = Counter(_script_of(char) for char in clean(text) if char.isalpha())
    if not counts:
        return "Zyyy"
    known = [script for script in LETTERS if counts[script]]
    return max(known, key=lambda script: counts[script], default="Zzzz")


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return next((script for script, pattern in LETTERS.items() if pattern.match(letter)), "Zzzz")


def word_script(word: str) -> str:
    """Return the script of one clean word, by its first letter that has one: fast, for words that are not mixed."""
    if word.isascii():
        return "Latn"
    for char in word:
        if char.isalpha():
            return _script_of(char)
    return "Zyyy"


# Uyghur writes an initial vowel with a hamza on its chair: the two are one letter to a reader (ئا, ئە, ئى ...).
UYGHUR_VOWEL = re.compile("ئ[اەوۇۆۈېى]")


def first_letter(text: str) -> str:
    """Return the first letter of `text`, upper case, with its marks; Uyghur hamza keeps its vowel; "" if none."""
    text = unicodedata.normalize("NFC", clean(text))
    start = next((place for place, char in enumerate(text) if char.isalpha()), None)
    if start is None:
        return ""
    pair = UYGHUR_VOWEL.match(text, start)
    if pair:
        return pair.group()
    end = start + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[start:end].upper()

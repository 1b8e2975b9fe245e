"""Any string at all becomes text that the room can read."""

import re
import unicodedata

from campaign.names.tables import rows
from campaign.text import visible

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
    text = text[:MAX_LENGTH]
    text = MIDDLE_DOTS.sub("·", APOSTROPHES.sub("'", text))
    text = unicodedata.normalize("NFKC", "".join(" " if "\ud800" <= char <= "\udfff" else char for char in text))
    text = MIDDLE_DOTS.sub("·", APOSTROPHES.sub("'", visible(text)))
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cn", "Co"} else char for char in text)[:MAX_LENGTH]


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

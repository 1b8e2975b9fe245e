"""Which script a text is written in, and where its first letter ends. ISO 15924 codes."""

import re
import unicodedata

from campaign.names.cleaning import clean

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
)
LETTERS = {script: re.compile(f"[{block}]") for script, block in BLOCKS}


def script_of(text: str) -> str:
    """Return the ISO 15924 code of most letters of `text`; "Zyyy" without letters, "Zzzz" for others."""
    letters = [char for char in clean(text) if char.isalpha()]
    if not letters:
        return "Zyyy"
    joined = "".join(letters)
    counts = {script: len(pattern.findall(joined)) for script, pattern in LETTERS.items()}
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else "Zzzz"


def word_script(word: str) -> str:
    """Return the script of one clean word, by its first letter that has one: fast, for words that are not mixed."""
    if word.isascii():
        return "Latn"
    for char in word:
        if char.isalpha():
            return next((script for script, pattern in LETTERS.items() if pattern.match(char)), "Zzzz")
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

"""Any word in ASCII letters, by the script it is written in: readable, not exact."""

import re
import unicodedata
from functools import cache, lru_cache

from campaign.names.arabic import arabic_latin, uyghur_latin
from campaign.names.han import pinyin
from campaign.names.scripts import word_script
from campaign.names.tables import mapping

NOT_LETTERS = re.compile(r"[^a-z]")
BELOW_LINE = {
    "\u0329": "q",
    "\u0321": "q",
}  # K with a stroke or hook below: q of the Uyghur new script, typed with marks


@lru_cache(maxsize=4096)
def ascii_word(word: str, *, vowelled: bool = False) -> str:
    """Return one clean word in lower-case ASCII letters; "" when nothing of it can be read.

    `vowelled`: an Arabic-script word stands in a Uyghur, Kazakh or Kurdish name.
    """
    script = word_script(word)
    if script == "Arab":
        return NOT_LETTERS.sub("", uyghur_latin(word) if vowelled else arabic_latin(word))
    if script == "Hani":
        return NOT_LETTERS.sub("", "".join(pinyin(word)))
    return NOT_LETTERS.sub("", _folded(_letters(word.lower())))


def _letters(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    for mark, letter in BELOW_LINE.items():
        decomposed = decomposed.replace("k" + mark, letter)
    special = _special()
    return "".join(special.get(char, char) for char in unicodedata.normalize("NFC", decomposed))


def _folded(word: str) -> str:
    if word.isascii():
        return word
    from anyascii import anyascii

    return anyascii(word).lower()


@cache
def _special() -> dict[str, str]:
    return {**mapping("latin_letters.tsv", "letter", "ascii"), **mapping("cyrillic.tsv", "letter", "ascii")}

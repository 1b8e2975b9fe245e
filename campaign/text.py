"""Text folding: letter case, marks, widths and invisible characters set aside for comparing and looking up.

One rule: some of these keys are stored (the words of the search index, the hashes of mentioned names), so whoever
changes what a function returns rebuilds what was made by it.
"""

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, tatweel, zero-width and direction marks, variation selectors, byte-order mark.
INVISIBLE = re.compile(
    r"[\u00ad\u0640\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Arabic vowel signs and Quranic marks: names are almost never written with them.
HARAKAT = re.compile(r"[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
# Forms of yeh, kaf, heh and alef that keyboards exchange; Uyghur's hamza on a chair only opens a syllable.
ARABIC_LETTERS = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "ئ": "",
}  # fmt: skip
_FOR_SEARCH = str.maketrans(ARABIC_LETTERS | {"ۀ": "ه", "ٱ": "ا", "ء": ""})
_UNREADABLE = {"Cc", "Cs", "Cn", "Co"}  # controls, lone surrogates, unassigned and private characters


def without_marks(text: str) -> str:
    """Return `text` in compatibility form (NFKD) without combining marks: "É" gives "E"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def visible(text: str) -> str:
    """Return `text` without invisible characters and Arabic vowel signs."""
    return HARAKAT.sub("", INVISIBLE.sub("", text))


def folded(text: str) -> str:
    """Return `text` without case, accents and widths, so that what people type meets what is written."""
    return unicodedata.normalize("NFC", without_marks(text.casefold()))


@lru_cache(maxsize=4096)
def folded_words(text: str) -> str:
    """Return the words of `text` without case and marks, one space between them: how names are found in a text."""
    bare = without_marks(text).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def folded_for_search(text: str) -> str:
    """Return `text` as the search index keeps it: without case and marks, Arabic forms of one letter made one.

    Controls and lone surrogates become spaces.
    """
    text = "".join(" " if unicodedata.category(char) in _UNREADABLE else char for char in text)
    text = visible(unicodedata.normalize("NFKC", text)).translate(_FOR_SEARCH)
    return without_marks(text.casefold())

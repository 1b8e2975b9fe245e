"""Normal forms of text: one in which it is kept, and one in which it is compared and looked up.

`entered` is what every text is when it comes in; `comparable` is what naming, twins and search compare, and every other
form here is made of it.
One rule: some of these keys are stored (the words of the search index, the hashes of mentioned names), so whoever
changes what a function returns rebuilds what was made by it.
"""

import re
import unicodedata
from functools import lru_cache

# Default_Ignorable_Code_Point of Unicode (DerivedCoreProperties.txt): characters for which nothing is drawn.
IGNORABLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{IGNORABLE}]")
# Those by which the letters around them are shaped: joiners, the Mongolian vowel separator, variation selectors.
SHAPING = r"\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
# The class comes first: a pattern that looks ahead at every letter takes more than twice as long.
_MEANINGLESS = re.compile(f"[{IGNORABLE}](?<![{SHAPING}])")
# Arabic vowel signs and Quranic marks, with which names are almost never written, and the line that stretches a word.
HARAKAT = re.compile(r"[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
# Forms of yeh, kaf, heh and alef that keyboards exchange; Uyghur's hamza on a chair only opens a syllable.
ARABIC_LETTERS = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "ئ": "",
}  # fmt: skip
_FOR_SEARCH = str.maketrans(ARABIC_LETTERS | {"ۀ": "ه", "ٱ": "ا", "ء": ""})
UNREADABLE = {"Cc", "Cs", "Cn", "Co"}  # controls, lone surrogates, unassigned and private characters


def entered(text: str) -> str:
    """Return `text` as the program keeps it: composed (NFC), without characters that show nothing and mean nothing.

    Direction controls, soft hyphens, zero-width spaces, tags and fillers go; what shapes letters (SHAPING) stays.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _MEANINGLESS.sub("", text))


def is_entered(text: str) -> bool:
    """Say whether `text` is as `entered` would return it."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _MEANINGLESS.search(text))


def visible(text: str) -> str:
    """Return `text` in compatibility form (NFKC), without invisible characters and Arabic vowel signs."""
    return HARAKAT.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))


def readings(text: str) -> tuple[str, ...]:
    """Return `text` as it may be read, visible: what is invisible in it joins letters, or parts words."""
    return (text,) if text.isascii() else tuple({visible(text): None, visible(INVISIBLE.sub(" ", text)): None})


def comparable(text: str) -> str:
    """Return `text` as it is compared: without case, widths and invisible characters.

    Source: toNFKC_Casefold of the Unicode standard, 3.13.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold())


def without_marks(text: str) -> str:
    """Return `text` in compatibility form (NFKD) without combining marks: "É" gives "E"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def folded(text: str) -> str:
    """Return `text` without case, accents and widths, so that what people type meets what is written."""
    return unicodedata.normalize("NFC", without_marks(comparable(text)))


@lru_cache(maxsize=4096)
def folded_words(text: str) -> str:
    """Return the words of `text` without case and marks, one space between them: how names are found in a text."""
    return " ".join("".join(char if char.isalnum() else " " for char in folded(text)).split())


def folded_for_search(text: str) -> str:
    """Return `text` as the search index keeps it: without case and marks, Arabic forms of one letter made one.

    Controls and lone surrogates become spaces.
    """
    letters = HARAKAT.sub("", comparable(text)).translate(_FOR_SEARCH)
    return without_marks("".join(" " if unicodedata.category(char) in UNREADABLE else char for char in letters))

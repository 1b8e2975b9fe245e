"""What a text says where a name in it is disguised: letters parted, words glued, look-alikes, escapes of an address.

A person still reads "P o l a t", "#FreePolat", "P0lat" and "/%D0%9F" as a name, so the search for names does too. A
text that is none of these has no further reading.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from campaign.text import readings

SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ \u00a0.·*|/_-]{1,2}[^\W\d_]){2,}(?!\w)")
SPACED_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \u00a0.·*|/_-]{1,2}(?=[\u3400-\u9fff])")
GLUED = re.compile(r"(?<=[a-z\u00df-\u00ff\u0430-\u045f])(?=[A-Z\u00c0-\u00de\u0400-\u042f])")
TOKEN = re.compile(r"[\w@$]+")
LOOKS_LIKE = str.maketrans("0134578@$", "oleastbas")
# Letters of two scripts that look the same (Unicode confusables.txt): told apart by the others of the word.
LATIN, CYRILLIC = "aeopcyxijshkmtbnAEOPCYXIJSHKMTBN", "аеорсухіјѕһкмтвнАЕОРСУХІЈЅҺКМТВН"
LOOK_ALIKES = (str.maketrans(CYRILLIC, LATIN), str.maketrans(LATIN, CYRILLIC))
SCRIPTS_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])\w+")
LETTER = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|REGIONAL INDICATOR SYMBOL LETTER"
    r"|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER) ([A-Z])"
)
PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|mp[34]|m4a|ogg)\b", re.IGNORECASE)
RUN = re.compile(r"\S+")


def appearances(text: str) -> tuple[str, ...]:
    """Return a text as it may be read, each reading once: as it is written, and without its disguises."""
    plain = readings(text)
    return tuple(dict.fromkeys([*plain, *(bare for one in plain for bare in _undisguised(one))]))


def small_names(text: str) -> list[tuple[int, int]]:
    """Return where in a reading a name may stand in small letters: in addresses, or all over where nothing is large."""
    if text.islower():
        return [(0, len(text))]
    return [found.span() for found in RUN.finditer(text) if _is_address(found[0])]


def _is_address(run: str) -> bool:
    return ("." in run and "/" in run) or "://" in run or run.lower().startswith("www.") or bool(FILE.search(run))


def _undisguised(text: str) -> Iterator[str]:
    bare = _decoded(text) if "%" in text or "xn--" in text.lower() else text
    bare = bare if bare.isascii() else "".join(map(_letter, bare))
    for letters in LOOK_ALIKES if SCRIPTS_MIXED.search(bare) else ():
        yield SCRIPTS_MIXED.sub(lambda word, letters=letters: word[0].translate(letters), bare)  # type: ignore[misc]
    bare = SPACED.sub(_joined, SPACED_HAN.sub("", bare))
    for one in ("l", "i") if "1" in bare else ("l",):
        yield GLUED.sub(" ", TOKEN.sub(lambda token, one=one: _spelt(token[0], one), bare))  # type: ignore[misc]


def _decoded(text: str) -> str:
    return PUNYCODE.sub(lambda label: _from_punycode(label[0]), unquote(text, errors="replace"))


def _from_punycode(label: str) -> str:
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        return label


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    found = LETTER.fullmatch(unicodedata.name(char, ""))
    return found[1] if found else char


def _joined(spaced: re.Match[str]) -> str:
    letters = "".join(char for char in spaced[0] if char.isalpha())
    return letters[0].upper() + letters[1:]


def _spelt(token: str, one: str) -> str:
    """Return a word in which digits stand for letters; what is a number, or has other digits too, stays as it is."""
    rest = [char for char in token if not char.isalpha()]
    if len(token) - len(rest) < 2 or any(char not in "0134578@$" for char in rest):
        return token
    return token.replace("1", one).translate(LOOKS_LIKE)

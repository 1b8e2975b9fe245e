"""Words in Arabic letters: Arabic, Persian, Urdu by our own table, Uyghur (which writes its vowels) by umsc.

Arabic and Persian leave short vowels out; nothing is guessed, the matcher knows that they are open.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from campaign.names.sounds import Reading
from campaign.names.tables import mapping

if TYPE_CHECKING:
    from umsc import UgMultiScriptConverter

# Letters that only a vowelled orthography has (Uyghur, Kazakh, Kurdish), and the hamza that opens a Uyghur word;
# Arabic has that hamza too, but never before a vowel letter at the start of a word.
VOWELLED = re.compile(r"[ەېۆۈۋڭۇێڵڕ]|(?<!\w)ئ[اوى]")
# Kurdish and Kazakh letters as Uyghur would write them (Kazakh ain is gh, its hah kh), and letters of Arabic names that
# Uyghur respells, as the old orthography had them.
TO_UYGHUR = str.maketrans("ێڵڕکیهعحطصثضظذة", "ېلركيەغختسسزززە")
# Kazakh gh stands beside back vowels only: before e an ain is the silent one of Kurdish.
SILENT_AIN = re.compile("ع(?=[ەه])")
CTS_TO_LATIN = {
    "ç": "ch",
    "ş": "sh",
    "c": "j",
    "x": "kh",
    "ñ": "ng",
    "ğ": "gh",
    "é": "e",
    "ö": "o",
    "ü": "u",
    "j": "zh",
}
TWICE_L = re.compile("ll+")
ARTICLE = re.compile(r"^ال(?=\w{2})")
# Father of, and the second half of names such as Imad al-Din, written on to the word beside them.
FATHER_OF = re.compile(r"^([اأ]بو)(\w{3,})$")
OF_THE_FAITH = re.compile(r"^(\w{2,})(ال(?:دين|دین|حق|اسلام|إسلام|زمان))$")


def is_vowelled(text: str) -> bool:
    """Tell whether `text` is in an Arabic orthography that writes every vowel: Uyghur, Kazakh or Kurdish."""
    return bool(VOWELLED.search(text))


def uyghur_latin(word: str) -> str:
    """Return a Uyghur word in Arabic letters as readable Latin: توختى gives tokhti."""
    common_turkic = _converter()(SILENT_AIN.sub("", word).translate(TO_UYGHUR), "UAS", "CTS")
    return "".join(CTS_TO_LATIN.get(char, char) for char in common_turkic)


@lru_cache(maxsize=4096)
def arabic_readings(word: str) -> tuple[Reading, ...]:
    """Return the reading of an Arabic or Persian word by its letters, and by pairs that may be one foreign sound.

    ع, alif and hamza stay as open sounds.
    """
    ways = ("".join(_sounds().get(sign, "") for sign in signs) for signs in (word, _signs().findall(word)))
    return tuple(Reading(_closed(word, way), "abjad", "arabic") for way in dict.fromkeys(ways))


def _closed(word: str, sounds: str) -> str:
    # Doubling is a mark that nobody writes: two letters have a vowel between them (madad). Only l meets its article.
    sounds = TWICE_L.sub("l", sounds)
    return sounds[:-1] + "E" if word.endswith("ه") and len(word) > 2 else sounds


def arabic_latin(word: str) -> str:
    """Return a word of Arabic or Persian letter by letter in Latin: short vowels are missing."""
    readable = mapping("arabic.tsv", "letter", "readable")
    return "".join(readable.get(char, "") for char in word)


def without_article(word: str) -> str | None:
    """Return an Arabic word without its article, None if it has none. Allah keeps it: it is part of the name."""
    if word.startswith(("الله", "اللا")) or not ARTICLE.match(word):
        return None
    return ARTICLE.sub("", word)


def compound_words(word: str) -> tuple[str, ...]:
    """Return the words that Arabic writes as one in Abu and al-Din names: ابوكريم gives ابو and كريم."""
    found = FATHER_OF.match(word) or OF_THE_FAITH.match(word)
    return found.groups() if found else (word,)


@cache
def _sounds() -> dict[str, str]:
    return mapping("arabic.tsv", "letter", "sound")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join([*(sign for sign in _sounds() if len(sign) > 1), "."]))


@cache
def _converter() -> "UgMultiScriptConverter":
    # Imported when the first Uyghur word comes: umsc brings the regex package with it.
    from umsc import UgMultiScriptConverter

    return UgMultiScriptConverter("UAS", "CTS")

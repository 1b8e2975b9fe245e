"""Transliteration of Arabic letters and Chinese characters into Latin letters: readable, not exact.

Arabic, Persian and Urdu are read by our own table, Uyghur (which writes its vowels) by umsc. Arabic and Persian leave
short vowels out; nothing is guessed, the matcher knows that they are open.

In Chinese characters stands a Chinese name, or a name of another language written by its syllables. A dot of any kind
parts the words of a foreign name. A bare name of two to four characters is surname and given name. pypinyin holds
12 MB: it is imported when the first Chinese character comes, and without its phrases (46 MB more), which read 10 of
2,277 names and places of China otherwise, and one of these falsely.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from campaign.names.scripts import word_script
from campaign.names.sounds import Reading, squeeze, syllable_sounds
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
LONGEST_NAME = 4
NOT_LETTERS = re.compile(r"[^a-z]")
BELOW_LINE = {
    "\u0329": "q",
    "\u0321": "q",
}  # K with a stroke or hook below: q of the Uyghur new script, typed with marks


def is_vowelled(text: str) -> bool:
    """Tell whether `text` is in an Arabic orthography that writes every vowel: Uyghur, Kazakh or Kurdish."""
    return bool(VOWELLED.search(text))


def uyghur_latin(word: str) -> str:
    """Return a Uyghur word in Arabic letters as readable Latin: توختى gives tokhti."""
    common_turkic = _converter()(SILENT_AIN.sub("", word).translate(TO_UYGHUR), "UAS", "CTS")
    return "".join(CTS_TO_LATIN.get(char, char) for char in common_turkic)


def uyghur_cyrillic(text: str) -> str:
    """Return Uyghur in Arabic letters as its Cyrillic orthography writes it, in small letters."""
    from umsc import UgMultiScriptConverter

    return str(UgMultiScriptConverter("UAS", "UCS")(text))


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


@lru_cache(maxsize=2048)
def pinyin(word: str) -> tuple[str, ...]:
    """Return the toneless pinyin of each character of `word`; ü is written u; what has no reading is left out."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin import lazy_pinyin

    in_names = mapping("polyphones.tsv", "character", "reading")
    # A function of `errors` is asked for what has no reading, and may answer with a list: one entry for each character.
    usual = lazy_pinyin(word, errors=cast("Callable[[str], str]", list))
    syllables = map(in_names.get, word, usual)
    return tuple(syllable.replace("ü", "u").replace("v", "u") for syllable in syllables if syllable.isascii())


@lru_cache(maxsize=2048)
def surname_pinyin(surname: str) -> tuple[str, ...]:
    """Return the pinyin of a surname, which may be read otherwise than the same character elsewhere (surnames.tsv)."""
    known = mapping("surnames.tsv", "characters", "reading").get(surname)
    return (known,) if known else pinyin(surname)


def surname_and_given(name: str) -> tuple[str, str] | None:
    """Return surname and given name of a bare name of two to four characters, None for another length."""
    if not 2 <= len(name) <= LONGEST_NAME:
        return None
    length = 2 if len(name) > 2 and name[:2] in mapping("surnames.tsv", "characters", "reading") else 1
    return name[:length], name[length:]


def may_be_one_word(left: str, right: str) -> bool:
    """Tell whether two Chinese words of one sound may be one: but for characters that are simplified on one side only.

    GB 2312 (1980) has no traditional character, Big5 (1984) no simplified one; most are in both.
    """
    return len(left) == len(right) and all(map(_may_be_one_character, left, right))


def _may_be_one_character(left: str, right: str) -> bool:
    if left == right:
        return True
    return not (_is_in(left, "gb2312") and _is_in(right, "gb2312")) and not (
        _is_in(left, "big5") and _is_in(right, "big5")
    )


@lru_cache(maxsize=4096)
def _is_in(character: str, standard: str) -> bool:
    return bool(character.encode(standard, "ignore"))


def transcription(sounds: str) -> Reading:
    """Return Chinese sounds read as a foreign word in syllables: Chinese has no r there, so its l may be either."""
    return Reading(sounds.replace("l", "L"), "syllabic", "chinese transcription")


def han_readings(syllables: tuple[str, ...]) -> tuple[Reading, ...]:
    """Return the readings of pinyin syllables: as Chinese and, from two of them, as a foreign word in syllables."""
    sounds = squeeze("".join(syllable_sounds(syllable) for syllable in syllables))
    chinese = Reading(sounds, "pinyin", "chinese")
    if len(syllables) < 2:
        return (chinese,)
    return chinese, transcription(sounds)


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

"""Numbers from one to ninety-nine in words, in the languages of the field, as data; Chinese ones `shapes` reads.

For ages alone: in a date a number is written in digits.
"""

import re
from functools import cache
from itertools import product
from typing import NamedTuple

from campaign.dates.lexicon import word


class _Language(NamedTuple):
    """The words of 1 to 19 (1 to 9 where the rest is made of them), of 20 to 90 (10 to 90), and what joins the two.

    `ones_first` says that the one comes before the ten.
    """

    ones: str
    tens: str
    joints: tuple[str, ...] = (" ", "-")
    ones_first: bool = False


_LANGUAGES = (
    _Language(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
    ),
    _Language(
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
        "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    ),
    _Language("bir iki üç dört beş altı yedi sekiz dokuz", "on yirmi otuz kırk elli altmış yetmiş seksen doksan"),
    _Language(
        "бір екі үш төрт бес алты жеті сегіз тоғыз", "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан"
    ),
    _Language("بىر ئىككى ئۈچ تۆت بەش ئالتە يەتتە سەككىز توققۇز",
        "ئون يىگىرمە ئوتتۇز قىرىق ئەللىك ئاتمىش يەتمىش سەكسەن توقسان"),
    _Language("bir ikki üch töt besh alte yette sekkiz toqquz",
        "on yigirme ottuz qiriq ellik atmish yetmish seksen toqsan"),
    _Language(
        "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة أحد_عشر اثنا_عشر ثلاثة_عشر أربعة_عشر خمسة_عشر ستة_عشر "
        "سبعة_عشر ثمانية_عشر تسعة_عشر",
        "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون", (" و ", " و"), ones_first=True,
    ),
    _Language(
        "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده",
        "بیست سی چهل پنجاه شصت هفتاد هشتاد نود", (" و ",),
    ),
    _Language(
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", (" y ",),
    ),
    _Language(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
        "dix-neuf",
        "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix", ("-", " et ", " "),
    ),
    _Language(
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", ("und",), ones_first=True,
    ),
)  # fmt: skip
# Spanish writes the twenties, and French the seventies and nineties, as words of their own.
_FRENCH = _LANGUAGES[9].ones.split()
_OTHERS = {
    "veintiuno": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26,
    "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "soixante et onze": 71,
    **{f"soixante-{name}": 60 + number for number, name in enumerate(_FRENCH[10:16], 11)},
    **{f"quatre-vingt-{name}": 80 + number for number, name in enumerate(_FRENCH, 1)},
}  # fmt: skip


# Words of other things too: the Turkic ten, a language's one, which is its article.
_NO_AGE = frozenset(map(word, ("on", "он", "one", "un", "uno", "ein", "bir", "бір", "once", "altı")))


def numbers_in_digits(text: str) -> str:
    """Return plain text with each number in words as digits: "thirty-five years" gives "35 years"."""
    if not any(letter.isalpha() for letter in text):
        return text
    return _pattern().sub(lambda found: str(_numbers()[found[0]]), text)


@cache
def spelled() -> frozenset[str]:
    """Return every single word that is, or is part of, a number in words, folded: also those that may be others."""
    names = (name for language in _LANGUAGES for name in f"{language.ones} {language.tens}".replace("_", " ").split())
    return frozenset(word(part) for name in names for part in name.split("-"))


@cache
def _numbers() -> dict[str, int]:
    found = dict(_OTHERS)
    for language in _LANGUAGES:
        ones = {name.replace("_", " "): number for number, name in enumerate(language.ones.split(), 1)}
        names = language.tens.split()
        tens = dict(zip(names, range(100 - 10 * len(names), 100, 10), strict=True))
        found |= ones | tens
        for joint in language.joints:
            for ten, one in product(tens, list(ones)[:9]):
                spelled = f"{one}{joint}{ten}" if language.ones_first else f"{ten}{joint}{one}"
                found[spelled] = tens[ten] + ones[one]
    return {word(name): number for name, number in found.items() if word(name) not in _NO_AGE}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_numbers(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

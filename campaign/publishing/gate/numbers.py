"""Telephone, document and identity numbers, addresses of all kinds and handles in a text, in any spelling.

Digits of any script count, split by what is invisible or by spaces, dashes, dots and brackets. Years, dates, counts,
lengths, prices, articles of laws and book numbers are none. A small rule of our own: what is found wrongly costs two
people a line, what is not found costs a door.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from campaign.dates.lexicon import word
from campaign.dates.number_words import spelled
from campaign.publishing.gate import addresses, handles
from campaign.text import readings

TELEPHONE = "a telephone number"
DOCUMENT = "the number of a document"
NUMBER = "a number that may be somebody's"
PLACE = "an exact place"
FEWEST = 7  # digits of a number that leads to somebody
# By place, in capitals and telephone reading (幺 is one): a run of three, or among other digits.
HAN_DIGITS = str.maketrans("〇○零一幺二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖", "0001123456789122334566789")
HAN_DIGIT = "〇○零一幺二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
HAN_RUN = re.compile(
    rf"[{HAN_DIGIT}]{{3,}}|(?<=\d)[{HAN_DIGIT}](?=\d)|(?<![{HAN_DIGIT}])[{HAN_DIGIT}](?=\d+[{HAN_DIGIT}]\d)"
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))
SEPARATORS = r"[\s().\-·•*_~/|\\‧→]"
DIGITS = re.compile(rf"(?<![A-Za-z0-9_])(?<!\d[.,])(?:\+\s?)?\(?\d(?:(?:{SEPARATORS}{{0,3}}|,)\d)*")
DATES = re.compile(
    r"(?<!\d)(?:(?:1[89]|20)\d\d[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:(?:1[89]|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:1[89]|20)\d\d"
    r"|(?:0?[1-9]|1[0-2])[-./](?:1[3-9]|20)\d\d|\d{1,2}:\d{2}(?::\d{2})?)(?!\d|[./]\d)"
)
YEAR = re.compile(r"(?:1[3-9]|20)\d\d")
OF_A_YEAR = re.compile(r"(?:19|20)\d\d/\d{1,4}")  # the number of a case, a law, an opinion
GROUPED = re.compile(r"\d{1,3}(?:[\s.,]\d{3}){1,4}")
ROUND = re.compile(r"\d{1,3}(?:[\s.,]\d{3}){0,3}[\s.,]000")
PEOPLE = re.compile(
    r"^\s?(?:people|persons|inhabitants|detainees|человек|жител\w+|адам|كىشى|نفر|人|名|kişi)", re.IGNORECASE
)
CURRENCY = r"[$€£¥₽₸₺元]|yuan|rmb|cny|usd|eur|dollars?|euros?|tenge|roubles?|rubles?|lira|som|руб\w*|тенге|юан\w*|万|亿"
MONEY = re.compile(rf"^\s?(?:{CURRENCY})", re.IGNORECASE)
BEFORE_MONEY = re.compile(rf"(?:{CURRENCY})\s?$", re.IGNORECASE)
UNIT = re.compile(r"^\s+[^\W\d_]")  # "3 400 000 people": a count has a word behind it
CALLS = re.compile(
    r"(?:call|phone|tel|mobile|cell|fax|number|no|nr|№|contact|whats-?app|signal|viber|dial|sms|text|id|card|passport"
    r"|тел|телефон|звон\w*|номер\w*|паспорт\w*|电话|手机|手機|電話|号码|號碼|身份证|护照|هاتف|رقم|تلفن|شماره|تېلېفون|نومۇر\w*"
    r"|telefon\w*|numara\w*)[.:：\s]*$",
    re.IGNORECASE,
)
BOOK = re.compile(r"(?:isbn|issn|doi)[-\s:：]*(?:1[03])?[-\s:：]*$", re.IGNORECASE)
BOOK_ADDRESS = re.compile(r"\b10\.\d{4,9}/\S+")
PAGES = re.compile(r"(?<!\w)(?:pp?|vol|стр?|页|頁|s)\.?\s?$", re.IGNORECASE)
# A short number is somebody's where the words before it say so.
PAPERS = (
    r"passport|identity card|id card|id(?= no| number|:)|prisoner|inmate|detainee|case file|account|card|licen[cs]e"
    r"|plate|паспорт\w*|удостоверени\w+|заключ[её]нн\w+ (?=№)|сч[её]т\w*|госномер|жеке куәлік|пасспорт|паспорти"
    r"|户口本|身份证|护照|護照|囚号|车牌"
    r"|پاسپورت\w*|كىملىك|جواز السفر|بطاقة الهوية|کارت ملی|pasaport\w*|kimlik|plaka\w*"
)
CUED = re.compile(
    rf"(?<!\w)(?:{PAPERS})[\s:：#№,]{{0,3}}(?:(?:number|no|nr|series|серии|серия|номер\w*|号码?|號碼?|رقم|شماره|numara\w*|no)"
    r"[\s.:：#№]{0,3})?(?=(?:[\s№A-Za-z-]{0,4}\d){5})[A-Z0-9](?:[\s№-]{0,3}[A-Z0-9]){4,20}(?![\w,])",
    re.IGNORECASE,
)
LETTERED = re.compile(r"(?<![A-Za-zА-Яа-я0-9_-])[A-ZА-Я]{1,3}[-\s№#:.]{0,2}\d{6,10}[A-ZА-Я]?(?![\w-])")
MIXED = re.compile(r"(?<![A-Za-z0-9_/.-])(?=(?:[A-Za-z0-9]*\d){6})(?=\d*[A-Za-z])[A-Za-z0-9]{9,34}(?![A-Za-z0-9_-])")
IDENTITY = re.compile(r"(?<![\w-])\d{17}[\dXxХх](?![\w-])")
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
PLATE = re.compile(r"(?<!\w)[\u4e00-\u9fff][A-Z]\s?[·.]?\s?[A-Z0-9]{5,6}(?!\w)")
# Digits in words: "plus nine zero five five five".
FEWEST_SPELT = 6
SPELT_BESIDE = (
    "plus double triple oh zero nought hundred плюс ноль нуль сто двести триста четыреста пятьсот шестьсот семьсот "
    "восемьсот девятьсот нөл нол ноль жүз эки беш жети тогуз nol ikki uch to'rt besh olti yetti sakkiz to'qqiz "
    "nöl نۆل نول sıfır yüz صفر اثنين ثلاث أربع خمس ست سبع ثمان تسع zéro cent cero ciento null nul eins een twee drie "
    "vier vijf zes zeven acht negen"
)
LETTERS = re.compile(r"[^\W\d_]+(?:['’‘ʻ`][^\W\d_]+)*")
BETWEEN_SPELT = re.compile(r"[\s,.\u060c–-]{1,3}")
POINT = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{3,}\s?°?\s?[NS]?[,;\s]+-?\d{1,3}\.\d{3,}(?![\d.])")


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number, address or handle of a text, as it is written there, with what it seems to be."""
    for reading in readings(text):
        plain = _plain(reading)
        yield from handles.found_in(plain)
        rest = BOOK_ADDRESS.sub(" ", LINK.sub(" ", handles.without(plain)))
        yield from ((found[0], PLACE) for pattern in (POINT, *addresses.PLACES) for found in pattern.finditer(rest))
        yield from ((found[0], DOCUMENT) for found in PLATE.finditer(rest))
        yield from ((words, TELEPHONE) for words in _spelt(rest))
        yield from ((found[0], DOCUMENT) for found in IDENTITY.finditer(rest))
        yield from ((found[0], DOCUMENT) for pattern in (LETTERED, MIXED, CUED) for found in pattern.finditer(rest))
        yield from _numbers(rest)


def _spelt(text: str) -> Iterator[str]:
    """Yield each run of words of which every one is a number."""
    begin, end, count = 0, 0, 0
    for found in (*LETTERS.finditer(text), None):
        is_number = found is not None and word(found[0]) in _number_words()
        if found is not None and is_number and count and BETWEEN_SPELT.fullmatch(text[end : found.start()]):
            count, end = count + 1, found.end()
            continue
        if count >= FEWEST_SPELT:
            yield text[begin:end]
        begin, end, count = (*found.span(), 1) if found is not None and is_number else (0, 0, 0)


@cache
def _number_words() -> frozenset[str]:
    return spelled() | {word(name) for name in SPELT_BESIDE.split()}


def digits_of(text: str) -> str:
    """Return the digits of a text, by which two spellings of one number are told to be the same."""
    return "".join(char for char in _plain(text) if char.isdigit())


def _plain(text: str) -> str:
    """Return a text with digits of every script as 0 to 9, and every dash as a hyphen."""
    # Keycaps are digits with a frame behind them; Ethiopic and circled ones are digits, and no decimals.
    ascii_digits = "".join(str(unicodedata.digit(char, char)) for char in text if char != "\u20e3")
    return HAN_RUN.sub(lambda run: run[0].translate(HAN_DIGITS), ascii_digits).translate(DASHES)


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    # Dates first: what is left of "from 2017-05-03 to 2018-01-02" is words.
    dated = DATES.sub(lambda found: "," * len(found[0]), text)
    for found in DIGITS.finditer(dated):
        written = found[0].strip()
        digits = "".join(char for char in written if char.isdigit())
        if len(digits) >= FEWEST and not _is_harmless(written, digits, dated[: found.start()], dated[found.end() :]):
            yield written, TELEPHONE if _is_telephone(written, digits) else NUMBER


def _is_telephone(written: str, digits: str) -> bool:
    return written.startswith(("+", "00", "0", "(")) or len(digits) in range(9, 14)


def _is_harmless(written: str, digits: str, before: str, behind: str) -> bool:
    """Whether digits are years, a day, a sum of money, a count with its word, or the number of a book."""
    groups = re.findall(r"\d+", written)
    if BOOK.search(before) or PAGES.search(before) or MONEY.match(behind) or BEFORE_MONEY.search(before):
        return True
    if all(YEAR.fullmatch(group) for group in groups) or _is_day(written) or OF_A_YEAR.fullmatch(written):
        return True
    is_marked = written.startswith(("+", "00", "(")) or CALLS.search(before)
    if not is_marked and (ROUND.fullmatch(written) or PEOPLE.match(behind)) and len(digits) <= 10:
        return True
    if not is_marked and _are_years_and_counts(groups):
        return True
    return not is_marked and bool(GROUPED.fullmatch(written)) and len(digits) <= 9 and bool(UNIT.match(behind))


def _are_years_and_counts(groups: list[str]) -> bool:
    """Whether all that makes a number of it are years beside short counts: "in 2017 15 of 20"."""
    others = [group for group in groups if not YEAR.fullmatch(group)]
    return len(others) < len(groups) and all(len(group) <= 3 for group in others) and sum(map(len, others)) <= 4


def _is_day(written: str) -> bool:
    if not re.fullmatch(r"(?:19|20)\d{6}", written):
        return False
    try:
        datetime.date.fromisoformat(written)
    except ValueError:
        return False
    return True

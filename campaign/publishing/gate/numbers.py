"""Telephone, document and identity numbers, addresses of all kinds and handles in a text, in any spelling.

Digits of any script count, split by what is invisible or by spaces, dashes, dots and brackets. Years, dates, counts,
lengths, prices, articles of laws and book numbers are none. A small rule of our own: what is found wrongly costs two
people a line, what is not found costs a door.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator

from campaign.publishing.gate import addresses
from campaign.text import readings

TELEPHONE = "a telephone number"
DOCUMENT = "the number of a document"
NUMBER = "a number that may be somebody's"
MAIL = "an address for messages"
HANDLE = "a messenger's name"
PLACE = "an exact place"
FEWEST = 7  # digits of a number that leads to somebody
HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
HAN_RUN = re.compile(r"[〇零一二三四五六七八九]{7,}")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))
SEPARATORS = r"[\s().\-·•*_~]"
DIGITS = re.compile(rf"(?<![A-Za-z0-9_])(?<!\d[.,])(?:\+\s?)?\(?\d(?:{SEPARATORS}{{0,3}}\d)*")
DATES = re.compile(
    r"(?<!\d)(?:(?:1[89]|20)\d\d[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:(?:1[89]|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:1[89]|20)\d\d"
    r"|(?:0?[1-9]|1[0-2])[-./](?:1[3-9]|20)\d\d|\d{1,2}:\d{2}(?::\d{2})?)(?!\d)"
)
YEAR = re.compile(r"(?:1[3-9]|20)\d\d")
GROUPED = re.compile(r"\d{1,3}(?:[\s.]\d{3}){1,4}")
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
LETTERED = re.compile(r"(?<![A-Za-zА-Яа-я0-9_-])[A-ZА-Я]{1,3}[-\s№#:.]{0,2}\d{6,10}[A-ZА-Я]?(?![\w-])")
MIXED = re.compile(r"(?<![A-Za-z0-9_/.-])(?=(?:[A-Za-z0-9]*\d){6})(?=\d*[A-Za-z])[A-Za-z0-9]{9,34}(?![A-Za-z0-9_-])")
IDENTITY = re.compile(r"(?<![\w-])\d{17}[\dXxХх](?![\w-])")
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
MESSENGERS = (
    r"we-?chat|weixin|wx|微信|telegram|телеграм\w*|whats-?app|ватсап|вотсап|واتساب|تلگرام|تیلیگرام|signal|viber|skype|imo"
    r"|line|kakao(?:talk)?|qq|instagram|facebook|vk|weibo|微博|tiktok|抖音|snapchat|discord|threema|session"
)
HOSTS = (
    r"t\.me|wa\.me|telegram\.me|vk\.com|ok\.ru|instagram\.com|facebook\.com|fb\.com|fb\.me|m\.me|x\.com|twitter\.com"
)
HANDLES = (
    re.compile(r"(?<![\w./@])@[\w.]*\w"),
    re.compile(rf"\b(?:{HOSTS}|tiktok\.com|weibo\.com|line\.me)/\S+", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{MESSENGERS})\s*(?:id|号|號|name|account)?\s*[:：=]\s*\S+", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{MESSENGERS})\s*(?:id|号|號)?\s+(?=\S*[\d_])[\w.-]{{5,}}", re.IGNORECASE),
    re.compile(r"(?<!\w)live:[\w.-]+", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:t|wa|telegram)\s?\.\s?me\s?/\s?\w+", re.IGNORECASE),
)
MAILERS = (
    r"gmail|googlemail|hotmail|outlook|yahoo|proton(?:mail)?|yandex|mail\.ru|icloud|qq\.com|163\.com|gmx|tuta(?:nota)?"
)
MAILS = (
    re.compile(
        r"[\w.+-]+\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?[\w-]+(?:\s?(?:\.|[(\[{]\s?dot\s?[)\]}])\s?[^\W\d_]\w+)+", re.I
    ),
    re.compile(r"\b[\w.+-]+\s+at\s+[\w-]+\s+dot\s+\w{2,}\b", re.IGNORECASE),
    re.compile(rf"\b[\w.+-]+\s+(?:at|собака|chez)\s+(?:{MAILERS})\b", re.IGNORECASE),
)
PLATE = re.compile(r"(?<!\w)[\u4e00-\u9fff][A-Z]\s?[·.]?\s?[A-Z0-9]{5,6}(?!\w)")
# Digits in words: "plus nine zero five five five".
SPELT = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять"
    "|sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|صفر|واحد|اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة"
)
SPELT_RUN = re.compile(rf"(?<!\w)(?:(?:{SPELT})[\s,.-]+){{6,}}(?:{SPELT})(?!\w)", re.IGNORECASE)
POINT = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{3,}\s?°?\s?[NS]?[,;\s]+-?\d{1,3}\.\d{3,}(?![\d.])")


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number, address or handle of a text, as it is written there, with what it seems to be."""
    for reading in readings(text):
        plain = _plain(reading)
        yield from ((found[0], MAIL) for pattern in MAILS for found in pattern.finditer(plain))
        rest = MAILS[0].sub(" ", plain)
        yield from ((found[0], HANDLE) for pattern in HANDLES for found in pattern.finditer(rest))
        rest = LINK.sub(" ", rest)
        yield from ((found[0], PLACE) for pattern in (POINT, *addresses.PLACES) for found in pattern.finditer(rest))
        yield from ((found[0], DOCUMENT) for found in PLATE.finditer(rest))
        yield from ((found[0], TELEPHONE) for found in SPELT_RUN.finditer(rest))
        yield from ((found[0], DOCUMENT) for found in IDENTITY.finditer(rest))
        yield from ((found[0], DOCUMENT) for pattern in (LETTERED, MIXED) for found in pattern.finditer(rest))
        yield from _numbers(rest)


def digits_of(text: str) -> str:
    """Return the digits of a text, by which two spellings of one number are told to be the same."""
    return "".join(char for char in _plain(text) if char.isdigit())


def _plain(text: str) -> str:
    """Return a text with digits of every script as 0 to 9, and every dash as a hyphen."""
    ascii_digits = "".join(str(unicodedata.decimal(char, char)) for char in text)
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
    if BOOK.search(before) or MONEY.match(behind) or BEFORE_MONEY.search(before):
        return True
    if all(YEAR.fullmatch(group) for group in groups) or _is_day(written):
        return True
    is_marked = written.startswith(("+", "00", "(")) or CALLS.search(before)
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

"""Dates as written in one shape: case, digits, dashes and marks made plain, and what is no word turned into words.

Numerals and dates in Chinese ("二〇一七年五月" is "2017 may"), months by number in Uyghur ("5-ئاي"), decades
("1970-е годы" is "1970s"), endings after numerals ("2017-го", "2017'de"), months of two words or with two names
("أيار/مايو"). Nothing is understood here: what is no date stays what it is.
"""

import re
import unicodedata
from functools import cache, lru_cache

from campaign.dates.lexicon import MONTH_NAMES, months
from campaign.text import folded_for_search

_DASHES = re.compile("[\u2010-\u2015\u2212]|(?<=[0-9])[~\u301c](?=[0-9])")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_HAN_NUMERALS = "〇零一二三四五六七八九"
_HAN_TENS = {"十": 1, "廿": 2, "卅": 3}
_HAN_NUMBER = re.compile(f"[{_HAN_NUMERALS}○{''.join(_HAN_TENS)}]+(?=[^人]|$)")
_MONTH_NUMBER = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:\s*月份?|-(?:اي|ay)(?:نيڭ|دا|دىكي|ning|da|diki)?\b|\.? ay(?:i|inda|inin)\b)"
)
_SHAPES = [
    (re.compile(pattern), shape)
    for pattern, shape in (
        # Chinese: a span of months or days that names its unit once, then units, parts, seasons, marks.
        (r"([0-9]{1,2})\s*[-至到]\s*([0-9]{1,2})\s*([月日号號])", r"\1\3-\2\3"),
        (r"(?:星期|周|週)[一二三四五六日天1-6]", " "),
        (r"年代", "s "),
        (r"(?<=[0-9])\s*年", " "),
        (r"年(?=[初底末中])", " "),
        (r"(?<=月)\s*([0-9]{1,2})\s*[日号號]|(?<![0-9])([0-9]{1,2})[日号號]", r" \1\2 "),
        (r"上半年|前半年", " half1 "),
        (r"下半年|后半年|後半年", " half2 "),
        (r"上旬|早些时候|早些時候|早期", " early "),
        (r"中旬|中期|(?<=[\s月s])中(?=\s|$)", " mid "),
        (r"下旬|晚些时候|晚些時候|晚期", " late "),
        (r"(?<=[0-9\s月s])初", " beginning "),
        (r"(?<=[0-9\s月s])[底末]", " end "),
        (r"春[天季]?(?=\W|$)", " spring "),
        (r"夏[天季]?(?=\W|$)", " summer "),
        (r"秋[天季]?(?=\W|$)", " autumn "),
        (r"冬[天季]?(?=\W|$)", " winter "),
        (r"[在于於](?=[0-9]{4})", " "),
        (r"^((?:.*[自从從]|(?:.* )?(?:from|since) ).+?)(?:\s*(?:起|以来|以來|开始|開始)|\s+on(?:wards?)?)$", r"\1"),
        (r"^by (.+?),? at the latest$", r"by \1"),
        # Arabic "from" after a word is "of".
        (r"(?<=\w) من (?=\w)", " "),
        # Decades and years in the plural; two years are no decade.
        (r"(?<=[0-9]{4})\s*([-/])\s*(?=[0-9]{4})", r"\1"),
        (
            r"(?<![0-9][-/])(?<![0-9])([0-9]{3}0)(?:[- ]?(?:е|х|ые|ых)(?: (?:годы|годов|годах|гг))?|[- ]"
            r"(?:годы|годов|годах|жылдары?\w*|ييللار\w*|yillar\w*)|'?l[ae]r\w*|'?l[iu] yillar\w*)(?!\w)",
            r"\1s",
        ),
        (r"(?<=[0-9]{4}-[0-9]{4})[- ](?:жылдары?\w*|ييللار\w*|yillar\w*)", ""),
        # Endings after a numeral that leave it as it is.
        (r"(?<=[0-9])(?:st|nd|rd|th|er|o)\b", ""),
        # German days are ordinals; a month that is shortened, a quarter that is written on to its year.
        (r"(?<![0-9.])([0-9]{1,2})\.\s?-\s?([0-9]{1,2})\.(?=\s)", r"\1-\2"),
        (r"(?<=[^\W\d]{3})\.(?=[0-9]{4}(?![0-9]))", " "),
        (r"\b([0-9]{4})\s?-?(q[1-4])\b", r"\2 \1"),
        (r"(?<=[0-9])-?(?:го|ого|е|ое|м|ом|й|и|ыи|х|му|ому)\b", ""),
        (r"(?<=[0-9])-(?:шы|ші|сы|сі)\b", ""),
        (r"(?<=\w)'(?:[dt][ae](?:ki)?|n?[iu]n|[sy]?[iu])\b", ""),
        (r"(?<=[0-9])\s*(?:م|г)(?=\s|$)", ""),
        (r"\b(?:first half|h1)\b", "half1"),
        (r"\b(?:second half|latter (?:half|part)|h2)\b", "half2"),
        (r"\blater in\b", "late"),
        (r"\bперв\w+ половин\w+", "half1"),
        (r"\bвтор\w+ половин\w+", "half2"),
        (r"\bilk yari\w*", "half1"),
        (r"\bikinci yari\w*", "half2"),
        (r"النصف الاول", "half1"),
        (r"النصف الثاني", "half2"),
        # Some day or other in a time is that time.
        (r"^(?:some ?time|some day|at some (?:point|time)|somewhere|когда-то|в какои-то момент)\b\s*", ""),
        (r"^في وقت ما\s*|(?:某[时時天日]|[的]?某个时候)$|\s+bir ara$", ""),
    )
]


# One cell is asked several things, and a sheet says the same few thousand dates and ages.
@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Return `words` in the shape that the parser reads; what is invisible, or not text, makes it unreadable."""
    text = unicodedata.normalize("NFKC", words)
    text = _APOSTROPHES.sub("'", _DASHES.sub("-", "".join(str(unicodedata.decimal(sign, sign)) for sign in text)))
    text = " ".join(folded_for_search(text).replace("ı", "i").split()).strip(" .,;،؛。")
    text = _HAN_NUMBER.sub(lambda found: _han_number(found[0]), text)
    for pattern, shape in _SHAPES:
        text = pattern.sub(shape, text)
    text = _MONTH_NUMBER.sub(lambda found: _month_name(int(found[1])) or found[0], text)
    return " ".join(_one_month(text).split())


def _han_number(numeral: str) -> str:
    """Return a numeral in digits: by place ("二〇一七" is 2017), or in tens ("二十三" is 23)."""
    digits = [_HAN_NUMERALS.replace("〇", "", 1).find(sign.replace("〇", "零").replace("○", "零")) for sign in numeral]
    ten = next((sign for sign in numeral if sign in _HAN_TENS), "")
    if not ten:
        return "".join(str(digit) for digit in digits)
    before, after = numeral.split(ten, 1)
    if len(before) > 1 or len(after) > 1 or any(sign in _HAN_TENS for sign in after):
        return numeral
    tens = digits[0] if before else _HAN_TENS[ten]
    return str(tens * 10 + (digits[-1] if after else 0))


def _month_name(number: int) -> str:
    return f" {MONTH_NAMES[number - 1]} " if 1 <= number <= 12 else ""


@cache
def _month_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a month of two words, and one month under two names ("أيار/مايو", "May (Mayıs)")."""
    any_month = "|".join(sorted((re.escape(name) for name in months() if " " not in name), key=len, reverse=True))
    two_words = "|".join(re.escape(name) for name in months() if " " in name)
    return re.compile(rf"\b({two_words})\b"), re.compile(rf"\b({any_month})\s?[/(]\s?({any_month})\b\)?")


def _one_month(text: str) -> str:
    of_two_words, twice = _month_words()
    text = of_two_words.sub(lambda found: MONTH_NAMES[months()[found[1]] - 1], text)
    return twice.sub(lambda found: found[1] if months()[found[1]] == months()[found[2]] else found[0], text)

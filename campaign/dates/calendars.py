"""Dates of other calendars, and a spreadsheet's numbers of days: recognised, and converted only where a person says so.

Years alone tell little: 1378 may be of the Persian calendar or of the Islamic one. What is converted is as fine as it
was, or wider: a Persian year lies in two of ours.
"""

import datetime
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, get_args

from campaign.dates.edtf import Point, Span
from campaign.dates.shapes import plain
from campaign.text import folded_for_search

Calendar = Literal["gregorian", "solar_hijri", "hijri", "minguo", "buddhist", "serial_1900", "serial_1904"]
CALENDARS: tuple[Calendar, ...] = get_args(Calendar)
LABELS: dict[Calendar, str] = {
    "gregorian": "our calendar",
    "solar_hijri": "the Persian calendar (solar Hijri)",
    "hijri": "the Islamic calendar (Hijri)",
    "minguo": "the Taiwanese calendar (Minguo)",
    "buddhist": "the Thai calendar (Buddhist)",
    "serial_1900": "a spreadsheet's days since 1900",
    "serial_1904": "a spreadsheet's days since 1904",
}
# Years that lists of living memory hold: from about 1870 to a little past today.
YEARS: dict[Calendar, tuple[int, int]] = {
    "solar_hijri": (1250, 1420), "hijri": (1287, 1460), "minguo": (1, 130), "buddhist": (2413, 2580),
}  # fmt: skip
SERIALS = (7_000, 60_000)  # 1919 to 2064
_MONTHS: dict[Calendar, str] = {
    "solar_hijri": """فروردین farvardin فروردين|اردیبهشت ordibehesht اردبهشت|خرداد khordad|تیر tir
        |مرداد امرداد mordad amordad
        |شهریور shahrivar|مهر mehr|آبان aban|آذر azar|دی dey|بهمن bahman|اسفند esfand""",
    "hijri": """محرم muharram moharram|صفر safar|ربيع_الأول ربيع_الاول rabi_al-awwal rabi_i
        |ربيع_الثاني ربيع_الآخر rabi_al-thani rabi_ii
        |جمادى_الأولى جمادي_الاولى jumada_al-awwal jumada_i|جمادى_الآخرة جمادى_الثانية jumada_al-thani jumada_ii
        |رجب rajab|شعبان shaban sha'ban|رمضان ramadan ramazan ramadhan|شوال shawwal shawal
        |ذو_القعدة ذي_القعدة ذوالقعده dhu_al-qadah dhul-qadah|ذو_الحجة ذي_الحجة ذوالحجه dhu_al-hijjah dhul-hijjah""",
}  # fmt: skip
# Signs that say which calendar a year is of, as `plain` gives them; a sign is left out before the numbers are read.
_SIGNS: dict[Calendar, str] = {
    "solar_hijri": r"هجري شمسي|هجري خورشيدي|شمسي|خورشيدي|ه\.? ?ش\.?|ه ?\.ش|a\.?p\.?(?=\W|$)|\bs\.?h\.?(?=\W|$)",
    "hijri": r"هجري قمري|قمري|هجري|هجريه|للهجره|ه\.? ?ق\.?|(?<=[0-9]) ?ه(?=\W|$)|a\.?h\.?(?=\W|$)",
    "minguo": r"(?:中[華华])?民[國国]|roc|r\.o\.c\.?|minguo",
    "buddhist": r"พ\.?ศ\.?|พุทธศักราช|b\.?e\.?(?=\W|$)",
}
_YEAR_FIRST = re.compile(r"([0-9]{1,4})(?:[-./ ]([0-9]{1,2})(?:[-./ ]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[-./ ])?([0-9]{1,2})[-./ ]([0-9]{4})")
_SERIAL = re.compile(r"([0-9]{4,5})(?:[.,][0-9]+)?")
_ERA = 227_014  # the day before 1 Muharram 1 in datetime's ordinals (Julian 16 July 622)
_LEAP_OF_33 = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_NOWRUZ = (1304, datetime.date(1925, 3, 21).toordinal())
Numbers = tuple[int, int, int]


@lru_cache(maxsize=4096)
def possible(words: str) -> tuple[Calendar, ...]:
    """Return the calendars but ours that `words` may be of, the one that they name alone where they name one."""
    text = _plain(words)
    named = tuple(calendar for calendar, sign in _SIGNS.items() if re.search(sign, text)) or tuple(
        calendar for calendar in _MONTHS if _month_names(calendar).search(text)
    )
    if "solar_hijri" in named:
        named = ("solar_hijri",)
    if named:
        return tuple(calendar for calendar in named if _numbers(words, calendar))
    serial = _SERIAL.fullmatch(text)
    if serial and SERIALS[0] <= int(serial[1]) <= SERIALS[1]:
        return ("serial_1900", "serial_1904")
    years = ("solar_hijri", "hijri", "buddhist")
    return tuple(calendar for calendar in CALENDARS if calendar in years and _numbers(words, calendar))


def convert(words: str, calendar: Calendar) -> Span | None:
    """Return the date of `words` in our calendar, read in another; None where they are no date of it."""
    if calendar.startswith("serial"):
        return _of_serial(_plain(words), calendar)
    numbers = _numbers(words, calendar)
    try:
        return _CONVERTED[calendar](*numbers) if numbers and calendar in _CONVERTED else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    return re.sub(r"(?<=[0-9])\s*(?:年|year)|\s*月", " ", plain(words.replace("年", "/").replace("月", "/")))


def _numbers(words: str, calendar: Calendar) -> Numbers | None:
    """Return year, month and day (0 for what is not told) where `words` are a date of a calendar, by their years."""
    text = re.sub(_SIGNS.get(calendar, "(?!)"), " ", _plain(words))
    if calendar in _MONTHS:
        text = _month_names(calendar).sub(lambda found: f"/{_number_of(calendar, found[0])}/", text)
    text = re.sub(r"\s*[/,،]\s*", "/", " ".join(text.split())).strip(" /.日")
    first, last = _YEAR_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    year, month, day = (int(part or 0) for part in first.groups()) if first else (0, 0, 0)
    lowest, highest = YEARS.get(calendar, (1, 0))
    if not lowest <= year <= highest and last:
        day, month, year = (int(part or 0) for part in last.groups())
    is_date = lowest <= year <= highest and month <= 12 and day <= 31 and (month or not day)
    return (year, month, day) if is_date else None


@cache
def _month_names(calendar: Calendar) -> re.Pattern[str]:
    names = sorted((name for names in _names(calendar) for name in names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _names(calendar: Calendar) -> tuple[tuple[str, ...], ...]:
    months = _MONTHS[calendar].split("|")
    return tuple(tuple(folded_for_search(name.replace("_", " ")) for name in names.split()) for names in months)


def _number_of(calendar: Calendar, name: str) -> int:
    return next(number for number, names in enumerate(_names(calendar), 1) if name in names)


def _of_serial(text: str, calendar: Calendar) -> Span | None:
    """Return the day of a spreadsheet's number. Source: ECMA-376 part 1, 18.17.4.1; 29 February 1900 is no day."""
    found = _SERIAL.fullmatch(text)
    number = int(found[1]) if found else 0
    if not SERIALS[0] <= number <= SERIALS[1]:
        return None
    first = datetime.date(1899, 12, 30) if calendar == "serial_1900" else datetime.date(1904, 1, 1)
    return _days(first + datetime.timedelta(number), first + datetime.timedelta(number))


def _days(first: datetime.date, last: datetime.date, mark: str = "") -> Span:
    return Span(Point(first.year, first.month, first.day, mark), Point(last.year, last.month, last.day, mark))


def _months(first: datetime.date, last: datetime.date, mark: str = "") -> Span:
    return Span(Point(first.year, first.month, mark=mark), Point(last.year, last.month, mark=mark))


def _solar_hijri(year: int, month: int, day: int) -> Span | None:
    if not month:
        return _months(_solar_day(year, 1, 1), _solar_day(year + 1, 1, 1) - datetime.timedelta(1))
    length = 31 if month < 7 else 30 if month < 12 or _is_leap(year) else 29
    if day > length:
        return None
    return _days(_solar_day(year, month, day or 1), _solar_day(year, month, day or length))


def _solar_day(year: int, month: int, day: int) -> datetime.date:
    """Return a day of the Persian calendar by its cycle of 33 years, which fits the years 1178 to 1633.

    Source: M. Heydari-Malayeri, "A concise review of the Iranian calendar" (2004); 11 Farvardin 1304 was 31 March 1925.
    """
    start, ordinal = _NOWRUZ
    leaps = sum(map(_is_leap, range(start, year))) - sum(map(_is_leap, range(year, start)))
    before = 31 * (month - 1) - max(month - 7, 0)
    return datetime.date.fromordinal(ordinal + 365 * (year - start) + leaps + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP_OF_33


def _hijri(year: int, month: int, day: int) -> Span | None:
    """Return a time of the Islamic calendar as about: which evening began a month was a matter of sight."""
    if not month:
        return _months(_hijri_day(year, 1, 1), _hijri_day(year + 1, 1, 1) - datetime.timedelta(1), "~")
    following = _hijri_day(year + month // 12, month % 12 + 1, 1)
    first, last = _hijri_day(year, month, day or 1), following - datetime.timedelta(1)
    return _days(first, first if day else last, "~") if day <= 30 else None


def _hijri_day(year: int, month: int, day: int) -> datetime.date:
    """Return a day of the civil Islamic calendar. Source: Reingold and Dershowitz, Calendrical Calculations, 7.1."""
    before = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return datetime.date.fromordinal(_ERA + before + day)


def _shifted(years: int) -> Callable[[int, int, int], Span | None]:
    def shift(year: int, month: int, day: int) -> Span | None:
        if day:
            datetime.date(year + years, month, day)
        point = Point(year + years, month, day)
        return Span(point, point)

    return shift


# Years of the Republic begin with 1912; Buddhist years, since 1941 with January, 543 years before ours.
_CONVERTED: dict[Calendar, Callable[[int, int, int], Span | None]] = {
    "solar_hijri": _solar_hijri, "hijri": _hijri, "minguo": _shifted(1911), "buddhist": _shifted(-543),
}  # fmt: skip

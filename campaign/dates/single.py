"""One date, not a span of two: in numbers, in words, or as a spreadsheet damages it."""

import datetime
import re

from campaign.dates.edtf import Point, Span, span_of
from campaign.dates.lexicon import FILLERS, MONTHS, Kind, kind_of
from campaign.dates.parts import part_of_decade, part_of_year

_YEAR_FIRST = re.compile(r"([0-9]{4})([-./ ])([0-9]{1,2})\2([0-9]{1,2})(?:[t ][0-9:.,z+-]+)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])\s?([0-9]{1,2})\2\s?([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-./]([0-9]{4})")
_YEAR_AND_TWO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"(?:([0-9]{1,2})-)?([a-z]+)(?:-|\s?['’])([0-9]{2})")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th|-?го)\b")

_ORDERS: frozenset[tuple[Kind, ...]] = frozenset({
    ("year",), ("decade",), ("part", "decade"),
    ("month", "year"), ("year", "month"), ("part", "month", "year"), ("half", "month", "year"),
    ("day", "month", "year"), ("month", "day", "year"), ("year", "month", "day"),
    ("season", "year"), ("year", "season"), ("part", "season", "year"),
    ("part", "year"), ("year", "part"), ("half", "year"), ("year", "half"),
})  # fmt: skip


def read_single(text: str, today: datetime.date) -> Span | None:
    """Return the date that all of `text` tells, or None. `text` is plain: lower case, no NULs."""
    return _in_numbers(text) or _damaged(text, today) or _in_words(text)


def _point(year: int, month: int = 0, day: int = 0, mark: str = "") -> Span | None:
    point = Point(year, month, day, mark)
    try:
        return span_of(point.text)
    except ValueError:
        return None


def _in_numbers(text: str) -> Span | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _point(int(found[1]), int(found[3]), int(found[4]))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _day_and_month(int(found[1]), int(found[3]), int(found[4]), found[2])
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return _month(int(found[2]), int(found[1]))
    found = _YEAR_AND_TWO.fullmatch(text)
    return _year_and_two(int(found[1]), found[2]) if found else None


def _day_and_month(first: int, second: int, year: int, sign: str) -> Span | None:
    """Return a day, or both months where 04/05 may be April or May; dots are always day first."""
    day_first = _point(year, second, first) if 1 <= second <= 12 else None
    month_first = _point(year, first, second) if 1 <= first <= 12 and sign != "." else None
    if day_first and month_first and first != second:
        months = sorted((first, second))
        return Span(Point(year, months[0]), Point(year, months[1]))
    return day_first or month_first


def _month(year: int, month: int) -> Span | None:
    return _point(year, month) if 1 <= month <= 12 else None


def _year_and_two(year: int, two: str) -> Span | None:
    """Return the month of "2017/05", the years of "2016/17", and both for "2010/11"."""
    later = year // 100 * 100 + int(two)
    if len(two) == 2 and later > year:
        return Span(Point(year), Point(later))
    return _month(year, int(two))


def _damaged(text: str, today: datetime.date) -> Span | None:
    """Return the month of "mar-18": a spreadsheet's short form of month and year, never sure.

    "18-mar" is its short form of a day without a year, so it stays unread.
    """
    found = _SHORT_YEAR.fullmatch(text)
    if not found or found[2] not in MONTHS:
        return None
    year = today.year // 100 * 100 + int(found[3])
    year -= 100 if year > today.year else 0
    return _point(year, MONTHS[found[2]], int(found[1] or 0), "?")


def _in_words(text: str) -> Span | None:
    spaced = re.sub(r"[-,]", " ", _ORDINAL.sub(r"\1", text))
    spaced = re.sub(r"\b(first|second) half\b", r"\1-half", spaced)
    kinds = [kind_of(word) for word in _words(spaced)]
    known = [kind for kind in kinds if kind is not None]
    if len(known) != len(kinds) or tuple(kind for kind, _ in known) not in _ORDERS:
        return None
    return _build(dict(known))


def _words(spaced: str) -> list[str]:
    words = [word.rstrip(".") if len(word) > 2 else word for word in spaced.split()]
    return [word for word in words if word not in FILLERS]


def _build(told: dict[Kind, str]) -> Span | None:
    if "decade" in told:
        return part_of_decade(told.get("part", ""), int(told["decade"]))
    year = int(told["year"])
    # "Early May 2017" stays May: the notation has no thirds of a month, and days are not invented.
    month = int(told.get("month") or told.get("season") or 0)
    if month:
        return _point(year, month, int(told.get("day", 0)))
    part = told.get("part") or told.get("half")
    return part_of_year(part, year) if part else _point(year)

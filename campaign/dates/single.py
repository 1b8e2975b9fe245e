"""One date without marks or open ends: in numbers, in words, or as a spreadsheet damages it.

`text` is always as `shapes.plain` returns it. Nothing is half-read: a word that is not known makes the whole unread.
"""

import datetime
import re

from campaign.dates.edtf import WINTER, Point, Span, part_of_decade, part_of_year, span_of
from campaign.dates.lexicon import Kind, kind_of, months

_YEAR_FIRST = re.compile(r"([0-9]{4})([-./ ])([0-9]{1,2})\2([0-9]{1,2})(?:[t ][0-9:.,z+-]+)?")
_TIME = r"(?:,? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?)?"
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-./])\s?([0-9]{{1,2}})\2\s?([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_RUN_TOGETHER = re.compile(
    r"([0-9]{1,2})?[/.]?([^\W\d]{3,})[/.]?([0-9]{4})|([0-9]{4})[/.]?([^\W\d]{3,})[/.]?([0-9]{1,2})?"
)
_ROMAN = re.compile(r"([0-9]{1,2})[. ]{1,2}(i{1,3}|iv|vi{0,3}|ix|xi{0,2})[. ]{1,2}([0-9]{4})")
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# Signs that stand for a digit nobody knows, in a date as numbers; the last is a Cyrillic letter.
_MASK = "[x?u_*#х]"
_MASKED = re.compile(
    rf"(?P<year>[0-9]{{4}})(?P<sign>[-./])(?P<month>[0-9]{{1,2}}|{_MASK}{{1,2}})(?P=sign)(?:{_MASK}{{1,2}})"
    rf"|(?:{_MASK}{{1,2}})(?P<joint>[-./])(?P<second>[0-9]{{1,2}}|{_MASK}{{1,2}})(?P=joint)(?P<last>[0-9]{{4}})"
)
_DECADE = re.compile(rf"([0-9]{{3}}){_MASK}")
# What programs and clerks write where there is no date: zeros, nines, masks, the day before a spreadsheet's first.
_NO_DATE = re.compile(
    rf"0|(?:0{{1,4}}|{_MASK}{{1,4}}|9{{2,4}})(?:[-./](?:0{{1,4}}|{_MASK}{{1,4}}|9{{2,4}})){{1,2}}"
    r"|0?[01]([-./])0?[01]\1(?:1900|0000|00)(?<!1.1.1900)(?<!01.01.1900)|0000-0[01]-0[01]|9999-12-31|31[./]12[./]9999"
)
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-./]([0-9]{4})")
_YEAR_AND_TWO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"(?:([0-9]{1,2})-)?([^\W\d]+)(?:-|\s?')([0-9]{2})")
_TWO_YEARS = re.compile(r"(.*?)(?<![0-9])([0-9]{4})(-|/| to )([0-9]{4}|[0-9]{2})(?![0-9])(.*)")
# What a date may be made of, and the orders in which a day, a month and a year may stand.
_MADE_OF = [
    frozenset(kinds.split())
    for kinds in (
        "year", "decade", "part decade", "month year", "part month year", "half month year", "day month year",
        "season year", "part season year", "part year", "half year",
    )
]  # fmt: skip
_ORDERS = (("day", "month", "year"), ("month", "day", "year"), ("year", "month", "day"), ("year", "day", "month"))
# The words of a date by what they are: {"part": "early", "year": "2017"}.
Told = dict[Kind, str]


def read_single(text: str, today: datetime.date) -> Span | None:
    """Return the date that all of `text` tells, or None."""
    words = told(text)
    return _in_numbers(text, today) or _damaged(text, today) or (build(words) if words else None)


def is_no_date(text: str) -> bool:
    """Say whether numbers stand for no date: "00.00.0000", "0000-00-00", "99/99/9999", "1/0/1900", "xx.xx.xxxx"."""
    return _NO_DATE.fullmatch(text) is not None


def told(text: str) -> Told | None:
    """Return the words of `text` by their kind, the year or the month perhaps left out; None where one is unknown."""
    if text.startswith("-") or text.endswith("-"):
        return None
    kinds = [kind_of(word.strip(".")) for word in re.sub(r"[-,،]", " ", text).split()]
    known = [kind for kind in kinds if kind is not None and kind[0] != "filler"]
    numbers = [kind for kind, _ in known if kind in _ORDERS[0]]
    if None in kinds or len(dict(known)) != len(known) or not _is_an_order(numbers):
        return None
    return dict(known)


def build(words: Told) -> Span | None:
    """Return the date of words that are enough for one, or None."""
    if frozenset(words) not in _MADE_OF:
        return None
    if "decade" in words:
        return part_of_decade(words.get("part", ""), int(words["decade"]))
    year = int(words["year"])
    # "Early May 2017" stays May: the notation has no thirds of a month, and days are not invented.
    month = int(words.get("month") or words.get("season") or 0)
    if month:
        return _point(year, month, int(words.get("day", 0)))
    part = words.get("part") or words.get("half")
    return part_of_year(part, year) if part else _point(year)


def season_over_years(text: str) -> tuple[bool, Span | None]:
    """Return whether `text` tells something within two years ("winter 2016/2017"), and its span.

    A winter lies in two years that follow. What else is told of two years ("May 2016/2017", "summer 2016-17") may be
    of either or of both, so it has no span.
    """
    found = _TWO_YEARS.fullmatch(text)
    words = told(found[1] + " " + found[5]) if found else None
    if not found or not words or (found[3] != "/" and "season" not in words):
        return False, None
    first, later = int(found[2]), int(found[2][: 4 - len(found[4])] + found[4])
    if words.get("season") != str(WINTER) or words.keys() - {"season", "part"} or later != first + 1:
        return True, None
    return True, Span(Point(first, 12, mark="~"), Point(later, 2, mark="~"))


def _is_an_order(numbers: list[Kind]) -> bool:
    return any(numbers == [kind for kind in order if kind in numbers] for order in _ORDERS)


def _point(year: int, month: int = 0, day: int = 0, mark: str = "") -> Span | None:
    point = Point(year, month, day, mark)
    try:
        return span_of(point.text)
    except ValueError:
        return None


def _in_numbers(text: str, today: datetime.date) -> Span | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _point(int(found[1]), int(found[3]), int(found[4]))
    found = _YEAR_LAST.fullmatch(text)
    if found and len(found[4]) == 4:
        return _day_and_month(int(found[1]), int(found[3]), int(found[4]), found[2])
    if found:
        return _with_short_year(int(found[1]), int(found[3]), int(found[4]), found[2], today)
    found = _COMPACT.fullmatch(text)
    if found:
        # Read from its other end such a number has no year that a date could have, so it has one reading.
        return _point(int(found[1]), int(found[2]), int(found[3])) if int(found[2]) and int(found[3]) else None
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return _month(int(found[2]), int(found[1]))
    found = _YEAR_AND_TWO.fullmatch(text)
    return _year_and_two(int(found[1]), found[2], today) if found else _masked(text)


def _masked(text: str) -> Span | None:
    """Return what is known of a date in which signs stand for digits: "1974-05-XX", "??.05.1974", "197X".

    With strokes the middle number may be a day as well, so the year alone is known.
    """
    found = _DECADE.fullmatch(text)
    if found:
        return part_of_decade("", int(found[1]) * 10)
    found = _MASKED.fullmatch(text)
    if not found:
        return None
    year, middle = found["year"] or found["last"], found["month"] or found["second"]
    is_month = middle.isdecimal() and (found["year"] or found["joint"] == ".")
    return _month(int(year), int(middle)) if is_month else _point(int(year))


def _with_short_year(first: int, second: int, short: int, sign: str, today: datetime.date) -> Span | None:
    """Return a day with a year of two digits, where only the last number can be the year.

    The century is sure where this one would lie in the future, else doubtful.
    """
    year, is_past = today.year // 100 * 100 + short, today.year % 100 < short
    if sign != "." and not short > 31:
        return None
    span = _day_and_month(first, second, year - 100 if is_past else year, sign)
    if span is None or span.start is None or is_past:
        return span
    return Span(*(Point(one.year, one.month, one.day, "?") for one in (span.start, span.end or span.start)))


def _day_and_month(first: int, second: int, year: int, sign: str) -> Span | None:
    """Return a day, or both months where 04/05 may be April or May; dots are always day first."""
    if not first or not second:
        return _of_zeros(first, second, year, sign)
    day_first = _point(year, second, first) if 1 <= second <= 12 else None
    month_first = _point(year, first, second) if 1 <= first <= 12 and sign != "." else None
    if day_first and month_first and first != second:
        one, other = sorted((first, second))
        return Span(Point(year, one), Point(year, other))
    return day_first or month_first


def _of_zeros(first: int, second: int, year: int, sign: str) -> Span | None:
    """Return what zeros for a day, or for day and month, leave: "00.04.1974" is April; a month of zero is no date."""
    if not first and not second:
        return _point(year)
    return _month(year, second) if not first and sign == "." else None


def _month(year: int, month: int) -> Span | None:
    return _point(year, month) if 1 <= month <= 12 else None


def _year_and_two(year: int, two: str, today: datetime.date) -> Span | None:
    """Return the month of "2017/05", the years of "2016/17", and both for "2010/11".

    "2017-40" is no range: a two-digit year is never in the future.
    """
    later = year // 100 * 100 + int(two)
    if len(two) == 2 and year < later <= today.year:
        return Span(Point(year), Point(later))
    return _month(year, int(two))


def _damaged(text: str, today: datetime.date) -> Span | None:
    """Return the month of "mar-18": a spreadsheet's short form of month and year, never sure.

    "18-mar" is its short form of a day without a year, so it stays unread.
    """
    whole = _RUN_TOGETHER.fullmatch(text)
    year, month, day = (whole[3] or whole[4], whole[2] or whole[5], whole[1] or whole[6] or 0) if whole else ("", "", 0)
    if month in months():
        return _point(int(year), months()[month], int(day))
    roman = _ROMAN.fullmatch(text)
    if roman:
        return _point(int(roman[3]), _ROMAN_MONTHS.index(roman[2]) + 1, int(roman[1]))
    found = _SHORT_YEAR.fullmatch(text)
    if not found or found[2] not in months():
        return None
    year = today.year // 100 * 100 + int(found[3])
    year -= 100 if year > today.year else 0
    return _point(year, months()[found[2]], int(found[1] or 0), "?")

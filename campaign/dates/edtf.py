"""EDTF (ISO 8601-2) partial dates: the value that every dated fact carries, its notation and its bounds.

"Early", "mid" and "end" of a year and of a decade are one table here. A year is cut in thirds, as ISO 8601-2:2019 (4.8,
the four-month groupings 37 to 39) cuts it, and the ends are marked as about (~), because nobody who writes "early"
means a day. "Beginning" and "end" are the outer two months. A decade is cut in the same way, at whole years.
"""

import calendar
import datetime
import re
from functools import lru_cache
from typing import Literal, NoReturn

import msgspec

Precision = Literal["day", "month", "season", "year", "span", "open", "unknown"]
UnknownKind = Literal["", "not_asked", "not_known", "not_said"]


class PartialDate(msgspec.Struct, frozen=True):
    """A date as far as it is known.

    `edtf` is "" when nothing could be read. `earliest` and `latest` are the first and the last
    day that it may mean, both included; None is an open end. `written` is what somebody wrote,
    untouched: it stays at the desk. `unknown` tells apart the three ways of not knowing.
    """

    edtf: str = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    written: str = ""
    unknown: UnknownKind = ""


_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
LONGEST = len("2017-06-01%/2017-07-01%")

# The months of each season on the northern half of the earth (ISO's codes name no half).
# Winter is left out: it lies across two years, see `_winter`.
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
WINTER = 24


class Point(msgspec.Struct, frozen=True):
    """One end of a date: a year, a season, a month or a day, with its mark (~, ? or %) or ""."""

    year: int
    month: int = 0
    day: int = 0
    mark: str = ""

    @property
    def is_season(self) -> bool:
        """Say whether `month` is one of the season codes 21 to 24."""
        return self.month > 12

    @property
    def text(self) -> str:
        """Return the point in EDTF."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts) + self.mark

    @property
    def first(self) -> datetime.date:
        """Return the first day that the point may mean, its mark aside."""
        if self.month == WINTER:
            return datetime.date(max(self.year - 1, 1), 12, 1)
        month = SEASON_MONTHS[self.month][0] if self.is_season else self.month or 1
        return datetime.date(self.year, month, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """Return the last day that the point may mean, its mark aside."""
        if self.month == WINTER:
            return _winter_end(self.year)
        month = SEASON_MONTHS[self.month][1] if self.is_season else self.month or 12
        return datetime.date(self.year, month, self.day or _days(self.year, month))


class Span(msgspec.Struct, frozen=True):
    """A whole date: from `start` to `end`, None where it is open; a single point is both."""

    start: Point | None
    end: Point | None

    @property
    def is_single(self) -> bool:
        """Say whether this is one point and not a span."""
        return self.start == self.end

    @property
    def text(self) -> str:
        """Return the date in EDTF."""
        start = self.start.text if self.start else ".."
        return start if self.is_single else f"{start}/{self.end.text if self.end else '..'}"

    def dated(self, written: str) -> PartialDate:
        """Return the value that a case keeps, with the words it was read from."""
        earliest = self.start.first if self.start else None
        latest = self.end.last if self.end else None
        return PartialDate(self.text, earliest, latest, written)


def parse(edtf: str) -> PartialDate:
    """Return the date that `edtf` denotes; its `written` is `edtf` itself.

    Raises ValueError, with a sentence for the person who typed it, for anything else.
    """
    return span_of(edtf).dated(edtf)


@lru_cache(maxsize=4096)
def span_of(edtf: str) -> Span:
    """Return the two ends of `edtf`. Raises ValueError as `parse` does."""
    if len(edtf) > LONGEST:
        raise ValueError(f"A date has at most {LONGEST} signs; this one has {len(edtf)}.")
    start_text, slash, end_text = edtf.partition("/")
    start = None if slash and start_text == ".." else _point(start_text, edtf)
    if not slash:
        return Span(start, start)
    end = None if end_text == ".." else _point(end_text, edtf)
    if start is None and end is None:
        raise ValueError(f"{edtf!r} is open at both ends, so it says nothing.")
    if start and end and (start.first > end.first or start.last > end.last):
        raise ValueError(f"{edtf!r} ends before it starts.")
    return Span(start, end)


def neighbour(point: Point, step: int) -> Point | None:
    """Return the day, month or year right after (`step` 1) or before (-1) `point`.

    It keeps the mark of `point`. None for a season, and at either end of the calendar.
    """
    if point.is_season:
        return None
    if point.day:
        ordinal = point.first.toordinal() + step
        if not 1 <= ordinal <= datetime.date.max.toordinal():
            return None
        day = datetime.date.fromordinal(ordinal)
        return Point(day.year, day.month, day.day, point.mark)
    months = point.year * 12 + (point.month - 1 + step if point.month else 12 * step)
    year, month = divmod(months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    return Point(year, month + 1 if point.month else 0, mark=point.mark)


def _point(text: str, whole: str) -> Point:
    found = _POINT.fullmatch(text)
    if not found:
        _refuse(text, whole, "is not a year, a month or a day such as 2017, 2017-06 or 2017-06-03")
    year, month, day = (int(part or 0) for part in found.group(1, 2, 3))
    if found[2] and not (1 <= month <= 12 or 21 <= month <= WINTER):
        _refuse(text, whole, "has no such month (01 to 12, or 21 to 24 for a season)")
    if found[3] and (month > 12 or not 1 <= day <= _days(year, month)):
        _refuse(text, whole, "has no such day")
    if not year:
        _refuse(text, whole, "has no such year")
    return Point(year, month, day, found[4])


def _refuse(text: str, whole: str, why: str) -> NoReturn:
    place = "" if text == whole else f" in {whole!r}"
    raise ValueError(f"{text!r}{place} {why}.")


def _winter_end(year: int) -> datetime.date:
    # "Winter 2017" may be the one that began in 2016 or the one that ended in 2018: both lie inside.
    if year == datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year + 1, 2, _days(year + 1, 2))


def _days(year: int, month: int) -> int:
    # Year 0 is refused by name a line later; until then it must not stop the count.
    return calendar.monthrange(max(year, 1), month)[1]


YEAR_PARTS = {
    "early":     (1, 4),
    "mid":       (5, 8),
    "late":      (9, 12),
    "beginning": (1, 2),
    "end":       (11, 12),
}  # fmt: skip
DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
# A decade has no "outer two months": its beginning is its early part.
_SAME_IN_A_DECADE = {"beginning": "early", "end": "late"}
# Halves and quarters are exact, so they carry no mark.
YEAR_SHARES = {
    "half1": (1, 6), "half2": (7, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip


def part_of_year(part: str, year: int) -> Span:
    """Return the months that `part` of `year` means; `part` is a key of YEAR_PARTS or _SHARES."""
    mark = "~" if part in YEAR_PARTS else ""
    first, last = YEAR_PARTS.get(part) or YEAR_SHARES[part]
    return Span(Point(year, first, mark=mark), Point(year, last, mark=mark))


def part_of_decade(part: str, decade: int) -> Span:
    """Return the years that `part` of the 1970s (`decade` 1970) means; part "" is all of it."""
    if not part:
        return Span(Point(decade), Point(decade + 9))
    first, last = DECADE_PARTS[_SAME_IN_A_DECADE.get(part, part)]
    return Span(Point(decade + first, mark="~"), Point(decade + last, mark="~"))


def named_year_part(span: Span) -> str:
    """Return which of YEAR_PARTS `span` is, or ""."""
    if span.start is None:
        return ""
    year = span.start.year
    return next((part for part in YEAR_PARTS if part_of_year(part, year) == span), "")


def named_decade_part(span: Span) -> str | None:
    """Return which of DECADE_PARTS `span` is, "" for a whole decade, None for anything else."""
    if span.start is None:
        return None
    decade = span.start.year // 10 * 10
    for part in ("", *DECADE_PARTS):
        if decade and part_of_decade(part, decade) == span:
            return part
    return None


def is_turn_of_year(span: Span) -> bool:
    """Say whether `span` runs from the end of one year to the beginning of the next."""
    if span.start is None or span.end is None or span.end.year != span.start.year + 1:
        return False
    first = part_of_year("end", span.start.year).start
    return (span.start, span.end) == (first, part_of_year("beginning", span.end.year).end)

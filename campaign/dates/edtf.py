"""The strict notation: the part of ISO 8601-2 (EDTF) that the case file uses.

    1974-04-12   1963-04   1965          a day, a month, a year
    2017-21 ... 2017-24                  spring, summer, autumn, winter
    2017~   2017?   2017%                about, perhaps, perhaps about; also on months and days
    2017-06/2017-07                      some time in this span, ends included
    ../2018   2017/..                    not after 2018; not before 2017

Source: ISO 8601-2:2019, levels 0 and 1 of the EDTF profile, less what the case file never holds
(times, unspecified digits, long years).
"""

import calendar
import datetime
import re
from typing import NoReturn

import msgspec

from campaign.dates.partial import PartialDate

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

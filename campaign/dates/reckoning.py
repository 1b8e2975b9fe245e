"""Order, fineness and years of partial dates. Never surer than the dates themselves."""

import datetime

from campaign.dates.edtf import Point, span_of
from campaign.dates.partial import PartialDate, Precision

# How far a marked date (~ or ?) may lie outside its bounds, in days: one unit of what it names.
_LEEWAY_DAYS = {"day": 7, "month": 31, "season": 92, "year": 365}


def precision(date: PartialDate) -> Precision:
    """Return how fine `date` is; "open" has one end only, "unknown" could not be read."""
    if not date.edtf:
        return "unknown"
    span = span_of(date.edtf)
    if span.start is None or span.end is None:
        return "open"
    return _fineness(span.start) if span.is_single else "span"


def year_range(date: PartialDate) -> tuple[int | None, int | None]:
    """Return the first and the last year that `date` may lie in; None where it is open."""
    return (
        date.earliest.year if date.earliest else None,
        date.latest.year if date.latest else None,
    )


def sort_key(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """Return what to sort by: earliest first, the finer before the coarser, the unknown last.

    A date without a start ("before 2018") sorts by its end: it is only known not to be later.
    """
    latest = date.latest or datetime.date.max
    return (date.earliest or latest, latest)


def is_before(first: PartialDate, second: PartialDate) -> bool:
    """Say whether `first` lies before `second` whatever days they turn out to mean.

    Marked dates (~ ? %) count as wider than their bounds by one unit, %-dates by two.
    """
    end, start = outer_bounds(first)[1], outer_bounds(second)[0]
    return end is not None and start is not None and end < start


def outer_bounds(date: PartialDate) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the bounds of `date`, widened where it is marked as about or perhaps."""
    if not date.edtf:
        return (date.earliest, date.latest)
    span = span_of(date.edtf)
    return (
        _shift(date.earliest, -_leeway(span.start)),
        _shift(date.latest, _leeway(span.end)),
    )


def _fineness(point: Point) -> Precision:
    if point.is_season:
        return "season"
    return "day" if point.day else "month" if point.month else "year"


def _leeway(point: Point | None) -> int:
    if point is None or not point.mark:
        return 0
    return _LEEWAY_DAYS[_fineness(point)] * (2 if point.mark == "%" else 1)


def _shift(day: datetime.date | None, days: int) -> datetime.date | None:
    if day is None:
        return None
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)

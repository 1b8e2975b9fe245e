"""The end of a term of imprisonment, reckoned from its beginning and its length: never finer than a month."""

import calendar
import datetime

from campaign.dates.edtf import PartialDate, parse, span_of


def end_of_term(start: PartialDate, *, years: int = 0, months: int = 0, days: int = 0) -> PartialDate:
    """Return when a term of a length ends that began on `start`: a month, a year, or from one year to another.

    As doubtful as its start: what began about 2018 ends about 2021. Unknown where the start is open or unknown, or the
    length is none. Reductions and time in custody before are not known to it: it is an outer bound.
    """
    length = years * 12 + months
    if start.earliest is None or start.latest is None or not start.edtf or (length <= 0 and days <= 0):
        return PartialDate()
    try:
        first = _later(start.earliest, length, days)
        last = _later(start.latest, length, days)
    except (ValueError, OverflowError):  # beyond the calendar
        return PartialDate()
    span = span_of(start.edtf)
    mark = "~" if any(point and point.mark for point in (span.start, span.end)) else ""
    if (first.year, first.month) == (last.year, last.month):
        return parse(f"{last.year:04}-{last.month:02}{mark}")
    return parse(f"{last.year:04}{mark}" if first.year == last.year else f"{first.year:04}{mark}/{last.year:04}{mark}")


def to_the_month(edtf: str) -> str:
    """Return a date without its day: a sentence about somebody tells months. A span that has days keeps them."""
    span = span_of(edtf) if edtf else None
    if span is None or not span.is_single or span.start is None or not span.start.day:
        return edtf
    return f"{span.start.year:04}-{span.start.month:02}{span.start.mark}"


def unmarked(edtf: str) -> str:
    """Return a date without the marks of doubt, for a sentence that says "about" itself."""
    return "".join(letter for letter in edtf if letter not in "~?%")


def _later(day: datetime.date, months: int, days: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day.day, last)) + datetime.timedelta(days=days)

"""Arithmetic of partial dates: order, precision and the time between two of them. Never surer than the dates.

The time between two dates is told in words, for the silences in a line of time.
"""

import datetime

from campaign.dates.edtf import PartialDate, Point, Precision, span_of
from campaign.languages import current, gettext, ngettext, together
from campaign.languages import number as digits

# How far a marked date (~ or ?) may lie outside its bounds, in days: one unit of what it names.
_LEEWAY_DAYS = {"day": 7, "month": 31, "season": 92, "year": 365}
_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


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


def whole_years(date: PartialDate) -> PartialDate:
    """Return the years in which `date` lies, from 1 January to 31 December: what is reckoned from it tells no day.

    A mark widens it by a year on either side, whatever day or month it stands at.
    """
    first, last = year_range(date)
    leeway = 1 if date.edtf and _is_marked(date) else 0
    return PartialDate(
        earliest=datetime.date(max(first - leeway, 1), 1, 1) if first else None,
        latest=datetime.date(min(last + leeway, datetime.MAXYEAR), 12, 31) if last else None,
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
    if day is None or not days:
        return day
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


def span_in_words(first: PartialDate, second: PartialDate) -> str:
    """Return the time from `first` to `second`: "two years and three months".

    Two months are as far apart as the calendar counts; coarser dates give a range of years
    ("one to three years"). "" where an end is open or unknown, or the order is not certain.
    """
    if not is_before(first, second):
        return ""
    start, end = first.earliest, second.latest
    inner_start, inner_end = outer_bounds(first)[1], outer_bounds(second)[0]
    if start is None or end is None or inner_start is None or inner_end is None:
        return ""
    fineness = {precision(first), precision(second)}
    if fineness <= {"day", "month"} and not _is_marked(first) and not _is_marked(second):
        return _between(start, inner_end, by_day=fineness == {"day"})
    return _years_in_words(whole_months(inner_start, inner_end), whole_months(start, end))


def whole_months(start: datetime.date, end: datetime.date) -> int:
    """Return the completed months from `start` to `end`; negative when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def _between(start: datetime.date, end: datetime.date, *, by_day: bool) -> str:
    months = whole_months(start, end) if by_day else whole_months(start.replace(day=1), end)
    if months:
        return _months_in_words(months)
    return _days((end - start).days) if by_day else gettext("less than a month")


def _months_in_words(months: int) -> str:
    years, rest = divmod(months, 12)
    told = [_years_apart(years)] if years else []
    if rest:
        told.append(ngettext("{number} month", "{number} months", rest).format(number=_number(rest)))
    return together(told)


def _years_in_words(fewest_months: int, most_months: int) -> str:
    # The longest reading is rounded up, so that "at most" stays true.
    low, high = fewest_months // 12, -(-(most_months + 1) // 12)
    if low:
        words = ngettext("{low} to {number} year", "{low} to {number} years", high)
        return words.format(low=_number(low), number=_number(high))
    if high == 1:
        return gettext("less than a year")
    return ngettext("up to {number} year", "up to {number} years", high).format(number=_number(high))


def _is_marked(date: PartialDate) -> bool:
    span = span_of(date.edtf)
    return any(point is not None and point.mark for point in (span.start, span.end))


def _years_apart(count: int) -> str:
    return ngettext("{number} year", "{number} years", count).format(number=_number(count))


def _days(count: int) -> str:
    return ngettext("{number} day", "{number} days", count).format(number=_number(count))


def _number(count: int) -> str:
    """Return a number as running text has it: small ones in words in English, whose words do not change."""
    return _WORDS[count] if current().is_english and count < len(_WORDS) else digits(count)

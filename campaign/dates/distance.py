"""The time between two partial dates in words, for the silences in a line of time."""

import datetime

from campaign.dates.edtf import span_of
from campaign.dates.partial import PartialDate
from campaign.dates.reckoning import is_before, outer_bounds, precision

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def span_in_words(first: PartialDate, second: PartialDate) -> str:
    """Return the time from `first` to `second` in English: "two years and three months".

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
    return _count((end - start).days, "day") if by_day else "less than a month"


def _months_in_words(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [_count(number, unit) for number, unit in ((years, "year"), (rest, "month")) if number]
    return " and ".join(parts)


def _years_in_words(fewest_months: int, most_months: int) -> str:
    # The longest reading is rounded up, so that "at most" stays true.
    low, high = fewest_months // 12, -(-(most_months + 1) // 12)
    if not low:
        return "less than a year" if high == 1 else f"up to {_count(high, 'year')}"
    return f"{_number(low)} to {_count(high, 'year')}"


def _is_marked(date: PartialDate) -> bool:
    span = span_of(date.edtf)
    return any(point is not None and point.mark for point in (span.start, span.end))


def _count(number: int, unit: str) -> str:
    return f"{_number(number)} {unit}{'' if number == 1 else 's'}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)

"""The parser of dates as people write them, into EDTF: "June-July 2017", "Early 2016", "After 2015", "Mar-18".

The whole text is understood or none of it: half-read words would be a date that nobody wrote. Order of reading: the
unknowns, the notation itself, single dates, what stands inside a mark (about, perhaps), spans of two dates ("3 to 5 May
2017"), open ends (before, after). Two dates that are joined by "and" are two dates, and stay words.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator

from campaign.clock import now
from campaign.dates.edtf import WINTER, PartialDate, Point, Span, neighbour, span_of
from campaign.dates.lexicon import BORN, UNKNOWN, kind_of
from campaign.dates.openings import MARK_AFTER, MARK_BEFORE, Opening, dates_apart, openings, sides
from campaign.dates.shapes import plain
from campaign.dates.single import Told, build, is_no_date, read_single, season_over_years, told

LONGEST = 120
# Outside these years a number is a spreadsheet's, another calendar's or a slip, not a year of ours.
FIRST_YEAR, LAST_YEAR = 1800, 2199


def read(words: str, *, today: datetime.date | None = None) -> PartialDate:
    """Return the date that `words` tell, and always the words themselves; never raises.

    What can't be read, or not in one way, keeps its words alone, or is widened where a unit holds both readings:
    "04/05/2017" is both its months, "12.04.1974" is day first (dots are, everywhere), "Mar-18" is a spreadsheet's
    March 2018, marked "?", "2017-21" is the notation's spring. `today` decides the century of a two-digit year: the
    latest that is not in the future.
    """
    if len(words) > LONGEST or any(unicodedata.category(sign) == "Cc" and not sign.isspace() for sign in words):
        return PartialDate(written=words)
    text = plain(words)
    unknown = UNKNOWN.get(text.strip("()[]"), "") or ("not_known" if is_no_date(text) else "")
    if unknown:
        return PartialDate(written=words, unknown=unknown)
    span = _notation(words) or _read(BORN.sub("", text) or text, today or now().date())
    return span.dated(words) if span and _is_plausible(span) else PartialDate(written=words)


def doubt(words: str, *, today: datetime.date | None = None) -> str:
    """Return why `words` that were not read are open to more than one reading, for who typed them; else ""."""
    text, day = plain(words[:LONGEST]), today or now().date()
    if re.fullmatch(r"-?[0-9]{1,4}([-./][0-9]{0,4})+|-[0-9]{4}", text):
        return "These numbers can be read in more than one way. Write the month in letters, such as “3 May 2017”."
    if season_over_years(text)[0]:
        return "This may be of either year. Write one year, or two dates with “to” between them."
    if any(next(_completed(one, other, day), None) for one, other in dates_apart(text)):
        return "These are two dates, and one is asked. Write one of them, or “to” between them if it is one span."
    return ""


def _notation(words: str) -> Span | None:
    try:
        return span_of(words.strip())
    except ValueError:
        return None


def _read(text: str, today: datetime.date) -> Span | None:
    """Return the date of `text`, or of `text` without the "in" or "on" before a mark or an opening."""
    first, _, rest = text.partition(" ")
    span = _read_closed(text, today) or _read_open(text, today)
    if span is None and rest and kind_of(first) == ("filler", ""):
        return _read(rest, today)
    return span


def _read_closed(text: str, today: datetime.date) -> Span | None:
    """Return a date with two ends, marked or not. A mark is of the whole span, so it goes first."""
    is_over_years, span = season_over_years(text)
    if is_over_years:
        return span
    return read_single(text, today) or _read_marked(text, today) or _read_span(text, today)


def _read_marked(text: str, today: datetime.date) -> Span | None:
    found = MARK_BEFORE.match(text) or MARK_AFTER.search(text)
    if not found:
        return None
    inner = _read_closed((text[: found.start()] + text[found.end() :]).strip(), today)
    mark = "~" if found["about"] else "?"
    if inner is None or inner.start is None or inner.end is None:
        return None
    return Span(_with_mark(inner.start, mark), _with_mark(inner.end, mark))


def _with_mark(point: Point, mark: str) -> Point:
    mark = mark if point.mark in ("", mark) else "%"
    return Point(point.year, point.month, point.day, mark)


def _read_span(text: str, today: datetime.date) -> Span | None:
    """Return the span that all of `text` tells, or None.

    What one side leaves out (the year, the month) is taken from the other, as people do; where the months then stand
    in the wrong order the years differ ("December-January 2018").
    """
    for left, right in sides(text):
        span = next((span for one, other in _completed(left, right, today) if (span := _joined(one, other))), None)
        if span:
            return span
    return None


def _completed(left: str, right: str, today: datetime.date) -> Iterator[tuple[Span, Span]]:
    """Yield both sides of a span, each whole or made whole by the other, first as they stand, then a year apart.

    A year before the one that is written is meant between two months alone: "December-January 2018".
    """
    one, other = _side(left, today), _side(right, today)
    if one and other:
        yield one, other
        return
    said, also_said = told(left), told(right)
    if (said is not None and not said) or (also_said is not None and not also_said):
        return
    are_months = "month" in (said or {}) and "month" in (also_said or {})
    for years in (0, 1) if are_months or not other else (0,):
        first = one or _filled(said, _said(other) if other else also_said, -years)
        second = other or _filled(also_said, _said(one) if one else said, years if one else 0)
        if first and second:
            yield first, second


def _side(text: str, today: datetime.date) -> Span | None:
    return read_single(text, today) or _read_marked(text, today)


def _said(span: Span) -> Told | None:
    point = span.start
    if point is None or point.is_season:
        return {"year": str(point.year)} if point else None
    day: Told = {"day": str(point.day)} if point.day else {}
    month: Told = {"month": str(point.month)} if point.month else {}
    return day | month | {"year": str(point.year)}


def _filled(words: Told | None, other: Told | None, years: int) -> Span | None:
    """Return the date of `words` with the month and the year that `other` says; a day beside a day alone."""
    if not words or not other or ("day" in words) != ("day" in other) or "year" not in words | other:
        return None
    missing: Told = {} if "year" in words else {"year": str(int(other["year"]) + years)}
    if "day" in words and "month" not in words and "month" in other:
        missing["month"] = other["month"]
    return build(words | missing)


def _joined(left: Span, right: Span) -> Span | None:
    start, end = left.start, right.end
    if start is None or end is None or start.first > end.first or start.last > end.last:
        return None
    return Span(_as_month(start, start.first.month), _as_month(end, end.last.month))


def _as_month(point: Point, month: int) -> Point:
    """Return a season's outer month, about: a span of two seasons has no notation of its own."""
    if not point.is_season:
        return point
    outer = point.first if month == point.first.month else point.last
    if outer.year < point.year:
        outer = datetime.date(point.year, 1, 1)
    return Point(outer.year, outer.month, mark="%" if point.mark in ("?", "%") else "~")


def _read_open(text: str, today: datetime.date) -> Span | None:
    for date, opening in openings(text):
        span = _opened(date.strip(" '"), opening, today)
        if span:
            return span
    return None


def _opened(text: str, opening: Opening, today: datetime.date) -> Span | None:
    """Return a date open at one end: "after 2015" starts with 2016, "since 2015" with 2015.

    Of a part of a time ("before the end of 2017", "after early May 2017") the bound is the widest that may be meant.
    """
    inner, words = _read_closed(text, today), told(text)
    part = words.get("part", "") if words else ""
    whole = build({kind: value for kind, value in words.items() if kind != "part"}) if words and part else None
    if inner is None:
        return None
    if whole and part == "end" and opening != "since":
        inner, opening = whole, "until" if opening == "before" else opening
    elif whole and part == "beginning" and opening not in ("until", "by"):
        inner, opening = whole, "since" if opening == "after" else opening
    elif opening in ("before", "after") and _may_lie_within(inner, words, opening):
        opening = "until" if opening == "before" else "since"
    if opening == "before":
        return Span(None, _beside(inner.start, -1))
    if opening == "after":
        return Span(_beside(inner.end, 1), None)
    return Span(inner.start, None) if opening == "since" else Span(None, inner.end)


def _may_lie_within(inner: Span, words: Told | None, opening: Opening) -> bool:
    """Say whether what lies before or after a date may still lie within the bounds that the notation gives it.

    It may where those hold two readings ("before 3/5/2017"), the middle of a time, or more than the part that was said.
    """
    if not words:
        return not inner.is_single
    is_said_whole = "month" in words or "season" in words
    return words.get("part") in ("mid", ("late" if opening == "before" else "early") if is_said_whole else "mid")


def _beside(point: Point | None, step: int) -> Point | None:
    """Return the unit next to `point`; next to a season that is a month."""
    if point is None or not point.is_season:
        return point and (neighbour(point, step) or point)
    if point.month == WINTER:
        # Of the two winters that a year may mean, the later has nothing before it but November, the earlier March.
        return Point(point.year, 11 if step < 0 else 3, mark=point.mark)
    outer = point.first if step < 0 else point.last
    return neighbour(Point(outer.year, outer.month, mark=point.mark), step) or point


def _is_plausible(span: Span) -> bool:
    return all(point is None or FIRST_YEAR <= point.year <= LAST_YEAR for point in (span.start, span.end))

"""Partial dates in words for the public, made from the notation alone: the words as written stay at the desk.

Days, months and years are written as CLDR writes them in the language that is spoken; what stands around them ("about",
"before", "end of") is a message each. English says a span in its own way: "3 to 5 May 2017".
"""

import datetime
from functools import lru_cache
from gettext import NullTranslations

from babel.dates import format_interval, format_skeleton

from campaign.dates import edtf as parts
from campaign.dates.edtf import WINTER, Point, Span, neighbour, span_of
from campaign.languages import current, gettext, gettext_noop, pgettext

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {
    21: gettext_noop("spring {year}"),
    22: gettext_noop("summer {year}"),
    23: gettext_noop("autumn {year}"),
    WINTER: gettext_noop("winter {year}"),
}
MARKS = {
    "~": gettext_noop("about {date}"),
    "?": gettext_noop("perhaps {date}"),
    "%": gettext_noop("perhaps about {date}"),
}
YEAR_PARTS = {
    "early": gettext_noop("early {year}"),
    "mid": gettext_noop("mid-{year}"),
    "late": gettext_noop("late {year}"),
    "beginning": gettext_noop("beginning of {year}"),
    "end": gettext_noop("end of {year}"),
}
DECADE_PARTS = {
    "": gettext_noop("the {year}s"),
    "early": gettext_noop("the early {year}s"),
    "mid": gettext_noop("the mid-{year}s"),
    "late": gettext_noop("the late {year}s"),
}


def public_words(edtf: str) -> str:
    """Return `edtf` in words of the language that is spoken: "June to July 2017", "about 2017", "before 2019".

    "" gives "". Raises ValueError as `parse`.
    """
    return _worded(edtf, current().catalogue) if edtf else ""


def adverbial(edtf: str) -> str:
    """Return `edtf` as a sentence takes it: "on 3 May 2024", "in May 2024", "about 2017"; "" gives ""."""
    return _worded_in_a_sentence(edtf, current().catalogue) if edtf else ""


@lru_cache(maxsize=8192)
def _worded_in_a_sentence(edtf: str, _catalogue: NullTranslations) -> str:
    words, span = public_words(edtf), span_of(edtf)
    if _stands_alone(span):
        return words
    if span.start is not None and span.is_single and span.start.day:
        return pgettext("when", "on {date}").format(date=words)
    if _is_end(span):
        return pgettext("when", "at the {date}").format(date=words)
    return pgettext("when", "in {date}").format(date=words)


# A page has dozens of dates, and most are the same few thousand days, months and years.
@lru_cache(maxsize=8192)
def _worded(edtf: str, _catalogue: NullTranslations) -> str:
    return _words(span_of(edtf))


def _words(span: Span) -> str:
    if span.start is not None and span.end is not None:
        if span.is_single:
            return _marked(span.start)
        return _part(span) or _span(span.start, span.end)
    if span.start is not None:
        beside = neighbour(span.start, -1)
        if beside:
            return gettext("after {date}").format(date=_marked(beside))
        return gettext("{date} or later").format(date=_marked(span.start))
    assert span.end is not None, "a date that is open at both ends is none"
    # The notation includes its ends: what ends with 2018 is before 2019.
    beside = neighbour(span.end, 1)
    if beside:
        return gettext("before {date}").format(date=_marked(beside))
    return gettext("{date} or earlier").format(date=_marked(span.end))


def _part(span: Span) -> str:
    if span.start is None or span.end is None:
        return ""
    decade_part = parts.named_decade_part(span)
    if decade_part is not None:
        return gettext(DECADE_PARTS[decade_part]).format(year=span.start.year // 10 * 10)
    if parts.is_turn_of_year(span):
        words = gettext("end of {first} to beginning of {second}")
        return words.format(first=span.start.year, second=span.end.year)
    part = parts.named_year_part(span)
    return gettext(YEAR_PARTS[part]).format(year=span.start.year) if part else ""


def _span(start: Point, end: Point) -> str:
    if start.mark == end.mark:
        return _with_mark(start.mark, _joined(start, end))
    return gettext("{start} to {end}").format(start=_marked(start), end=_marked(end))


def _joined(start: Point, end: Point) -> str:
    """Return a span that says once what its ends share: the year, the month."""
    is_english = current().is_english
    if is_english or start.is_season or end.is_season or not start.month or bool(start.day) != bool(end.day):
        first = _english_start(start, end) if is_english else _bare(start)
        return gettext("{start} to {end}").format(start=first, end=_bare(end))
    return format_interval(start.first, end.first, "yMMMMd" if start.day else "yMMMM", locale=current().locale)


def _english_start(start: Point, end: Point) -> str:
    """Return the start of a span without the month and the year that its end repeats."""
    if start.year != end.year or not start.month or not end.month:
        return _bare(start)
    if start.day and end.day and start.month == end.month:
        return str(start.day)
    return _bare(start).removesuffix(f" {start.year}")


def _marked(point: Point) -> str:
    return _with_mark(point.mark, _bare(point))


def _with_mark(mark: str, words: str) -> str:
    return gettext(MARKS[mark]).format(date=words) if mark else words


def _bare(point: Point) -> str:
    if point.is_season:
        return gettext(SEASONS[point.month]).format(year=point.year)
    if current().is_english:
        month = MONTH_NAMES[point.month - 1] if point.month else ""
        return " ".join(str(part) for part in (point.day, month, point.year) if part)
    skeleton = "yMMMMd" if point.day else "yMMMM" if point.month else "y"
    return format_skeleton(
        skeleton, datetime.date(point.year, point.month or 1, point.day or 1), locale=current().locale
    )


def _stands_alone(span: Span) -> bool:
    """Say whether the words of a date need nothing before them in a sentence: "about 2017", "before 2019"."""
    if span.start is None or span.end is None:
        point, step = (span.end, 1) if span.start is None else (span.start, -1)
        return point is not None and neighbour(point, step) is not None
    part = parts.named_year_part(span)
    is_named = bool(part) or parts.named_decade_part(span) is not None or parts.is_turn_of_year(span)
    return part == "beginning" or (not is_named and bool(span.start.mark))


def _is_end(span: Span) -> bool:
    return span.end is not None and (parts.named_year_part(span) == "end" or parts.is_turn_of_year(span))

"""Dates for the public, made from the notation alone: the words as written stay at the desk.

A language is one function in LANGUAGES, because order and case differ too much for templates.
"""

from collections.abc import Callable

from campaign.dates import parts
from campaign.dates.edtf import WINTER, Point, Span, neighbour, span_of

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", WINTER: "winter"}
MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
YEAR_PARTS = {
    "early": "early ",
    "mid": "mid-",
    "late": "late ",
    "beginning": "beginning of ",
    "end": "end of ",
}
DECADE_PARTS = {"": "the ", "early": "the early ", "mid": "the mid-", "late": "the late "}


def public_words(edtf: str, locale: str = "en") -> str:
    """Return `edtf` in the words of `locale`: "June to July 2017", "about 2017", "before 2019".

    "" gives "". A locale without words of its own gets English. Raises ValueError as `parse`.
    """
    if not edtf:
        return ""
    language = locale.replace("_", "-").split("-")[0].lower()
    return LANGUAGES.get(language, _english)(span_of(edtf))


def _english(span: Span) -> str:
    if span.start is not None and span.end is not None:
        if span.is_single:
            return _marked(span.start)
        return _english_part(span) or _english_span(span.start, span.end)
    if span.start is not None:
        return _english_open(span.start, -1, "after", "or later")
    return _english_open(span.end, 1, "before", "or earlier") if span.end else ""


def _english_open(point: Point, step: int, word: str, otherwise: str) -> str:
    """Return "before 2019" for what ends with 2018: the notation includes its ends."""
    beside = neighbour(point, step)
    return f"{word} {_marked(beside)}" if beside else f"{_marked(point)} {otherwise}"


def _english_part(span: Span) -> str:
    if span.start is None or span.end is None:
        return ""
    decade_part = parts.named_decade_part(span)
    if decade_part is not None:
        return f"{DECADE_PARTS[decade_part]}{span.start.year // 10 * 10}s"
    if parts.is_turn_of_year(span):
        return f"end of {span.start.year} to beginning of {span.end.year}"
    part = parts.named_year_part(span)
    return f"{YEAR_PARTS[part]}{span.start.year}" if part else ""


def _english_span(start: Point, end: Point) -> str:
    if start.mark == end.mark:
        return f"{MARKS[start.mark]}{_english_shared(start, end)} to {_bare(end)}"
    return f"{_marked(start)} to {_marked(end)}"


def _english_shared(start: Point, end: Point) -> str:
    """Return the start of a span without the month and the year that its end repeats."""
    if start.year != end.year or not start.month or not end.month:
        return _bare(start)
    if start.day and end.day and start.month == end.month:
        return str(start.day)
    return _bare(start).removesuffix(f" {start.year}")


def _marked(point: Point) -> str:
    return MARKS[point.mark] + _bare(point)


def _bare(point: Point) -> str:
    if point.is_season:
        return f"{SEASONS[point.month]} {point.year}"
    month = MONTHS[point.month - 1] if point.month else ""
    return " ".join(str(part) for part in (point.day, month, point.year) if part)


LANGUAGES: dict[str, Callable[[Span], str]] = {"en": _english}

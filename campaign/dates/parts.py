"""What "early", "mid" and "end" mean of a year and of a decade: the one table of it.

A year is cut in thirds, as ISO 8601-2:2019 (4.8, the four-month groupings 37 to 39) cuts it, and
the ends are marked as about (~), because nobody who writes "early" means a day. "Beginning" and
"end" are the outer two months. A decade is cut in the same way, at whole years.
"""

from campaign.dates.edtf import Point, Span

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
    "first-half": (1, 6), "second-half": (7, 12),
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

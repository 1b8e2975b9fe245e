"""Two dates joined: "2016-2017", "June-July 2017", "3 to 5 May 2017", "End 2017-beginning 2018"."""

import re
from collections.abc import Callable, Iterator

from campaign.dates.edtf import Point, Span
from campaign.dates.phrases import MONTHS

_JOINTS = re.compile(r"\s*[-/]\s*|\s+(?:to|or|and|until|till|through|по)\s+")
_LEADING = re.compile(r"^(?:between|from|during|с)\s+")
Reader = Callable[[str], Span | None]


def read_span(text: str, read_side: Reader) -> Span | None:
    """Return the span that all of `text` tells, both ends read by `read_side`, or None.

    What the first side leaves out (the year, the month) is taken from the second, as people do;
    a first month later than the second lies in the year before ("December-January 2018").
    """
    text = _LEADING.sub("", text)
    for joint in _JOINTS.finditer(text):
        right = read_side(text[joint.end() :])
        if right is None or right.start is None:
            continue
        for words in _completed(text[: joint.start()], right.start):
            left = read_side(words)
            span = _joined(left, right) if left else None
            if span:
                return span
    return None


def _completed(words: str, right: Point) -> Iterator[str]:
    yield words
    if right.day:
        yield f"{words} {MONTHS[right.month - 1].lower()} {right.year}"
    yield f"{words} {right.year}"
    yield f"{words} {right.year - 1}"


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
    return Point(outer.year, outer.month, mark="%" if point.mark in ("?", "%") else "~")

"""What people write, into the notation: "June-July 2017", "Early 2016", "After 2015", "Mar-18".

The whole text is understood or none of it: half-read words would be a date that nobody wrote.
Order of reading: the unknowns, the notation itself, single dates, what stands inside a mark (about,
perhaps), spans, open ends (before, after).
"""

import datetime
import re
import unicodedata

from campaign.clock import now
from campaign.dates import lexicon
from campaign.dates.edtf import Point, Span, neighbour, span_of
from campaign.dates.partial import PartialDate, UnknownKind
from campaign.dates.single import read_single
from campaign.dates.spans import read_span

LONGEST = 120
# Outside these years a number is a spreadsheet's, another calendar's or a slip, not a year of ours.
FIRST_YEAR, LAST_YEAR = 1800, 2199

_DASHES = re.compile("[\u2010-\u2015\u2212]|(?<=[0-9])[~\u301c](?=[0-9])")
_MARK_BEFORE = re.compile(rf"(?:(?P<about>(?:{lexicon.ABOUT})\b\.?|~)|(?:{lexicon.PERHAPS})\b)\s*")
_MARK_AFTER = re.compile(
    r"\s*(?:(?P<about>~|\((?:approx\.?|approximately|about|circa|c\.)\))|\?|\(\?\)|\(uncertain\))$"
)
_OPENING = re.compile(rf"({'|'.join(lexicon.OPENINGS)})\s+(.+)")
_OR_BEYOND = re.compile(r"(.+?)\s*(?:or|and) (later|after|earlier|before)")


def read(words: str, *, today: datetime.date | None = None) -> PartialDate:
    """Return the date that `words` tell, and always the words themselves; never raises.

    What can't be read, or not in one way, is widened or keeps its words alone: "04/05/2017" is
    both its months, "12.04.1974" is day first (dots are, everywhere), "Mar-18" is a spreadsheet's
    March 2018, marked "?", "2017-21" is the notation's spring. `today` decides the century of a
    two-digit year: the latest that is not in the future.
    """
    if len(words) > LONGEST:
        return PartialDate(written=words)
    text = _plain(words)
    unknown = _unknown_kind(text)
    if unknown:
        return PartialDate(written=words, unknown=unknown)
    span = _notation(words) or _read(text, today or now().date())
    return span.dated(words) if span and _is_plausible(span) else PartialDate(written=words)


def _plain(words: str) -> str:
    """Return lower case with plain digits, dashes and spaces, and Chinese in the same shapes."""
    text = unicodedata.normalize("NFKC", words).lower()
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    text = " ".join(_DASHES.sub("-", text).split()).strip(" .,;")
    for pattern, shape in lexicon.CHINESE:
        text = pattern.sub(shape, text)
    return text


def _unknown_kind(text: str) -> UnknownKind:
    return lexicon.UNKNOWN.get(text.strip("()[]"), "")


def _notation(words: str) -> Span | None:
    try:
        return span_of(words.strip())
    except ValueError:
        return None


def _read(text: str, today: datetime.date) -> Span | None:
    return _read_closed(text, today) or _read_open(text, today)


def _read_closed(text: str, today: datetime.date) -> Span | None:
    """Return a date with two ends, marked or not. A mark is of the whole span, so it goes first."""

    def side(words: str) -> Span | None:
        return read_single(words, today) or _read_marked(words, today)

    return read_single(text, today) or _read_marked(text, today) or read_span(text, side)


def _read_marked(text: str, today: datetime.date) -> Span | None:
    found = _MARK_BEFORE.match(text) or _MARK_AFTER.search(text)
    if not found:
        return None
    inner = _read_closed(text[: found.start()] + text[found.end() :], today)
    mark = "~" if found["about"] else "?"
    if inner is None or inner.start is None or inner.end is None:
        return None
    return Span(_with_mark(inner.start, mark), _with_mark(inner.end, mark))


def _read_open(text: str, today: datetime.date) -> Span | None:
    beyond = _OR_BEYOND.fullmatch(text)
    if beyond:
        end, shut_out = ("end", False) if beyond[2] in ("later", "after") else ("start", False)
        return _opened(_read_closed(beyond[1], today), end, shut_out=shut_out)
    found = _OPENING.fullmatch(text)
    if not found:
        return None
    end, shut_out = lexicon.OPENINGS[found[1]]
    return _opened(_read_closed(found[2], today), end, shut_out=shut_out)


def _opened(inner: Span | None, open_end: str, *, shut_out: bool) -> Span | None:
    """Return `inner` open at its start or end: "after 2015" starts with 2016, "since" with 2015."""
    if inner is None or inner.start is None or inner.end is None:
        return None
    if open_end == "start":
        return Span(None, _beside(inner.start, -1) if shut_out else inner.end)
    return Span(_beside(inner.end, 1) if shut_out else inner.start, None)


def _beside(point: Point, step: int) -> Point:
    """Return the unit next to `point`; next to a season that is a month."""
    if not point.is_season:
        return neighbour(point, step) or point
    outer = point.first if step < 0 else point.last
    return neighbour(Point(outer.year, outer.month, mark=point.mark), step) or point


def _with_mark(point: Point, mark: str) -> Point:
    mark = mark if point.mark in ("", mark) else "%"
    return Point(point.year, point.month, point.day, mark)


def _is_plausible(span: Span) -> bool:
    return all(point is None or FIRST_YEAR <= point.year <= LAST_YEAR for point in (span.start, span.end))

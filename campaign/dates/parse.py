"""The parser of dates as people write them, into EDTF: "June-July 2017", "Early 2016", "After 2015", "Mar-18".

The whole text is understood or none of it: half-read words would be a date that nobody wrote. Order of reading: the
unknowns, the notation itself, single dates (in numbers, in words, or as a spreadsheet damages them), what stands inside
a mark (about, perhaps), spans of two dates ("3 to 5 May 2017"), open ends (before, after).
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator

from campaign.clock import now
from campaign.dates import lexicon
from campaign.dates.edtf import PartialDate, Point, Span, UnknownKind, neighbour, part_of_decade, part_of_year, span_of
from campaign.dates.lexicon import FILLERS, MONTHS, Kind, kind_of
from campaign.dates.phrases import MONTH_NAMES

_YEAR_FIRST = re.compile(r"([0-9]{4})([-./ ])([0-9]{1,2})\2([0-9]{1,2})(?:[t ][0-9:.,z+-]+)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])\s?([0-9]{1,2})\2\s?([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-./]([0-9]{4})")
_YEAR_AND_TWO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"(?:([0-9]{1,2})-)?([a-z]+)(?:-|\s?['’])([0-9]{2})")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th|-?го)\b")

_ORDERS: frozenset[tuple[Kind, ...]] = frozenset({
    ("year",), ("decade",), ("part", "decade"),
    ("month", "year"), ("year", "month"), ("part", "month", "year"), ("half", "month", "year"),
    ("day", "month", "year"), ("month", "day", "year"), ("year", "month", "day"),
    ("season", "year"), ("year", "season"), ("part", "season", "year"),
    ("part", "year"), ("year", "part"), ("half", "year"), ("year", "half"),
})  # fmt: skip
_JOINTS = re.compile(r"\s*[-/]\s*|\s+(?:to|or|and|until|till|through|по)\s+")
_LEADING = re.compile(r"^(?:between|from|during|с)\s+")
Reader = Callable[[str], Span | None]
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


def read_single(text: str, today: datetime.date) -> Span | None:
    """Return the date that all of `text` tells, or None. `text` is plain: lower case, no NULs."""
    return _in_numbers(text) or _damaged(text, today) or _in_words(text)


def _point(year: int, month: int = 0, day: int = 0, mark: str = "") -> Span | None:
    point = Point(year, month, day, mark)
    try:
        return span_of(point.text)
    except ValueError:
        return None


def _in_numbers(text: str) -> Span | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _point(int(found[1]), int(found[3]), int(found[4]))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _day_and_month(int(found[1]), int(found[3]), int(found[4]), found[2])
    found = _MONTH_YEAR.fullmatch(text)
    if found:
        return _month(int(found[2]), int(found[1]))
    found = _YEAR_AND_TWO.fullmatch(text)
    return _year_and_two(int(found[1]), found[2]) if found else None


def _day_and_month(first: int, second: int, year: int, sign: str) -> Span | None:
    """Return a day, or both months where 04/05 may be April or May; dots are always day first."""
    day_first = _point(year, second, first) if 1 <= second <= 12 else None
    month_first = _point(year, first, second) if 1 <= first <= 12 and sign != "." else None
    if day_first and month_first and first != second:
        months = sorted((first, second))
        return Span(Point(year, months[0]), Point(year, months[1]))
    return day_first or month_first


def _month(year: int, month: int) -> Span | None:
    return _point(year, month) if 1 <= month <= 12 else None


def _year_and_two(year: int, two: str) -> Span | None:
    """Return the month of "2017/05", the years of "2016/17", and both for "2010/11"."""
    later = year // 100 * 100 + int(two)
    if len(two) == 2 and later > year:
        return Span(Point(year), Point(later))
    return _month(year, int(two))


def _damaged(text: str, today: datetime.date) -> Span | None:
    """Return the month of "mar-18": a spreadsheet's short form of month and year, never sure.

    "18-mar" is its short form of a day without a year, so it stays unread.
    """
    found = _SHORT_YEAR.fullmatch(text)
    if not found or found[2] not in MONTHS:
        return None
    year = today.year // 100 * 100 + int(found[3])
    year -= 100 if year > today.year else 0
    return _point(year, MONTHS[found[2]], int(found[1] or 0), "?")


def _in_words(text: str) -> Span | None:
    spaced = re.sub(r"[-,]", " ", _ORDINAL.sub(r"\1", text))
    spaced = re.sub(r"\b(first|second) half\b", r"\1-half", spaced)
    kinds = [kind_of(word) for word in _words(spaced)]
    known = [kind for kind in kinds if kind is not None]
    if len(known) != len(kinds) or tuple(kind for kind, _ in known) not in _ORDERS:
        return None
    return _build(dict(known))


def _words(spaced: str) -> list[str]:
    words = [word.rstrip(".") if len(word) > 2 else word for word in spaced.split()]
    return [word for word in words if word not in FILLERS]


def _build(told: dict[Kind, str]) -> Span | None:
    if "decade" in told:
        return part_of_decade(told.get("part", ""), int(told["decade"]))
    year = int(told["year"])
    # "Early May 2017" stays May: the notation has no thirds of a month, and days are not invented.
    month = int(told.get("month") or told.get("season") or 0)
    if month:
        return _point(year, month, int(told.get("day", 0)))
    part = told.get("part") or told.get("half")
    return part_of_year(part, year) if part else _point(year)


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
        yield f"{words} {MONTH_NAMES[right.month - 1].lower()} {right.year}"
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

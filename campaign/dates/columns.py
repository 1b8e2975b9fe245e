"""A column of dates: what in it can be read in more than one way, asked once, and a reader that takes the answer.

Nothing is guessed row by row. Without an answer "03/04/1974" stays both its months, and what is of another calendar, or
a spreadsheet's number, stays words with its likely reading told beside.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from campaign.clock import now
from campaign.dates import calendars, parse
from campaign.dates.calendars import CALENDARS, LABELS, Calendar
from campaign.dates.edtf import PartialDate, Point, Span, span_of
from campaign.dates.phrases import public_words
from campaign.dates.shapes import plain
from campaign.dates.single import is_no_date

SHOWN = 5  # cells named as evidence
# A first of January that so many cells and so great a part of a column share is what a program wrote for none.
_OFTEN, _A_TENTH = 5, 10
_NUMBERS = re.compile(r"([0-9]{1,2})\s?[-/]\s?([0-9]{1,2})\s?[-/]\s?([0-9]{4}|[0-9]{2})(?:,? [0-9:apm ]+)?")
_TWO_YEARS_OR_SEASON = re.compile(r"([0-9]{4})-(2[1-4])")
_NOTHING = {"null", "nil", "none", "nan", "nat", "n/a", "na", "#n/a", "tbc", "tbd"}
# The first days of spreadsheets and databases, in which an empty cell is shown; a day in words is meant.
_FIRST_DAYS = frozenset(
    {
        "1-1-1900",
        "1900-1-",
        "-1-1900",
        "1900-1-1",
        "1-1-1",
        "1899-12-30",
        "1899-12-31",
        "30-12-1899",
        "31-12-1899",
        "12-30-1899",
        "12-31-1899",
    }
)
_TIME_BEHIND = re.compile(r"[ t][0-9:.,apmz+ -]+$")


class Reading(msgspec.Struct, frozen=True):
    """A person's answer for a column: which number is the day, of which calendar its dates are; None and "" unasked.

    With a calendar only dates that can be of it are converted; the others are read as ours.
    """

    day_first: bool | None = None
    calendar: Calendar | Literal[""] = ""


AS_WRITTEN = Reading()


class Question(NamedTuple):
    """What a person has to say of a column before its open cells can be read.

    `kind` is "day_first", "calendar" or "placeholder"; `open_count` cells of `of` are open, the first of them `cells`;
    `likely` is the answer that most speaks for ("day first", "month first", a calendar), "" where nothing does, and
    `evidence` the cells that do.
    """

    kind: Literal["day_first", "calendar", "placeholder"]
    sentence: str
    open_count: int
    of: int
    cells: tuple[str, ...]
    likely: str = ""
    evidence: tuple[str, ...] = ()


def read(words: str, reading: Reading = AS_WRITTEN, *, today: datetime.date | None = None) -> PartialDate:
    """Return the date of a cell by a person's answer for its column; never raises, and always keeps the words."""
    return _read(words, reading, today or now().date())


# A sheet says the same few thousand dates, and each is asked for by its column and by its row.
@lru_cache(maxsize=16384)
def _read(words: str, reading: Reading, today: datetime.date) -> PartialDate:
    if is_placeholder(words):
        return PartialDate(written=words, unknown="not_known")
    span = _of_calendar(words, reading) or _of_two_years(words) or _by_order(words, reading, today)
    return span.dated(words) if span else parse.read(words, today=today)


def is_placeholder(words: str) -> bool:
    """Say whether `words` are what programs write where there is no date: "1900-01-01", "1/0/1900", "NULL"."""
    text = plain(words)
    numbers = re.split("[-./]", _TIME_BEHIND.sub("", text))
    day = "-".join(number.lstrip("0") for number in numbers)
    return text in _NOTHING or is_no_date(text) or day in _FIRST_DAYS


def doubt(words: str, *, today: datetime.date | None = None) -> str:
    """Return what a person should know of a cell that was not read, or not wholly: its likely readings; else ""."""
    if is_placeholder(words):
        return "This is no date, but what stands where none is known. No date is taken; the words are kept."
    found = {calendar: span for calendar in calendars.possible(words) if (span := calendars.convert(words, calendar))}
    if not parse.read(words, today=today).edtf and found:
        said = " or ".join(f"{public_words(span.text)} by {LABELS[calendar]}" for calendar, span in found.items())
        return f"This may mean {said}. Say so for the column if it does; until then the words are kept."
    return parse.doubt(words, today=today)


def is_years_or_season(words: str) -> bool:
    """Say whether `words` are read as years and may be a season of the notation: "2021-22"."""
    return _of_two_years(words) is not None


def _of_calendar(words: str, reading: Reading) -> Span | None:
    calendar = reading.calendar
    if not calendar or calendar == "gregorian":
        return None
    possible = calendars.possible(words)
    is_of_it = calendar in possible or (calendar == "minguo" and not possible)
    return calendars.convert(words, calendar) if is_of_it else None


def _of_two_years(words: str) -> Span | None:
    """Return the years of "2021-22", which a list means; the notation's summer 2021 lies within them."""
    found = _TWO_YEARS_OR_SEASON.fullmatch(plain(words))
    year, later = (int(found[1]), int(found[1]) // 100 * 100 + int(found[2])) if found else (0, 0)
    return Span(Point(year), Point(later)) if year < later else None


def _by_order(words: str, reading: Reading, today: datetime.date) -> Span | None:
    """Return the day of "03/04/1974" by which number the person says is the day."""
    found = _NUMBERS.fullmatch(plain(words)) if reading.day_first is not None else None
    if not found:
        return None
    day, month = (found[1], found[2]) if reading.day_first else (found[2], found[1])
    spelled = parse.read(f"{day}.{month}.{found[3]}", today=today)
    return span_of(spelled.edtf) if spelled.edtf else None


def questions(cells: Iterable[str], reading: Reading = AS_WRITTEN) -> tuple[Question, ...]:
    """Return what a person has to say of a column's cells, of which empty ones are left out; () where all is clear."""
    told = [cell for cell in cells if cell.strip()]
    asked = [_day_first(told)] if reading.day_first is None else []
    asked += [_calendar(told)] if not reading.calendar else []
    return tuple(question for question in (*asked, _repeated(told)) if question)


def _day_first(cells: Sequence[str]) -> Question | None:
    pairs = [(cell, int(found[1]), int(found[2])) for cell in cells if (found := _NUMBERS.fullmatch(plain(cell)))]
    either = [cell for cell, one, other in pairs if one != other and 1 <= one <= 12 and 1 <= other <= 12]
    day_first = [cell for cell, one, other in pairs if one > 12 >= other]
    month_first = [cell for cell, one, other in pairs if other > 12 >= one]
    if not either:
        return None
    likely = "" if bool(day_first) == bool(month_first) else "day first" if day_first else "month first"
    evidence = tuple((day_first or month_first)[:SHOWN]) if likely else (*day_first[:2], *month_first[:2])
    sentence = f"Is the day or the month first, as in “{either[0]}”? {_counted(either, cells)} can be read both ways."
    if likely:
        sentence += f" “{evidence[0]}” speaks for {likely}."
    elif evidence:
        sentence += f" “{day_first[0]}” and “{month_first[0]}” contradict each other: the column holds both."
    return Question("day_first", sentence, len(either), len(cells), tuple(either[:SHOWN]), likely, evidence)


def _calendar(cells: Sequence[str]) -> Question | None:
    found = [(cell, calendars.possible(cell)) for cell in cells]
    of_others = [(cell, names) for cell, names in found if names]
    if not of_others:
        return None
    sure = Counter(names[0] for _, names in of_others if len(names) == 1)
    counts = Counter(name for _, names in of_others for name in names)
    likely = (sure or counts).most_common(1)[0][0]
    named = [name for name in CALENDARS if name in counts]
    example = of_others[0][0]
    sentence = (
        f"Which calendar is “{example}” of? {_counted(of_others, cells)} may be of "
        f"{' or of '.join(LABELS[name] for name in named)}. They are kept as words until you say so."
    )
    evidence = tuple(cell for cell, names in of_others if names == (likely,))[:SHOWN]
    shown = tuple(cell for cell, _ in of_others[:SHOWN])
    return Question("calendar", sentence, len(of_others), len(cells), shown, likely, evidence)


def _repeated(cells: Sequence[str]) -> Question | None:
    """Return a question about a first of January that many cells share, which may stand for no date."""
    days = Counter(date.edtf for date in map(read, cells) if re.fullmatch("[0-9]{4}-01-01", date.edtf))
    day, count = next(iter(days.most_common(1)), ("", 0))
    if count < _OFTEN or count * _A_TENTH < len(cells):
        return None
    sentence = f"{public_words(day)} stands in {count} of {len(cells)} cells. It may stand for “not known”: look."
    shown = tuple(cell for cell in cells if read(cell).edtf == day)[:SHOWN]
    return Question("placeholder", sentence, count, len(cells), shown)


def _counted(some: Sequence[object], cells: Sequence[str]) -> str:
    return f"{len(some)} of {len(cells)} cells"

"""Numbers and dates as the number format of their cell shows them (ECMA-376 part 1, 18.8.30 and 18.8.31).

One rule: a written word is never finer than what the sheet shows, and never loses what it shows.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

GENERAL = ""
# The formats that a workbook need not write down, as far as they change what is read.
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 17: "mmm-yy"}
# Text in quotes, an escaped letter, a space as wide as a letter, a filler, a colour, condition or locale.
PIECES = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(AM/PM|A/P|[yY]+|[mM]+|[dD]+|[hHsSeEgG]+)|(.)', re.DOTALL)
NUMBER = re.compile(r"([^0#?.,%]*)([0#?,]*)(?:\.([0#?]*))?(%?)([^0#?.,%]*)")
MOST_DIGITS = 15  # of a number of a workbook; the rest are lost


class DateFormat(NamedTuple):
    """A date format by its pieces, ("y", "yyyy") or ("", literal); `has_day` where the day is to be read."""

    pieces: tuple[tuple[str, str], ...]
    has_day: bool


def plain(value: object) -> str:
    """Return a value as a cell without a format of its own shows it, a date as its day."""
    if value.__class__ is datetime.date:
        return str(value)
    return shown(value, GENERAL)


def shown(value: object, number_format: str) -> str:
    """Return a value as its cell shows it: a year alone as "1974", zeros in front, "May 2017" without a day."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime.date):
        if _date_format(number_format).has_day:
            return datetime.date(value.year, value.month, value.day).isoformat()
        return _month(value.year, value.month, number_format)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


@lru_cache(maxsize=4096)
def _month(year: int, month: int, number_format: str) -> str:
    pieces = _date_format(number_format).pieces
    words = "".join(_piece(datetime.date(year, month, 1), kind, text) for kind, text in pieces).strip()
    # A month alone would lose the year that the cell holds.
    return words if any(kind == "y" for kind, _ in pieces) else f"{words} {year}"


def _piece(value: datetime.date, kind: str, text: str) -> str:
    if kind == "y":
        return f"{value.year:04}" if len(text) > 2 else f"{value.year % 100:02}"
    if kind == "m":
        # MMMMM shows the first letter, which says too little.
        name = value.strftime("%B")
        return {1: str(value.month), 2: f"{value.month:02}", 3: name[:3]}.get(len(text), name)
    return text


@lru_cache(maxsize=256)
def _date_format(text: str) -> DateFormat:
    pieces = []
    for quoted, escaped, letters, other in PIECES.findall(text.split(";")[0]):
        kind = letters[:1].lower()
        if kind in {"h", "a"}:
            break  # what follows is of the clock, and m its minutes
        pieces.append((kind, letters) if letters else ("", quoted or escaped or other))
    # An era has its own years, and a clock says no month: the day, which the cell holds, is what can be read.
    kinds = {kind for kind, _ in pieces}
    has_day = bool(kinds & {"d", "e", "g", "s"}) or not kinds & {"y", "m"}
    return DateFormat(tuple(pieces), has_day)


def _number(value: float, number_format: str) -> str:
    found = _number_format(number_format)
    if found is None or value < 0:
        return _plain(value)
    before, whole, after, percent, behind = found
    text = f"{value * 100 if percent else value:.{len(after)}f}"
    digits, _, fraction = text.partition(".")
    fewest = after.count("0")
    kept = fraction[:fewest] + fraction[fewest:].rstrip("0")
    digits = digits.zfill(whole.replace(",", "").count("0"))
    return f"{before}{digits}{'.' + kept if kept else ''}{percent}{behind}".strip()


def _plain(value: float) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


@lru_cache(maxsize=256)
def _number_format(text: str) -> tuple[str, str, str, str, str] | None:
    """Return a format as what stands before, digits, decimals, a percent sign, what stands behind; None for others."""
    first = text.split(";")[0]
    if not first or first.lower() in {"general", "@"} or re.search(r"\[[<>=]|[eE][+-]|/", first):
        return None
    marks: list[str] = []
    # Literals are put aside, so that a digit in quotes is no place for one.
    pieces = PIECES.findall(first)
    bare = "".join(_aside(quoted or escaped, letters or other, marks) for quoted, escaped, letters, other in pieces)
    found = NUMBER.fullmatch(bare)
    if found is None or not found[2] + (found[3] or ""):
        return None
    before, behind = (_back(part, marks) for part in (found[1], found[5]))
    return before, found[2], found[3] or "", found[4], behind


def _aside(literal: str, other: str, marks: list[str]) -> str:
    if not literal:
        return other
    marks.append(literal)
    return chr(0xE000 + len(marks) - 1)


def _back(part: str, marks: list[str]) -> str:
    return "".join(marks[ord(letter) - 0xE000] if 0 <= ord(letter) - 0xE000 < len(marks) else letter for letter in part)


def changes_what_is_read(number_format: str) -> bool:
    """Tell whether a format shows something else than the plain number, or the day, that a cell holds."""
    if not number_format or number_format.lower() in {"general", "@"}:
        return False
    chosen = _date_format(number_format)
    return not chosen.has_day or _number_format(number_format) is not None


def is_inexact(value: object) -> bool:
    """Tell whether a number has more digits than a workbook keeps, such as an identity number of 18."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**MOST_DIGITS

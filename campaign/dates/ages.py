"""Ages: read as people write them, and reckoned from a birth. Never surer than the words and the dates."""

import datetime
import re

import msgspec

from campaign.dates.edtf import PartialDate
from campaign.dates.reckoning import outer_bounds, whole_months

OLDEST = 120
# An age in a sheet is "as of" a day that nobody wrote down: a year either way is no contradiction.
AS_OF_YEARS = 1
ABOUT_YEARS = 5
LONGEST = 60
_ABOUT = re.compile(r"^(?:about|around|approximately|approx\.?|circa|ca?\.|roughly|~)\s*")
_AROUND_IT = re.compile(r"^(?:aged?|in (?:his|her|their)|the)\s+|\s*(?:years? old|years?|y\.?o\.?|岁)$")
_NUMBER = re.compile(r"([0-9]{1,3})(\??)")
_RANGE = re.compile(r"([0-9]{1,3})\s*(?:-|to|or|/)\s*([0-9]{1,3})")
_DECADE = re.compile(r"(?:(early|mid|late)[\s-]+)?(?:([1-9])0'?s|([a-z]+))")
_TENS = dict(
    zip(["teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
        range(10, 100, 10), strict=True)
)  # fmt: skip
_DECADE_PARTS = {"": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}


class AgeRange(msgspec.Struct, frozen=True):
    """An age in completed years, from `low` to `high` inclusive, with the words it was read from.

    `approximate` says that the words themselves are vague ("about 60", "early seventies").
    """

    low: int
    high: int
    approximate: bool
    written: str


def parse_age(words: str) -> AgeRange | None:
    """Return the age that `words` tell: "42", "30-35", "About 60", "Early seventies".

    None for anything else, open ages ("over 60") included: the caller keeps the words.
    """
    text = " ".join(words[: LONGEST + 1].lower().split()).replace("–", "-")
    if len(words) > LONGEST:
        return None
    plain = _AROUND_IT.sub("", _ABOUT.sub("", text))
    found = _read_number(plain) or _read_decade(plain)
    if found is None:
        return None
    low, high, vague = found
    if not 0 <= low <= high <= OLDEST:
        return None
    return AgeRange(low, high, vague or bool(_ABOUT.match(text)), words)


def age_between(birth: PartialDate, at: PartialDate) -> tuple[int, int] | None:
    """Return the least and the greatest age that somebody born on `birth` can have on `at`.

    None when an end of either is open or unknown, or when `at` lies before the birth.
    """
    first_birth, last_birth = outer_bounds(birth)
    first_day, last_day = outer_bounds(at)
    if first_birth is None or last_birth is None or first_day is None or last_day is None:
        return None
    low, high = _years(last_birth, first_day), _years(first_birth, last_day)
    return None if high < 0 else (max(low, 0), high)


def age_agrees(age: AgeRange, birth: PartialDate, on: datetime.date) -> bool | None:
    """Say whether `age` can be true of somebody born on `birth`, about the day `on`.

    A year either way is allowed, and five where the age is approximate. None when the birth is
    not known well enough to tell.
    """
    reckoned = age_between(birth, PartialDate(earliest=on, latest=on))
    if reckoned is None:
        return None
    slack = ABOUT_YEARS if age.approximate else AS_OF_YEARS
    return age.low - slack <= reckoned[1] and reckoned[0] <= age.high + slack


def _years(birth: datetime.date, day: datetime.date) -> int:
    return whole_months(birth, day) // 12


def _read_number(text: str) -> tuple[int, int, bool] | None:
    one = _NUMBER.fullmatch(text)
    if one:
        return int(one[1]), int(one[1]), bool(one[2])
    two = _RANGE.fullmatch(text)
    return (int(two[1]), int(two[2]), False) if two else None


def _read_decade(text: str) -> tuple[int, int, bool] | None:
    found = _DECADE.fullmatch(text)
    if not found:
        return None
    ten = int(found[2]) * 10 if found[2] else _TENS.get(found[3])
    if ten is None:
        return None
    first, last = _DECADE_PARTS[found[1] or ""]
    return ten + first, ten + last, True

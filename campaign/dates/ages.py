"""Ages: read as people write them, and reckoned from a birth. Never surer than the words and the dates.

`parse_age` reads what tells an age; `allowed_ages` also what only bounds one ("under 18", "a minor", "over 60"). None
means unread, which never means grown up.
"""

import datetime
import re
from collections.abc import Callable, Iterable

import msgspec

from campaign.dates import age_words
from campaign.dates.age_words import OLDEST
from campaign.dates.edtf import PartialDate
from campaign.dates.number_words import numbers_in_digits
from campaign.dates.openings import MARK_AFTER, MARK_BEFORE
from campaign.dates.reckoning import outer_bounds, whole_months
from campaign.dates.shapes import plain

# An age in a sheet is "as of" a day that nobody wrote down: a year either way is no contradiction.
AS_OF_YEARS = 1
ABOUT_YEARS = 5
LONGEST = 60
GROWN_UP = 18
_PARTS = re.compile(r"\s*[(),;/،؛()]\s*")
Ages = tuple[int, int]


class AgeRange(msgspec.Struct, frozen=True):
    """An age in completed years, from `low` to `high` inclusive, with the words it was read from.

    `approximate` says that the words themselves are vague ("about 60", "early seventies").
    """

    low: int
    high: int
    approximate: bool
    written: str


def parse_age(words: str) -> AgeRange | None:
    """Return the age that `words` tell: "42", "30-35", "About 60", "около 60 лет", "六十多岁", "Early seventies".

    None for anything else, open ages ("over 60") and words of childhood included: the caller keeps the words.
    """
    told = _told(_plain(words)) if len(words) <= LONGEST else None
    return AgeRange(told[0], told[1], told[2], words) if told else None


def allowed_ages(words: str) -> Ages | None:
    """Return the least and the greatest age, in completed years, that an age as written allows; None if unread.

    "60" gives (60, 60), "about 60" (55, 65), "under 18" and "a minor" (0, 17), "over 60" (60, 120). Where two things
    are said ("minor (16)") both hold, or either where they can't both be true. What says when the age held ("17 (at
    time of arrest)") is left out: without a day an age holds as if said today.
    """
    if len(words) > LONGEST:
        return None
    whole = _allowed(_plain(words))
    if whole:
        return whole
    parts = [age_words.WHEN.sub(" ", part).strip(" :") for part in _PARTS.split(_plain(words))]
    said = [_allowed(part) for part in parts if part]
    known = [ages for ages in said if ages is not None]
    return _together(known) if known and len(known) == len(said) else None


def _together(said: Iterable[Ages]) -> Ages:
    lows, highs = zip(*said, strict=True)
    return (max(lows), min(highs)) if max(lows) <= min(highs) else (min(lows), max(highs))


def ages_on(birth: PartialDate, day: datetime.date) -> Ages:
    """Return the least and the greatest age that somebody born on `birth` can have on a day.

    An open end is as wide as it can be: "after 2008" may be today, "before 1970" long ago; an unknown birth, or one
    that is still to come, allows a newborn.
    """
    first, last = outer_bounds(birth)
    low = years_between(last, day) if last else 0
    high = years_between(first, day) if first else OLDEST
    return max(low, 0), max(high, 0)


def reported_ages_on(words: str, reported_on: PartialDate, day: datetime.date) -> Ages | None:
    """Return the ages on a day of somebody who was as old as `words` allow when it was reported; None if unread.

    Without its day an age holds as if said on the day itself; a report that is still to come holds nothing.
    """
    ages = allowed_ages(words)
    if ages is None:
        return None
    first, last = outer_bounds(reported_on)
    if first and first > day:
        return None
    since = years_between(min(last, day), day) if last else 0
    # A year more, because the next birthday may have come the day after.
    at_most = years_between(first, day) + 1 if first else OLDEST if last else 0
    return ages[0] + since, min(ages[1] + at_most, OLDEST)


def is_shown_grown_up(birth: PartialDate, words: str, reported_on: PartialDate, day: datetime.date) -> bool:
    """Say whether the birth, or the age as reported, shows that somebody is 18 or over on a day.

    What can't be read shows nothing. Where the two contradict each other, only what both show counts; an age without
    its day contradicts no greater one, because it may have been said long ago.
    """
    known = [ages_on(birth, day)] if birth.earliest or birth.latest else []
    reported = reported_ages_on(words, reported_on, day)
    known += [(reported[0], reported[1] if reported_on.earliest else OLDEST)] if reported else []
    lows = [low for low, _ in known]
    can_both_be = max(lows, default=0) <= min((high for _, high in known), default=0)
    return max(lows if can_both_be else [min(lows, default=0)], default=0) >= GROWN_UP


def age_between(birth: PartialDate, at: PartialDate) -> Ages | None:
    """Return the least and the greatest age that somebody born on `birth` can have on `at`.

    None when an end of either is open or unknown, or when `at` lies before the birth.
    """
    first_birth, last_birth = outer_bounds(birth)
    first_day, last_day = outer_bounds(at)
    if first_birth is None or last_birth is None or first_day is None or last_day is None:
        return None
    low, high = years_between(last_birth, first_day), years_between(first_birth, last_day)
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


def years_between(birth: datetime.date, day: datetime.date) -> int:
    """Return the completed years from `birth` to a day; negative when the day is earlier."""
    return whole_months(birth, day) // 12


def _plain(words: str) -> str:
    text = plain(age_words.without_pairs(words[: LONGEST + 1].replace("½", "")))
    return numbers_in_digits(age_words.FRACTION.sub(r"\1", text))


def _allowed(text: str) -> Ages | None:
    """Return the ages that one thing said of an age allows, None where it is not understood."""
    bare = age_words.ARTICLES.sub("", text)
    if bare in age_words.CHILDHOOD:
        return age_words.CHILDHOOD[bare]
    told = _told(bare)
    if told:
        low, high, _, is_about = told
        return (max(low - ABOUT_YEARS, 0), high + ABOUT_YEARS) if is_about else (low, high)
    infant = age_words.INFANCY.fullmatch(bare)
    if infant:
        months = (int(infant["n"]) if infant["months"] else 0) + 12 * int(infant["years"] or 0)
        return months // 12, months // 12
    bounded = (bounds(age) for patterns, bounds in _BOUNDS if (age := _number_of(bare, patterns)) is not None)
    return next(bounded, None) or _child_of(bare)


def _child_of(text: str) -> Ages | None:
    """Return the ages of a child whose age is given beside the word: "17-летний подросток", "child of 12"."""
    number = age_words.BESIDE.search(text)
    rest = " ".join((text[: number.start()] + " " + text[number.end() :]).split()) if number else ""
    age = int(number["n"]) if number else OLDEST + 1
    return _together([(age, age), age_words.CHILDHOOD[rest]]) if age <= OLDEST and rest in age_words.CHILDHOOD else None


_BOUNDS: list[tuple[list[re.Pattern[str]], Callable[[int], Ages]]] = [
    (age_words.UNDER, lambda age: (0, max(age - 1, 0))),
    (age_words.UP_TO, lambda age: (0, age)),
    (age_words.OVER, lambda age: (age, OLDEST)),
    (age_words.NEARLY, lambda age: (max(age - ABOUT_YEARS, 0), max(age - 1, 0))),
    (age_words.BY_CHINESE_COUNT, lambda age: (max(age - 2, 0), max(age - 1, 0))),
]


def _told(text: str) -> tuple[int, int, bool, bool] | None:
    """Return an age with two ends, whether it is vague, and whether that is because the words say "about"."""
    text = age_words.FRAME.sub("", text)
    mark = MARK_BEFORE.match(text) or MARK_AFTER.search(text)
    bare = (text[: mark.start()] + text[mark.end() :]).strip() if mark else text
    bare = age_words.FRAME.sub("", bare)
    number = _read_number(bare)
    found = number or _read_decade(bare)
    if found is None or not 0 <= found[0] <= found[1] <= OLDEST:
        return None
    low, high, is_vague = found
    return low, high, is_vague or mark is not None, mark is not None or (number is not None and is_vague)


def _read_number(text: str) -> tuple[int, int, bool] | None:
    one = age_words.NUMBER.fullmatch(text)
    if one:
        return int(one["n"]), int(one["n"]), bool(one["doubt"])
    two = age_words.RANGE.fullmatch(text)
    if two:
        return int(two["low"]), int(two["n"]), False
    about = _number_of(text, age_words.ABOUT)
    return None if about is None else (about, about, True)


def _read_decade(text: str) -> tuple[int, int, bool] | None:
    found = age_words.DECADE.fullmatch(text)
    if not found:
        return None
    ten = int(found["ten"]) * 10 if found["ten"] else age_words.TENS.get(found["word"])
    if ten is None:
        return None
    first, last = age_words.DECADE_PARTS[found["part"] or ""]
    return ten + first, ten + last, True


def _number_of(text: str, patterns: Iterable[re.Pattern[str]]) -> int | None:
    found = next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)
    age = next(int(age) for age in found.groupdict().values() if age) if found else OLDEST + 1
    return age if age <= OLDEST else None

"""Ages as written, and ages reckoned from a birth."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.ages import age_agrees, age_between, parse_age
from campaign.dates.edtf import parse


@pytest.mark.parametrize(
    ("birth", "at", "ages"),
    [
        ("1974-04-12", "2021-04-11", (46, 46)),
        ("1974-04-12", "2021-04-12", (47, 47)),
        ("1965", "2017-05", (51, 52)),
        ("1965~", "2017-05", (50, 53)),
        ("2017", "2017-05", (0, 0)),
        ("2018", "2017", None),
        ("../1965", "2017", None),
    ],
)
def test_an_age_is_as_wide_as_the_dates_make_it(birth: str, at: str, ages: tuple[int, int] | None) -> None:
    assert age_between(parse(birth), parse(at)) == ages


@pytest.mark.parametrize(
    ("words", "low", "high", "approximate"),
    [
        ("42", 42, 42, False), ("30-35", 30, 35, False), ("55–56", 55, 56, False), ("55 or 56", 55, 56, False),
        ("About 60", 60, 60, True), ("60?", 60, 60, True), ("Early seventies", 70, 73, True), ("mid-40s", 44, 46, True),
        ("in her late fifties", 57, 59, True), ("forties", 40, 49, True),
        (" 42 years old", 42, 42, False), ("42岁", 42, 42, False),
    ],
)  # fmt: skip
def test_an_age_is_read_as_written(words: str, low: int, high: int, approximate: bool) -> None:
    age = parse_age(words)
    assert age is not None
    assert (age.low, age.high, age.approximate, age.written) == (low, high, approximate, words)


NO_AGES = ["", "Unknown", "over 60", "35-30", "999", "4 2", "Mar-18", "early", "\x00", "9" * 10_000]


@pytest.mark.parametrize("words", NO_AGES, ids=range(len(NO_AGES)))
def test_what_is_no_age_is_none(words: str) -> None:
    assert parse_age(words) is None


@given(st.text())
def test_reading_an_age_never_raises(words: str) -> None:
    age = parse_age(words)
    assert age is None or 0 <= age.low <= age.high <= 120


@pytest.mark.parametrize(
    ("words", "birth", "agrees"),
    [
        ("47", "1974-04-12", True), ("46", "1974-04-12", True), ("48", "1974-04-12", True), ("50", "1974-04-12", False),
        ("44", "1974-04-12", False), ("55-56", "1965", True), ("About 60", "1964", True), ("About 60", "1974", False),
        ("47", "../1974", None),
    ],
)  # fmt: skip
def test_an_age_is_checked_against_the_birth_with_a_year_to_spare(words: str, birth: str, agrees: bool | None) -> None:
    age = parse_age(words)
    assert age is not None
    assert age_agrees(age, parse(birth), datetime.date(2021, 6, 1)) is agrees

"""Order, fineness and distance: never surer than the dates."""

import pytest

from campaign.dates.edtf import parse
from campaign.dates.parse import read
from campaign.dates.reckoning import is_before, precision, sort_key, span_in_words, whole_years, year_range


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1974-04-12", "day"), ("1963-04", "month"), ("2017-21", "season"), ("2017~", "year"),
        ("2016/2017", "span"), ("2016/..", "open"), ("../2016", "open"),
    ],
)  # fmt: skip
def test_precision_is_that_of_the_notation(edtf: str, expected: str) -> None:
    assert precision(parse(edtf)) == expected


def test_what_was_not_read_has_no_precision_and_no_year() -> None:
    assert precision(read("Unknown")) == "unknown"
    assert year_range(read("Unknown")) == (None, None)
    assert year_range(parse("2016/..")) == (2016, None)


def test_dates_sort_by_start_then_fineness_and_the_unknown_comes_last() -> None:
    ordered = ["../2015", "2016", "2016/..", "2016-05-01", "2016-05", "2017"]
    dates = [read("Unknown"), *(parse(text) for text in reversed(ordered))]
    assert [date.edtf for date in sorted(dates, key=sort_key)] == [*ordered, ""]


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2016", "2017", True), ("2017", "2017-05", False),
        ("2017-05-03", "2017-05-03", False), ("2018", "2017", False),
        ("../2016", "2017", True), ("2016/..", "2020", False), ("2017", "../2020", False),
        ("2016~", "2017", False), ("2016~", "2018", True), ("2016%", "2018", False), ("2017-05?", "2017-06", False),
    ],
)  # fmt: skip
def test_before_means_certainly_before(first: str, second: str, certain: bool) -> None:
    assert is_before(parse(first), parse(second)) is certain


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("2017-01", "2019-04", "two years and three months"),
        ("2017-01-05", "2019-04-04", "two years and two months"),
        ("2017-01", "2017-02", "one month"),
        ("2017-03-01", "2017-03-13", "twelve days"),
        ("2017-03-13", "2017-03", ""),
        ("2017-05-20", "2017-06", "one month"),
        ("2017", "2019", "one to three years"),
        ("2017", "2018", "up to two years"),
        ("2000-01", "2014-01", "14 years"),
        ("2018", "2017", ""),
        ("2017", "2019/..", ""),
    ],
)
def test_a_silence_is_told_in_words(first: str, second: str, words: str) -> None:
    assert span_in_words(parse(first), parse(second)) == words


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1967-07-20", "1967-01-01", "1967-12-31"), ("1967-01-01", "1967-01-01", "1967-12-31"),
        ("1967-12~", "1966-01-01", "1968-12-31"), ("1967~", "1966-01-01", "1968-12-31"),
        ("../1967-03", None, "1967-12-31"), ("1967-03/..", "1967-01-01", None),
    ],
)  # fmt: skip
def test_whole_years_tell_no_day(edtf: str, first: str | None, last: str | None) -> None:
    years = whole_years(parse(edtf))
    assert (years.earliest and str(years.earliest), years.latest and str(years.latest)) == (first, last)

"""Kinds of expressions that are easily read as something that nobody wrote."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.parse import doubt, read

TODAY = datetime.date(2026, 5, 1)
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2025, 12, 31))
KINDS = [
    ("on or about 5 May 2017", "2017-05-05~"), ("On or around May 5, 2017", "2017-05-05~"),
    ("in or about May 2017", "2017-05~"), ("in or around 2017", "2017~"),
    ("on or about 3-5 May 2017", "2017-05-03~/2017-05-05~"), ("on or before 5 May 2017", "../2017-05-05"),
    ("on or after 5 May 2017", "2017-05-05/.."), ("before the end of 2017", "../2017"),
    ("before the end of May 2017", "../2017-05"), ("by the end of 2017", "../2017"),
    ("before the beginning of 2017", "../2016"), ("after the end of 2017", "2018/.."),
    ("after the beginning of 2017", "2017/.."), ("since the beginning of 2017", "2017/.."),
    ("since the end of 2017", "2017-11~/.."), ("before mid-May 2017", "../2017-05"),
    ("before mid-2017", "../2017-08~"), ("after early May 2017", "2017-05/.."),
    ("after the end of May 2017", "2017-06/.."), ("before the end of the 1970s", "../1979"),
    ("winter 2016/2017", "2016-12~/2017-02~"), ("winter 2016-17", "2016-12~/2017-02~"),
    ("Winter of 2016/17", "2016-12~/2017-02~"), ("winter 2016/2018", ""), ("summer 2016/2017", ""),
    ("May 2016/2017", ""), ("early 2016/2017", ""), ("2017-", "2017/.."), ("2017 –", "2017/.."),
    ("May 2017 -", "2017-05/.."), ("May 2017-", "2017-05/.."), ("2017–present", "2017/.."),
    ("2017 to present", "2017/.."), ("2017-05-", ""), ("-2017", ""), ("- May 2017", ""), ("2017-40", ""),
    ("2017-99", ""), ("2016-35", ""), ("2018/77", ""), ("2016-19", "2016/2019"), ("2017/21", "2017/2021"),
    ("3 May 2017 and 5 June 2018", ""), ("May and June 2017", ""), ("2016 and 2017", ""),
    ("3 May 2017, 5 June 2018", ""), ("between May and June 2017", "2017-05/2017-06"),
    ("between 2016 and 2017", "2016/2017"), ("sometime in 2017", "2017"), ("some time in May 2017", "2017-05"),
    ("at some point in 2017", "2017"), ("sometime between May and June 2017", "2017-05/2017-06"),
    ("sometime after 2017", "2018/.."), ("since at least 2017", "../2017"),
    ("at least since May 2017", "../2017-05"), ("at least until 2017", "2017/.."),
    ("May 3–5, 2017", "2017-05-03/2017-05-05"), ("May 3-5 2017", "2017-05-03/2017-05-05"),
    ("May 3 to 5, 2017", "2017-05-03/2017-05-05"), ("May 3 - June 5, 2017", "2017-05-03/2017-06-05"),
    ("April 30–May 2, 2017", "2017-04-30/2017-05-02"),
    ("December 30, 2016 – January 2, 2017", "2016-12-30/2017-01-02"),
    ("December 30 – January 2, 2017", "2016-12-30/2017-01-02"), ("Şubat 2017", "2017-02"),
    ("since 2017", "2017/.."), ("from May 2017 onwards", "2017-05/.."), ("2017 onwards", "2017/.."),
    ("2017 or earlier", "../2017"), ("c. 2017", "2017~"), ("c.2017", "2017~"), ("ca. May 2017", "2017-05~"),
    ("in about 2017", "2017~"), ("in early 2017", "2017-01~/2017-04~"),
    ("at the end of 2017", "2017-11~/2017-12~"), ("late May 2017", "2017-05"),
    ("mid-to-late 2017", "2017-05~/2017-12~"), ("early or mid 2017", "2017-01~/2017-08~"),
    ("Wed, 3 May 2017", "2017-05-03"), ("December 2017-January", "2017-12/2018-01"),
    ("3 or 4 May 2017", "2017-05-03/2017-05-04"), ("2017-05-03/05", "2017-05-03/2017-05-05"),
    ("03.05.2017", "2017-05-03"), ("03.05.2017-05.06.2017", "2017-05-03/2017-06-05"), ("3.05-5.05.2017", ""),
    ("Ramadan 2017", ""), ("42856", ""), ("20170503", "2017-05-03"), ("3/5/17", ""), ("six months ago", ""),
    ("before and after 2017", ""), ("not before 2017", "2017/.."), ("not 2017", ""),
    ("May 2017 or May 2018", "2017-05/2018-05"), ("around the end of 2017", "2017-11~/2017-12~"),
    ("before about May 2017", "../2017-04~"), ("2017-?", ""), ("autumn 2017", "2017-23"),
    ("fall 2017", "2017-23"), ("later in 2017", "2017-09~/2017-12~"), ("sometime around May 2017", "2017-05~"),
    ("first half of May 2017", "2017-05"), ("the second half of 2017", "2017-07/2017-12"),
    ("Q3 2017", "2017-07/2017-09"),
]  # fmt: skip
# The bound of an open date is the widest that the words allow.
WIDEST = [
    ("before 3/5/2017", "../2017-05"), ("after 3/5/2017", "2017-03/.."), ("before May or June 2017", "../2017-06"),
    ("before winter 2017", "../2017-11"), ("after winter 2017", "2017-03/.."), ("before the 1970s", "../1969"),
    ("after late May 2017", "2017-06/.."), ("before early May 2017", "../2017-04"), ("до зимы 2017", "../2017-11"),
    ("by May 2017 at the latest", "../2017-05"), ("before late 2017", "../2017-08~"),
]  # fmt: skip
UNREAD = [
    "from 2017 to", "after arrest in May 2017", "3 days before May 2017", "two weeks after 2017", "2017 and", "2017 5",
    "с 2017 по", "1438 هـ", "رمضان 2017", "民国106年", "腊月2017", "2017年13月", "2 ay önce",
    "2017 ramazan", "31 Nisan 2017",
    "29 ақпан 2017", "2017年2月30日", "between May 2017", "at least 2017", "2017、2018", "3 months in 2017", "May 3",
]  # fmt: skip


@pytest.mark.parametrize(("words", "edtf"), KINDS + WIDEST)
def test_each_kind_is_read_as_it_is_meant(words: str, edtf: str) -> None:
    assert read(words, today=TODAY).edtf == edtf


@pytest.mark.parametrize("words", UNREAD)
def test_what_is_half_understood_stays_words(words: str) -> None:
    assert read(words, today=TODAY).edtf == ""


@given(DAYS, DAYS, st.sampled_from([" and ", " & ", ", ", "; ", " и ", " ve ", " و", " және ", " 和 ", "\n"]))
def test_two_dates_are_not_one_span(one: datetime.date, other: datetime.date, joint: str) -> None:
    words = f"{one:%d %B %Y}{joint}{other:%d %B %Y}"
    assert read(words, today=TODAY).edtf == ""
    assert joint == "\n" or "two dates" in doubt(words, today=TODAY)


@given(
    DAYS, st.sampled_from(["on or about ", "on or around ", "at or about ", "around ", "c. ", "около ", "約", "حوالي "])
)
def test_about_a_day_is_about_that_day(day: datetime.date, about: str) -> None:
    assert read(f"{about}{day:%d %B %Y}", today=TODAY).edtf == f"{day}~"


@given(st.integers(1900, 2026), st.integers(13, 99), st.sampled_from("-/."))
def test_a_range_of_two_digits_never_ends_in_the_future(year: int, two: int, sign: str) -> None:
    latest = read(f"{year}{sign}{two}", today=TODAY).latest
    assert latest is None or latest.year <= max(TODAY.year, year + 1)


@given(DAYS, st.sampled_from(["before the end of", "by the end of", "no later than the end of", "до конца", "до"]))
def test_before_is_never_later_than_what_is_named(day: datetime.date, before: str) -> None:
    date = read(f"{before} {day.year}", today=TODAY)
    assert date.earliest is None
    assert date.latest is not None
    assert date.latest == datetime.date(day.year - (before == "до"), 12, 31)


@given(
    DAYS, st.sampled_from(["in {}", "early {}", "since {}", "{}-", "about {}", "в {} году", "{}年初", "{}'den önce"])
)
def test_a_day_is_never_made_up(day: datetime.date, shape: str) -> None:
    edtf = read(shape.format(day.year), today=TODAY).edtf
    assert edtf
    assert all(part.count("-") <= 1 for part in edtf.split("/"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("3 May 2017 and 5 June 2018", "two dates"), ("May and June 2017", "two dates"),
        ("2017年5月3日和2018年6月5日", "two dates"), ("3/5/17", "These numbers"), ("2017-40", "These numbers"),
        ("2017-05-", "These numbers"), ("-2017", "These numbers"), ("summer 2016/2017", "of either year"),
        ("Ramadan 2017", ""), ("\x00", ""), ("5" * 10_000, ""),
    ],
)  # fmt: skip
def test_what_is_open_to_two_readings_says_so(words: str, says: str) -> None:
    sentence = doubt(words, today=TODAY)
    assert says in sentence
    assert bool(sentence) is bool(says)

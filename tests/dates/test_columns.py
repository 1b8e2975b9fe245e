"""Other calendars, and what can be read in two ways: recognised, asked once for a column, converted only when told."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.calendars import CALENDARS, Calendar, convert, possible
from campaign.dates.columns import Reading, doubt, is_placeholder, questions, read
from campaign.dates.edtf import parse

TODAY = datetime.date(2026, 5, 1)
# Days that are known from elsewhere: new years, a day of protest, the founding of a republic.
KNOWN: list[tuple[str, Calendar, str]] = [
    ("1403/01/01", "solar_hijri", "2024-03-20"), ("1399/12/30", "solar_hijri", "2021-03-20"),
    ("11/01/1304", "solar_hijri", "1925-03-31"), ("18/04/1378", "solar_hijri", "1999-07-09"),
    ("۱۳۵۷/۱۱/۲۲", "solar_hijri", "1979-02-11"), ("12 فروردین 1353", "solar_hijri", "1974-04-01"),
    ("12 Farvardin 1353", "solar_hijri", "1974-04-01"), ("فروردین ۱۳۵۳", "solar_hijri", "1974-03-21/1974-04-20"),
    ("1355", "solar_hijri", "1976-03/1977-03"), ("1353 ه.ش", "solar_hijri", "1974-03/1975-03"),
    ("1 رمضان 1438", "hijri", "2017-05-27~"), ("Ramadan 1438", "hijri", "2017-05-27~/2017-06-25~"),
    ("1438 هـ", "hijri", "2016-10~/2017-09~"), ("1/9/1438", "hijri", "2017-05-27~"),
    ("民国63年4月12日", "minguo", "1974-04-12"), ("民國六十三年", "minguo", "1974"),
    ("63.4.12", "minguo", "1974-04-12"),
    ("พ.ศ. 2517", "buddhist", "1974"), ("12/04/2517", "buddhist", "1974-04-12"),
    ("27131", "serial_1900", "1974-04-12"), ("25669", "serial_1904", "1974-04-12"),
    ("27131.75", "serial_1900", "1974-04-12"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "calendar", "edtf"), KNOWN)
def test_a_known_day_is_converted_when_a_person_says_so_and_not_before(
    words: str, calendar: Calendar, edtf: str
) -> None:
    assert read(words, Reading(calendar=calendar), today=TODAY).edtf == edtf
    assert (read(words, today=TODAY).edtf, read(words, today=TODAY).written) == ("", words) or calendar == "minguo"


@pytest.mark.parametrize(
    ("words", "calendars"),
    [
        ("1355", ("solar_hijri", "hijri")), ("1445", ("hijri",)), ("12 فروردین 1353", ("solar_hijri",)),
        ("شعبان 1438", ("hijri",)), ("1353 شمسی", ("solar_hijri",)), ("民国63年", ("minguo",)),
        ("2517", ("buddhist",)),
        ("27131", ("serial_1900", "serial_1904")), ("1974", ()), ("2017-05-03", ()), ("12.04.1974", ()),
        ("May 2017", ()),
        ("", ()), ("1353/13/40", ()),
    ],
)  # fmt: skip
def test_the_calendars_that_a_date_may_be_of_are_told(words: str, calendars: tuple[str, ...]) -> None:
    assert possible(words) == calendars


@pytest.mark.parametrize("calendar", ["solar_hijri", "hijri", "buddhist", "serial_1900"])
def test_in_a_column_of_another_calendar_dates_of_ours_stay_ours(calendar: Calendar) -> None:
    assert read("2017-05-03", Reading(calendar=calendar), today=TODAY).edtf == "2017-05-03"


def test_days_of_the_persian_calendar_follow_each_other() -> None:
    days = [convert(f"{year}/{month}/{day}", "solar_hijri") for year in range(1300, 1410) for month in range(1, 13)
            for day in range(1, 32)]  # fmt: skip
    starts = [span.start.first for span in days if span and span.start]
    first = datetime.date(1921, 3, 21)
    assert starts == [first + datetime.timedelta(number) for number in range(len(starts))]
    assert len(starts) == 365 * 110 + sum(1 for year in range(1300, 1410) if convert(f"{year}/12/30", "solar_hijri"))


@given(st.text(max_size=30) | st.from_regex(r"[0-9۰-۹]{1,5}([-/.][0-9]{1,2}){0,2}", fullmatch=True),
       st.sampled_from(CALENDARS), st.sampled_from([None, True, False]))  # fmt: skip
def test_any_cell_is_read_by_any_answer_and_keeps_its_words(
    words: str, calendar: Calendar, day_first: bool | None
) -> None:
    date = read(words, Reading(day_first, calendar), today=TODAY)
    assert date.written == words
    assert not date.edtf or parse(date.edtf).earliest == date.earliest
    assert isinstance(doubt(words, today=TODAY), str)


def test_the_order_of_day_and_month_is_asked_with_its_evidence() -> None:
    (question,) = questions(["03/04/1974", "05/06/1980", "13/04/1974", "1974", ""])
    assert (question.kind, question.open_count, question.of) == ("day_first", 2, 4)
    assert (question.likely, question.evidence) == ("day first", ("13/04/1974",))
    assert questions(["03/04/1974", "13/04/1974"], Reading(day_first=True)) == ()


def test_a_column_that_holds_both_orders_has_no_likely_one() -> None:
    (question,) = questions(["03/04/1974", "13/04/1974", "04/13/1974"])
    assert question.likely == ""
    assert "contradict each other" in question.sentence


def test_dots_and_days_that_are_their_months_need_no_answer() -> None:
    assert questions(["03.04.1974", "04/04/1974", "13/04/1974", "2017-04-03"]) == ()


def test_the_calendar_is_asked_and_a_cell_that_names_it_is_evidence() -> None:
    (question,) = questions(["1355", "1378/04/18", "12 فروردین 1353", "not known"])
    assert (question.kind, question.open_count, question.likely) == ("calendar", 3, "solar_hijri")
    assert question.evidence == ("12 فروردین 1353",)
    assert questions(["1355"], Reading(calendar="solar_hijri")) == ()


def test_a_first_of_january_that_a_tenth_of_a_column_shares_is_doubted() -> None:
    (question,) = questions(["1990-01-01"] * 5 + [f"19{year}-02-03" for year in range(40, 80)])
    assert (question.kind, question.open_count, question.of) == ("placeholder", 5, 45)
    assert questions(["1990-01-01"] * 4) == ()


@pytest.mark.parametrize("words", ["2021-22", "2017-21", "2015-24"])
def test_years_that_may_be_a_season_are_the_years(words: str) -> None:
    assert read(words, today=TODAY).edtf == f"{words[:4]}/20{words[-2:]}"


@pytest.mark.parametrize("words", ["1900-01-01", "1900-01-01 00:00:00", "1/1/1900", "01.01.1900", "1/0/1900",
                                   "1900-01-00", "00/01/1900",
                                   "1899-12-30",
                                   "00.00.0000", "NULL", "#N/A", "9999-12-31", "0001-01-01"])  # fmt: skip
def test_what_programs_write_for_no_date_is_none(words: str) -> None:
    assert is_placeholder(words)
    assert read(words).unknown == "not_known"


@pytest.mark.parametrize("words", ["1 January 1900", "1900", "1901-01-01", "1990-01-01", "unknown", "", "1974-00-00"])
def test_a_date_that_somebody_wrote_is_no_placeholder(words: str) -> None:
    assert not is_placeholder(words)

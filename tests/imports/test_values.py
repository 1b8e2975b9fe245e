"""Dates, ages, genders and peoples of invented lists through the import: read rightly, or kept as words and told."""

import datetime

import pytest

from campaign.cases.age import has_signs_of_minor
from campaign.dates.columns import Reading
from campaign.imports.steps import Step
from tests.imports.conftest import Planned, told


def births(steps: list[Step]) -> list[str]:
    return [step.draft.file.birth.edtf for step in steps]


def contacts(steps: list[Step]) -> list[str]:
    return [episode.last_contact.edtf for step in steps for episode in step.draft.file.episodes]


def test_no_year_before_the_one_that_is_written_is_added(planned: Planned) -> None:
    steps = planned("f26_dates_read_falsely.csv")
    assert births(steps) == ["1970-07-05~", "1970-05", "", "1970"]
    assert contacts(steps) == ["2009-07-05~", "2017-05", "2016-12~/2017-02~", "2021/2022"]


def test_a_spreadsheets_day_nought_is_no_date_and_told(planned: Planned) -> None:
    step = planned("f26_dates_read_falsely.csv")[2]
    assert (step.draft.file.birth.unknown, step.draft.file.birth.written) == ("not_known", "1/0/1900")
    assert "This is no date" in told(step)
    assert "birth" not in step.draft.cited


def test_what_may_be_years_or_a_season_is_the_years_and_told(planned: Planned) -> None:
    assert "or a season" in told(planned("f26_dates_read_falsely.csv")[3])


def test_dates_as_people_write_them_are_read(planned: Planned) -> None:
    steps = planned("f27_dates_left_unread.csv")
    assert births(steps) == [
        "1974", "1974", "1974", "1974", "1974-04-03", "1974-12~/1975-02~", "2017-04", "1974-04-12", "1974-04", "",
    ]  # fmt: skip
    assert steps[-1].draft.file.birth.unknown == "not_known"
    assert "This is no date" in told(steps[-1])


@pytest.mark.parametrize("cell", ["1900-01-01", "00.00.0000", "1/1/1900", "n/a", "9999-12-31", "xx.xx.xxxx", "None"])
def test_a_placeholder_is_no_date_and_told(planned: Planned, cell: str) -> None:
    (step,) = planned(f"id,name,birth date\nZ-1,Amina Testova,{cell}\n")
    assert (step.outcome, step.draft.file.birth.edtf, step.draft.file.birth.unknown) == ("created", "", "not_known")
    assert "This is no date" in told(step)


def test_two_dates_in_a_cell_are_told_and_none_is_taken(planned: Planned) -> None:
    (step,) = planned('id,name,last contact date\nZ-1,Amina Testova,"3 May 2017; 5 June 2018"\n')
    assert contacts([step]) == [""]
    assert "These are two dates" in told(step)


def test_a_day_and_a_month_that_nothing_tells_apart_stay_both(planned: Planned) -> None:
    steps = planned("p02_ambiguous_day_and_month.csv")
    assert births(steps) == ["1974-03/1974-04", "1974-04-13", "1974-04-03", "1974", "", ""]
    assert [step.draft.file.birth.written for step in steps[4:]] == ["31/02/1974", "1355/04/18"]


def test_the_question_of_day_and_month_is_asked_once_for_the_column(planned: Planned) -> None:
    (question, calendar) = planned("p02_ambiguous_day_and_month.csv")[0].of_sheet.asked
    assert (question.column, calendar.column) == ("birth date", "birth date")
    assert "Is the day or the month first, as in “03/04/1974”?" in question.message
    assert "“13/04/1974” speaks for day first." in question.message
    assert "Which calendar is “1355/04/18” of?" in calendar.message


@pytest.mark.parametrize(("day_first", "day"), [(True, "1974-04-03"), (False, "1974-03-04")])
def test_a_persons_answer_reads_the_column(planned: Planned, day_first: bool, day: str) -> None:
    steps = planned("p02_ambiguous_day_and_month.csv", dates={"birth date": Reading(day_first=day_first)})
    assert births(steps) == [day, "1974-04-13", "1974-04-03", "1974", "", ""]


def test_a_number_of_days_stays_words_until_a_person_says_what_it_is(planned: Planned) -> None:
    (step,) = planned("p03_serial_days_stay_words.csv")
    assert (step.draft.file.birth.edtf, step.draft.file.birth.written) == ("", "27131")
    assert "12 April 1974 by a spreadsheet's days since 1900" in told(step)
    (step,) = planned("p03_serial_days_stay_words.csv", dates={"birth date": Reading(calendar="serial_1900")})
    assert (step.draft.file.birth.edtf, step.draft.file.birth.written) == ("1974-04-12", "27131")


def test_a_persian_year_is_never_one_of_ours_and_is_converted_when_told(planned: Planned) -> None:
    (step,) = planned("f09b_persian_columns.csv", columns={
        "id": "id", "name": "name", "gender": "gender", "birth_year": "birth", "date_jalali": "last_contact_date",
    })  # fmt: skip
    file = step.draft.file
    assert (file.gender, file.birth.edtf, file.birth.written) == ("female", "", "1355")
    assert (contacts([step]), file.episodes[0].last_contact.written) == ([""], "1378/04/18")
    assert "by the Persian calendar (solar Hijri)" in told(step)
    (step,) = planned("f09b_persian_columns.csv", columns={"name": "name", "date_jalali": "last_contact_date"},
                      dates={"date_jalali": Reading(calendar="solar_hijri")})  # fmt: skip
    assert contacts([step]) == ["1999-07-09"]


def test_a_cell_that_is_shown_as_a_year_has_no_month(planned: Planned) -> None:
    (step,) = planned("f16_shown_as_year.xlsx")
    birth, contact = step.draft.file.birth, step.draft.file.episodes[0].last_contact
    assert (birth.edtf, birth.written) == ("1974", "1974")
    assert (contact.edtf, contact.written) == ("2017-05", "May 2017")


def test_whoever_may_be_under_18_is_marked_and_told(planned: Planned) -> None:
    steps = planned("f25_minors.csv")
    assert [step.draft.file.tags for step in steps] == [["minor"]] * 7
    assert all("may be under 18" in told(step) for step in steps)
    day = datetime.date(2026, 5, 1)
    assert all(has_signs_of_minor(step.draft.file, day) for step in steps)


@pytest.mark.parametrize(
    "age",
    ["sixteen", "16 ans", "шестнадцать лет", "١٦", "１６", "十六岁", "16 ساله", "menor de edad", "Kind", "16 (2017)"],
)
def test_a_child_in_any_language_is_marked(planned: Planned, age: str) -> None:
    (step,) = planned(f"id,name,age\nZ-1,Amina Testova,{age}\n")
    assert step.draft.file.tags == ["minor"]
    assert step.draft.file.age_reported == age


def test_ages_in_other_digits_and_words_are_read_and_nobody_grown_up_is_marked(planned: Planned) -> None:
    steps = planned("f28_ages_and_genders.csv")
    assert [step.draft.file.age_reported for step in steps] == ["٣٥", "35.0", "35 лет", "35+"]
    assert [step.draft.file.tags for step in steps] == [[]] * 4
    assert not any("No age could be read" in told(step) for step in steps)


def test_an_age_holds_on_the_day_that_the_map_says(planned: Planned) -> None:
    steps = planned("f28_ages_and_genders.csv", as_of="2021")
    assert [step.draft.file.age_reported_on.edtf for step in steps] == ["2021"] * 4


def test_genders_as_people_write_them_are_read(planned: Planned) -> None:
    steps = planned("f28_ages_and_genders.csv")
    assert [step.draft.file.gender for step in steps] == ["female", "male", "male", "male"]


def test_an_m_beside_an_h_is_no_man(planned: Planned) -> None:
    steps = planned("id,name,gender\nZ-1,Juan Test,H\nZ-2,Ana Test,M\n")
    assert [step.draft.file.gender for step in steps] == ["male", "not_stated"]
    assert "Gender stays not stated" in told(steps[1])


def test_peoples_as_people_write_them_are_read(planned: Planned) -> None:
    steps = planned("f32_peoples_as_written.csv")
    assert [step.draft.file.ethnicities for step in steps] == [["uyghur"], ["uyghur"], ["uyghur"], ["kazakh"]]
    assert not any(map(told, steps))


def test_unknown_peoples_never_refuse_a_row(planned: Planned) -> None:
    (step,) = planned("id,name,ethnicity\nZ-1,Amina Testova,Martian/Venusian/Uyghur\n")
    assert (step.outcome, step.draft.file.ethnicities) == ("created", ["uyghur"])
    assert [note.text for note in step.draft.file.notes] == ["Martian/Venusian/Uyghur"]
    assert "“Martian” and “Venusian” are not in the list of peoples" in told(step)

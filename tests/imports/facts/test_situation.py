"""The situation of a row in its own words, against what the map states for the whole sheet."""

from datetime import date

import pytest
from flask import Flask

from campaign.cases.file import CaseFile
from campaign.cases.status import status
from tests.imports.facts.conftest import CASES, Brings

DAY = date(2026, 11, 30)
DETAINED = """
[status]
value = "detained_form_unknown"
as_of = "2024"
confidence = "corroborated"
basis = "organisation"
"""


def told(file: CaseFile) -> tuple[str, str, str]:
    found = status(file, DAY)
    return found.code, found.as_of.edtf, found.confidence


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_only_rows_that_agree_are_given_the_situation_of_the_sheet(app: Flask, brings: Brings) -> None:
    stated = (CASES / "f08_status_column.toml").read_text("utf-8")
    columns = "[columns]\n'Current status' = 'status'\n'Date of release' = 'release_date'\n"
    brought = brings(path=CASES / "f08_status_column.csv", stated=columns + stated)
    assert [told(file) for file in brought.files] == [
        ("released_conditions_unknown", "2021-05-06", "single_source"),
        ("died_in_custody", "2024", "single_source"),
        ("detained_form_unknown", "2024", "single_source"),
    ]
    assert [file.death.is_reported for file in brought.files] == [False, True, False]
    otherwise = [one for one in brought.report.warnings if "this row says otherwise" in one.message]
    assert [(one.row, one.value) for one in otherwise] == [(2, "Released"), (3, "Died in custody")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("In prison", "in_prison_sentence_unknown"),
        ("in_prison", "in_prison_sentence_unknown"),
        ("STILL DETAINED.", "detained_form_unknown"),
        ("not released", "detained_form_unknown"),
        ("获释", "released_conditions_unknown"),
        ("服刑", "serving_sentence"),
        ("освобождена", "released_conditions_unknown"),
        ("пропал без вести", "disappeared"),
        ("قويۇپ بېرىلگەن", "released_conditions_unknown"),
        ("لاگېردا", "internment_camp"),
        ("босатылды", "released_conditions_unknown"),
        ("қамауда", "detained_form_unknown"),
        ("serbest bırakıldı", "released_conditions_unknown"),
        ("cezaevinde", "in_prison_sentence_unknown"),
        ("مختفي قسريا", "disappeared"),
        ("أُفرج عنه", "released_conditions_unknown"),
        ("آزاد شد", "released_conditions_unknown"),
        ("آزاد‌شده", "released_conditions_unknown"),
        ("bajo arresto domiciliario", "house_arrest"),
        ("libéré sous caution", "released_conditional"),
        ("in Untersuchungshaft", "detained_pretrial"),
        ("Died in custody", "died_in_custody"),
        ("расстрелян", "executed"),
    ],
)
def test_a_situation_is_read_in_the_languages_of_the_field(brings: Brings, cell: str, code: str) -> None:
    file = brings({"Status": ("status", cell), "As of": ("status_date", "2021-05")}).file
    assert (file.status_override, file.status_as_of.edtf) == (code, "2021-05")
    assert file.status_override_reason == f"The row’s own words: “{cell}”."


@pytest.mark.parametrize("cell", ["possibly released", "presumed dead", "see above", "released? not sure", "4"])
def test_a_situation_that_cannot_be_read_is_a_note_and_the_sheets_is_not_given(brings: Brings, cell: str) -> None:
    brought = brings({"Status": ("status", cell)}, stated=DETAINED)
    assert brought.file.status_override == ""
    assert [note.text for note in brought.file.notes] == [cell]
    assert brought.says("the list’s is not given to this row")


def test_a_situation_with_a_year_behind_it_is_of_that_year(brings: Brings) -> None:
    file = brings({"Status": ("status", "Released (2021)")}, stated=DETAINED).file
    assert told(file) == ("released_conditions_unknown", "2021", "single_source")


@pytest.mark.parametrize(
    ("cell", "code", "day"),
    [
        ("Released in May 2021", "released_conditions_unknown", "2021-05"),
        ("освобождён 3 мая 2021", "released_conditions_unknown", "2021-05-03"),
        ("detained on 3 May 2017", "detained_form_unknown", "2017-05-03"),
        ("falleció bajo custodia", "died_in_custody", ""),
        ("درگذشته در زندان", "died_in_custody", ""),
        ("刑满释放", "released_conditions_unknown", ""),
        ("Tutuklu değil", "released_conditions_unknown", ""),
        ("Freed on bail", "released_conditional", ""),
        ("умерла в колонии в 2020", "died_in_custody", "2020"),
    ],
)
def test_a_situation_is_read_before_a_date_in_words(brings: Brings, cell: str, code: str, day: str) -> None:
    assert told(brings({"Status": ("status", cell)}).file)[:2] == (code, day)


def test_what_stands_behind_a_situation_is_kept_and_told(brings: Brings) -> None:
    brought = brings({"Status": ("status", "Released, lives with an aunt")})
    assert brought.file.status_override == "released_conditions_unknown"
    assert [note.text for note in brought.file.notes] == ["Released, lives with an aunt"]
    assert brought.says("was read from this")


def test_a_row_that_says_the_same_takes_what_the_map_states(brings: Brings) -> None:
    brought = brings({"Status": ("status", "Detained")}, stated=DETAINED)
    assert told(brought.file) == ("detained_form_unknown", "2024", "corroborated")
    assert not brought.says("otherwise")


def test_a_row_without_a_word_is_given_the_sheets(brings: Brings) -> None:
    assert told(brings({"Status": ("status", "")}, stated=DETAINED).file)[0] == "detained_form_unknown"


def test_not_known_is_a_word_too(brings: Brings) -> None:
    brought = brings({"Status": ("status", "неизвестно")}, stated=DETAINED)
    assert told(brought.file)[0] == "unknown"
    assert brought.says("this row says otherwise")


def test_a_date_of_release_or_death_alone_keeps_the_sheets_situation_away(brings: Brings) -> None:
    for name, target, code in (
        ("Testov", "release_date", "released_conditions_unknown"),
        ("Muradov", "death_date", "unknown"),
    ):
        brought = brings({"Name": ("name", f"Bahtiyar {name}"), "When": (target, "2021-05-06")}, stated=DETAINED)
        assert told(brought.files[-1])[0] == code
        assert brought.says("this row says otherwise")


def test_dead_without_a_place_sets_no_situation_and_reports_a_death(brings: Brings) -> None:
    file = brings({"Status": ("status", "Deceased")}, stated=DETAINED).file
    assert (file.status_override, file.death.is_reported) == ("", True)


def test_two_words_that_contradict_each_other_are_told(brings: Brings) -> None:
    brought = brings({"Status": ("status", "Detained"), "Released": ("release_date", "2021")})
    assert brought.says("look which came last")
    brought = brings({"Status": ("status", "In prison"), "Held at": ("held_place", "released")})
    assert brought.says("Two cells of this row say otherwise")


def test_who_says_so_is_a_confidential_source_of_the_situation_alone(brings: Brings) -> None:
    file = brings({
        "Status": ("status", "In a camp"),
        "Who says so": ("status_source", "Karim Testov"),
        "Work": ("occupation", "Baker"),
        "Link": ("source_url", "https://news.example/1"),
    }).file  # fmt: skip
    known = {source.id: source for source in file.sources}
    cited = {(row.fact, known[row.source_id].author) for row in file.citations}
    assert ("status", "Karim Testov") in cited
    assert {fact for fact, author in cited if author} == {"status"}
    assert [source.is_confidential for source in file.sources if source.author] == [True]

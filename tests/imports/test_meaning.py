"""What columns come to, by header and cells: names of others, refusals, numbers of papers, parts of names."""

import pytest
from flask import Flask

from campaign import sheets
from campaign.imports import mapping
from campaign.imports.mapping import BadMap
from campaign.imports.mapping.proposing import list_name
from tests.imports.conftest import CASES, Planned


def columns(text: str) -> dict[str, str]:
    return mapping.propose(sheets.read(text.encode(), "list.csv").sheet).columns


def names(planned: Planned, source: str) -> list[list[str]]:
    return [[name.text for name in step.draft.file.names] for step in planned(source)]


def test_only_the_person_is_named(planned: Planned) -> None:
    assert names(planned, "f01_other_peoples_names.csv") == [["Amina Testova"], ["Bahtiyar Testov"]]


def test_names_of_others_and_a_word_on_publishing_are_what_they_say() -> None:
    chosen = mapping.propose(sheets.read(CASES / "f01_other_peoples_names.csv").sheet)
    assert list(chosen.columns.values()) == ["id", "name", "source_person", "source_person", "relative", "consent"]
    assert set(chosen.remarks) == {"Witness name", "Reported by (name)", "Father's name"}


def test_headers_that_hold_a_known_word_are_notes_and_each_is_told() -> None:
    chosen = mapping.propose(sheets.read(CASES / "f02_headers_by_substring.csv").sheet)
    others = [header for header in chosen.columns if header not in {"Case ID", "Name"}]
    assert {chosen.columns[header] for header in others} == {"note"}
    assert list(chosen.remarks) == others


def test_a_number_of_identity_papers_names_the_row_and_is_no_number_of_a_list(planned: Planned) -> None:
    table = sheets.read(CASES / "f05_national_id_as_id.csv").sheet
    chosen = mapping.propose(table)
    assert (chosen.key, chosen.columns["id"]) == (("id",), "note")
    assert "never public" in chosen.remarks["id"]
    (step,) = planned("f05_national_id_as_id.csv")
    assert step.draft.file.outside_ids == []
    assert [name.text for name in step.draft.file.names] == ["阿米娜样例", "Amina Sample"]


def test_an_arrest_is_no_last_contact(planned: Planned) -> None:
    one, other = planned("f06_date_of_arrest.csv")
    assert [episode.last_contact.edtf for episode in one.draft.file.episodes] == ["2019"]
    assert [episode.last_contact.edtf for episode in other.draft.file.episodes if episode.last_contact.edtf] == []


def test_parts_of_a_name_make_one_name(planned: Planned) -> None:
    assert names(planned, "f07_first_and_last.csv") == [["Amina Karimovna Testova"], ["Bahtiyar Testov"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Фамилия,Имя,Отчество\nТестова,Амина,Каримовна\n", ["Тестова Амина Каримовна"]),
        ("Имя,Фамилия,First name,Last name\nАмина,Тестова,Amina,Testova\n", ["Тестова Амина", "Testova Amina"]),
        ("姓,名\n欧阳,样例\n", ["欧阳样例"]),
        ("Nom,Prénom\nTestova,Amina\n", ["Amina Testova"]),
        ("Adı,Soyadı\nAmine,Örnek\n", ["Amine Örnek"]),
        ("نام,نام خانوادگی\nنمونه,آزمایشی\n", ["نمونه آزمایشی"]),
        ("Nombre,Primer apellido,Segundo apellido\nAna,Prueba,Modelo\n", ["Ana Prueba Modelo"]),
        ("Full name,First name,Last name\nAmina Testova,Amina,Testova\n", ["Amina Testova"]),
        ("First name\nAmina\n", ["Amina"]),
    ],
)
def test_parts_are_joined_in_the_order_of_the_language_and_by_script(
    planned: Planned, text: str, expected: list[str]
) -> None:
    assert sorted(names(planned, text)[0]) == sorted(expected)


def test_a_map_says_the_order_and_what_is_joined(planned: Planned) -> None:
    table = sheets.read(CASES / "f07_first_and_last.csv").sheet
    stated = '[join]\n"Whole" = ["Last name", "First name", "Middle name"]\n[columns]\nWhole = "name"\n'
    chosen = mapping.parsed(stated, table)
    row = dict(zip(table.headers, table.rows[0], strict=True))
    assert ("Whole", "name", "Testova Amina Karimovna") in list(mapping.arranged(row, chosen))


def test_a_column_is_split_in_brackets(planned: Planned) -> None:
    table = sheets.read(b"Name\nAmina Testova (Amu)\nBahtiyar Testov\n", "list.csv").sheet
    text = '[split]\nName = {at = "()", into = ["Full name", "Nickname"]}\n'
    chosen = mapping.parsed(text, table)
    read = [list(mapping.arranged({"Name": row[0]}, chosen)) for row in table.rows]
    assert read[0] == [("Full name", "name", "Amina Testova"), ("Nickname", "alias", "Amu")]
    assert read[1] == [("Full name", "name", "Bahtiyar Testov"), ("Nickname", "alias", "")]


def test_columns_in_arabic_and_persian_are_understood() -> None:
    arabic = mapping.propose(sheets.read(CASES / "f09_arabic_headers.csv").sheet)
    assert list(arabic.columns.values()) == ["name", "gender", "age", "arrest_date", "status"]
    persian = mapping.propose(sheets.read(CASES / "f09b_persian_columns.csv").sheet)
    assert list(persian.columns.values()) == ["id", "name", "gender", "birth", "note"]


def test_a_list_without_a_name_is_refused_once_with_a_proposal(planned: Planned) -> None:
    with pytest.raises(BadMap) as refusal:
        planned("Ko,Zu\nAmina Testova,17\nBahtiyar Testov,18\n")
    assert "Perhaps it is “Ko”" in str(refusal.value)
    assert '"Ko" = "name"' in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Name\nyes\nno\n", "Name"),
        ("Name,Born\nA B,somewhere far away\nC D,nobody told us\n", "Born"),
        ("Name,Age\nA B,1974\nC D,1981\n", "Age"),
        ("Name,Sentence\nA B,2020-09-14\nC D,2018-03-04\n", "Sentence"),
        ("Name,Source\nA B,Tursunay A.\nC D,aunt of C\n", "Source"),
        ("Name,Arrested by\nA B,Karim Samplov\nC D,Ali Exampleov\n", "Arrested by"),
        ("Name,Detained in\nA B,https://example.org/1\nC D,https://example.org/2\n", "Detained in"),
    ],
)
def test_cells_that_speak_against_a_header_make_it_a_note_and_it_is_told(text: str, header: str) -> None:
    chosen = mapping.propose(sheets.read(text.encode(), "list.csv").sheet)
    assert (chosen.columns[header], header in chosen.remarks) == ("note", True)


def test_cells_decide_between_two_meanings_of_a_header() -> None:
    assert columns("Name,Detained\nA B,2017-05-03\n")["Detained"] == "arrest_date"
    assert columns("Name,Detained at\nA B,Kashgar prison\n")["Detained at"] == "held_place"
    assert columns("Name,Source\nA B,https://example.org/1\n")["Source"] == "source_url"


def test_a_second_column_of_one_fact_is_a_note() -> None:
    chosen = columns("Name,Date of birth,DOB,No,Case ID\nA B,1974,1974,1,K-7\n")
    assert chosen == {"Name": "name", "Date of birth": "birth", "DOB": "note", "No": "note", "Case ID": "id"}


def test_places_told_in_several_columns_are_one() -> None:
    chosen = mapping.propose(sheets.read(b"Name,Home county,Home village\nA B,Artush,Xyz\n", "list.csv").sheet)
    assert chosen.joins == {"Home county + Home village": ("Home county", "Home village")}
    assert chosen.read_columns == {"Name": "name", "Home county + Home village": "home_town"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("turpan_families_may.xlsx", "turpan families"),
        ("Prisoners 2021-05 final (2).csv", "prisoners"),
        ("2021.csv", "2021"),
        ("", "sheet"),
    ],
)
def test_a_list_is_called_by_its_file_without_dates_and_versions(file: str, name: str) -> None:
    assert list_name(file) == name


def test_a_release_in_a_row_is_no_note_and_the_map_speaks_where_it_is_silent(app: Flask) -> None:
    text = (CASES / "f08_status_column.toml").read_text("utf-8")
    chosen = mapping.parsed(text, sheets.read(CASES / "f08_status_column.csv").sheet)
    assert list(chosen.columns.values()) == ["id", "name", "status", "release_date"]
    assert chosen.status["value"] == "detained_form_unknown"


@pytest.mark.parametrize(
    ("header", "cells", "target"),
    [
        ("Arrested in", ("Kashgar", "Hotan"), "arrest_place"),
        ("Arrested in", ("2017", "May 2018"), "arrest_date"),
        ("Arrested in", ("the police came", "unclear"), "note"),
        ("Born in", ("Kashgar", "Hotan"), "birth_place"),
        ("Date of arrest (jalali)", ("1378/04/18", "1379/05/01"), "arrest_date"),
    ],
)
def test_a_header_of_what_happened_heads_its_places_where_its_cells_are_places(
    header: str, cells: tuple[str, str], target: str
) -> None:
    text = f"Name,{header}\nAmina Testova,{cells[0]}\nBahtiyar Testov,{cells[1]}\n"
    assert mapping.propose(sheets.read(text.encode(), "list.csv").sheet).columns[header] == target


def test_dates_of_another_calendar_in_a_column_that_nobody_knows_are_told() -> None:
    persian = mapping.propose(sheets.read(CASES / "f09b_persian_columns.csv").sheet)
    assert persian.columns["date_jalali"] == "note"
    assert "dates of the Persian calendar (solar Hijri)" in persian.remarks["date_jalali"]

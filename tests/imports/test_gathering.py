"""A sheet with one row for each person and year brings each person in once; what later rows say otherwise is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import importing, mapping
from tests.cast import hired
from tests.imports.bringing import brought_text

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
YEARLY = """year,full_name,occupation,held_location,charges
2015,Semet Örükzar,,Prison,Singing
2016,semet  örükzar,Poet,Prison,Whistling
2016,Nigar Anarbag,Baker,Prison,
2017,Semet Örükzar,Poet,Internment camp,Singing
"""
MAP = '[columns]\nfull_name = "name"\ncharges = "reason_stated"\n[rows]\nperson = ["full_name"]\nscheme = "yearly"\n'
Imports = Callable[[str, str], importing.Report]


@pytest.fixture
def imports(app: Flask) -> Imports:
    """Import a sheet's text by a map as an editor; the report."""
    with app.app_context():
        hired("Edo", "editor")
        db.session.commit()

        number = db.session.scalars(select(Account.id)).one()
    return lambda text, stated: brought_text(app, text, number, text=stated)


def file_of(app: Flask, name: str) -> CaseFile:
    with app.app_context():
        return revisions.head(db.session.scalars(select(Case).where(Case.display_name == name)).one())


def counts(report: importing.Report) -> tuple[int, ...]:
    return (report.rows, report.created, report.updated, report.unchanged, report.refused, report.gathered)


@both
def test_each_person_comes_in_once(imports: Imports) -> None:
    assert counts(imports(YEARLY, MAP)) == (4, 2, 0, 0, 0, 2)


@both
def test_the_same_sheet_again_changes_nothing(imports: Imports) -> None:
    imports(YEARLY, MAP)
    assert counts(imports(YEARLY, MAP)) == (4, 0, 0, 2, 0, 2)


def test_a_later_row_fills_what_an_earlier_one_left_empty(app: Flask, imports: Imports) -> None:
    imports(YEARLY, MAP)
    assert file_of(app, "Semet Örükzar").occupation == "Poet"


def test_what_a_later_row_says_otherwise_is_a_note_with_a_warning(app: Flask, imports: Imports) -> None:
    report = imports(YEARLY, MAP)
    file = file_of(app, "Semet Örükzar")
    assert file.episodes[0].reason_stated == "Singing"
    notes = {note.came_from: note.text for note in file.notes}
    assert notes["charges (later rows)"] == "Whistling"
    assert notes["year"] == "2015"
    assert notes["year (later rows)"] == "2016; 2017"
    warned = {(warning.row, warning.column) for warning in report.warnings if "Later rows" in warning.message}
    assert warned == {(2, "held_location"), (2, "charges"), (2, "full_name")}


def test_next_years_row_is_added_to_the_person(app: Flask, imports: Imports) -> None:
    imports(YEARLY, MAP)
    report = imports(YEARLY + "2018,Semet Örükzar,Poet,Prison,Humming\n", MAP)
    assert counts(report) == (5, 0, 1, 1, 0, 3)
    notes = {note.came_from: note.text for note in file_of(app, "Semet Örükzar").notes}
    assert notes["charges (later rows)"] == "Whistling; Humming"


def test_without_such_a_map_rows_of_one_key_are_refused_as_before(imports: Imports) -> None:
    stated = MAP.replace("person =", "key =")
    assert counts(imports(YEARLY, stated)) == (4, 2, 0, 0, 2, 0)


def test_a_row_without_its_key_is_a_person_of_its_own(imports: Imports) -> None:
    stated = MAP.replace('person = ["full_name"]', 'person = ["full_name", "year"]')
    stated = stated.replace('charges = "reason_stated"\n', "")
    text = "year,full_name\n,Semet Örükzar\n,Semet Örükzar\n2015,Semet Örükzar\n2015,Semet Örükzar\n"
    assert counts(imports(text, stated)) == (4, 3, 0, 0, 0, 1)


def test_a_column_that_is_not_there_is_refused(imports: Imports) -> None:
    with pytest.raises(mapping.BadMap, match="shoe size"):
        imports(YEARLY, MAP.replace('full_name"]', 'shoe size"]'))


def test_the_proposed_map_says_how_and_gathers_nothing(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(YEARLY, "utf-8")
    table = sheets.read(path).sheet
    assert "# person = []" in mapping.written(mapping.propose(table))
    assert mapping.parsed(mapping.written(mapping.propose(table)), table).gathers is False

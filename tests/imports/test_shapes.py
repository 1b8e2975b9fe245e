"""Lists of odd shapes come in as the people they tell of: a name merged over rows is one person, a turned list none."""

import pytest
from flask import Flask

from campaign import sheets
from campaign.imports import mapping
from campaign.imports.steps import Step
from tests.imports.conftest import Planned, told
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook


def planned_book(planned: Planned, content: bytes) -> list[Step]:
    return planned(sheets.read(content, "list.xlsx").sheet)


def test_a_name_merged_over_two_rows_is_one_person_whose_second_row_is_kept(planned: Planned) -> None:
    lines = [["Name", "Occupation"], ["Amina Testova", "Teacher"], ["", "Nurse"], ["Bahtiyar Testov", "Farmer"]]
    xml = sheet_xml(rows_xml(lines), after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    steps = planned_book(planned, workbook({"S": xml}))
    assert [(step.name, step.draft.file.occupation) for step in steps] == [
        ("Amina Testova", "Teacher"), ("Bahtiyar Testov", "Farmer"),
    ]  # fmt: skip
    assert ("Occupation (later rows)", "Nurse") in [(note.came_from, note.text) for note in steps[0].draft.file.notes]
    assert "Later rows of this person say otherwise" in told(steps[0])


def test_a_list_that_stands_on_its_side_is_refused_in_one_sentence(app: Flask, planned: Planned) -> None:
    with pytest.raises(mapping.BadMap, match=r"stand on its side: “Name” heads a column of headers \(Born, Gender"):
        planned("Name,Amina Testova,Bahtiyar Testov\nBorn,1974,1963\nGender,F,M\nOccupation,cook,nurse\n")

"""What reading told is kept: notes at their rows and cases, rows that are none of the list, how columns were read."""

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.commands.cases import report_text
from campaign.database import db
from campaign.imports import looks
from campaign.imports.models import Import, ImportedRow
from tests.imports.bringing import brought, brought_text

CASES = Path(__file__).parents[1] / "sheets" / "cases"
Look = tuple[int, str, str, str, str]


def waiting(app: Flask, account: int) -> list[Look]:
    """Return row, kind, column, words and name of the case of each thing to look at, in order."""
    with app.app_context():
        found = looks.waiting(db.session.get_one(Account, account))
        return [
            (one.row_number, one.kind, one.column, one.words, case.display_name if case else "") for one, case in found
        ]


def test_what_stands_beside_a_cell_waits_at_its_case(app: Flask, editor: int) -> None:
    brought(app, CASES / "f15_error_cells.xlsx", editor)
    told = waiting(app, editor)
    assert (3, "cell", "Occupation", "#N/A", "Bahtiyar Testov") in told
    assert [one for one in told if one[:3] == (2, "refused", "Name")] == [(2, "refused", "Name", "#NAME?", "")] * 2


def test_a_name_that_is_a_formula_is_told_as_that(app: Flask, editor: int) -> None:
    report = brought(app, CASES / "f14_formulas_without_values.xlsx", editor)
    messages = {(one.row, one.column): one.message for one in report.warnings}
    assert (report.created, report.refused) == (1, 1)
    assert messages[2, "Name"] == "The name can't be read here; the row is not imported."
    assert "formula whose result" in messages[3, "Date of birth"]
    assert not any(one.message.startswith("No name is in this row") for one in report.warnings)


def test_a_merged_range_waits_at_the_case_that_took_its_value_from_above(app: Flask, editor: int) -> None:
    brought(app, CASES / "f18_merged_down.xlsx", editor)
    told = waiting(app, editor)
    assert (3, "cell", "Last contact date", "May 2017", "Bahtiyar Testov") in told
    assert not any(row == 2 and words == "May 2017" for row, _, _, words, _ in told)


def test_rows_below_a_list_wait_at_the_import_and_news_is_told_as_that(app: Flask, editor: int) -> None:
    report = brought(app, CASES / "f19_totals_and_footers.xlsx", editor)
    told = waiting(app, editor)
    below = [(4, "Total, 2"), (5, "Source: volunteers"), (6, "* released in 2023")]
    assert [(row, words) for row, kind, column, words, case in told if kind == "column"] == below
    news = [one.row for one in report.warnings if "may be news of somebody" in one.message]
    assert (report.created, news) == (2, [6])


def test_the_mark_of_a_footnote_leads_to_the_case_that_it_stands_at(app: Flask, editor: int) -> None:
    lines = "id,name,town\n1,Amina Testova,Kashgar\n2,Bahtiyar Testov*,Hotan\n3,***,Hotan\n\n* released in 2023,,\n"
    report = brought_text(app, lines, editor)
    pointing = [(one.row, one.column) for one in report.warnings if "“* released in 2023”" in one.message]
    assert pointing == [(3, "name")]


def test_what_is_told_of_the_file_waits_at_the_import(app: Flask, editor: int) -> None:
    report = brought(app, CASES / "f13_two_sheets.xlsx", editor)
    assert any("“Women” (1 row) is not" in one.message for one in report.warnings)
    with app.app_context():
        told = [look.message for look, _ in looks.waiting(db.session.get_one(Account, editor), kinds=["column"])]
        counts = db.session.scalars(select(Import.counts)).one()
    assert any("“Women” (1 row) is not" in message for message in told)
    assert counts["rows"] == 2


def test_a_row_without_a_name_is_told_by_its_words(app: Flask, editor: int) -> None:
    report = brought(app, CASES / "p09_section_rows.csv", editor)
    assert [(one.row, one.value) for one in report.warnings if "No name" in one.message] == [(2, "Kashgar prefecture")]


def test_addresses_behind_a_column_of_sources_make_it_one_of_publications(app: Flask, editor: int) -> None:
    report = brought(app, CASES / "f20_comment_and_link.xlsx", editor)
    assert {one.header: one.target for one in report.columns}["Source"] == "source_title"


def test_the_report_says_how_each_column_was_read(app: Flask, editor: int) -> None:
    lines = "id,name,sex,born,hometown,remarks\n1,Amina Testova,жен,03.04.74,Kashgar,tall\n2,Bahtiyar Testov,M,x,,\n"
    report = brought_text(app, lines, editor)
    text = report_text(report, dry_run=False)
    assert "  “sex” (2 filled): Gender. “жен”: Female. “M”: Male." in text
    assert "“born” (2 filled): Date or year of birth. “03.04.74”: 03.04.74 (read as 3 April 1974). “x”: x (not" in text
    assert "“hometown” (1 filled): Where the person is from, to the county. “Kashgar”: Kashgar Prefecture" in text
    assert "  “remarks” (1 filled): Confidential note." in text
    (sex,) = [one for one in json.loads(json.dumps(report.as_dict()))["columns"] if one["header"] == "sex"]
    assert sex["examples"][0] == {"cell": "жен", "read": {"gender": "female"}}


def test_the_number_of_somebodys_papers_keys_a_row_without_being_kept_as_a_key(app: Flask, editor: int) -> None:
    lines = "id,name\n653101197404120011,Amina Testova\n653101196801013355,Bahtiyar Testov\n"
    first, again = (brought_text(app, lines, editor) for _ in range(2))
    moved = brought_text(app, lines.replace("Amina Testova", "Amina Testova Karim"), editor)
    assert (first.created, again.unchanged, moved.created) == (2, 2, 0)
    with app.app_context():
        keys = db.session.scalars(select(ImportedRow.key)).all()
    assert not any("6531" in key for key in keys)
    assert sheets.read(lines.encode(), "list.csv").sheet.column("id")[0] == "653101197404120011"

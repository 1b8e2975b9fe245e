"""A sheet read again and again: nothing twice, nothing lost, staff's work untouched."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit import log
from campaign.cases import revisions
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import importing
from campaign.imports.models import ImportLook
from campaign.publishing import import_writing
from tests.imports.bringing import brought, brought_text, planned_then

PEOPLE = Path(__file__).parent / "sheets" / "people.csv"
both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def imported(app: Flask, editor: int) -> Callable[[str], importing.Report]:
    """Import a sheet's text as the editor; the report."""

    return lambda text: brought_text(app, text, editor)


def counts(report: importing.Report) -> tuple[int, int, int, int, int]:
    return (report.rows, report.created, report.updated, report.unchanged, report.refused)


def beekeeper() -> Case:
    return db.session.scalars(select(Case).where(Case.display_name == "Qumushjan Zeytun")).one()


@both
def test_a_second_reading_of_the_same_sheet_does_nothing(imported: Callable[[str], importing.Report]) -> None:
    text = PEOPLE.read_text("utf-8")
    assert counts(imported(text)) == (5, 5, 0, 0, 0)
    assert counts(imported(text)) == (5, 0, 0, 5, 0)


@both
def test_a_cell_is_kept_in_its_normal_form_and_names_its_person_as_before(
    app: Flask, imported: Callable[[str], importing.Report]
) -> None:
    clean = "Case ID,Full name,Occupation,Note\nKN 7,علی\u200cرضا امینی,Nurse,Aygül\n"
    dirty = "Case ID,Full name,Occupation,Note\nk\u200bn7,\u202bعلی\u200cرضا\u200b امینی,Nu\u00adrse,Aygu\u0308l\n"
    assert counts(imported(dirty)) == (1, 1, 0, 0, 0)
    with app.app_context():
        file = revisions.head(db.session.scalars(select(Case)).one())
    assert (file.names[0].text, file.occupation, file.notes[0].text) == ("علی\u200cرضا امینی", "Nurse", "Aygül")
    assert counts(imported(clean)) == (1, 0, 0, 1, 0)


@both
def test_ids_match_whatever_their_case_and_blanks(imported: Callable[[str], importing.Report]) -> None:
    text = PEOPLE.read_text("utf-8")
    imported(text)
    assert counts(imported(text.replace("kn 002", "KN002 ")))[1] == 0


def test_a_changed_cell_updates_what_staff_left_alone(app: Flask, imported: Callable[[str], importing.Report]) -> None:
    text = PEOPLE.read_text("utf-8")
    imported(text)
    assert counts(imported(text.replace("Beekeeper", "Beekeeper and poet"))) == (5, 0, 1, 4, 0)
    with app.app_context():
        assert revisions.head(beekeeper()).occupation == "Beekeeper and poet"


def test_what_staff_wrote_stays_when_the_cell_is_the_same(
    app: Flask, editor: int, imported: Callable[[str], importing.Report]
) -> None:
    text = PEOPLE.read_text("utf-8")
    imported(text)
    staff_writes(app, editor, occupation="Keeper of bees")
    assert counts(imported(text)) == (5, 0, 0, 5, 0)
    with app.app_context():
        assert revisions.head(beekeeper()).occupation == "Keeper of bees"


def test_a_cell_and_a_field_that_both_changed_are_a_conflict_on_the_desk(
    app: Flask, editor: int, imported: Callable[[str], importing.Report]
) -> None:
    text = PEOPLE.read_text("utf-8")
    imported(text)
    staff_writes(app, editor, occupation="Keeper of bees")
    report = imported(text.replace("Beekeeper", "Poet"))
    assert [warning.column for warning in report.warnings if "both changed" in warning.message] == ["Occupation"]
    with app.app_context():
        conflict = db.session.scalars(select(ImportLook).where(ImportLook.kind == "conflict")).one()
        assert (conflict.path, conflict.ours, conflict.words) == ("occupation", "Keeper of bees", "Poet")
        assert revisions.head(beekeeper()).occupation == "Keeper of bees"


@both
def test_what_staff_save_between_the_plan_and_its_writing_is_compared_too(
    app: Flask, editor: int, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(PEOPLE.read_text("utf-8"), "utf-8")
    brought(app, path, editor)
    path.write_text(path.read_text("utf-8").replace("Beekeeper", "Poet"), "utf-8")
    report = planned_then(app, path, editor, lambda: staff_writes(app, editor, occupation="Keeper of bees"))
    assert counts(report) == (5, 0, 0, 5, 0)
    assert [warning.value for warning in report.warnings if "both changed" in warning.message] == ["Poet"]
    with app.app_context():
        assert revisions.head(beekeeper()).occupation == "Keeper of bees"
        assert db.session.scalars(select(ImportLook).where(ImportLook.kind == "conflict")).one().words == "Poet"


@both
def test_many_rows_become_cases_each_with_its_own_reference_revision_and_deed(
    app: Flask, imported: Callable[[str], importing.Report]
) -> None:
    lines = [f"K{number},Bahar {number}" for number in range(2 * import_writing.AT_ONCE + 5)]
    assert imported("\n".join(["case_id,name", *lines])).created == len(lines)
    with app.app_context():
        cases = list(db.session.scalars(select(Case).order_by(Case.id)))
        assert [case.display_name for case in cases] == [line.partition(",")[2] for line in lines]
        assert len({case.ref for case in cases}) == len(lines)
        assert [revisions.head(case).outside_ids[0].value for case in cases[:3]] == ["K0", "K1", "K2"]
        deeds = [row.subject for row in log.since(cases[0].created_at) if row.action == "case.created"]
        assert deeds == [case.ref for case in cases]
        assert log.verify().faults == ()


def test_columns_that_nobody_understands_are_kept_as_notes_and_reported(
    app: Flask, imported: Callable[[str], importing.Report]
) -> None:
    report = imported("name,shoe size,remarks\nBahar Sögetli,38,\n")
    assert [(one.row, one.column, one.message) for one in report.warnings] == [
        (1, "shoe size", "Nobody knows this column: its cells are kept as confidential notes.")
    ]
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert [(note.came_from, note.text) for note in revisions.head(case).notes] == [("shoe size", "38")]


def test_rows_without_a_key_are_never_joined_by_name(imported: Callable[[str], importing.Report]) -> None:
    text = "name,profession\nBahar Sögetli,Weaver\n"
    assert counts(imported(text)) == (1, 1, 0, 0, 0)
    report = imported(text.replace("Weaver", "Baker"))
    assert (counts(report), report.asked) == ((1, 0, 0, 0, 0), 1)


def test_a_row_without_a_name_and_a_key_said_twice_are_refused(imported: Callable[[str], importing.Report]) -> None:
    report = imported("case_id,name\nA1,Bahar Sögetli\nA1,Semet Tarimbeg\nA2,\n")
    assert counts(report) == (3, 1, 0, 0, 2)
    assert len(report.warnings) == 2


def test_no_cell_lies_readable_in_the_database(app: Flask, imported: Callable[[str], importing.Report]) -> None:
    imported(PEOPLE.read_text("utf-8"))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    content = b"".join(path.read_bytes() for path in app.extensions["settings"].home.glob("campaign.sqlite*"))
    assert b"Toqquzaq town" not in content
    assert b"nobody saw her afterwards" not in content


def test_the_report_is_plain_json(imported: Callable[[str], importing.Report]) -> None:
    report = json.loads(json.dumps(imported(PEOPLE.read_text("utf-8")).as_dict()))
    counted = {"rows", "created", "updated", "unchanged", "refused", "asked", "gathered"}
    assert set(report) == counted | {"warnings", "duplicates", "questions", "columns"}
    assert all(set(warning) == {"row", "column", "value", "message"} for warning in report["warnings"])


def staff_writes(app: Flask, account: int, **fields: object) -> None:
    """Change fields of the beekeeper's case as the desk would."""
    with app.app_context():
        case = beekeeper()
        file = msgspec.structs.replace(revisions.head(case), **fields)
        by = db.session.get_one(Account, account)
        revisions.revise(case, file, by=by, base_version=case.version, reason="Corrected.")
        db.session.commit()

"""Who was erased is not opened again by a sheet: a keyed mark stays, and a safety officer decides."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from campaign import sheets
from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases.marks import Mark
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports import mapping, planning
from campaign.imports.importing import Report
from campaign.imports.steps import LEAVE_OUT, SOMEBODY_ELSE
from campaign.publishing import erase
from tests.cast import hired
from tests.imports.bringing import brought_text

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = "case_id,name,date_of_birth\nK-1,Aydin Örnekov,1970-05-03\nK-2,Nargiza Ornekova,1981\n"
Imports = Callable[..., Report]


@pytest.fixture
def officer(app: Flask) -> int:
    """The number of an account that edits and guards safety."""
    with app.app_context():
        number = hired("Sana", "editor", "safety_officer").id
        db.session.commit()
        return number


@pytest.fixture
def imports(app: Flask, officer: int) -> Imports:
    """Import a sheet's text as the command does; the report."""

    def make(text: str, *, by: int = officer, decisions: dict[str, str] | None = None) -> Report:
        return brought_text(app, text, by, decisions=decisions)

    return make


def erases(app: Flask, officer: int, name: str = "Aydin Örnekov") -> str:
    """Erase the case of a name; return its reference."""
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.display_name == name)).one()
        ref = case.ref
        files = erase.erase(case, by=db.session.get_one(Account, officer), reason="asked by the person")
        db.session.commit()
        erase.finish(files)
        return ref


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return (report.created, report.updated, report.unchanged, report.refused, report.asked)


def names(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Case.display_name)))


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(SHEET, id="the same list"),
        pytest.param(SHEET.replace("Aydin Örnekov,1970-05-03", "A. O.,"), id="the same number"),
        pytest.param("name,date_of_birth\nAYDIN ORNEKOV,1970\n", id="the same name and year in another list"),
        pytest.param("name,profession\nAydin Örnekov,Poet\n", id="the same name without a birth"),
    ],
)
def test_who_was_erased_is_asked_about_and_not_opened(app: Flask, officer: int, imports: Imports, again: str) -> None:
    imports(SHEET)
    erases(app, officer)
    report = imports(again)
    assert (report.created, report.asked) == (0, 1)
    assert "was erased here. A safety officer decides." in " ".join(one.message for one in report.warnings)
    assert [ask.choice for ask in next(iter(report.questions.values()))] == [SOMEBODY_ELSE, LEAVE_OUT]
    assert names(app) == {"Nargiza Ornekova"}


def test_a_namesake_of_another_year_under_another_number_is_opened(app: Flask, officer: int, imports: Imports) -> None:
    imports(SHEET)
    erases(app, officer)
    assert counts(imports("case_id,name,date_of_birth\nK-9,Aydin Örnekov,1999\n")) == (1, 0, 0, 0, 0)


def test_an_editors_word_opens_nobody_and_an_officers_is_recorded(
    app: Flask, editor: int, officer: int, imports: Imports
) -> None:
    imports(SHEET)
    ref = erases(app, officer)
    decided = dict.fromkeys(imports(SHEET).questions, SOMEBODY_ELSE)
    report = imports(SHEET, by=editor, decisions=decided)
    assert counts(report) == (0, 0, 1, 1, 0)
    assert "Only a safety officer decides" in " ".join(one.message for one in report.warnings)
    assert counts(imports(SHEET, decisions=decided)) == (1, 0, 1, 0, 0)
    with app.app_context():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "mark.decided")).one()
        opened = db.session.scalars(select(Case.ref).where(Case.display_name == "Aydin Örnekov")).one()
        assert (row.actor_id, row.subject, json.loads(row.details)["erased"]) == (officer, opened, [ref])
    assert counts(imports(SHEET)) == (0, 0, 2, 0, 0)


def test_an_officer_may_decide_about_an_editors_import(app: Flask, editor: int, officer: int, imports: Imports) -> None:
    imports(SHEET)
    ref = erases(app, officer)
    decided = dict.fromkeys(imports(SHEET).questions, SOMEBODY_ELSE)
    with app.app_context():
        table = sheets.read(Path(app.extensions["settings"].home) / "sheet.csv").sheet
        by, deciders = db.session.get_one(Account, editor), dict.fromkeys(decided, officer)
        steps = list(planning.plan(table, mapping.propose(table), by=by, decisions=decided, deciders=deciders))
    assert [(step.outcome, step.despite, step.decided_by) for step in steps] == [
        ("created", (ref,), officer), ("unchanged", (), 0),
    ]  # fmt: skip


def test_a_mark_holds_no_clear_text_and_outlives_the_case(app: Flask, officer: int, imports: Imports) -> None:
    imports(SHEET)
    ref = erases(app, officer)
    with app.app_context():
        marks = db.session.execute(select(Mark.kind, Mark.token, Mark.ref)).all()
        assert {(row.kind, row.ref) for row in marks} == {("erased", ref)}
        assert all(len(row.token) == 32 and int(row.token, 16) >= 0 for row in marks)
        for table in ("kept_mark", "imported_row", "case_name"):
            said = str(db.session.execute(text(f"SELECT * FROM {table}")).all()).casefold()  # noqa: S608 - our names
            assert "aydin" not in said
            assert "örnekov" not in said

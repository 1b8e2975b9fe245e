"""Every row of an import is held against the cases and the rows above it; pairs wait at the desk; nothing is merged."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import members, revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.commands.cases import rehearsed, run
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.duplicates import pairs
from campaign.duplicates.search import tell_apart
from campaign.imports import mapping
from campaign.imports.importing import Report
from tests.cast import hired

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = """case_id,name,date_of_birth,profession
A1,Semet Örükzar,1970,Poet
A2,Нигар Анарбаг,1981,Baker
A3,Nigar Anarbagh,1981,Baker
A4,Qadir Bulaq,1950,Miller
"""


@pytest.fixture
def imports(app: Flask, editor: int) -> Callable[..., Report]:
    """Import a sheet's text as the command does; the report."""

    def make(text: str = SHEET, *, dry_run: bool = False) -> Report:
        path = Path(app.extensions["settings"].home) / "sheet.csv"
        path.write_text(text, "utf-8")
        with app.app_context():
            table = sheets.read(path).sheet
            by = db.session.get_one(Account, editor)
            chosen = mapping.propose(table)
            return rehearsed(table, chosen, by=by) if dry_run else run(path, table, mapping.written(chosen), by=by)

    return make


def known(app: Flask, editor: int, name: str, **fields: object) -> str:
    with app.app_context():
        file = CaseFile(names=[Name(text=name)], **fields)  # type: ignore[arg-type]
        case = revisions.create(file, by=db.session.get_one(Account, editor), reason="Told.")
        db.session.commit()
        return case.ref


def pairs_of(app: Flask, account: int) -> list[set[str]]:
    with app.app_context():
        waiting = pairs.waiting(db.session.get_one(Account, account)).pairs
        return [{pair.newer.display_name, pair.older.display_name} for pair in waiting]


def test_a_row_that_is_likely_a_known_person_is_reported_with_evidence(
    app: Flask, editor: int, imports: Callable[..., Report]
) -> None:
    ref = known(app, editor, "Семет Орукзар", birth=parse("1970"))
    report = json.loads(json.dumps(imports().as_dict()))
    (first,) = [one for one in report["duplicates"] if one["of"] == ref]
    assert (first["row"], first["name"]) == (2, "Semet Örükzar")
    assert "Born 1970." in first["for"]
    assert first["against"] == []
    assert any(one["row"] == 2 and ref in one["message"] for one in report["warnings"])


def test_rows_of_one_sheet_are_held_against_each_other(app: Flask, editor: int, imports: Callable[..., Report]) -> None:
    report = imports(SHEET.replace("case_id", "remarks"))
    assert [(one.row, one.of) for one in report.duplicates] == [(4, "row 3")]


def test_a_dry_run_tells_and_writes_nothing(app: Flask, editor: int, imports: Callable[..., Report]) -> None:
    ref = known(app, editor, "Семет Орукзар")
    assert ref in {one.of for one in imports(dry_run=True).duplicates}
    assert pairs_of(app, editor) == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_every_row_becomes_a_case_and_pairs_wait_at_the_desk(
    app: Flask, editor: int, imports: Callable[..., Report]
) -> None:
    known(app, editor, "Семет Орукзар")
    assert imports().created == 4
    assert {"Semet Örükzar", "Семет Орукзар"} in pairs_of(app, editor)


def test_the_same_sheet_again_keeps_no_pair_twice(app: Flask, editor: int, imports: Callable[..., Report]) -> None:
    known(app, editor, "Семет Орукзар")
    imports()
    before = pairs_of(app, editor)
    assert imports().duplicates == []
    assert pairs_of(app, editor) == before


def test_a_pair_that_is_told_apart_waits_no_more(app: Flask, editor: int, imports: Callable[..., Report]) -> None:
    known(app, editor, "Семет Орукзар")
    imports()
    with app.app_context():
        by = db.session.get_one(Account, editor)
        for pair in pairs.waiting(by).pairs:
            tell_apart(pair.newer, pair.older, by=by)
        db.session.commit()
        assert pairs.count(by) == 0
    assert pairs_of(app, editor) == []


def test_a_homonym_born_in_another_year_is_not_reported(
    app: Flask, editor: int, imports: Callable[..., Report]
) -> None:
    ref = known(app, editor, "Semet Örükzar", birth=parse("1941"))
    assert ref not in {one.of for one in imports().duplicates}


def test_a_restricted_case_is_neither_reported_nor_listed(
    app: Flask, editor: int, imports: Callable[..., Report]
) -> None:
    ref = known(app, editor, "Семет Орукзар", birth=parse("1970"))
    with app.app_context():
        sana = hired("Sana", "safety_officer")
        members.restrict(db.session.scalars(select(Case).where(Case.ref == ref)).one(), by=sana)
        db.session.commit()
    report = imports()
    assert ref not in json.dumps(report.as_dict())
    assert not any("Семет Орукзар" in pair for pair in pairs_of(app, editor))

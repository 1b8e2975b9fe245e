"""Two imports of one list at once, and an officer who saves meanwhile: one of them waits, nobody loses anything."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.models import Case, Revision
from campaign.commands.cases import run
from campaign.database import db, reading
from campaign.imports import importing, mapping, planning
from campaign.imports.models import ImportedRow
from campaign.imports.steps import Overtaken
from campaign.publishing import door

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = "case_id,name,profession\nA1,Semet Örükzar,Poet\nA2,Nigar Anarbagh,Baker\n"


def table_of(text: str, folder: Path) -> sheets.Sheet:
    path = folder / "sheet.csv"
    path.write_text(text, "utf-8")
    return sheets.read(path).sheet


def imported(app: Flask, table: sheets.Sheet, account: int) -> importing.Report:
    """Import a sheet as the command does."""
    with app.app_context():
        return run(table, mapping.propose(table), by=db.session.get_one(Account, account), dry_run=False)


def counted(app: Flask) -> tuple[int, int]:
    with app.app_context():
        cases = db.session.scalar(select(func.count()).select_from(Case)) or 0
        return cases, db.session.scalar(select(func.count()).select_from(ImportedRow)) or 0


def plan_then(app: Flask, table: sheets.Sheet, account: int, meanwhile: Callable[[], object]) -> importing.Report:
    """Plan a sheet, let something happen, then write the plan."""
    with app.app_context():
        chosen = mapping.propose(table)
        with reading():
            steps = list(planning.plan(table, chosen, by=db.session.get_one(Account, account)))
        db.session.rollback()
        meanwhile()
        report = importing.write(steps, chosen, by=db.session.get_one(Account, account))
        db.session.commit()
        return report


def test_of_two_imports_of_one_sheet_at_once_the_second_is_told_and_writes_nothing(
    app: Flask, editor: int, tmp_path: Path
) -> None:
    table, both = table_of(SHEET, tmp_path), Barrier(2)

    def one(_number: int) -> str:
        both.wait()
        try:
            return f"{imported(app, table, editor).created} created"
        except Overtaken as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(one, range(2)))
    # Whoever begins to plan after the other has written finds everything known.
    assert told[-1].startswith("Somebody else imported rows of the list “sheet”") or told == ["0 created", "2 created"]
    assert counted(app) == (2, 2)


def test_rows_that_were_imported_since_the_plan_are_not_opened_twice(app: Flask, editor: int, tmp_path: Path) -> None:
    table = table_of(SHEET, tmp_path)
    with pytest.raises(Overtaken, match=r"row 2 among them\. Nothing of this sheet was written\. Import it again"):
        plan_then(app, table, editor, lambda: imported(app, table, editor))
    assert counted(app) == (2, 2)


def test_rows_that_were_read_again_since_the_plan_are_compared_anew(app: Flask, editor: int, tmp_path: Path) -> None:
    imported(app, table_of(SHEET, tmp_path), editor)
    corrected = table_of(SHEET.replace("Baker", "Weaver"), tmp_path)
    with pytest.raises(Overtaken, match="row 3 among them"):
        plan_then(
            app, table_of(SHEET.replace("Baker", "Tailor"), tmp_path), editor, lambda: imported(app, corrected, editor)
        )
    with app.app_context():
        nigar = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
        assert revisions.head(nigar).occupation == "Weaver"


def test_another_list_may_be_imported_meanwhile(app: Flask, editor: int, tmp_path: Path) -> None:
    other = "name,profession\nBahar Sögetli,Weaver\n"
    report = plan_then(app, table_of(SHEET, tmp_path), editor, lambda: imported(app, table_of(other, tmp_path), editor))
    assert report.created == 2


def test_an_officer_and_an_import_that_save_one_case_wait_for_each_other(
    app: Flask, editor: int, tmp_path: Path
) -> None:
    """The import changes the first row's case, then the second's; the officer saves the second one in between."""
    imported(app, table_of(SHEET, tmp_path), editor)
    begun, table = Event(), table_of(SHEET.replace("Poet", "Singer").replace("Baker", "Miller"), tmp_path)

    def officer() -> int:
        begun.wait(30)
        with app.app_context():
            case = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
            file = msgspec.structs.replace(revisions.head(case), employer="The orchard bakery")
            by, version = db.session.get_one(Account, editor), case.version
            db.session.rollback()
            saved = door.save(case, file, by=by, base_version=version, reason="Told by a neighbour.")
            db.session.commit()
            return saved.revision.number

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(officer)
        plan_then(app, table, editor, begun.set)
        assert waiting.result(30) in {2, 3}
    with app.app_context():
        nigar = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
        file = revisions.head(nigar)
        assert (file.occupation, file.employer) == ("Miller", "The orchard bakery")
        kinds = list(db.session.scalars(select(Revision.kind).where(Revision.case_id == nigar.id)))
        assert sorted(kinds) == ["edit", "import", "import"]

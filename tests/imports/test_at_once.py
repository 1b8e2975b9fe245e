"""Two imports of one list at once, and an officer who saves meanwhile: one of them waits, nobody loses anything."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.imports.models import ImportedRow
from campaign.imports.steps import Overtaken
from campaign.publishing import door
from tests.imports.bringing import brought, planned_then

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = "case_id,name,profession\nA1,Semet Örükzar,Poet\nA2,Nigar Anarbagh,Baker\n"


def file_of(text: str, folder: Path) -> Path:
    path = folder / f"{sha256(text.encode()).hexdigest()[:8]}.csv"
    path.write_text(text, "utf-8")
    return path


def counted(app: Flask) -> tuple[int, int]:
    with app.app_context():
        cases = db.session.scalar(select(func.count()).select_from(Case)) or 0
        return cases, db.session.scalar(select(func.count()).select_from(ImportedRow)) or 0


def test_of_two_imports_of_one_sheet_at_once_the_second_is_told_and_writes_nothing(
    app: Flask, editor: int, tmp_path: Path
) -> None:
    table, both = file_of(SHEET, tmp_path), Barrier(2)

    def one(_number: int) -> str:
        both.wait()
        try:
            return f"{brought(app, table, editor).created} created"
        except Overtaken as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(one, range(2)))
    # Whoever begins to plan after the other has written finds everything known.
    assert told[-1].startswith("Somebody else imported rows of the list “sheet”") or told == ["0 created", "2 created"]
    assert counted(app) == (2, 2)


def test_rows_that_were_imported_since_the_plan_are_not_opened_twice(app: Flask, editor: int, tmp_path: Path) -> None:
    table = file_of(SHEET, tmp_path)
    with pytest.raises(Overtaken, match=r"row 2 among them\. Nothing of this sheet was written\. Import it again"):
        planned_then(app, table, editor, lambda: brought(app, table, editor))
    assert counted(app) == (2, 2)


def test_rows_that_were_read_again_since_the_plan_are_compared_anew(app: Flask, editor: int, tmp_path: Path) -> None:
    brought(app, file_of(SHEET, tmp_path), editor)
    corrected = file_of(SHEET.replace("Baker", "Weaver"), tmp_path)
    with pytest.raises(Overtaken, match="row 3 among them"):
        planned_then(
            app, file_of(SHEET.replace("Baker", "Tailor"), tmp_path), editor, lambda: brought(app, corrected, editor)
        )
    with app.app_context():
        nigar = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
        assert revisions.head(nigar).occupation == "Weaver"


def test_another_list_may_be_imported_meanwhile(app: Flask, editor: int, tmp_path: Path) -> None:
    other = "name,profession\nBahar Sögetli,Weaver\n"
    report = planned_then(app, file_of(SHEET, tmp_path), editor, lambda: brought(app, file_of(other, tmp_path), editor))
    assert report.created == 2


def test_an_officer_and_an_import_that_save_one_case_wait_for_each_other(
    app: Flask, editor: int, tmp_path: Path
) -> None:
    """The import changes the first row's case, then the second's; the officer saves the second one in between."""
    brought(app, file_of(SHEET, tmp_path), editor)
    begun, table = Event(), file_of(SHEET.replace("Poet", "Singer").replace("Baker", "Miller"), tmp_path)

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
        planned_then(app, table, editor, begun.set)
        assert waiting.result(30) in {2, 3}
    with app.app_context():
        nigar = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
        file = revisions.head(nigar)
        assert (file.occupation, file.employer) == ("Miller", "The orchard bakery")
        kinds = list(db.session.scalars(select(Revision.kind).where(Revision.case_id == nigar.id)))
        assert sorted(kinds) == ["edit", "import", "import"]

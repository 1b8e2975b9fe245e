"""The record of an import: who brought which file, who opens it, what its rows would do, what is told of it later."""

import csv
import io
import os
import time
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import members
from campaign.cases.checks import Refused
from campaign.cases.models import Case
from campaign.clock import now
from campaign.database import db
from campaign.imports import looks, maps, plans, report, uploads
from campaign.imports import record as imports
from campaign.imports.models import Import, ImportLook, ImportRow
from campaign.publishing import erase, sweep
from tests.cast import hired
from tests.imports.asking import Asking

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = (
    "case_id,name,profession,DOB\nA1,Semet Örükzar,Poet,circa always\nA2,Nigar Anarbagh,=Baker,1981\nA3,,Miller,1950\n"
)
CONSENT = '[consent]\ngiver = "Aunt"\ngiver_kind = "relative"\nbasis = "family"\nscopes = ["store"]\n'


@pytest.fixture
def asking(app: Flask, editor: int) -> Asking:
    return Asking(app, editor)


@pytest.fixture
def others(app: Flask) -> dict[str, int]:
    """The accounts of another editor, a safety officer, a viewer."""
    with app.app_context():
        found = {
            "edi": hired("Edi", "editor").id,
            "sana": hired("Sana", "safety_officer").id,
            "vera": hired("Vera", "viewer").id,
        }
        db.session.commit()
        return found


def deeds(app: Flask, action: str) -> list[tuple[int | None, str]]:
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.number))
        return [(row.actor_id, row.subject) for row in rows]


def files_of(app: Flask) -> list[Path]:
    folder = app.extensions["settings"].home / "media" / "uploads"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_lies_sealed_and_only_its_importer_and_safety_officers_open_it(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.brings(SHEET)
    (file,) = files_of(app)
    assert b"Nigar" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with app.app_context():
        one = db.session.get_one(Import, number)
        for who in (asking.account, others["sana"]):
            assert "A2" in uploads.opened(one, by=db.session.get_one(Account, who)).sheet.column("case_id")
        for who in (others["edi"], others["vera"]):
            with pytest.raises(Refused, match="Only who brought this file in"):
                uploads.opened(one, by=db.session.get_one(Account, who))
        db.session.commit()
    assert deeds(app, "import.uploaded") == [(asking.account, f"import:{number}")]
    assert deeds(app, "import.opened") == [(who, f"import:{number}") for who in (asking.account, others["sana"])]


def test_a_consent_is_stated_by_a_safety_officer_and_stays_theirs(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.brings(SHEET)
    with app.app_context():
        one, editor = db.session.get_one(Import, number), db.session.get_one(Account, asking.account)
        table = uploads.table(one)
        with pytest.raises(Refused, match="only a safety officer"):
            imports.state_map(one, CONSENT, table, by=editor)
        imports.state_map(one, CONSENT, table, by=db.session.get_one(Account, others["sana"]))
        imports.state_map(one, CONSENT + '[rows]\nscheme = "families"\n', table, by=editor)
        assert imports.signer(one).id == others["sana"]
        with pytest.raises(Refused, match="only a safety officer"):
            imports.state_map(one, CONSENT.replace("Aunt", "Uncle"), table, by=editor)
        imports.state_map(one, "", table, by=editor)
        assert imports.signer(one).id == asking.account


@both
def test_the_plan_says_of_each_row_what_it_would_do_and_what_was_left_out_is_not_written(
    app: Flask, asking: Asking
) -> None:
    number = asking.brings(SHEET)
    planned = asking.has(number, "planning")
    assert (planned.stage, planned.counts["created"], planned.counts["refused"]) == ("planned", 2, 1)
    with app.app_context():
        one = db.session.get_one(Import, number)
        assert plans.counts(one) == {"created": 2, "refused": 1}
        first, second = (plan for _, plan in plans.page(one, outcome="created"))
        assert first is not None
        assert second is not None
        assert (first.name, second.name) == ("Semet Örükzar", "Nigar Anarbagh")
        assert "=Baker" in [change.after for change in second.changes]
        assert any("No date could be read" in said.sentence for said in first.messages)
        assert db.session.scalar(select(func.count()).select_from(Case)) == 0
        plans.choose(one, [3], is_chosen=False)
        db.session.commit()
    assert asking.has(number, "writing").counts["created"] == 1
    with app.app_context():
        assert [case.display_name for case in db.session.scalars(select(Case))] == ["Semet Örükzar"]
        rows = list(db.session.scalars(select(ImportRow).order_by(ImportRow.number)))
        assert [(row.number, row.outcome, row.before, row.after, row.plan) for row in rows] == [
            (2, "created", 0, 1, None), (3, "created", 0, None, None), (4, "refused", 0, None, None),
        ]  # fmt: skip


@both
def test_what_is_to_be_looked_at_stays_with_its_case_until_somebody_settles_it(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.imports(SHEET)
    with app.app_context():
        editor = db.session.get_one(Account, asking.account)
        waiting = looks.waiting(editor, import_id=number)
        told = {(look.row_number, look.kind, look.words, case.display_name if case else "") for look, case in waiting}
        assert (2, "cell", "circa always", "Semet Örükzar") in told
        assert (4, "refused", "A3, Miller, 1950", "") in told
        (of_case,) = {case.id for look, case in waiting if case and look.row_number == 2}
        flagged = db.session.scalars(select(Case.id).where(looks.has_open(number)))
        assert of_case in set(flagged)
        some = [look.id for look, _ in looks.waiting(editor, case_id=of_case)]
        assert looks.settle_many(some, by=editor) == len(some)
        assert looks.count(editor, case_id=of_case) == 0
        assert looks.settle_many(some, by=editor) == 0
        settled = db.session.get_one(ImportLook, some[0])
        assert (settled.settled_by_id, settled.settled_how) == (editor.id, "seen")


def test_of_a_case_that_somebody_may_not_see_nothing_is_told(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.imports(SHEET)
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.display_name == "Semet Örükzar")).one()
        members.name_member(case, asking.account, by=db.session.get_one(Account, others["sana"]))
        case.is_restricted = True
        db.session.commit()
        edi, one = db.session.get_one(Account, others["edi"]), db.session.get_one(Import, number)
        assert 2 not in {look.row_number for look, _ in looks.waiting(edi, import_id=number)}
        assert b"circa always" not in report.as_csv(one, edi)
        assert case.ref.encode() not in report.as_csv(one, edi)


def test_the_report_tells_cells_to_who_may_read_them_and_no_cell_is_a_formula(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.imports(SHEET)
    with app.app_context():
        one = db.session.get_one(Import, number)
        full = report.as_csv(one, db.session.get_one(Account, asking.account)).decode("utf-8-sig")
        bare = report.as_csv(one, db.session.get_one(Account, others["vera"])).decode("utf-8-sig")
        refs = [case.ref for case in db.session.scalars(select(Case).order_by(Case.id))]
    assert "circa always" in full
    assert list(csv.reader(io.StringIO(bare))) == [
        ["row", "reference", "result"], ["2", refs[0], "created"], ["3", refs[1], "created"], ["4", "", "refused"],
    ]  # fmt: skip
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(full)) for cell in row)


def test_a_map_is_kept_for_the_next_sheet_with_the_same_headers_and_states_no_consent(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.brings(SHEET)
    with app.app_context():
        one, editor = db.session.get_one(Import, number), db.session.get_one(Account, asking.account)
        table = uploads.table(one)
        maps.keep("Turpan  families", '[rows]\nscheme = "turpan"\n' + CONSENT, table, by=editor)
        db.session.commit()
        (kept,) = maps.fitting(table)
        assert (kept.name, imports.state_map(one, kept.map, table, by=editor).scheme) == ("Turpan families", "turpan")
        with pytest.raises(Refused):
            maps.keep("Turpan families", "", table, by=db.session.get_one(Account, others["vera"]))
    other = asking.brings(SHEET.replace("profession", "work"))
    with app.app_context():
        assert maps.fitting(uploads.table(db.session.get_one(Import, other))) == []


@both
def test_a_file_is_dropped_after_fourteen_days_and_its_record_stays(app: Flask, asking: Asking) -> None:
    number, waiting = asking.imports(SHEET), asking.brings(SHEET)
    with app.app_context():
        sweep.sweep()
    assert len(files_of(app)) == 2
    with app.app_context(), time_machine.travel(now() + uploads.KEPT_FOR):
        sweep.sweep()
    assert files_of(app) == []
    done, ended = asking.sees(number), asking.sees(waiting)
    assert (done.stage, done.upload, bool(done.dropped_at), len(done.digest)) == ("done", "", True, 64)
    assert done.map
    assert (ended.stage, ended.fault) == ("failed", uploads.GONE)
    with pytest.raises(Refused, match="dropped"):
        asking.asks(waiting, "planning")


def test_a_file_that_a_crash_left_behind_goes_with_a_sweep(app: Flask, asking: Asking) -> None:
    asking.brings(SHEET)
    with app.app_context():
        stray = uploads.vault().put(io.BytesIO(b"nobody's")).name
        path = uploads.vault().root / stray[:2] / stray
        uploads.drop_old()
        assert path.exists()
        before = time.time() - uploads.LONGEST_UPLOAD_SECONDS - 1
        os.utime(path, (before, before))
        uploads.drop_old()
        assert not path.exists()
    assert len(files_of(app)) == 1


@both
def test_erasing_a_person_drops_the_files_that_hold_them_and_all_that_waited(
    app: Flask, asking: Asking, others: dict[str, int]
) -> None:
    number = asking.imports(SHEET)
    apart = asking.imports("case_id,name\nB7,Qadir Bulaq\n", text='[rows]\nscheme = "apart"\nkey = ["case_id"]\n')
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.display_name == "Semet Örükzar")).one()
        case_id = case.id
        files = erase.erase(case, by=db.session.get_one(Account, others["sana"]), reason="asked")
        db.session.commit()
        erase.finish(files)
        for table in (ImportRow, ImportLook):
            assert db.session.scalar(select(func.count()).select_from(table).where(table.case_id == case_id)) == 0
        assert not db.session.scalars(select(ImportLook).where(ImportLook.words == "circa always")).all()
    assert (asking.sees(number).upload, asking.sees(number).stage) == ("", "done")
    assert asking.sees(apart).upload
    assert len(files_of(app)) == 1

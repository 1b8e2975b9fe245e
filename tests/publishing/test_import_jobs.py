"""Jobs of imports: done outside requests, told as they go, nothing left of one that dies, and imports taken back."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.cases import members, revisions, workflow
from campaign.cases.checks import Refused
from campaign.cases.models import Case, Comment, UsedReference
from campaign.clock import now
from campaign.database import db
from campaign.imports import looks, plans
from campaign.imports import record as imports
from campaign.imports.models import Import, ImportedRow, ImportLook, ImportRow
from campaign.ledger import verification
from campaign.publishing import door, import_jobs, import_undo, import_writing
from tests.cast import hired
from tests.imports.asking import Asking

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
SHEET = "case_id,name,profession\nA1,Semet Örükzar,Poet\nA2,Nigar Anarbagh,Baker\n"
CHANGED = SHEET.replace("Poet", "Singer").replace("Baker", "Miller")


@pytest.fixture
def asking(app: Flask) -> Asking:
    """An editor at the pages of imports."""
    with app.app_context():
        number = hired("Edo", "editor").id
        db.session.commit()
    return Asking(app, number)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are written one in a transaction."""
    monkeypatch.setattr(import_writing, "AT_ONCE", 1)


def hires(app: Flask, name: str, role: str) -> int:
    with app.app_context():
        number = hired(name, role).id
        db.session.commit()
        return number


def occupations(app: Flask) -> dict[str, str]:
    with app.app_context():
        cases = db.session.scalars(select(Case).order_by(Case.id))
        return {case.display_name: revisions.head(case).occupation for case in cases}


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def cells(app: Flask) -> list[tuple[str, int | None]]:
    with app.app_context():
        rows = db.session.scalars(select(ImportedRow).order_by(ImportedRow.id))
        return [(json.loads(row.cells)["profession"], row.import_id) for row in rows]


@pytest.fixture
def served(app: Flask) -> Iterator[None]:
    """The thread that does jobs beside the desk."""
    stopped = import_jobs.start(app)
    yield
    stopped.set()
    imports.asked.set()
    for thread in threading.enumerate():
        if thread.name == "imports":
            thread.join(30)


@both
def test_a_page_asks_and_is_left_and_the_thread_plans_and_writes(app: Flask, asking: Asking, served: None) -> None:
    number = asking.brings(SHEET)
    for stage, ended in (("planning", "planned"), ("writing", "done")):
        asking.asks(number, stage)  # type: ignore[arg-type]
        for _ in range(600):
            if asking.sees(number).stage == ended:
                break
            threading.Event().wait(0.05)
        assert asking.sees(number).stage == ended
    done = asking.sees(number)
    assert (done.done_count, done.total_count, done.runner, done.counts["created"]) == (2, 2, "", 2)
    assert occupations(app) == {"Semet Örükzar": "Poet", "Nigar Anarbagh": "Baker"}


def test_a_job_is_asked_by_who_may_and_in_its_turn(app: Flask, asking: Asking) -> None:
    number, other = asking.brings(SHEET), hires(app, "Edi", "editor")
    with pytest.raises(Refused, match="Look at the rows first"):
        asking.asks(number, "writing")
    with pytest.raises(Refused, match="Only who brought"):
        asking.asks(number, "planning", by=other)
    asking.asks(number, "planning")
    with app.app_context():
        one, editor = db.session.get_one(Import, number), db.session.get_one(Account, asking.account)
        with pytest.raises(Refused, match="being worked on"):
            imports.decide(one, {"x": "leave out"}, by=editor)


def test_what_a_plan_can_not_follow_stands_in_the_import_in_words(app: Flask, asking: Asking) -> None:
    number = asking.brings(SHEET)
    with app.app_context():
        imports.decide(
            db.session.get_one(Import, number), {"nobody": "leave out"}, by=db.session.get_one(Account, asking.account)
        )
        db.session.commit()
    failed = asking.has(number, "planning")
    assert failed.stage == "failed"
    assert "nobody" in failed.fault


@both
def test_what_somebody_decided_of_a_row_is_done(app: Flask, asking: Asking) -> None:
    asking.imports(SHEET)
    number = asking.brings(SHEET.replace("Semet Örükzar", "Maria Example"))
    assert asking.has(number, "planning").counts["asked"] == 1
    with app.app_context():
        one = db.session.get_one(Import, number)
        ((_, plan),) = plans.page(one, outcome="asked")
        assert plan is not None
        assert plan.question
        assert "somebody else" in {choice.choice for choice in plan.choices}
        imports.decide(one, {plan.row_key: "somebody else"}, by=db.session.get_one(Account, asking.account))
        db.session.commit()
    assert asking.has(number, "planning").counts["asked"] == 0
    assert asking.has(number, "writing").counts["created"] == 1
    assert "Maria Example" in occupations(app)


@both
def test_a_row_that_would_do_something_else_by_now_is_left_out_and_told(app: Flask, asking: Asking) -> None:
    asking.imports(SHEET)
    number = asking.brings(CHANGED)
    asking.has(number, "planning")
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.display_name == "Semet Örükzar")).one()
        file = msgspec.structs.replace(revisions.head(case), occupation="Teacher")
        editor = db.session.get_one(Account, asking.account)
        door.save(case, file, by=editor, base_version=case.version, reason="Told.")
        db.session.commit()
    done = asking.has(number, "writing")
    assert (done.counts["updated"], done.counts["refused"]) == (1, 1)
    assert occupations(app) == {"Semet Örükzar": "Teacher", "Nigar Anarbagh": "Miller"}
    with app.app_context():
        waiting = looks.waiting(db.session.get_one(Account, asking.account), import_id=number, kinds=["refused"])
        assert [(look.row_number, look.message) for look, _ in waiting] == [(2, import_writing.OTHERWISE)]


@both
def test_a_job_whose_process_died_leaves_nothing_half_written(
    app: Flask, asking: Asking, few_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asking.brings(SHEET)
    asking.has(number, "planning")
    asking.asks(number, "writing")
    waits: list[float] = []

    def dies(seconds: float) -> None:
        waits.append(seconds)
        raise SystemExit("killed")  # between the first row's transaction and the second's

    monkeypatch.setattr(import_writing.time, "sleep", dies)
    with app.app_context(), pytest.raises(SystemExit):
        import_jobs.do_next()
    monkeypatch.undo()
    assert count(app, Case) == 1
    half = asking.sees(number)
    assert (half.stage, half.done_count, half.total_count) == ("writing", 1, 2)
    with app.app_context():
        import_jobs.take_back_the_dead()
    assert asking.sees(number).stage == "writing"
    with app.app_context(), time_machine.travel(now() + import_jobs.SILENT + timedelta(seconds=1)):
        import_jobs.take_back_the_dead()
    failed = asking.sees(number)
    assert (failed.stage, failed.fault) == ("failed", import_jobs.STOPPED)
    assert (count(app, Case), count(app, ImportedRow)) == (0, 0)
    asking.has(number, "planning")
    assert asking.has(number, "writing").stage == "done"
    assert count(app, Case) == 2


def test_one_import_is_written_at_a_time(app: Flask, asking: Asking) -> None:
    first, second = asking.brings(SHEET), asking.brings("name\nQadir Bulaq\n", text='[rows]\nscheme = "other"\n')
    for number in (first, second):
        asking.has(number, "planning")
    for number in (first, second):
        asking.asks(number, "writing")
    with app.app_context():
        held = db.session.get_one(Import, first)
        held.runner, held.beat_at = "elsewhere:1:1", now()
        db.session.commit()
        assert not import_jobs.do_next()
        db.session.get_one(Import, first).runner = ""
        db.session.commit()
        assert import_jobs.do_next()
        assert import_jobs.do_next()
    assert {asking.sees(first).stage, asking.sees(second).stage} == {"done"}


@both
def test_an_import_taken_back_is_as_if_it_had_never_been(app: Flask, asking: Asking) -> None:
    first = asking.imports(SHEET)
    second = asking.imports(CHANGED + "A3,Qadir Bulaq,Smith\n")
    assert cells(app)[0] == ("Singer", second)
    undone = asking.has(second, "undoing")
    assert (undone.stage, undone.upload, undone.counts["taken_back"]) == ("undone", "", 3)
    assert occupations(app) == {"Semet Örükzar": "Poet", "Nigar Anarbagh": "Baker"}
    assert cells(app) == [("Poet", first), ("Baker", first)]
    assert count(app, UsedReference) == 3
    with app.app_context():
        assert db.session.scalars(select(ImportLook).where(ImportLook.import_id == second)).all() == []
        actions = set(db.session.scalars(select(AuditRow.action).where(AuditRow.actor_id == asking.account)))
        assert {"import.uploaded", "cases.imported", "import.undone", "case.removed"} <= actions
        assert log.verify().faults == ()
        assert verification.verify().faults == ()
    third = asking.imports(SHEET)
    assert asking.sees(third).counts["unchanged"] == 2


@both
def test_a_case_on_which_somebody_has_built_stays_and_the_rest_goes(app: Flask, asking: Asking) -> None:
    number = asking.imports(SHEET + "A3,Qadir Bulaq,Smith\nA4,Bahar Sögetli,Weaver\n")
    with app.app_context():
        editor = db.session.get_one(Account, asking.account)
        submitted, commented, saved, _ = db.session.scalars(select(Case).order_by(Case.id))
        workflow.submit(submitted, by=editor)
        db.session.add(Comment(case_id=commented.id, author_id=editor.id, body="Ask her sister."))
        file = msgspec.structs.replace(revisions.head(saved), employer="The forge")
        door.save(saved, file, by=editor, base_version=saved.version, reason="Told.")
        db.session.commit()
        built = import_undo.built_on(db.session.get_one(Import, number))
        assert [(one.number, one.what) for one in built] == [
            (2, "It was submitted since."), (3, "It was commented on since."), (4, "It was saved since."),
        ]  # fmt: skip
    left = asking.has(number, "undoing")
    assert (left.stage, left.counts["taken_back"], left.counts["kept"]) == ("done", 1, 3)
    assert left.upload
    assert "Bahar Sögetli" not in occupations(app)
    assert count(app, Case) == 3


@both
def test_what_a_later_import_has_read_again_stays(app: Flask, asking: Asking) -> None:
    first = asking.imports(SHEET)
    asking.imports(CHANGED)
    assert asking.has(first, "undoing").counts["kept"] == 2
    assert count(app, Case) == 2


def test_a_safety_officer_takes_back_anybody_s_import_and_another_editor_does_not(app: Flask, asking: Asking) -> None:
    number = asking.imports(SHEET)
    with pytest.raises(Refused, match="safety officer"):
        asking.asks(number, "undoing", by=hires(app, "Edi", "editor"))
    assert asking.has(number, "undoing", by=hires(app, "Sana", "safety_officer")).stage == "undone"
    assert count(app, Case) == 0


def test_an_undo_that_died_is_done_again(app: Flask, asking: Asking) -> None:
    number = asking.imports(SHEET)
    asking.asks(number, "undoing")
    with app.app_context():
        one = db.session.get_one(Import, number)
        one.runner, one.beat_at = "elsewhere:1:1", now() - import_jobs.SILENT - timedelta(seconds=1)
        db.session.commit()
        import_jobs.take_back_the_dead()
        assert import_jobs.do_next()
    assert asking.sees(number).stage == "undone"


def test_a_case_that_people_were_named_on_stays(app: Flask, asking: Asking) -> None:
    number, cora = asking.imports(SHEET), hires(app, "Cora", "contributor")
    with app.app_context():
        case = db.session.scalars(select(Case).order_by(Case.id)).first()
        assert case is not None
        members.name_member(case, cora, by=db.session.get_one(Account, asking.account))
        db.session.commit()
    assert asking.has(number, "undoing").counts["kept"] == 1
    assert count(app, ImportRow) == 2


def test_who_saves_while_an_import_is_written_waits_for_a_few_rows_alone(
    app: Flask, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two transactions of one import somebody else's save goes in: it is not kept waiting for the whole."""
    monkeypatch.setattr(import_writing, "AT_ONCE", 5)
    lines = "".join(f"K{number},Bahar {number}\n" for number in range(100))
    number = asking.brings(f"case_id,name\n{lines}")
    asking.has(number, "planning")
    asking.imports(SHEET, text='[rows]\nscheme = "orchard"\nkey = ["case_id"]\n')
    asking.asks(number, "writing")
    seen: list[int] = []

    def officer() -> None:
        while asking.sees(number).written_at is None:
            threading.Event().wait(0.02)
        with app.app_context():
            case = db.session.scalars(select(Case).where(Case.display_name == "Nigar Anarbagh")).one()
            file = msgspec.structs.replace(revisions.head(case), employer="The orchard bakery")
            by = db.session.get_one(Account, asking.account)
            door.save(case, file, by=by, base_version=case.version, reason="Told by a neighbour.")
            seen.append(db.session.get_one(Import, number).done_count)
            db.session.commit()

    saving = threading.Thread(target=officer)
    saving.start()
    with app.app_context():
        import_jobs.do_next()
    saving.join(60)
    assert 0 < seen[0] < 100
    assert asking.sees(number).stage == "done"

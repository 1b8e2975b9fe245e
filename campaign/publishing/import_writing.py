"""Making the plan of an import and writing it, a few rows in a transaction: whoever saves meanwhile waits for those.

Called by who has claimed the import (import_jobs), which takes back what was written where it ends half-way.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import update

from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases.checks import Refused
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.clock import now
from campaign.database import aside, db, reading
from campaign.imports import duplicate_rows, importing, looks, planning, plans, uploads
from campaign.imports import record as imports
from campaign.imports.importing import Report
from campaign.imports.mapping import Map
from campaign.imports.models import Import, Stage
from campaign.imports.readings import refuse_overtaken
from campaign.imports.steps import Decisions, Step
from campaign.ledger import writer
from campaign.publishing import restricted_duplicates
from campaign.sheets import Sheet

AT_ONCE = 500  # rows written in one transaction: a second on a slow machine
GAP_SECONDS = 0.11  # between two of them: whoever waits for SQLite's lock asks for it every tenth of a second
OTHERWISE = "This row would do something else now than what was shown. It was left out: look at it again."
RARELY = 100_000  # objects more than were let go, between two searches for garbage
NEVER_ALL = 1_000  # of those searches, before one goes through whatever has stayed
TAKEN_OVER = "This job was taken for dead, and ended by another process."
Tick = Callable[[int], object]


class Progress:
    """Tells an import's row, at most once a second, how far a job is that writes nothing; `also` is told each time."""

    def __init__(self, one: Import, total: int, *, also: Tick = lambda _: None) -> None:
        self.number, self.total, self.done, self.told, self.also = one.id, total, 0, 0.0, also

    def __call__(self, count: int = 1) -> None:
        """Count rows as done."""
        self.done += count
        self.also(count)
        if time.monotonic() - self.told >= 1:
            self.told = time.monotonic()
            values = {"done_count": self.done, "total_count": self.total, "beat_at": now()}
            with aside() as session:
                session.execute(update(Import).where(Import.id == self.number).values(**values))


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let Python look for garbage seldom: what the rows of a sheet come to is millions of objects that all stay."""
    before = gc.get_threshold()
    gc.set_threshold(RARELY, before[1], NEVER_ALL)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@rarely_collected()
def steps_of(
    table: Sheet,
    chosen: Map,
    *,
    by: Account,
    signer: Account,
    decisions: Decisions,
    deciders: Mapping[str, int] | None = None,
    tick: Tick = lambda _: None,
    will_write: bool = False,
) -> list[Step]:
    """Return what the rows of a sheet come to, likely duplicates and all, without keeping writers waiting.

    Whoever `will_write` them has them made ready, so that writing has less to do. Raises NoSuchRow for a decision about
    a row that is not there.
    """
    steps = []
    with reading():
        db.session.rollback()  # what was begun before may keep writers waiting, this job's own progress too
        for step in planning.plan(table, chosen, by=by, signer=signer, decisions=decisions, deciders=deciders):
            steps.append(step)
            tick(step.row_count)
        read = duplicate_rows.sift(steps, by)
        if will_write:
            importing.prepare_new(steps, read)
        db.session.rollback()
    return steps


def plan(one: Import, table: Sheet, chosen: Map) -> Report:
    """Make the plan of an import that is claimed, keep it, and return what it comes to. Commits."""
    number, runner, by, signer = one.id, one.runner, db.session.get_one(Account, one.by_id), imports.signer(one)
    steps = steps_of(
        table, chosen, by=by, signer=signer, decisions=imports.decisions(one), deciders=imports.deciders(one),
        tick=Progress(one, len(table.rows)),
    )  # fmt: skip
    one = mine(number, runner)
    plans.keep(one, steps)
    report = importing.counted(steps, chosen)
    end(one, "planned")
    one.counts, one.total_count, one.done_count = report.counts(), report.rows, report.rows
    db.session.commit()
    return report


def write(one: Import, table: Sheet, chosen: Map) -> Report:
    """Write the chosen rows of the plan of an import that is claimed, and return the report. Commits, again and again.

    The plan is made anew from what the cases say now. A row that would do something else than what was kept of it is
    left out, and waits to be looked at.
    """
    by, signer = db.session.get_one(Account, one.by_id), imports.signer(one)
    steps = steps_of(
        table, chosen, by=by, signer=signer, decisions=imports.decisions(one), deciders=imports.deciders(one),
        tick=Progress(one, len(table.rows)), will_write=True,
    )  # fmt: skip
    db.session.refresh(one)
    return write_steps(one, _as_shown(one, steps), chosen)


@rarely_collected()
def write_steps(one: Import, steps: Sequence[Step], chosen: Map, *, tick: Tick = lambda _: None) -> Report:
    """Write steps that were made ready, and return the report. Commits, again and again.

    Raises Overtaken where rows of the list were imported since they were made; then nothing is written.
    """
    number, runner = one.id, one.runner
    one = mine(number, runner)
    refuse_overtaken(steps, chosen.scheme, db.session.get_one(Account, one.by_id))
    one.written_at, one.done_count, one.total_count = now(), 0, len(steps)
    for start in range(0, len(steps), AT_ONCE):
        some = steps[start : start + AT_ONCE]
        _write_some(mine(number, runner), some, chosen)
        tick(sum(step.row_count for step in some))
        time.sleep(GAP_SECONDS if len(some) == AT_ONCE else 0)
    return _finish(mine(number, runner), steps, chosen)


def mine(number: int, runner: str) -> Import:
    """Return an import under the write lock. Raises Refused where its file was dropped, or the job is another's."""
    writer.take(db.session())
    db.session.flush()
    one = db.session.get_one(Import, number, populate_existing=True)
    if one.runner != runner:
        raise Refused(TAKEN_OVER)
    if not one.upload:
        raise Refused(uploads.GONE)
    return one


def _as_shown(one: Import, steps: Sequence[Step]) -> list[Step]:
    """Return the steps of the rows that were chosen; one that would do something else than was shown is refused."""
    kept, found = plans.kept(one), []
    for step in steps:
        row = kept.get(step.draft.number)
        if row is not None and not row.is_chosen:
            continue
        if step.outcome not in ("refused", "asked") and (row is None or not plans.is_as_shown(row, step)):
            step.refuse("", step.name, OTHERWISE)
        found.append(step)
    return found


def _write_some(one: Import, some: Sequence[Step], chosen: Map) -> None:
    """Write some steps in one transaction, with what is kept of them."""
    written = importing.write(some, chosen, by=db.session.get_one(Account, one.by_id), import_id=one.id)
    plans.note(one, some, written)
    looks.keep(one, some)
    restricted_duplicates.alert(_files_of(some))
    one.done_count, one.beat_at = one.done_count + len(some), now()
    db.session.commit()


def _files_of(steps: Sequence[Step]) -> Iterator[tuple[Case, CaseFile]]:
    """Yield the cases that steps opened or changed, each with its file."""
    for step in steps:
        file = step.draft.file if step.outcome == "created" else step.merged
        if step.case_id and file is not None and step.outcome in {"created", "updated"}:
            yield db.session.get_one(Case, step.case_id), file


def _finish(one: Import, steps: Sequence[Step], chosen: Map) -> Report:
    duplicate_rows.remember_pairs(steps)
    looks.keep_columns(one, importing.of_sheet(steps, chosen))
    plans.forget(one)
    report = importing.counted(steps, chosen)
    one.counts = report.counts()
    end(one, "done")
    record("cases.imported", by=one.by_id, subject=uploads.name_of(one), details={**report.counts()})
    db.session.commit()
    return report


def end(one: Import, stage: Stage, fault: str = "") -> None:
    """End the job of an import at a stage."""
    one.stage, one.fault, one.runner, one.ended_at = stage, fault, "", now()

"""Jobs of imports, done outside every request: a plan is made, a plan is written, an import is taken back.

A page asks for a job (imports.record.ask) and is left; a thread of the desk's process does it, `flask cases import`
does the same at once. How far it is stands in the import's row. One import is written at a time, a few rows in a
transaction, so that whoever saves meanwhile waits for those alone; one that ends half-way is taken back.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from campaign import schema
from campaign.accounts.models import Account
from campaign.cases.checks import Refused
from campaign.clock import now
from campaign.database import db, reading
from campaign.imports import plans, uploads
from campaign.imports import record as imports
from campaign.imports.importing import Report
from campaign.imports.mapping import BadMap, Map
from campaign.imports.models import Import, Stage
from campaign.ledger import writer
from campaign.publishing import import_undo
from campaign.publishing.import_writing import Progress, end, mine, plan, steps_of, write, write_steps
from campaign.sheets import Sheet, Unreadable

JOBS = ("planning", "writing", "undoing")
ONE_AT_A_TIME = ("writing", "undoing")
POLL_SECONDS = 2
SILENT = timedelta(minutes=2)  # a job that has told nothing for so long is dead
STOPPED = "It stopped half-way, and nothing of it was kept. Ask for it again."
FAILED = "Something went wrong in the program, and nothing was kept. The log has the details."
KNOWN = (Refused, Unreadable, BadMap, OSError, ValueError)
log = logging.getLogger(__name__)


def me() -> str:
    """Return what this process and thread are called as a runner of jobs."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident()}"


def start(app: Flask) -> threading.Event:
    """Do jobs in a thread of its own from now on; setting the returned event ends it after the job of the moment."""
    stopped = threading.Event()
    threading.Thread(target=run, args=(app, stopped), name="imports", daemon=True).start()
    return stopped


def run(app: Flask, stopped: threading.Event) -> None:
    """Do jobs as they are asked for, until the event is set."""
    while not stopped.is_set():
        with app.app_context():
            try:
                if not schema.complaint():
                    take_back_the_dead()
                    while not stopped.is_set() and do_next():
                        pass
            except Exception:
                # As with the sweep: what fails here must not end the thread.
                db.session.rollback()
                log.exception("a job of an import failed")
        imports.asked.wait(POLL_SECONDS)
        imports.asked.clear()


def do_next() -> bool:
    """Do the job that has waited longest; return whether there was one. What it refuses stands in the import."""
    number = _claim()
    if number is None:
        return False
    try:
        _do(number)
    except KNOWN as fault:
        fail(number, str(fault))
    except Exception:
        log.exception("import %s failed", number)
        fail(number, FAILED)
    return True


def _claim() -> int | None:
    with reading():
        is_any = db.session.scalar(select(Import.id).where(Import.stage.in_(JOBS), Import.runner == "").limit(1))
        db.session.rollback()
    if is_any is None:
        return None
    writer.take(db.session())
    for one in db.session.scalars(
        select(Import).where(Import.stage.in_(JOBS), Import.runner == "").order_by(Import.asked_at)
    ):
        if one.stage in ONE_AT_A_TIME and _is_another_written(one):
            continue
        one.runner, one.beat_at = me(), now()
        db.session.commit()
        return one.id
    db.session.rollback()
    return None


def _is_another_written(one: Import) -> bool:
    others = select(Import.id).where(Import.stage.in_(ONE_AT_A_TIME), Import.runner != "", Import.id != one.id)
    return db.session.scalar(others.limit(1)) is not None


def _do(number: int) -> None:
    one = db.session.get_one(Import, number)
    if one.stage == "undoing":
        import_undo.take_back(one, by=db.session.get_one(Account, one.asked_by_id or one.by_id))
        return
    table = uploads.table(one)
    chosen = imports.map_of(one, table)
    db.session.rollback()
    if one.stage == "planning":
        plan(one, table, chosen)
    else:
        write(one, table, chosen)


def begin(one: Import, stage: Stage, *, by: Account) -> None:
    """Ask for a job and take it at once, for a command; waits while another import is written. Commits."""
    while True:
        writer.take(db.session())
        db.session.refresh(one)
        if stage not in ONE_AT_A_TIME or not _is_another_written(one):
            break
        db.session.rollback()
        time.sleep(0.1)
        take_back_the_dead()
    imports.ask(one, stage, by=by)
    one.runner, one.beat_at = me(), now()
    db.session.commit()


def at_once(one: Import, table: Sheet, chosen: Map, *, by: Account, bar: Callable[..., Any]) -> Report:
    """Plan and write an import for a command, and return the report. Raises what speaks against it. Commits."""
    number = one.id
    begin(one, "planning", by=by)
    try:
        with bar(total=len(table.rows), desc="reading") as told:
            progress = Progress(one, len(table.rows), also=told.update)
            steps = steps_of(
                table, chosen, by=by, signer=imports.signer(one), decisions=imports.decisions(one),
                deciders=imports.deciders(one), tick=progress,
                will_write=True,
            )  # fmt: skip
        plans.keep(mine(number, me()), steps, is_shown=False)
        end(one, "planned")
        db.session.commit()
        begin(one, "writing", by=by)
        with bar(total=len(table.rows), desc="writing") as told:
            return write_steps(one, steps, chosen, tick=told.update)
    except BaseException as fault:
        fail(number, str(fault) if isinstance(fault, KNOWN) else STOPPED)
        raise


def fail(number: int, sentence: str) -> None:
    """End a job that can't go on, and say why. What it wrote is taken back first. Commits."""
    db.session.rollback()
    one = db.session.get_one(Import, number, populate_existing=True)
    if one.stage == "writing":
        import_undo.take_back_rows(one, by=db.session.get_one(Account, one.by_id))
    writer.take(db.session())
    one = db.session.get_one(Import, number, populate_existing=True)
    end(one, "done" if one.stage == "undoing" else "failed", sentence)
    db.session.commit()


def take_back_the_dead() -> None:
    """End the jobs whose process died: nothing of one that was writing is kept; an undo is done again. Commits."""
    silent = (Import.stage.in_(JOBS), Import.runner != "", Import.beat_at < now() - SILENT)
    with reading():
        dead = list(db.session.scalars(select(Import.id).where(*silent)))
        db.session.rollback()
    for number in dead:
        writer.take(db.session())
        still = select(Import).where(Import.id == number, *silent).execution_options(populate_existing=True)
        one = db.session.scalar(still)
        if one is None:
            db.session.rollback()
            continue
        is_undo = one.stage == "undoing"
        one.runner, one.beat_at = ("" if is_undo else me()), now()
        db.session.commit()
        if not is_undo:
            fail(number, STOPPED)

"""Errors in the logs: each process of the confidential side adds its own to a count in the database.

A process of the public edge writes nothing there, for its user may read the public tables alone: its errors are in its
log and its figures (web.metrics). What a command writes is before the eyes of who typed it.
"""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from campaign import log, schema
from campaign.clock import today
from campaign.database import db
from campaign.doctor.diagnoses import Diagnosis
from campaign.doctor.models import ErrorCount

DESK, SWEEP, FAILED_SWEEPS = "desk", "sweep", "failed sweeps"
PROCESSES = (DESK, SWEEP)
KEPT = timedelta(days=30)
EVERY_SECONDS = 60


def keep(source: str) -> int:
    """Add what this process has written to its log since the last time to the count of today; return it. Commits."""
    count = log.errors.uncounted
    if count:
        add(source, count)
        log.errors.counted(count)
    return count


def add(source: str, count: int) -> None:
    """Add to the count of today; commits."""
    if not count:
        return
    key = {"day": today(), "source": source}
    mine = (ErrorCount.day == key["day"], ErrorCount.source == source)
    added = update(ErrorCount).where(*mine).values(count=ErrorCount.count + count)
    if db.session.execute(added.returning(ErrorCount.source)).first() is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(ErrorCount).values(count=count, **key))
        except IntegrityError:
            db.session.execute(added)
    db.session.execute(delete(ErrorCount).where(ErrorCount.day < today() - KEPT))
    db.session.commit()


def lately(*sources: str) -> int:
    """Return how many there were today and yesterday, of some sources."""
    recent = (ErrorCount.day >= today() - timedelta(days=1), ErrorCount.source.in_(sources))
    return db.session.scalar(select(func.sum(ErrorCount.count)).where(*recent)) or 0


def errors() -> Iterator[Diagnosis]:
    """Find that errors were logged, or that sweeps failed, today or yesterday."""
    for source in PROCESSES:
        if count := lately(source):
            yield Diagnosis(
                f"{count} {'error was' if count == 1 else 'errors were'} written to the log of the {source} since "
                "yesterday.",
                "Somebody was shown a page that says so instead of what they asked for, or a job failed.",
                "Type: journalctl -p err, or read where the process writes to; then tell who writes the program.",
                is_red=False,
            )
    if count := lately(FAILED_SWEEPS):
        yield Diagnosis(
            f"{count} {'sweep has' if count == 1 else 'sweeps have'} failed since yesterday.",
            "What a consent ends may have stayed public longer than it should.",
            "Type: flask sweep --once, and read what it says.",
            is_red=False,
        )


def start(app: Flask) -> threading.Event:
    """Count the errors of this process, the desk's, each minute from now on; setting the returned event ends it."""
    stopped = threading.Event()
    threading.Thread(target=_run, args=(app, stopped), name="errors", daemon=True).start()
    return stopped


def _run(app: Flask, stopped: threading.Event) -> None:
    while not stopped.wait(EVERY_SECONDS):
        with app.app_context():
            try:
                if log.errors.uncounted and not schema.complaint():
                    keep(DESK)
            except SQLAlchemyError as error:
                # Counted with the next: what was not kept stays uncounted.
                db.session.rollback()
                logging.getLogger(__name__).warning("errors could not be counted: %s", type(error).__name__)

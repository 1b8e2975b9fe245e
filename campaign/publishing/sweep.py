"""The sweep, a job of each minute: ends consents, embargoes and sentences by the clock. Run by the staff or cron.

One process sweeps at a time, by a lease row; what it does is the actor "sweep" in the audit.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from campaign import schema
from campaign.accounts import factors
from campaign.audit import registering
from campaign.audit.log import note_ends, record
from campaign.cases import status
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.revisions import each_with_file, head, redescribe
from campaign.clock import now, today, zone
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.imports import uploads
from campaign.ledger import public_file, pulse, remains, writer
from campaign.ledger.models import Listing, PublicUntil
from campaign.publishing import embargoes, pictures, purging
from campaign.publishing.door import publish
from campaign.publishing.errors import NothingNew, Refused
from campaign.publishing.models import SweepLease
from campaign.publishing.takedown import enforce, is_child_unguarded
from campaign.unsaved import keeping

ACTOR = "sweep"
NAME = "sweep"
LEASE = timedelta(minutes=2)
TOO_OLD = timedelta(minutes=5)
LONGEST_IMPORT = timedelta(minutes=10)  # what it saves is seen only when it is done
# What the end of a sentence leads away from (vocabulary.status, moved_by_clock): no other case is opened for it.
ENDS_BY_CLOCK = ("serving_sentence", "in_prison_sentence_unknown", "detained_without_charge")
Then = Callable[[int], object]  # what follows a sweep in its process: told how many have failed since it last ran
log = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one sweep did, by reference; `refused` has (reference, sentence), `moved` whose sentence was over."""

    taken_away: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


def sweep(holder: str = "") -> Swept | None:
    """Take away what ended by date and publish what waited for its hour; commits each by itself.

    Once a day the desk's rows follow the sentences that are over, and the database's file is written anew. Return None
    where another process holds the lease.
    """
    # Before anything else: what a process that was killed left behind is still shown there.
    public_file.catch_up()
    if not take_lease(NAME, holder):
        return None
    swept = Swept()
    for case_id in _ended():
        _one(case_id, lambda case: _end(case, swept))
    for case_id in _children_unguarded():
        _one(case_id, lambda case: _end(case, swept))
    for case_id in _orders_stopped():
        _one(case_id, embargoes.was_stopped)
    for case_id in _embargoes_over():
        _one(case_id, lambda case: _release(case, swept))
    for case_id in _sentences_over():
        _one(case_id, lambda case: _move(case, swept))
    pictures.put_in_order()
    db.session.commit()
    uploads.drop_old()
    keeping.drop_old()
    if _is_first_of_the_day():
        public_file.bring_up_all()
        _rewrite()
    db.session.execute(update(SweepLease).where(SweepLease.name == NAME).values(last_swept_at=now(), held_until=now()))
    db.session.commit()
    public_file.catch_up()
    remains.empty_log()
    registering.write_owed()
    note_ends()
    purging.tell()
    return swept


def lease() -> SweepLease | None:
    """Return the lease with when the last sweep ended, None where nobody ever swept."""
    return db.session.get(SweepLease, NAME)


def last_swept_at() -> datetime | None:
    """Return when the last sweep ended, None where none ever did."""
    return db.session.scalar(select(SweepLease.last_swept_at).where(SweepLease.name == NAME))


def is_fresh() -> bool:
    """Whether the last sweep ended less than five minutes ago: what /readyz asks. One of an hour to come is none."""
    last = last_swept_at()
    return last is not None and -LEASE < now() - last < TOO_OLD


def start(app: Flask, every_seconds: int, then: Then) -> threading.Event:
    """Sweep in a thread of its own from now on; setting the returned event ends it. 0 seconds starts nothing."""
    stopped = threading.Event()
    if every_seconds > 0:
        threading.Thread(target=run, args=(app, every_seconds, stopped, then), name="sweep", daemon=True).start()
    return stopped


def run(app: Flask, every_seconds: int, stopped: threading.Event, then: Then) -> None:
    """Sweep at once and then every so many seconds, `then` after each, until the event is set."""
    failed = 0
    while True:
        with app.app_context():
            # Tables that were migrated under this process are left to a process of their own code.
            if _attempted("sweep", _sweep_and_count) is False:
                failed += 1
            if _attempted("what follows the sweep", partial(then, failed)):
                failed = 0
        if stopped.wait(every_seconds):
            return


def _sweep_and_count() -> None:
    sweep()
    factors.record_failures(every=factors.SUMMED_FOR)
    db.session.commit()


def _attempted(what: str, deed: Callable[[], object]) -> bool | None:
    """Do something and return whether it went well; None where the tables are of another code, and nothing was done.

    What fails must not end the thread: /readyz turns red, people are told, and the next minute tries again.
    """
    try:
        if schema.complaint():
            return None
        deed()
    except Exception:
        db.session.rollback()
        log.exception("%s failed", what)
        return False
    return True


def take_lease(name: str, holder: str = "") -> bool:
    """Take one of the leases that let one process at a time do a job of each minute; commits. False: another has it."""
    moment = now()
    values: dict[str, Any] = {"holder": holder or f"{os.getpid()}", "held_until": moment + LEASE}
    # None reaches further than LEASE: one that does by far is of before the clock was set back, and holds up nobody;
    # one that does by little was taken by another while this waited for the lock.
    is_free = or_(SweepLease.held_until <= moment, SweepLease.held_until > moment + 2 * LEASE)
    before = db.session.scalar(select(SweepLease.held_until).where(SweepLease.name == name))
    taken = update(SweepLease).where(SweepLease.name == name, is_free).values(**values)
    is_mine = db.session.execute(taken.returning(SweepLease.name)).first() is not None
    if is_mine and before is not None and before > moment + 2 * LEASE:
        log.error("the clock was set back: the lease of the %s was held until %s", name, before.isoformat())
    if not is_mine and db.session.get(SweepLease, name) is None:
        is_mine = _first_lease(name, values)
    if is_mine and name == NAME:
        # Committed after whatever was withdrawn before: who follows this database and has the pulse has that too.
        pulse.beat()
    db.session.commit()
    return is_mine


def _first_lease(name: str, values: dict[str, Any]) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(insert(SweepLease).values(name=name, last_swept_at=None, **values))
    except IntegrityError:
        return False
    return True


def keep_lease(name: str, holder: str, *, ends: bool = False) -> bool:
    """Hold a lease longer, or (`ends`) let the next one take it; commits. False where it is another's by now."""
    mine = (SweepLease.name == name, SweepLease.holder == holder)
    until = now() if ends else now() + LEASE
    kept = db.session.execute(
        update(SweepLease).where(*mine).values(held_until=until).returning(SweepLease.name)
    ).first()
    db.session.commit()
    return kept is not None


def _one(case_id: int, deed: Callable[[Case], None]) -> None:
    """Do one thing to one case in a transaction of its own; the next one does not wait for what fails here."""
    writer.take(db.session())
    case = db.session.get(Case, case_id)
    if case is None:
        db.session.rollback()
        return
    try:
        deed(case)
    except UnreadableDocument as fault:
        db.session.rollback()
        log.error("%s", fault)
        return
    db.session.commit()


def _ended() -> list[int]:
    query = select(Case.id).join(PublicUntil, PublicUntil.ref == Case.ref).where(PublicUntil.until <= now())
    found = list(db.session.scalars(query))
    db.session.rollback()
    return found


def _children_unguarded() -> list[int]:
    """Return the public cases saved lately, by an import too, whose person turned out to be under 18."""
    since = min(last_swept_at() or now(), now()) - LONGEST_IMPORT
    query = select(Case.id).join(Listing, Listing.ref == Case.ref).where(Case.updated_at > since)
    return _those_of(query, lambda _, file: is_child_unguarded(None, file))


def _embargoes_over() -> list[int]:
    query = select(Case.id).where(Case.embargo_until <= now()).order_by(Case.id)
    found = list(db.session.scalars(query))
    db.session.rollback()
    return found


def _orders_stopped() -> list[int]:
    """Return the cases with an order on something else than what is approved now, whatever way that came about."""
    is_other = or_(Case.state != "approved", Case.approved_digest.is_distinct_from(Case.embargo_digest))
    found = list(db.session.scalars(select(Case.id).where(Case.embargo_digest.is_not(None), is_other)))
    db.session.rollback()
    return found


def _rewrite() -> None:
    try:
        remains.remove()
    except OperationalError as error:
        # Somebody writes something large, or the disk is too full: the next night tries again.
        log.error("the database could not be written anew: %s", type(error.orig).__name__)


def _is_first_of_the_day() -> bool:
    last = last_swept_at()
    db.session.rollback()
    return last is None or last.astimezone(zone()).date() != today()


def _sentences_over() -> list[int]:
    """Return the cases whose row says less than the calendar. Files are opened by the first sweep of a day only."""
    if not _is_first_of_the_day():
        return []
    query, day = select(Case.id).where(Case.status.in_(ENDS_BY_CLOCK)).order_by(Case.id), today()
    return _those_of(query, lambda case, file: status.status(file, day).code != case.status)


def _those_of(query: Select[int], is_due: Callable[[Case, CaseFile], bool]) -> list[int]:
    """Return the cases of a query of which something holds, asked of their newest files."""
    found = [case.id for case, file in each_with_file(query) if is_due(case, file)]
    db.session.rollback()
    return found


def _move(case: Case, swept: Swept) -> None:
    redescribe(case)
    swept.moved.append(case.ref)


def _end(case: Case, swept: Swept) -> None:
    if enforce(case, None, head(case), by=None, actor=ACTOR) is not None:
        swept.taken_away.append(case.ref)


def _release(case: Case, swept: Swept) -> None:
    """Publish what a publisher ordered for this hour; an hour that passes unused is gone, and people are told."""
    if not embargoes.is_ordered(case):
        embargoes.passed(case, "It was changed after the order, and nobody approved the change for that hour.")
        return
    try:
        publish(case, by=None, actor=ACTOR)
    except NothingNew:
        embargoes.used(case)
    except Refused as refusal:
        swept.refused.append((case.ref, str(refusal)))
        embargoes.passed(case, str(refusal))
    else:
        swept.published.append(case.ref)
        record("embargo.ended", by=None, actor=ACTOR, subject=case.ref)
        embargoes.used(case)

"""Appending to the audit log, and verifying its hash chain.

One rule: identifiers only. No name, contact or word of a detained person's file ever stands in a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import hashchain, register
from campaign.audit import registering
from campaign.audit.models import TRIGGERS, AuditRow
from campaign.clock import now
from campaign.database import after_commit, db, in_lots, reading
from campaign.ledger import writer
from campaign.web.context import keyring, settings

__all__ = ["TRIGGERS", "AuditRow"]
SWITCH = "audit.keyed"  # what the first keyed row of a home records that was begun by a release before 0.3
RESTORED = "ledger.restored"  # the one action before which numbers may be missing
structured = structlog.get_logger("audit")


@dataclass(frozen=True)
class Verification:
    """What a walk over all rows found: how many, where the chain ends, and a sentence for each fault."""

    row_count: int
    chain: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """What somebody did: `by` an account's number, or None where none acts; `actor` then says who."""

    action: str
    by: int | None
    subject: str = ""
    details: dict[str, object] = field(default_factory=dict)
    actor: str = ""


def record(
    action: str,
    *,
    by: int | None,
    subject: str = "",
    details: dict[str, object] | None = None,
    actor: str = "",
    session: Session | None = None,
) -> AuditRow:
    """Append a row and return it; it is committed with whatever else the session holds.

    `by` is an account's number, or None where none acts; `actor` then says who ("sweep", "shell:ubuntu").
    A reading inside a GET goes through `with database.aside() as session`, passed here: a reading that
    can't be recorded must not happen. Never call that inside a transaction that has itself appended.
    """
    deed = Deed(action, by, subject=subject, details=details or {}, actor=actor)
    (row,) = record_all([deed], session=session)
    return row


def record_all(deeds: Iterable[Deed], *, session: Session | None = None, above: int = 0) -> list[AuditRow]:
    """Append a row for each deed, in order, with one question and one INSERT, and return them; as `record` does.

    `above` is a number below which none is given any more: only RESTORED, as the first, may leave numbers out.
    """
    session = session or db.session()
    writer.take(session)
    last, before = end(session)
    last = max(last, above)
    switch = _switch(session, last, before)
    if above:
        switch = []  # The row that says why numbers are missing comes first.
    rows = []
    for number, deed in enumerate((*switch, *deeds), last + 1):
        row = AuditRow(
            number=number,
            at=now(),
            actor_id=deed.by,
            actor=deed.actor,
            action=deed.action,
            subject=deed.subject,
            details=hashchain.canonical(deed.details).decode(),
            chain="",
        )
        before = row.chain = link(before, row, keyring().audit_key)
        rows.append(row)
    session.add_all(rows)
    session.flush()
    registering.stage(session, rows)
    return rows[len(switch) :]


def key_from_here(session: Session | None = None) -> bool:
    """Let a chain that was begun without a key be keyed from here on; return whether it was one. The caller commits.

    The note beside the keys is made with it: in production `flask init` does so, for the sweep only reads that folder.
    """
    session = session or db.session()
    newest = end(session)
    if newest.number == 0 or hashchain.is_keyed(newest.chain):
        return False
    record_all([], session=session)
    return True


def _switch(session: Session, last: int, before: str) -> list[Deed]:
    """Return what is recorded first where the chain is keyed from here on: nothing in a home that begins with it."""
    if hashchain.is_keyed(before):
        return []
    after_commit(session, partial(keyring().note_keyed_audit, last + 1))
    return [Deed(SWITCH, None, actor="program")] if last else []


def link(before: str, row: AuditRow, key: bytes = b"") -> str:
    """Return the chain value of a row, after one whose value is `before`; without a key as releases before 0.3 did."""
    return hashchain.link(before, covered_by(row), key)


def covered_by(row: AuditRow) -> dict[str, object]:
    """Return what the chain covers of a row: every column."""
    return {
        "number": row.number,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": row.actor_id,
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "details": row.details,
    }


def verify(session: Session | None = None) -> Verification:
    """Walk every row in order and name each that was changed, removed or slipped in, and a tail that was cut off.

    A tail is known by the register, where there is one. That all of it is gone, or was written anew without the key,
    is known by the note beside the keys.
    """
    session = session or db.session()
    keys = keyring()
    noted, faults = register.noted(settings().register, register.AUDIT)
    walk = hashchain.Walk("audit row", key=keys.audit_key, noted=noted)
    numbers = session.scalars(select(AuditRow.number).order_by(AuditRow.number)).all()
    for number, row in in_lots(numbers, lambda some: _links(session, some)):
        is_restored = row is not None and row[1]["action"] == RESTORED
        faults += walk.unreadable(number) if row is None else walk.faults_of(number, *row, is_restored=is_restored)
    if not walk.is_keyed_from(keys.audit_keyed_from):
        faults.append(
            f"By the note beside the keys the audit is keyed from row {keys.audit_keyed_from} on; of the rows that are "
            f"there the first keyed one is {walk.keyed_from or 'none'}."
        )
    return Verification(row_count=walk.count - walk.lost, chain=walk.chain, faults=(*faults, *walk.faults_at_the_end()))


def _links(session: Session, numbers: Sequence[int]) -> dict[int, tuple[str, dict[str, object]]]:
    """Return the chain values of some rows and what they cover. Raises one of NOT_READABLE."""
    rows = session.scalars(select(AuditRow).where(AuditRow.number.in_(numbers)))
    return {row.number: (str(row.chain), covered_by(row)) for row in rows}


def end(session: Session) -> register.End:
    """Return where the log ends."""
    newest = session.execute(select(AuditRow.number, AuditRow.chain).order_by(AuditRow.number.desc()).limit(1)).first()
    return register.End(*newest) if newest else register.End()


def is_ours(session: Session) -> bool:
    """Whether the newest row was chained with the key of this home; without a key, or without rows, anybody could."""
    newest = session.scalars(select(AuditRow).order_by(AuditRow.number.desc()).limit(2)).all()
    if not newest or not hashchain.is_keyed(newest[0].chain):
        return True
    before = newest[1].chain if len(newest) > 1 else hashchain.START
    return newest[0].chain == link(before, newest[0], keyring().audit_key)


def note_ends() -> None:
    """Note in the register, where one is set, where both logs end by now; a disk that refuses is a line in the log."""
    path = settings().register
    if path is None:
        return
    with reading(), Session(db.engine) as session:
        audit, ledger = end(session), writer.end(session)
    try:
        register.append(path, now(), audit, ledger)
    except OSError as error:
        structured.error("the register could not be written", reason=error.strerror)


def of(subject: str, *actions: str) -> list[AuditRow]:
    """Return the deeds of some kinds on one thing, in order."""
    query = select(AuditRow).where(AuditRow.subject == subject, AuditRow.action.in_(actions))
    return list(db.session.scalars(query.order_by(AuditRow.number)))


def since(moment: datetime, *, action: str = "", session: Session | None = None) -> list[AuditRow]:
    """Return the rows from a moment on, oldest first; of one action where it is named."""
    query = select(AuditRow).where(AuditRow.at >= moment).order_by(AuditRow.number)
    if action:
        query = query.where(AuditRow.action == action)
    return list((session or db.session()).scalars(query))

"""Appending to the audit log, and verifying its hash chain.

One rule: identifiers only. No name, contact or word of a detained person's file ever stands in a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from campaign import hashchain
from campaign.clock import now
from campaign.database import Base, Instant, append_only, db
from campaign.ledger import writer


class AuditRow(Base):
    """One deed: who, when, what, on what. `chain` covers this row and, through the one before, all earlier ones.

    The account is a number without a foreign key: what somebody did stays when the account goes.
    No other column may be unique: INSERT OR REPLACE would delete through it without firing a trigger.
    """

    __tablename__ = "audit_row"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant())
    actor_id: Mapped[int | None] = mapped_column(Integer, index=True)
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    details: Mapped[str] = mapped_column(Text)
    chain: Mapped[str] = mapped_column(String(64))


TRIGGERS = {"audit_row": append_only("audit_row")}


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


def record_all(deeds: Iterable[Deed], *, session: Session | None = None) -> list[AuditRow]:
    """Append a row for each deed, in order, with one question and one INSERT, and return them; as `record` does."""
    session = session or db.session()
    writer.take(session)
    newest = session.execute(select(AuditRow.number, AuditRow.chain).order_by(AuditRow.number.desc()).limit(1)).first()
    last, before = (newest.number, newest.chain) if newest else (0, hashchain.START)
    rows = []
    for number, deed in enumerate(deeds, last + 1):
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
        before = row.chain = link(before, row)
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return rows


def link(before: str, row: AuditRow) -> str:
    """Return the chain value of a row, after one whose value is `before`."""
    return hashchain.link(before, covered_by(row))


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
    """Walk every row in order and name each that was changed, removed or slipped in."""
    session = session or db.session()
    faults: list[str] = []
    walk = hashchain.Walk("audit row")
    for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=1000)):
        faults += walk.faults_of(row.number, row.chain, covered_by(row))
    return Verification(row_count=walk.count, chain=walk.chain, faults=tuple(faults))


def since(moment: datetime, *, action: str = "", session: Session | None = None) -> list[AuditRow]:
    """Return the rows from a moment on, oldest first; of one action where it is named."""
    query = select(AuditRow).where(AuditRow.at >= moment).order_by(AuditRow.number)
    if action:
        query = query.where(AuditRow.action == action)
    return list((session or db.session()).scalars(query))

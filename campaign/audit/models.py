"""The tables of the audit log: its rows, append-only, and those of which the register still lacks the line."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, Instant, append_only


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


class UnregisteredRow(Base):
    """An audit row whose line the register lacks, because it could not be written; gone once it is (registering)."""

    __tablename__ = "unregistered_row"

    number: Mapped[int] = mapped_column(Integer, ForeignKey("audit_row.number"), primary_key=True, autoincrement=False)


TRIGGERS = {"audit_row": append_only("audit_row")}

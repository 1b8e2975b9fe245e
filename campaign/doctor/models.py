"""What each check of the doctor found last, what is urgent at the desk, and which mails were sent of it.

Of the confidential side alone. No row holds a name, a reference or an address.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, Instant


class DoctorResult(Base):
    """One check: when it was asked, and its diagnoses as JSON."""

    __tablename__ = "doctor_result"

    check: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    diagnoses: Mapped[str] = mapped_column(Text)


class UrgentMatter(Base):
    """One thing that is urgent at the desk, by kind and number: "pause:12" (doctor.urgent).

    `ended_at` is when it was found to be no more. Who presses "I see to it" is in `seen_by_id`, a number without a
    foreign key, as in the audit: from then on nobody else is woken.
    """

    __tablename__ = "urgent_matter"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant())
    ended_at: Mapped[datetime | None] = mapped_column(Instant())
    seen_by_id: Mapped[int | None] = mapped_column(Integer)
    seen_at: Mapped[datetime | None] = mapped_column(Instant())


class Mail(Base):
    """That a mail server took a mail about something for somebody, or (`fault`) why it was not sent yet.

    `about` is a stage of one matter ("pause:12 2026-11-30T09:14:07 all") or the day of a digest ("digest 2026-11-30").
    """

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("account_id", "about"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(String(110))
    at: Mapped[datetime] = mapped_column(Instant(), index=True)
    tries: Mapped[int] = mapped_column(Integer, default=1)
    fault: Mapped[str] = mapped_column(String(120), default="")


class ErrorCount(Base):
    """How many errors the processes of one kind wrote to their logs on one day, or how many sweeps failed."""

    __tablename__ = "error_count"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)

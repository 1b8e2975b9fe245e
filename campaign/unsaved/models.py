"""The tables of unsaved work, and of who has a case open."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.models import SealedDocument
from campaign.database import Base, Instant


class Unsaved(Base):
    """What one account typed into one form: `page` is where the form stood, `target` where it is sent.

    `tab` tells two tabs of one page apart. `typed` are the names and values as JSON. `is_rescued` says that it was sent
    without a session, or under one of before. `case_id` is the case of the page, None where there is none yet.
    """

    __tablename__ = "unsaved"
    __table_args__ = (UniqueConstraint("account_id", "page", "tab", name="uq_unsaved_form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    page: Mapped[str] = mapped_column(String(200))
    tab: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(200))
    typed: Mapped[bytes] = mapped_column(SealedDocument)
    saved_at: Mapped[datetime] = mapped_column(Instant(), index=True)
    is_rescued: Mapped[bool] = mapped_column(Boolean, default=False)


class OpenCase(Base):
    """Who has a case open for editing, since when, and until when that counts unless their page says so again."""

    __tablename__ = "open_case"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Integer, ForeignKey("account.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant())
    until: Mapped[datetime] = mapped_column(Instant())

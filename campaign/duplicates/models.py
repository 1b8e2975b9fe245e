"""The tables of duplicates: pairs that an import found, and cases that somebody decided are two people."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.models import SealedText
from campaign.clock import now
from campaign.database import Base, Instant


class NotTheSame(Base):
    """Somebody decided that two cases are two people; the lower number stands first. The reason is sealed."""

    __tablename__ = "not_the_same"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    reason: Mapped[str] = mapped_column(SealedText(), default="")


class LikelyPair(Base):
    """Two cases that an import found likely the same, until somebody tells them apart or merges them."""

    __tablename__ = "likely_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), Index("ix_likely_pair_score_id", "score", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    score: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)

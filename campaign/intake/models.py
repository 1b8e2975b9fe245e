"""What intake remembers: each row's cells as last read, what it could not settle by itself, who is not who. Sealed."""

from datetime import datetime

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.sealing import SealedText
from campaign.clock import now
from campaign.database import Base, Instant


class ImportedRow(Base):
    """The cells of a row as last read, by what they mean, as JSON; `key` names its person in this list of numbers."""

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("scheme", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    cells: Mapped[str] = mapped_column(SealedText())
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)


class ImportConflict(Base):
    """A cell that the sheet changed in a field that staff changed too: theirs stays until somebody settles it."""

    __tablename__ = "import_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    row_number: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(200))
    ours: Mapped[str] = mapped_column(SealedText(), default="")
    sheets: Mapped[str] = mapped_column(SealedText(), default="")
    is_settled: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)


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

"""The tables of imports, sealed: each row's cells as last read, and the conflicts that wait for a person."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.models import SealedText
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
    """A cell that the sheet changed in a field that staff changed too: theirs stays until somebody decides.

    `by_id` imported the sheet: who takes its value over writes beside them.
    """

    __tablename__ = "import_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    row_number: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(200))
    ours: Mapped[str] = mapped_column(SealedText(), default="")
    sheets: Mapped[str] = mapped_column(SealedText(), default="")
    by_id: Mapped[int | None] = mapped_column(Integer)
    is_settled: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)

"""The tables of imports: each import with its rows, what waits to be looked at, the last reading of each row, maps.

Whatever comes from a file is sealed, its name and its headers too.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.cases.models import SealedText
from campaign.clock import now
from campaign.database import Base, Instant

Stage = Literal["uploaded", "mapped", "planning", "planned", "writing", "done", "undoing", "undone", "failed"]
Kind = Literal["cell", "column", "refused", "asked", "conflict"]
Settled = Literal["seen", "entered", "kept", "taken"]


class Import(Base):
    """One import of a sheet: who brought it, what its columns mean, how far it is, and what it made.

    `upload` names the sealed file, "" once it is dropped; `digest` is the SHA-256 of its content. `map` is TOML, and
    `signed_by_id` the safety officer who stated its consent or risk. `decisions` are what a person chose where the
    plan asked. In the stages planning, writing and undoing a job waits (`runner` is "") or runs; it tells how far it
    is (`done_count` of `total_count`) and that it lives (`beat_at`). `written_at` is when writing began, `ended_at`
    when the last job ended, `fault` why it failed.
    """

    __tablename__ = "sheet_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant(), default=now, index=True)
    file_name: Mapped[str] = mapped_column(SealedText())
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(SealedText())
    upload: Mapped[str] = mapped_column(String(32), default="")
    dropped_at: Mapped[datetime | None] = mapped_column(Instant())

    stage: Mapped[Stage] = mapped_column(String(12), default="uploaded", index=True)
    sheet: Mapped[str] = mapped_column(SealedText(), default="")
    encoding: Mapped[str] = mapped_column(String(40), default="")
    scheme: Mapped[str] = mapped_column(String(40), default="")
    map: Mapped[str] = mapped_column(SealedText(), default="")
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decisions: Mapped[str] = mapped_column(SealedText(), default="{}")
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)

    asked_at: Mapped[datetime | None] = mapped_column(Instant())
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    runner: Mapped[str] = mapped_column(String(80), default="")
    beat_at: Mapped[datetime | None] = mapped_column(Instant())
    done_count: Mapped[int] = mapped_column(Integer, default=0)
    total_count: Mapped[int] = mapped_column(Integer, default=0)
    fault: Mapped[str] = mapped_column(SealedText(), default="")
    written_at: Mapped[datetime | None] = mapped_column(Instant())
    ended_at: Mapped[datetime | None] = mapped_column(Instant())


class ImportRow(Base):
    """A row of an import's plan, and what became of it: the case that it made or changed, from which revision to which.

    `plan` is what the row would do, for the page (plans.Planned); it goes with the upload. `before` is 0 for a new
    case, `after` None until the row is written. `earlier` is the reading that this one replaced, for the undo.
    """

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"))
    number: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(12))
    is_chosen: Mapped[bool] = mapped_column(Boolean, default=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    before: Mapped[int] = mapped_column(Integer, default=0)
    after: Mapped[int | None] = mapped_column(Integer)
    is_taken_back: Mapped[bool] = mapped_column(Boolean, default=False)
    plan: Mapped[str | None] = mapped_column(SealedText())
    earlier: Mapped[str | None] = mapped_column(SealedText())


class ImportedRow(Base):
    """The cells of a row as last read, by what they mean, as JSON; `key` names its person in this list of numbers.

    `import_id` and `row_number` say which import read it, and where it stood in that sheet.
    """

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("scheme", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    cells: Mapped[str] = mapped_column(SealedText())
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_import.id"), index=True)
    row_number: Mapped[int] = mapped_column(Integer, default=0)


class ImportLook(Base):
    """Something of an import that a person looks at, until somebody has settled it. `words` are the cell's.

    A conflict is a cell that the sheet changed in a field that staff changed too: `column` is the field, `path` where
    it stands in the file, `ours` what stays until somebody decides. `by_id` imported the sheet: who takes its value
    over writes beside them. A row that was refused, and what is said of a whole column, has no case.
    """

    __tablename__ = "import_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_import.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    row_number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[Kind] = mapped_column(String(12))
    column: Mapped[str] = mapped_column(SealedText(), default="")
    words: Mapped[str] = mapped_column(SealedText(), default="")
    message: Mapped[str] = mapped_column(SealedText(), default="")
    path: Mapped[str] = mapped_column(String(200), default="")
    ours: Mapped[str] = mapped_column(SealedText(), default="")
    by_id: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Instant(), default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Instant(), index=True)
    settled_by_id: Mapped[int | None] = mapped_column(Integer)
    settled_how: Mapped[Settled | None] = mapped_column(String(12))


class SavedMap(Base):
    """A map kept under a name for the next sheet with the same headers: `headers` is a keyed hash of them, in order."""

    __tablename__ = "saved_map"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    headers: Mapped[str] = mapped_column(String(32), index=True)
    map: Mapped[str] = mapped_column(SealedText())
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant(), default=now)

"""What a row comes to, as a page shows it, a command prints it and `importing.write` writes it.

`Step.outcome` is one of five:

    created     a case is opened. `asks` may still offer who it may be, `duplicates` says why
    updated     a case changes: `merged` is its file, `conflicts` are what waits at the desk
    unchanged   the row says nothing new
    refused     it is not written; `warnings` say why
    asked       it is not written until a person decides; `question` says what, `asks` are the choices

A decision is one choice by the row's key, `{step.row_key: choice}`, given to `planning.plan(..., decisions=...)`: by
the page as a form, by the command as `[decisions]` of the map. A choice is the reference of a case ("FXD-40718": it is
this person), `SOMEBODY_ELSE` (a case is opened) or `LEAVE_OUT`. Any row may be decided, whatever its outcome.
A row's key names its very cells: what was decided of a row holds for no other version of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final, Literal, NamedTuple

from campaign.cases.checks import Refused
from campaign.cases.file import CaseFile
from campaign.cases.merge import Conflict
from campaign.cases.models import Case
from campaign.cases.store import Prepared
from campaign.duplicates.search import Duplicate, Likeness, Warned
from campaign.imports.columns_read import ColumnRead
from campaign.imports.draft import Draft, clean
from campaign.imports.targets import NAMES
from campaign.sheets import CellNote
from campaign.web.context import keyring

Outcome = Literal["created", "updated", "unchanged", "refused", "asked"]
SOMEBODY_ELSE: Final = "somebody else"
LEAVE_OUT: Final = "leave out"
MOST_TOLD = 20
LONGEST: Final = 200  # letters of a row in a line of the report
LOST: Final = frozenset({"formula", "error"})  # notes on cells that hold nothing that can be read
Decisions = Mapping[str, str]
HIDDEN = "#"  # begins a number of somebody's papers in a key: a keyed hash of it follows
UNNUMBERED = "="  # begins the key of a row that no number names: a keyed hash of its cells follows


class Ask(NamedTuple):
    """One choice of a question: what is decided by it, how it reads, and the evidence where it names a case."""

    choice: str
    sentence: str
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the choice as `--json` prints it."""
        return {"choice": self.choice, "sentence": self.sentence, "for": list(self.for_), "against": list(self.against)}


class Reading(NamedTuple):
    """The last reading of a row: its number in the table, its key, its case, its cells as JSON, when it was."""

    id: int
    key: str
    case_id: int
    cells: str
    at: datetime


class Overtaken(Refused):
    """Rows of the same list were imported after this sheet was read; nothing of it was written."""


@dataclass
class OfSheet:
    """What a plan has to tell of the sheet as a whole, complete once its last row was planned; all its steps share it.

    `read` is what was told when the sheet was read, `columns` how each column is read. `counting` are columns that
    only count the rows; `gone_columns` were read last time and are not in this sheet, nor are `gone_rows`, by their
    number or the reference of their case. `asked` is what a person has to say of columns, and what is not taken of
    other sheets.
    """

    counting: frozenset[str] = frozenset()
    read: tuple[Warned, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    gone_columns: dict[str, None] = field(default_factory=dict)
    gone_rows: list[str] = field(default_factory=list)
    asked: tuple[Warned, ...] = ()

    def warnings(self, scheme: str) -> Iterator[Warned]:
        """Yield each as a line of the report."""
        yield from self.read
        yield from self.asked
        for header in sorted(self.counting):
            yield Warned(1, header, "", "This column only counts the rows: it is no number of anybody, and not taken.")
        for header in self.gone_columns:
            yield Warned(1, header, "", "This column was read last time and is not in this sheet. What it said stays.")
        if self.gone_rows:
            count, some = len(self.gone_rows), ", ".join(self.gone_rows[:MOST_TOLD])
            told = "1 row of the list “{}” is" if count == 1 else f"{count} rows of the list “{{}}” are"
            more = "" if count <= MOST_TOLD else " and more"
            yield Warned(1, "", "", f"{told.format(scheme)} not in this sheet: {some}{more}. Nothing is removed.")


@dataclass
class Step:
    """What one row comes to: its file, its last reading, and what will be done.

    `said` are its cells as JSON, `cells` the same with what its empty cells said when the row was read last.
    `version` is the revision of the case that was compared, `before` the file that the last reading made. `row_count`
    rows of the sheet are in it. `case_id` is the case that is changed, or, once it is written, the one that was opened;
    `prepared` is that one, ready to be written. `known_as` are the readings that its key had when it was planned.
    `notes` stand beside its cells in the sheet. `decided` is the choice that was made of it, `despite` are references
    under which its person was erased, where a safety officer (`decided_by`) has it taken in all the same.
    """

    draft: Draft
    cells: str
    key: str
    said: str
    outcome: Outcome = "refused"
    earlier: Reading | None = None
    before: CaseFile | None = None
    version: int = 0
    merged: CaseFile | None = None
    conflicts: list[Conflict] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    row_count: int = 1
    notes: Sequence[CellNote] = ()
    prepared: Prepared | None = None
    case_id: int = 0
    known_as: frozenset[int] = frozenset()
    of_sheet: OfSheet = field(default_factory=OfSheet)
    question: str = ""
    asks: tuple[Ask, ...] = ()
    decided: str = ""
    despite: tuple[str, ...] = ()
    decided_by: int = 0

    @cached_property
    def row_key(self) -> str:
        """What a decision about this row is kept under: it names the row and its very cells."""
        return keyring().token(f"row {self.key} {self.said}")[:16]

    @property
    def is_news(self) -> bool:
        """Whether the row was not read in the very same cells before."""
        return self.earlier is None or self.earlier.cells != self.cells

    @property
    def is_numbered(self) -> bool:
        """Whether a number of its list names the row."""
        return not self.key.startswith(UNNUMBERED)

    @property
    def warnings(self) -> list[Warned]:
        """What a person should look at: what the cells say, what is asked, and what staff said otherwise."""
        message = f"The sheet and {'staff both changed this' if self.earlier else 'the case differ'}: on the desk."
        disputed = [Warned(self.draft.number, one.label, str(one.mine), message) for one in self.conflicts]
        likely = [one.warned for one in self.duplicates[:1]] if self.outcome != "asked" else []
        return [*self.draft.warnings, *self._asked(), *disputed, *likely]

    def _asked(self) -> list[Warned]:
        if self.outcome != "asked":
            return []
        choices = " or ".join(f"“{one.choice}”" for one in self.asks)
        told = f"{self.question} Not imported until somebody decides: [decisions] “{self.row_key}” = {choices}."
        return [Warned(self.draft.number, "", self.name, told)]

    @property
    def name(self) -> str:
        """The row's name, as a person finds it again in the sheet."""
        return next((name.text for name in self.draft.file.names), "")

    def ask(self, question: str, *asks: Ask) -> None:
        """Have a person decide about this row; nothing of it is written before."""
        self.outcome, self.question, self.asks = "asked", question, (*asks, ELSE, OUT)

    def refuse(self, column: str, value: str, message: str) -> None:
        """Refuse the row, and say why."""
        self.outcome = "refused"
        self.draft.warn(column, value, message)

    def refuse_nameless(self) -> None:
        """Refuse a row in which there is no name: because its cell could not be read, or because none stands there."""
        columns = self.draft.map.columns
        lost = [one for one in self.notes if one.kind in LOST and columns.get(one.column) in NAMES]
        if lost:
            self.refuse(lost[0].column, lost[0].words, "The name can't be read here; the row is not imported.")
            return
        said: dict[str, str] = json.loads(self.said)
        words = ", ".join(filter(None, map(clean, said.values())))
        self.refuse("", words[:LONGEST], "No name is in this row; it is not imported.")


ELSE = Ask(SOMEBODY_ELSE, "Somebody else: open a case.")
OUT = Ask(LEAVE_OUT, "Leave this row out.")


def the_same(case: Case, found: Likeness) -> Ask:
    """Return the choice that a row is the person of a case, with what speaks for and against it."""
    return Ask(case.ref, f"The same person as {case.ref}, {case.display_name}.", found.for_, found.against)

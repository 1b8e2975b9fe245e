"""Import of a sheet as cases: planned first, then written, some steps at a time (publishing.import_writing).

A row is its person again by its key (blanks and case aside). A cell that is the same does nothing whatever staff made
of the field, a changed one updates what staff left alone, and is otherwise a conflict (compare.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import insert

from campaign.accounts.models import Account
from campaign.audit.log import record
from campaign.cases import revisions
from campaign.cases.models import Case, Person
from campaign.cases.store import create_many, prepare
from campaign.clock import now
from campaign.database import db
from campaign.duplicates.search import Duplicate, Warned
from campaign.imports.columns_read import ColumnRead
from campaign.imports.compare import compare
from campaign.imports.mapping import Map
from campaign.imports.models import ImportedRow
from campaign.imports.readings import kept_key, taken_keys
from campaign.imports.steps import Ask, OfSheet, Step
from campaign.ledger import writer
from campaign.search.writing import ReadName


@dataclass
class Report:
    """What an import did or would do, and what a person should look at.

    Each row is created, updated, unchanged, refused, asked, or gathered into an earlier row of the same person.
    `questions` are the rows that wait for a decision, by the key that it is made under. `columns` say how each column
    was read.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    asked: int = 0
    gathered: int = 0
    warnings: list[Warned] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    questions: dict[str, tuple[Ask, ...]] = field(default_factory=dict)
    columns: tuple[ColumnRead, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return the numbers, as the record of the import keeps them."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "asked": self.asked,
            "gathered": self.gathered,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            **self.counts(),
            "warnings": [vars(warning) for warning in self.warnings],
            "duplicates": [duplicate.as_dict() for duplicate in self.duplicates],
            "questions": {key: [ask.as_dict() for ask in asks] for key, asks in self.questions.items()},
            "columns": [column.as_dict() for column in self.columns],
        }


def counted(steps: Sequence[Step], mapping: Map) -> Report:
    """Return what a plan does, or would do."""
    report = Report(rows=sum(step.row_count for step in steps), warnings=[*of_sheet(steps, mapping)])
    report.columns = steps[0].of_sheet.columns if steps else ()
    for step in steps:
        setattr(report, step.outcome, getattr(report, step.outcome) + 1)
        report.gathered += step.row_count - 1
        report.warnings += step.warnings
        report.duplicates += step.duplicates
        if step.outcome == "asked":
            report.questions[step.row_key] = step.asks
    return report


def of_sheet(steps: Sequence[Step], mapping: Map) -> Iterator[Warned]:
    """Yield what there is to tell of the sheet: columns whose meaning is told, that only count, that are gone."""
    about = steps[0].of_sheet if steps else OfSheet()
    for header, remark in mapping.remarks.items():
        if header not in about.counting:
            yield Warned(1, header, "", remark)
    yield from about.warnings(mapping.scheme)


def prepare_new(steps: Sequence[Step], read: Mapping[str, ReadName]) -> None:
    """Prepare what will be opened, so that writing, which keeps everybody else waiting, has less to do.

    `read` are names that were read before, by their text (sifting.sift).
    """
    for step in steps:
        if step.outcome == "created":
            step.prepared = prepare(step.draft.file, _reason(step), read=read)


class Replaced(msgspec.Struct, frozen=True):
    """The reading of a row that an import replaced, as the undo puts it back."""

    cells: str
    at: datetime
    by_id: int
    import_id: int | None
    row_number: int


class Written(NamedTuple):
    """What one row left: its case, the revision before (0 for none) and after it, and the reading that it replaced."""

    case_id: int
    before: int
    after: int
    replaced: Replaced | None = None


def write(steps: Sequence[Step], mapping: Map, *, by: Account, import_id: int | None = None) -> dict[int, Written]:
    """Write steps to the session, some of a plan or all, and return what each left that has a case, by its number.

    Commits nothing. Whoever begins a plan has asked first whether it is overtaken (readings.refuse_overtaken).
    """
    writer.take(db.session())
    new = [step for step in steps if step.outcome == "created"]
    _create(new, mapping, by, import_id)
    written = {step.draft.number: Written(step.case_id, 0, 1) for step in new}
    for step in steps:
        if step.outcome == "updated" or (step.outcome == "unchanged" and step.is_news):
            written[step.draft.number] = _write_again(step, mapping, by, import_id)
    return written


def _create(steps: list[Step], mapping: Map, by: Person, import_id: int | None) -> None:
    some = [step.prepared or prepare(step.draft.file, _reason(step)) for step in steps]
    cases = create_many(some, by=by, kind="import") if some else []
    rows, taken = [], taken_keys(mapping.scheme)
    for step, case in zip(steps, cases, strict=True):
        step.case_id, step.prepared = case.id, None
        _note_despite(step, case)
        key = kept_key(step.key, taken, case.id)
        taken.add(key)
        row = {"scheme": mapping.scheme, "key": key, "case_id": case.id, "cells": step.cells}
        rows.append({**row, "row_number": step.draft.number})
    if rows:
        values = {"by_id": by.id, "at": now(), "import_id": import_id}
        db.session.connection().execute(insert(ImportedRow).values(**values), rows)


def _note_despite(step: Step, case: Case) -> None:
    if step.despite:
        record("mark.decided", by=step.decided_by, subject=case.ref, details={"erased": list(step.despite)})


def _reason(step: Step) -> str:
    return f"Imported from row {step.draft.number}."


def _write_again(step: Step, mapping: Map, by: Person, import_id: int | None) -> Written:
    case = db.session.get_one(Case, step.case_id)
    revisions.lock(case)
    if case.version != step.version:
        # Somebody saved since the plan was made: what they wrote is compared too, and nobody can save now.
        compare(step, case)
        if step.outcome == "refused":
            return Written(case.id, case.version, case.version)
    before = case.version
    _note_despite(step, case)
    if step.merged is not None:
        reason = f"Imported again from row {step.draft.number}."
        revisions.revise(case, step.merged, by=by, base_version=case.version, reason=reason, kind="import")
    if step.earlier is None:
        key = kept_key(step.key, taken_keys(mapping.scheme), case.id)
        row, replaced = ImportedRow(scheme=mapping.scheme, key=key, case_id=case.id), None
        db.session.add(row)
    else:
        row = db.session.get_one(ImportedRow, step.earlier.id)
        replaced = Replaced(row.cells, row.at, row.by_id, row.import_id, row.row_number)
    row.cells, row.at, row.by_id = step.cells, now(), by.id
    row.import_id, row.row_number = import_id, step.draft.number
    return Written(case.id, before, case.version, replaced)

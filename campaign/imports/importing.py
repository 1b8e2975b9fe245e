"""Import of a sheet as cases: planned first, then written in one short transaction.

A row is its person again by its key (blanks and case aside). A cell that is the same does nothing whatever staff made
of the field, a changed one updates what staff left alone, and is otherwise a conflict (compare.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import insert

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.merge import Conflict
from campaign.cases.models import Case, Person
from campaign.cases.store import create_many, prepare
from campaign.clock import now
from campaign.database import db
from campaign.duplicates.search import Duplicate, Warned
from campaign.imports.compare import compare
from campaign.imports.mapping import Map, not_understood
from campaign.imports.models import ImportConflict, ImportedRow
from campaign.imports.readings import kept_key, refuse_overtaken, taken_keys
from campaign.imports.steps import Ask, OfSheet, Step
from campaign.ledger import writer
from campaign.search.writing import ReadName

AT_ONCE = 200  # cases opened with one INSERT a table


@dataclass
class Report:
    """What an import did or would do, and what a person should look at.

    Each row is created, updated, unchanged, refused, asked, or gathered into an earlier row of the same person.
    `questions` are the rows that wait for a decision, by the key that it is made under.
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

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "asked": self.asked,
            "gathered": self.gathered,
            "warnings": [vars(warning) for warning in self.warnings],
            "duplicates": [duplicate.as_dict() for duplicate in self.duplicates],
            "questions": {key: [ask.as_dict() for ask in asks] for key, asks in self.questions.items()},
        }


def counted(steps: Sequence[Step], mapping: Map) -> Report:
    """Return what a plan does, or would do."""
    report = Report(rows=sum(step.row_count for step in steps), warnings=[*_of_sheet(steps, mapping)])
    for step in steps:
        setattr(report, step.outcome, getattr(report, step.outcome) + 1)
        report.gathered += step.row_count - 1
        report.warnings += step.warnings
        report.duplicates += step.duplicates
        if step.outcome == "asked":
            report.questions[step.row_key] = step.asks
    return report


def _of_sheet(steps: Sequence[Step], mapping: Map) -> Iterator[Warned]:
    """Yield what there is to tell of the sheet: columns that nobody knows, that only count, that are gone; rows too."""
    about = steps[0].of_sheet if steps else OfSheet()
    for header in not_understood(mapping):
        if header not in about.counting:
            yield Warned(1, header, "", "Nobody knows this column: kept as notes.")
    yield from about.warnings(mapping.scheme)


def prepare_new(steps: Sequence[Step], read: Mapping[str, ReadName]) -> None:
    """Prepare what will be opened, so that writing, which keeps everybody else waiting, has less to do.

    `read` are names that were read before, by their text (sifting.sift).
    """
    for step in steps:
        if step.outcome == "created":
            step.prepared = prepare(step.draft.file, _reason(step), read=read)


def write(
    steps: Sequence[Step], mapping: Map, *, by: Account, tick: Callable[[int], object] = lambda _: None
) -> Report:
    """Write the plan to the session and return the report. Commits nothing: the caller does, once.

    `tick` is told how many rows were written since the last time. Raises Overtaken where rows of this list were
    imported since the plan was made.
    """
    writer.take(db.session())
    refuse_overtaken(steps, mapping.scheme, by)
    for start in range(0, len(steps), AT_ONCE):
        some = steps[start : start + AT_ONCE]
        _create([step for step in some if step.outcome == "created"], mapping, by)
        for step in some:
            if step.outcome == "updated" or (step.outcome == "unchanged" and step.is_news):
                _write_again(step, mapping, by)
        tick(len(some))
    return counted(steps, mapping)


def _create(steps: list[Step], mapping: Map, by: Person) -> None:
    some = [step.prepared or prepare(step.draft.file, _reason(step)) for step in steps]
    cases = create_many(some, by=by, kind="import") if some else []
    rows, taken = [], taken_keys(mapping.scheme)
    for step, case in zip(steps, cases, strict=True):
        step.case_id, step.prepared = case.id, None
        key = kept_key(step.key, taken, case.id)
        taken.add(key)
        rows.append({"scheme": mapping.scheme, "key": key, "case_id": case.id, "cells": step.cells})
    if rows:
        db.session.connection().execute(insert(ImportedRow).values(by_id=by.id, at=now()), rows)


def _reason(step: Step) -> str:
    return f"Imported from row {step.draft.number}."


def _write_again(step: Step, mapping: Map, by: Person) -> None:
    case = db.session.get_one(Case, step.case_id)
    revisions.lock(case)
    if case.version != step.version:
        # Somebody saved since the plan was made: what they wrote is compared too, and nobody can save now.
        compare(step, case)
        if step.outcome == "refused":
            return
    if step.merged is not None:
        reason = f"Imported again from row {step.draft.number}."
        revisions.revise(case, step.merged, by=by, base_version=case.version, reason=reason, kind="import")
    db.session.add_all(_conflict(case, step, one, by) for one in step.conflicts)
    if step.earlier is None:
        key = kept_key(step.key, taken_keys(mapping.scheme), case.id)
        row = ImportedRow(scheme=mapping.scheme, key=key, case_id=case.id, cells=step.cells, by_id=by.id)
        db.session.add(row)
        return
    row = db.session.get_one(ImportedRow, step.earlier.id)
    row.cells, row.at, row.by_id = step.cells, now(), by.id


def _conflict(case: Case, step: Step, conflict: Conflict, by: Person) -> ImportConflict:
    return ImportConflict(
        case_id=case.id,
        row_number=step.draft.number,
        path=conflict.path,
        label=conflict.label[:200],
        ours=_words(conflict.theirs),
        sheets=_words(conflict.mine),
        by_id=by.id,
    )


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()

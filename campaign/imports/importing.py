"""Import of a sheet as cases: planned first, then written in one short transaction.

A row is its person again by its key (blanks and case aside). A cell that is the same does nothing whatever staff made
of the field, a changed one updates what staff left alone, and is otherwise a conflict (compare.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median_low
from typing import Any

import msgspec
from sqlalchemy import insert

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.classification import MACHINE_MADE
from campaign.cases.fingerprints import ABOUT_SIGNING
from campaign.cases.merge import Conflict
from campaign.cases.models import Case, Person
from campaign.cases.store import create_many, prepare
from campaign.clock import now, today
from campaign.database import db
from campaign.dates import ages, edtf, parse
from campaign.duplicates.search import Duplicate, Warned
from campaign.imports.compare import Step, compare, earlier_readings, kept_key, refuse_overtaken, step_for, taken_keys
from campaign.imports.draft import clean
from campaign.imports.mapping import Map, not_understood
from campaign.imports.match_case import carriers, recognise
from campaign.imports.models import ImportConflict, ImportedRow
from campaign.imports.rows import build, key_of, rows_of, warn_of_later
from campaign.ledger import writer
from campaign.search.writing import ReadName
from campaign.sheets import Sheet

# What belongs to signatures and files, and is no sheet's to state.
NEVER_STATED = (ABOUT_SIGNING | MACHINE_MADE | {"form_name"}) - {"confirmed_on", "assessed_on"}
AT_ONCE = 200  # cases opened with one INSERT a table


@dataclass
class Report:
    """What an import did or would do, and what a person should look at.

    Each row is created, updated, unchanged, refused, or gathered into an earlier row of the same person.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    gathered: int = 0
    warnings: list[Warned] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "gathered": self.gathered,
            "warnings": [vars(warning) for warning in self.warnings],
            "duplicates": [duplicate.as_dict() for duplicate in self.duplicates],
        }


def plan(sheet: Sheet, mapping: Map, *, by: Account) -> Iterator[Step]:
    """Yield what each row comes to, in order. Writes nothing."""
    year = sheet_year(sheet, mapping)
    seen: set[str] = set()
    stated = mapping_of(mapping, by)
    known, numbered = earlier_readings(mapping.scheme, by), carriers(mapping, by)
    for row in rows_of(sheet, mapping):
        key = key_of(row.cells, mapping)
        draft = build(row.cells, stated, key=key or f"row {row.number}", number=row.number, sheet_year=year)
        warn_of_later(draft, row)
        step = step_for(draft, row.cells, stated, key=key, seen=seen, known=known)
        step.row_count = row.row_count
        recognise(step, numbered)
        yield step


def mapping_of(mapping: Map, by: Person) -> Map:
    """Return a map whose consent and risk are signed by who imports: they answer for them as safety officer."""
    consent, risk = dict(mapping.consent), dict(mapping.risk)
    if consent:
        # A sheet confirms in nobody else's name and signs for no second person; and nothing is on file of it.
        consent = {name: value for name, value in consent.items() if name not in NEVER_STATED}
        own = {"confirmed_by": by.id, "stated_by": by.id, "needs_second": True}
        consent = {"confirmed_on": today().isoformat()} | consent | own
    if risk:
        risk = {name: value for name, value in risk.items() if name not in NEVER_STATED}
        risk = {"assessed_on": today().isoformat()} | risk | {"assessed_by": by.id}
    return replace(mapping, consent=consent, risk=risk)


def sheet_year(sheet: Sheet, mapping: Map) -> int | None:
    """Return the year for which the sheet gives ages: stated by the map, else the one that most rows agree on."""
    if mapping.as_of:
        latest = edtf.parse(mapping.as_of).latest
        return latest.year if latest else None
    columns = {target: header for header, target in mapping.columns.items() if target in {"birth", "age"}}
    if len(columns) < 2:
        return None
    years = []
    for born, old in zip(sheet.column(columns["birth"]), sheet.column(columns["age"]), strict=True):
        birth, age = parse.read(clean(born)), ages.parse_age(clean(old))
        if birth.earliest and age and age.low == age.high and not age.approximate:
            years.append(birth.earliest.year + age.low)
    return median_low(years) if years else None


def counted(steps: Sequence[Step], mapping: Map) -> Report:
    """Return what a plan does, or would do."""
    kept = [Warned(1, header, "", "Nobody knows this column: kept as notes.") for header in not_understood(mapping)]
    report = Report(rows=sum(step.row_count for step in steps), warnings=kept)
    for step in steps:
        setattr(report, step.outcome, getattr(report, step.outcome) + 1)
        report.gathered += step.row_count - 1
        report.warnings += step.warnings
        report.duplicates += step.duplicates
    return report


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
            if step.case_id and step.outcome in {"updated", "unchanged"}:
                _write_again(step, mapping, by)
        tick(len(some))
    return counted(steps, mapping)


def _create(steps: list[Step], mapping: Map, by: Person) -> None:
    some = [step.prepared or prepare(step.draft.file, _reason(step)) for step in steps]
    cases = create_many(some, by=by, kind="import") if some else []
    rows, taken = [], taken_keys(mapping.scheme)
    for step, case in zip(steps, cases, strict=True):
        step.case_id, step.prepared = case.id, None
        if step.key:
            key = kept_key(step.key, taken, case.id)
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

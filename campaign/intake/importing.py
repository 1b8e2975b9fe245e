"""A sheet becomes cases: planned first, then written in one short transaction.

A row is its person again by its key (blanks and case aside). What changed is found by comparing the file that the
last reading of the row made, the one that this reading makes, and the case as staff left it: a cell that is the same
does nothing whatever staff made of the field, a changed one updates what staff left alone, and is otherwise a conflict.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from statistics import median_low
from typing import Any, Literal

import msgspec
from sqlalchemy import select

from campaign import dates
from campaign.cases import revisions
from campaign.cases.calendar import today
from campaign.cases.checks import check
from campaign.cases.file import CaseFile, encode
from campaign.cases.merge import Conflict, merge
from campaign.cases.models import Case
from campaign.cases.people import Person
from campaign.database import db
from campaign.intake.building import build
from campaign.intake.draft import Draft, Warned, clean
from campaign.intake.mapping import Map
from campaign.intake.models import ImportConflict, ImportedRow
from campaign.intake.sheet import Sheet

Outcome = Literal["created", "updated", "unchanged", "refused"]


@dataclass
class Step:
    """What one row comes to: its file, the earlier reading of it, and what will be done."""

    draft: Draft
    cells: dict[str, str]
    outcome: Outcome
    earlier: ImportedRow | None = None
    merged: CaseFile | None = None
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass
class Report:
    """What an import did or would do, and what a person should look at."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    warnings: list[Warned] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "warnings": [vars(warning) for warning in self.warnings],
        }


def plan(sheet: Sheet, mapping: Map, *, by: Person) -> Iterator[Step]:
    """Yield what each row comes to, in order. Writes nothing."""
    year = sheet_year(sheet, mapping)
    seen: set[str] = set()
    stated = mapping_of(mapping, by)
    known = earlier_readings(mapping.scheme)
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cells = dict(zip(sheet.headers, row, strict=True))
        key = key_of(cells, mapping)
        draft = build(cells, stated, key=key or f"row {number}", number=number, sheet_year=year)
        yield step_for(draft, cells, stated, key=key, seen=seen, known=known)


def mapping_of(mapping: Map, by: Person) -> Map:
    """Return a map whose consent and risk are signed by who imports: they answer for them as safety officer."""
    consent, risk = dict(mapping.consent), dict(mapping.risk)
    if consent:
        consent = {"confirmed_by": by.id, "confirmed_on": today().isoformat()} | consent
    if risk:
        risk = {"assessed_by": by.id, "assessed_on": today().isoformat()} | risk
    return replace(mapping, consent=consent, risk=risk)


def step_for(
    draft: Draft, cells: dict[str, str], mapping: Map, *, key: str, seen: set[str], known: dict[str, ImportedRow]
) -> Step:
    """Return what a row comes to: compared with its last reading and with the case as it is now."""
    if not draft.file.names:
        draft.warn("", "", "No name is in this row; it is not imported.")
        return Step(draft, cells, "refused")
    if key and key in seen:
        draft.warn(" + ".join(mapping.key), key, "A row above has the same key; this one is not imported.")
        return Step(draft, cells, "refused")
    seen.add(key)
    problems = check(draft.file)
    if problems:
        draft.warnings += [Warned(draft.number, one.path, "", one.sentence) for one in problems]
        return Step(draft, cells, "refused")
    earlier = known.get(key) if key else None
    if earlier is None:
        return Step(draft, cells, "created")
    before_cells: dict[str, str] = json.loads(earlier.cells)
    before = build(before_cells, mapping, key=key, number=draft.number, sheet_year=None)
    return compared(Step(draft, cells, "unchanged", earlier), before.file)


def compared(step: Step, before: CaseFile) -> Step:
    """Return the step with what the changed cells come to; consents and risks are never touched by a second reading."""
    mine = msgspec.structs.replace(step.draft.file, consents=[], risks=[], notes=_notes(step.draft.file, before))
    before = msgspec.structs.replace(before, consents=[], risks=[])
    if encode(mine) == encode(before) or step.earlier is None:
        return step
    case = db.session.get_one(Case, step.earlier.case_id)
    theirs = revisions.head(case)
    merged = merge(before, theirs, mine)
    step.conflicts = merged.conflicts
    if encode(merged.file) != encode(theirs):
        step.outcome, step.merged = "updated", merged.file
    for conflict in merged.conflicts:
        step.draft.warn(conflict.label, str(conflict.mine), "The sheet and staff both changed this: on the desk.")
    return step


def _notes(file: CaseFile, before: CaseFile) -> list[Any]:
    """Return the notes of a file; those of columns that this sheet leaves out stay."""
    kept = {note.id for note in file.notes}
    return [*file.notes, *(note for note in before.notes if note.id not in kept)]


def earlier_readings(scheme: str) -> dict[str, ImportedRow]:
    """Return the last reading of every row of a list of numbers, by key: one query for the whole sheet."""
    return {row.key: row for row in db.session.scalars(select(ImportedRow).where(ImportedRow.scheme == scheme))}


def key_of(cells: dict[str, str], mapping: Map) -> str:
    """Return what names the row's person again, folded; "" where a part of it is missing."""
    parts = [clean(cells.get(header, "")).replace(" ", "").casefold() for header in mapping.key]
    return "|".join(parts)[:200] if parts and all(parts) else ""


def sheet_year(sheet: Sheet, mapping: Map) -> int | None:
    """Return the year for which the sheet gives ages: stated by the map, else the one that most rows agree on."""
    if mapping.as_of:
        latest = dates.parse(mapping.as_of).latest
        return latest.year if latest else None
    columns = {target: header for header, target in mapping.columns.items() if target in {"birth", "age"}}
    if len(columns) < 2:
        return None
    years = []
    for born, old in zip(sheet.column(columns["birth"]), sheet.column(columns["age"]), strict=True):
        birth, age = dates.read(clean(born)), dates.parse_age(clean(old))
        if birth.earliest and age and age.low == age.high and not age.approximate:
            years.append(birth.earliest.year + age.low)
    return median_low(years) if years else None


def counted(steps: list[Step]) -> Report:
    """Return what a plan would do, without doing it."""
    report = Report()
    for step in steps:
        _count(report, step)
    return report


def _count(report: Report, step: Step) -> None:
    report.rows += 1
    setattr(report, step.outcome, getattr(report, step.outcome) + 1)
    report.warnings += step.draft.warnings


def write(steps: list[Step], mapping: Map, *, by: Person, tick: Callable[[], object] = lambda: None) -> Report:
    """Write the plan to the session and return the report. Commits nothing: the caller does, once."""
    report = Report()
    for step in steps:
        _count(report, step)
        if step.outcome != "refused":
            _write_step(step, mapping, by)
        tick()
    return report


def _write_step(step: Step, mapping: Map, by: Person) -> None:
    cells = json.dumps(step.cells, ensure_ascii=False)
    key = key_of(step.cells, mapping)
    if step.earlier is None:
        case = revisions.create(step.draft.file, by=by, reason=f"Imported from row {step.draft.number}.", kind="import")
        if key:
            db.session.add(ImportedRow(scheme=mapping.scheme, key=key, case_id=case.id, cells=cells, by_id=by.id))
        return
    case = db.session.get_one(Case, step.earlier.case_id)
    if step.merged is not None:
        reason = f"Imported again from row {step.draft.number}."
        revisions.revise(case, step.merged, by=by, base_version=case.version, reason=reason, kind="import")
    for conflict in step.conflicts:
        db.session.add(
            ImportConflict(
                case_id=case.id,
                row_number=step.draft.number,
                path=conflict.path,
                label=conflict.label[:200],
                ours=_words(conflict.theirs),
                sheets=_words(conflict.mine),
            )
        )
    if step.earlier.cells != cells:
        step.earlier.cells = cells


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()

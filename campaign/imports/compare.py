"""What a row comes to: a new case, nothing, a change of what staff left alone, or a conflict for the desk.

A three-way merge of the file that the last reading of the row made, the one that this reading makes, and the case as
staff left it. A row's file is first laid over the case's own: what is the same row in both goes by the case's id. A
case that somebody opened by hand has ids of its own for its names, its numbers and its episode.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.checks import Refused, check, new_problems
from campaign.cases.classification import default_of
from campaign.cases.file import CaseFile, OutsideId, encode
from campaign.cases.index import outside_key
from campaign.cases.merge import Conflict, merge
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.cases.store import Prepared
from campaign.database import db
from campaign.duplicates.search import Duplicate, Warned
from campaign.imports.draft import Draft
from campaign.imports.mapping import STATUS_FIELDS, Map
from campaign.imports.models import ImportedRow
from campaign.imports.rows import build
from campaign.text import folded

Outcome = Literal["created", "updated", "unchanged", "refused"]


def laid_over(file: CaseFile, theirs: CaseFile) -> CaseFile:
    """Return a row's file with the case's ids, citations too; a number that the case has already is the case's row."""
    ids = dict(_same_rows(file, theirs))
    preferred = {name.id: name.is_preferred for name in theirs.names}
    names = [
        msgspec.structs.replace(name, id=ids[name.id], is_preferred=preferred[ids[name.id]]) if name.id in ids else name
        for name in file.names
    ]
    numbers = {row.id: row for row in theirs.outside_ids}
    return msgspec.structs.replace(
        file,
        names=names,
        outside_ids=[numbers[ids[row.id]] if row.id in ids else row for row in file.outside_ids],
        episodes=[msgspec.structs.replace(row, id=ids.get(row.id, row.id)) for row in file.episodes],
        citations=[msgspec.structs.replace(row, fact=_renamed(row.fact, ids)) for row in file.citations],
    )


def added_to(file: CaseFile, theirs: CaseFile) -> tuple[CaseFile, CaseFile]:
    """Return what a row adds to a case that was never read from a sheet, and the file that both are compared with.

    The case's preferred name, its situation and its tags stay; of several episodes nobody can tell which one is meant.
    """
    mine = laid_over(file, theirs)
    known = {name.id for name in theirs.names}
    changes: dict[str, Any] = {field: default_of(CaseFile, field) for field in STATUS_FIELDS.values()}
    if any(name.is_preferred for name in theirs.names):
        changes["names"] = [
            name if name.id in known else msgspec.structs.replace(name, is_preferred=False) for name in mine.names
        ]
    uncited = ["status"]
    if is_open_which(file, theirs):
        changes["episodes"] = []
        uncited += [f"episodes/{row.id}" for row in mine.episodes]
    changes["citations"] = [row for row in mine.citations if not row.fact.startswith(tuple(uncited))]
    changes["tags"] = [*theirs.tags, *(tag for tag in mine.tags if tag not in theirs.tags)]
    return msgspec.structs.replace(mine, **changes), CaseFile(tags=list(theirs.tags))


def is_open_which(file: CaseFile, theirs: CaseFile) -> bool:
    """Whether a row tells of an episode and the case has several."""
    return bool(file.episodes) and len(theirs.episodes) > 1


def _same_rows(file: CaseFile, theirs: CaseFile) -> Iterator[tuple[str, str]]:
    names = {folded(name.text): name.id for name in reversed(theirs.names)}
    known = {name.id for name in theirs.names}
    yield from (
        (name.id, names[folded(name.text)])
        for name in file.names
        if name.id not in known and folded(name.text) in names
    )
    numbers = {_number(row): row.id for row in reversed(theirs.outside_ids)}
    yield from ((row.id, numbers[_number(row)]) for row in file.outside_ids if _number(row) in numbers)
    if len(file.episodes) == len(theirs.episodes) == 1:
        yield file.episodes[0].id, theirs.episodes[0].id


def _number(row: OutsideId) -> tuple[str, str]:
    return row.scheme, outside_key(row.value)


def _renamed(path: str, ids: dict[str, str]) -> str:
    return "/".join(ids.get(step, step) for step in path.split("/"))


class Reading(NamedTuple):
    """The last reading of a row: its number in the table, its case, its cells as JSON, when it was."""

    id: int
    case_id: int
    cells: str
    at: datetime


class Overtaken(Refused):
    """Rows of the same list were imported after this sheet was read; nothing of it was written."""


@dataclass
class Step:
    """What one row comes to: its file, its last reading, and what will be done.

    `version` is the revision of the case that was compared, `before` the file that the last reading made. `row_count`
    rows of the sheet are in it. `case_id` is the case that is changed, or, once it is written, the one that was opened;
    `prepared` is that one, ready to be written.
    """

    draft: Draft
    cells: str
    key: str
    outcome: Outcome
    earlier: Reading | None = None
    before: CaseFile | None = None
    version: int = 0
    merged: CaseFile | None = None
    conflicts: list[Conflict] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    row_count: int = 1
    prepared: Prepared | None = None
    case_id: int = 0

    @property
    def warnings(self) -> list[Warned]:
        """What a person should look at: what the cells say, and what staff said otherwise."""
        message = f"The sheet and {'staff both changed this' if self.earlier else 'the case differ'}: on the desk."
        disputed = [Warned(self.draft.number, one.label, str(one.mine), message) for one in self.conflicts]
        likely = [one.warned for one in self.duplicates[:1]]
        return [*self.draft.warnings, *disputed, *likely]


# Stands in a kept key between the key of the row and a number, where the key alone is taken by a case that who imports
# may not see: to them such a row is a new one, as it would be if that case did not exist.
APART = "\x1f"


def earlier_readings(scheme: str, account: Account) -> dict[str, Reading]:
    """Return the last reading of every row of a list of numbers, by key, of the cases that an account may see."""
    query = select(ImportedRow.key, ImportedRow.id, ImportedRow.case_id, ImportedRow.cells, ImportedRow.at)
    query = query.join(Case, Case.id == ImportedRow.case_id).where(ImportedRow.scheme == scheme, visible_to(account))
    rows = db.session.execute(query.order_by(ImportedRow.id.desc()))
    return {row.key.partition(APART)[0]: Reading(row.id, row.case_id, row.cells, row.at) for row in rows}


def kept_key(key: str, taken: Collection[str], case_id: int) -> str:
    """Return under which key a row is kept: its own, or one apart where another case that is not seen has it."""
    return f"{key[: 200 - 20]}{APART}{case_id}" if key in taken else key


def taken_keys(scheme: str) -> frozenset[str]:
    """Return the keys of a list of numbers that rows are kept under."""
    return frozenset(db.session.scalars(select(ImportedRow.key).where(ImportedRow.scheme == scheme)))


def refuse_overtaken(steps: Iterable[Step], scheme: str, account: Account) -> None:
    """Raise Overtaken where a row of the plan has been read by another import since."""
    known = earlier_readings(scheme, account)
    for step in steps:
        planned_with = step.earlier.at if step.earlier else None
        read = known.get(step.key)
        if step.key and step.outcome != "refused" and (read.at if read else None) != planned_with:
            raise Overtaken(
                f"Somebody else imported rows of the list “{scheme}” while this sheet was being read, row "
                f"{step.draft.number} among them. Nothing of this sheet was written. Import it again: what is known by "
                "then is left as it is."
            )


def step_for(
    draft: Draft, cells: dict[str, str], mapping: Map, *, key: str, seen: set[str], known: dict[str, Reading]
) -> Step:
    """Return what a row comes to: compared with its last reading and with the case as it is now."""
    step = Step(draft, json.dumps(cells, ensure_ascii=False), key, "refused", known.get(key) if key else None)
    if not draft.file.names:
        draft.warn("", "", "No name is in this row; it is not imported.")
        return step
    if key and key in seen:
        draft.warn(" + ".join(mapping.key), key, "A row above has the same key; this one is not imported.")
        return step
    seen.add(key)
    problems = check(draft.file)
    if problems:
        draft.warnings += [Warned(draft.number, one.path, "", one.sentence) for one in problems]
        return step
    if step.earlier is None:
        step.outcome = "created"
        return step
    step.outcome = "unchanged"
    if step.earlier.cells != step.cells:
        step.case_id = step.earlier.case_id
        before_cells: dict[str, str] = json.loads(step.earlier.cells)
        step.before = build(before_cells, mapping, key=key, number=draft.number, sheet_year=None).file
        compare(step, db.session.get_one(Case, step.case_id))
    return step


def compare(step: Step, case: Case) -> None:
    """Write on a step what its cells come to on a case: those that changed, or all where the case is read first.

    Consents and risks are never touched by what is not the reading that opened the case.
    """
    step.outcome, step.merged, step.conflicts, step.version = "unchanged", None, [], case.version
    theirs = revisions.head(case)
    mine, before = _of_row(step, theirs)
    if encode(mine) == encode(before):
        return
    merged = merge(before, theirs, mine)
    disputed = {one.path for one in merged.conflicts}
    known = {row.id for row in theirs.citations}
    cited = [row for row in merged.file.citations if row.id in known or row.fact not in disputed]
    file = msgspec.structs.replace(merged.file, citations=cited)
    if problems := new_problems(theirs, file):
        step.outcome = "refused"
        step.draft.warnings += [Warned(step.draft.number, one.path, "", one.sentence) for one in problems]
        return
    step.conflicts = merged.conflicts
    if encode(file) != encode(theirs):
        step.outcome, step.merged = "updated", file


def _of_row(step: Step, theirs: CaseFile) -> tuple[CaseFile, CaseFile]:
    """Return the row's file now and before, as they lie over the case's."""
    file = msgspec.structs.replace(step.draft.file, consents=[], risks=[])
    if step.before is None:
        return added_to(file, theirs)
    before = msgspec.structs.replace(step.before, consents=[], risks=[])
    file = msgspec.structs.replace(file, notes=_notes(file, before))
    return laid_over(file, theirs), laid_over(before, theirs)


def _notes(file: CaseFile, before: CaseFile) -> list[Any]:
    """Return the notes of a file; those of columns that this sheet leaves out stay."""
    kept = {note.id for note in file.notes}
    return [*file.notes, *(note for note in before.notes if note.id not in kept)]

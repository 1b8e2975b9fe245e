"""The plan of an import as it is kept, sealed, for the page: what each row would do, row by row.

Written when a plan is made, read a page at a time, and gone with the upload. Once a row is written, its case says more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from campaign.cases.diff import differences
from campaign.cases.file import CaseFile, display_name
from campaign.cases.models import Case
from campaign.cases.revisions import at
from campaign.database import db
from campaign.imports.importing import Written
from campaign.imports.models import Import, ImportRow
from campaign.imports.steps import Step

AT_ONCE = 500  # rows
NOTHING = CaseFile()


class Message(msgspec.Struct, frozen=True, array_like=True):
    """What a person should look at in a row: the column, the cell's words, the sentence."""

    column: str
    words: str
    sentence: str


class Changed(msgspec.Struct, frozen=True, array_like=True):
    """A field that a row fills or changes, as it is called in the form; `before` is None in a new case."""

    path: str
    label: str
    before: Any
    after: Any


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """One choice of what is asked of a row: what is decided by it, how it reads, the sentences for and against."""

    choice: str
    sentence: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


class MaybeKnown(msgspec.Struct, frozen=True, array_like=True):
    """Who the person of a row may be: a reference, or "row 12"; how likely (0..1), the sentences for and against."""

    who: str
    score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


class Planned(msgspec.Struct, frozen=True):
    """What a row would do: to whom, which fields, and what to look at before it does.

    What is asked of it is decided under `row_key` (imports.steps); `decided` is the choice that was made.
    """

    name: str
    row_key: str
    ref: str = ""
    row_count: int = 1
    changes: tuple[Changed, ...] = ()
    messages: tuple[Message, ...] = ()
    known: tuple[MaybeKnown, ...] = ()
    question: str = ""
    choices: tuple[Choice, ...] = ()
    decided: str = ""


def planned(step: Step, case: Case | None) -> Planned:
    """Return what a step would do, for the page."""
    return Planned(
        name=display_name(step.draft.file),
        row_key=step.row_key,
        ref=case.ref if case else "",
        row_count=step.row_count,
        changes=tuple(_changes(step, case)),
        messages=tuple(Message(one.column, one.value, one.message) for one in step.warnings),
        question=step.question,
        choices=tuple(Choice(*ask) for ask in step.asks),
        decided=step.decided,
        known=tuple(MaybeKnown(one.of, one.likeness.score, one.likeness.for_, one.likeness.against)
                    for one in step.duplicates),
    )  # fmt: skip


def _changes(step: Step, case: Case | None) -> Iterable[Changed]:
    if step.outcome == "created":
        before, after = NOTHING, step.draft.file
    elif step.merged is not None and case is not None:
        before, after = at(case, step.version), step.merged
    else:
        return ()
    return (Changed(one.path, one.label, one.before, one.after) for one in differences(before, after))


def keep(one: Import, steps: Sequence[Step], *, is_shown: bool = True) -> None:
    """Keep a plan in place of the one before; what a person left out by its number stays left out.

    Of one that nobody will look at (`is_shown`) only the rows are kept, for what becomes of them.
    """
    left_out = set(db.session.scalars(_rows_of(one, ImportRow.number).where(ImportRow.is_chosen.is_(False))))
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == one.id))
    for start in range(0, len(steps), AT_ONCE):
        rows = [_row(one, step, left_out, is_shown) for step in steps[start : start + AT_ONCE]]
        db.session.connection().execute(insert(ImportRow), rows)


def _row(one: Import, step: Step, left_out: set[int], is_shown: bool) -> dict[str, object]:
    known = step.case_id or (step.earlier.case_id if step.earlier else 0)
    case = db.session.get(Case, known) if known and is_shown else None
    return {
        "import_id": one.id,
        "number": step.draft.number,
        "outcome": step.outcome,
        "is_chosen": step.draft.number not in left_out,
        "case_id": known or None,
        "before": step.version,
        "is_taken_back": False,
        "plan": msgspec.json.encode(planned(step, case)).decode() if is_shown else None,
    }


def _rows_of(one: Import, *columns: Any) -> Select[Any]:
    return select(*columns).where(ImportRow.import_id == one.id)


def page(one: Import, *, outcome: str = "", after: int = 0, limit: int = 25) -> list[tuple[ImportRow, Planned | None]]:
    """Return rows of a plan after a number, of one outcome where it is named; None once the plan is gone.

    Cells stand in it: whoever shows it records the opening (uploads.record_opening).
    """
    query = _rows_of(one, ImportRow).where(ImportRow.number > after).order_by(ImportRow.number).limit(limit)
    rows = db.session.scalars(query.where(ImportRow.outcome == outcome) if outcome else query)
    return [(row, plan_of(row)) for row in rows]


def plan_of(row: ImportRow) -> Planned | None:
    """Return the plan of a row, None once it is gone."""
    return msgspec.json.decode(row.plan, type=Planned) if row.plan else None


def counts(one: Import) -> dict[str, int]:
    """Return how many rows of a plan come to each outcome."""
    query = _rows_of(one, ImportRow.outcome, func.count()).group_by(ImportRow.outcome)
    return dict(db.session.execute(query).all())


def choose(one: Import, numbers: Iterable[int], *, is_chosen: bool) -> None:
    """Take rows into what will be written, or leave them out."""
    wanted = list(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        some = ImportRow.number.in_(wanted[start : start + AT_ONCE])
        change = update(ImportRow).where(ImportRow.import_id == one.id, some)
        db.session.execute(change.values(is_chosen=is_chosen).execution_options(synchronize_session=False))


def kept(one: Import) -> Mapping[int, ImportRow]:
    """Return the rows of a plan by their numbers."""
    return {row.number: row for row in db.session.scalars(_rows_of(one, ImportRow))}


def is_as_shown(row: ImportRow, step: Step) -> bool:
    """Whether a step would do what was kept of its row: the same outcome, to the same case, the same fields."""
    shown = plan_of(row)
    if shown is None or row.outcome != step.outcome:
        return False
    case = db.session.get(Case, row.case_id) if row.case_id else None
    would = msgspec.json.decode(msgspec.json.encode(planned(step, case)), type=Planned)
    return (shown.ref, shown.changes) == (would.ref, would.changes)


def note(one: Import, steps: Iterable[Step], written: Mapping[int, Written]) -> None:
    """Keep what became of rows that were written just now, in place of what they would do."""
    row = (ImportRow.import_id == one.id, ImportRow.number == bindparam("row"))
    rows = {step.draft.number: {"row": step.draft.number, "came_to": step.outcome} for step in steps}
    left = [{**rows.pop(number), **_left(done)} for number, done in written.items()]
    outcome = update(ImportRow).where(*row).values(outcome=bindparam("came_to"), plan=None)
    case: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("case_id", "before", "after", "earlier")}
    for change, values in ((outcome, list(rows.values())), (outcome.values(**case), left)):
        if values:
            db.session.connection().execute(change, values)


def _left(done: Written) -> dict[str, object]:
    replaced = msgspec.json.encode(done.replaced).decode() if done.replaced else None
    return {"its_case_id": done.case_id, "its_before": done.before, "its_after": done.after, "its_earlier": replaced}


def forget(one: Import) -> None:
    """Remove what the rows of an import would have done: it is written, or its upload is gone."""
    db.session.execute(update(ImportRow).where(ImportRow.import_id == one.id).values(plan=None))

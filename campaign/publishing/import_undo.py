"""Taking an import back: what it made is as if it had never been, what it changed says again what it said before.

A case on which somebody has built since stays: a later save, a step of a review, a publication, a comment, a picture.
Nothing of it was public, so nothing is withdrawn; the reference of a removed case is never given again.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, cast

import msgspec
from sqlalchemy import Column, delete, func, select

from campaign.accounts.models import Account
from campaign.audit.log import Deed, record, record_all
from campaign.cases import removal
from campaign.cases.models import Case, Comment, Review
from campaign.clock import now
from campaign.database import db
from campaign.imports import uploads
from campaign.imports.importing import Replaced
from campaign.imports.models import Import, ImportedRow, ImportLook, ImportRow
from campaign.ledger import writer
from campaign.publishing import door
from campaign.publishing.models import Hold, Publication

AT_ONCE = 100  # rows taken back in one transaction
REASON = "The import was taken back."
# What an import itself leaves beside a case that it opens. Whatever else points at one was built on it.
OWN = frozenset({
    "case_key", "case_name", "case_word", "duplicate_alert", "import_look", "import_row", "imported_row", "likely_pair",
    "mention_token", "outside_id_key", "revision",
})  # fmt: skip


class Built(NamedTuple):
    """A case on which somebody has built since an import: its row, its reference, what was done."""

    number: int
    ref: str
    what: str


def built_on(one: Import) -> list[Built]:
    """Return the cases of an import that stay, were it taken back now, and why."""
    found = []
    for rows in _in_lots(_to_take_back(one)):
        cases, what = _cases_of(rows), _what_was_built(one, rows)
        found += [Built(row.number, cases[row.case_id or 0].ref, what[row.id]) for row in rows if row.id in what]
    return sorted(found)


def take_back(one: Import, *, by: Account) -> None:
    """Take back what nobody has built on, and end the import where that is all of it. Commits, some rows at a time."""
    number, who = one.id, by.id
    left = take_back_rows(one, by=by)
    writer.take(db.session())
    one = db.session.get_one(Import, number, populate_existing=True)
    taken = (ImportRow.import_id == number, ImportRow.is_taken_back)
    count = db.session.scalar(select(func.count()).select_from(ImportRow).where(*taken)) or 0
    one.stage, one.runner, one.ended_at = ("done" if left else "undone"), "", now()
    one.counts = {**one.counts, "taken_back": count, "kept": left}
    if not left:
        db.session.execute(delete(ImportLook).where(ImportLook.import_id == number))
        uploads.drop(one, why="undo")
    record("import.undone", by=who, subject=uploads.name_of(one), details={"taken_back": count, "kept": left})
    db.session.commit()


def take_back_rows(one: Import, *, by: Account) -> int:
    """Take back the rows that nobody has built on; return how many stay. Commits, some rows at a time."""
    number, who, left = one.id, by.id, 0
    waiting = [row.id for row in _to_take_back(one)]
    db.session.rollback()
    for start in range(0, len(waiting), AT_ONCE):
        writer.take(db.session())
        one, by = db.session.get_one(Import, number, populate_existing=True), db.session.get_one(Account, who)
        query = select(ImportRow).where(ImportRow.id.in_(waiting[start : start + AT_ONCE]))
        rows = list(db.session.scalars(query.order_by(ImportRow.number.desc())))
        what = _what_was_built(one, rows)
        _take_back([row for row in rows if row.id not in what], one, by)
        left += len(what)
        one.beat_at, one.done_count, one.total_count = now(), start + len(rows), len(waiting)
        db.session.commit()
    return left


def _to_take_back(one: Import) -> list[ImportRow]:
    """Return the rows that were written and are not taken back yet, the last first."""
    query = select(ImportRow).where(ImportRow.import_id == one.id, ImportRow.after.is_not(None))
    return list(db.session.scalars(query.where(~ImportRow.is_taken_back).order_by(ImportRow.number.desc())))


def _take_back(rows: Sequence[ImportRow], one: Import, by: Account) -> None:
    cases = _cases_of(rows)
    _put_back_readings(rows, one)
    for row in rows:
        if row.before and row.after and row.after > row.before:
            door.restore(cases[row.case_id or 0], row.before, by=by, reason=REASON)
    numbers = [row.number for row in rows]
    of_rows = (ImportLook.import_id == one.id, ImportLook.row_number.in_(numbers), ImportLook.kind != "column")
    db.session.execute(delete(ImportLook).where(*of_rows))
    new = [row for row in rows if not row.before]
    deeds = [Deed("case.removed", by.id, cases[row.case_id or 0].ref, {"import": one.id}) for row in new]
    ids = [row.case_id for row in new if row.case_id]
    for row in rows:
        row.is_taken_back, row.earlier = True, None
        row.case_id = row.case_id if row.before else None
    if ids:
        removal.remove(ids)
        record_all(deeds)


def _put_back_readings(rows: Sequence[ImportRow], one: Import) -> None:
    """Put back the reading of each row that this import replaced; where there was none, the row was never read."""
    replaced = {row.number: row.earlier for row in rows}
    query = select(ImportedRow).where(ImportedRow.import_id == one.id, ImportedRow.row_number.in_(replaced))
    for reading in db.session.scalars(query):
        text = replaced[reading.row_number]
        if text is None:
            db.session.delete(reading)
            continue
        before = msgspec.json.decode(text, type=Replaced)
        for name in Replaced.__struct_fields__:
            setattr(reading, name, getattr(before, name))
    db.session.flush()


def _cases_of(rows: Sequence[ImportRow]) -> dict[int, Case]:
    ids = {row.case_id for row in rows}
    return {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(ids)))}


def _what_was_built(one: Import, rows: Sequence[ImportRow]) -> dict[int, str]:
    """Return what was built on the cases of rows, by the number of the row in the table."""
    cases, ids = _cases_of(rows), {row.case_id or 0 for row in rows}
    since, new = dict[int, str](), {row.case_id or 0 for row in rows if not row.before}
    for case_id, what in (*_beside(new), *_after(one, ids), *_read_again(one, ids)):
        since.setdefault(case_id, what)
    found = {}
    for row in rows:
        case = cases[row.case_id or 0]
        if case.version != row.after:
            found[row.id] = "It was saved since."
        elif case.embargo_until is not None:
            found[row.id] = "It is held back until an hour."
        elif case.id in since:
            found[row.id] = since[case.id]
    return found


def _beside(ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield what stands beside cases that an import opened, in any table that it does not fill itself."""
    for table, column in removal.tables_of_a_case():
        if table.name not in OWN:
            for case_id in db.session.scalars(select(cast(Column[int], column)).where(column.in_(ids))):
                yield case_id, SAYS.get(table.name, "Somebody has worked on it since.")


SAYS = {
    "review": "It was submitted since.",
    "comment": "It was commented on since.",
    "case_member": "People were named on it since.",
    "not_the_same": "Somebody told it apart from another case since.",
}


def _after(one: Import, ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield what was done with cases since an import."""
    began = one.written_at or one.at
    said = (
        (Review.case_id, Review.at, SAYS["review"]),
        (Comment.case_id, Comment.at, SAYS["comment"]),
        (Publication.case_id, Publication.at, "It was published since."),
    )
    for column, at, what in said:
        for case_id in db.session.scalars(select(column).where(column.in_(ids), at >= began)):
            yield case_id, what
    holds = select(Case.id).join(Hold, Hold.subject == Case.ref).where(Case.id.in_(ids), Hold.at >= began)
    for case_id in db.session.scalars(holds):
        yield case_id, "It was paused since."


def _read_again(one: Import, ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield the cases that a later import has read again."""
    later = select(ImportRow.case_id, ImportRow.import_id).join(Import, Import.id == ImportRow.import_id)
    later = later.where(ImportRow.case_id.in_(ids), Import.id > one.id, Import.stage == "done")
    for case_id, number in db.session.execute(later.where(~ImportRow.is_taken_back)):
        yield case_id or 0, f"Import {number} read it again since."


def _in_lots(rows: Sequence[ImportRow]) -> Iterator[Sequence[ImportRow]]:
    yield from (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))

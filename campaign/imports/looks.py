"""What is to be looked at after an import, tied to its cell and its case, until somebody has settled it.

Of a case only who may see it is told; of a row without a case, and of a whole column, who may import.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, insert, or_, select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.clock import now
from campaign.database import db
from campaign.duplicates.search import Warned
from campaign.imports.models import Import, ImportLook, Kind, Settled
from campaign.imports.steps import Step

OPEN = ImportLook.settled_at.is_(None)
AT_ONCE = 500  # rows


def keep(one: Import, steps: Iterable[Step]) -> None:
    """Keep what is to be looked at of rows that were written or refused. Who may be somebody known waits as a pair."""
    rows = [row for step in steps for row in _of_step(one, step)]
    for start in range(0, len(rows), AT_ONCE):
        db.session.connection().execute(insert(ImportLook).values(at=now()), rows[start : start + AT_ONCE])


def keep_columns(one: Import, warnings: Iterable[Warned]) -> None:
    """Keep what is to be looked at of whole columns."""
    db.session.add_all(
        ImportLook(
            import_id=one.id, row_number=said.row, kind="column", column=said.column, words=said.value,
            message=said.message, by_id=one.by_id,
        )
        for said in warnings
    )  # fmt: skip


def _of_step(one: Import, step: Step) -> Iterator[dict[str, object]]:
    kind: Kind = "cell" if step.outcome not in ("refused", "asked") else step.outcome
    case_id = step.case_id or None if kind == "cell" else None
    for said in step.draft.warnings:
        yield _row(one, step, case_id, kind, column=said.column, words=said.value, message=said.message)
    if step.outcome == "asked":
        yield _row(one, step, None, "asked", words=step.name, message=step.question)
    for conflict in step.conflicts:
        ours, sheets = _words(conflict.theirs), _words(conflict.mine)
        yield _row(one, step, case_id, "conflict", column=conflict.label, words=sheets, path=conflict.path, ours=ours)


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _row(
    one: Import, step: Step, case_id: int | None, kind: Kind, *, column: str = "", words: str, message: str = "",
    path: str = "", ours: str = "",
) -> dict[str, object]:  # fmt: skip
    return {
        "import_id": one.id, "case_id": case_id, "row_number": step.draft.number, "kind": kind, "column": column,
        "words": words, "message": message, "path": path, "ours": ours, "by_id": one.by_id,
    }  # fmt: skip


def waiting(
    account: Account,
    *,
    import_id: int | None = None,
    case_id: int | None = None,
    kinds: Sequence[Kind] = (),
    after: int = 0,
    limit: int = 200,
) -> list[tuple[ImportLook, Case | None]]:
    """Return what waits to be looked at, in the order of the import, with the case where there is one."""
    query = _narrowed(select(ImportLook, Case), account, import_id, case_id).where(ImportLook.id > after)
    query = query.where(ImportLook.kind.in_(kinds)) if kinds else query
    rows = db.session.execute(query.order_by(ImportLook.id).limit(limit))
    return [(row.ImportLook, row.Case) for row in rows]


def count(account: Account, *, import_id: int | None = None, case_id: int | None = None) -> int:
    """Return how much waits to be looked at."""
    return db.session.scalar(_narrowed(select(func.count()), account, import_id, case_id)) or 0


def _narrowed(query: Any, account: Account, import_id: int | None, case_id: int | None) -> Select[Any]:
    query = query.select_from(ImportLook).outerjoin(Case, Case.id == ImportLook.case_id).where(OPEN, seen_by(account))
    for column, value in ((ImportLook.import_id, import_id), (ImportLook.case_id, case_id)):
        query = query if value is None else query.where(column == value)
    return cast(Select[Any], query)


def seen_by(account: Account) -> ColumnElement[bool]:
    """Return the condition that an account may know of a look, whose case is joined."""
    of_no_case = ImportLook.case_id.is_(None) if may(account, Action.IMPORT_CASES) else false()
    return or_(of_no_case, and_(ImportLook.case_id.is_not(None), visible_to(account)))


def has_open(import_id: int | None = None) -> ColumnElement[bool]:
    """Return the condition that something waits on a case, for the worklist: of any import, or of one."""
    of_the_case = select(ImportLook.id).where(ImportLook.case_id == Case.id, OPEN)
    return exists(of_the_case if import_id is None else of_the_case.where(ImportLook.import_id == import_id))


def settle(look: ImportLook, *, by: Account, how: Settled) -> None:
    """Settle something that was looked at; twice does no harm: the first decision stands."""
    if look.settled_at is None:
        look.settled_at, look.settled_by_id, look.settled_how = now(), by.id, how


def settle_many(numbers: Iterable[int], *, by: Account, how: Settled = "seen") -> int:
    """Settle at most 500 at once, of those that `by` may edit; conflicts are decided one by one. Return how many."""
    query = _narrowed(select(ImportLook, Case), by, None, None).where(ImportLook.kind != "conflict")
    rows = db.session.execute(query.where(ImportLook.id.in_(list(numbers)[:AT_ONCE])))
    found = [row.ImportLook for row in rows if may(by, Action.EDIT_CASE, row.Case)]
    for look in found:
        settle(look, by=by, how=how)
    return len(found)

"""The report of an import, made when it is asked for and never stored: a line a row, and one for each thing to look at.

Who may not read confidential fields is given the row's number, the reference and the result. A case that the reader may
not see is no case to them. No cell is a formula to a spreadsheet.
"""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.imports.models import Import, ImportLook, ImportRow
from campaign.sheets.writing import MARK, guarded, lines

BARE = ("row", "reference", "result")
CONFIDENTIAL = ("column", "cell", "to look at", "settled")
NOTHING = ("", "", "", "")


def as_csv(one: Import, account: Account) -> bytes:
    """Return the report as a CSV that spreadsheets open."""
    return MARK + lines([guarded(cell) for cell in row] for row in table(one, account))


def table(one: Import, account: Account) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the report as an account may read it, the headers first."""
    is_full = may(account, Action.READ_CONFIDENTIAL)
    yield (*BARE, *CONFIDENTIAL) if is_full else BARE
    looks = _looks(one, account) if is_full else {}
    for number, case_id, ref, result in _rows(one, account):
        said = looks.pop(number, []) if ref or case_id is None else []
        yield from ((number, ref, result, *look) for look in said or [NOTHING]) if is_full else [(number, ref, result)]
    for number, left in looks.items():
        yield from ((number, "", "", *look) for look in left)


def _rows(one: Import, account: Account) -> Iterator[tuple[str, int | None, str, str]]:
    """Yield each row's number, case, the reference that the account may know, and result."""
    refs = select(Case.id, Case.ref).join(ImportRow, ImportRow.case_id == Case.id)
    seen = dict(db.session.execute(refs.where(ImportRow.import_id == one.id, visible_to(account))).all())
    rows = select(ImportRow.number, ImportRow.case_id, ImportRow.outcome, ImportRow.is_taken_back, ImportRow.is_chosen)
    for number, case_id, outcome, is_taken_back, is_chosen in db.session.execute(
        rows.where(ImportRow.import_id == one.id).order_by(ImportRow.number)
    ):
        result = "taken back" if is_taken_back else outcome if is_chosen else "left out"
        yield str(number), case_id, seen.get(case_id or 0, ""), result


def _looks(one: Import, account: Account) -> dict[str, list[tuple[str, ...]]]:
    """Return what there is to look at, by the number of its row, of no case and of those that the account may see."""
    query = select(ImportLook).outerjoin(Case, Case.id == ImportLook.case_id).where(ImportLook.import_id == one.id)
    shown = query.where(ImportLook.case_id.is_(None) | visible_to(account)).order_by(ImportLook.row_number)
    found = groupby(db.session.scalars(shown), key=lambda look: str(look.row_number))
    return {number: [_of(look) for look in some] for number, some in found}


def _of(look: ImportLook) -> tuple[str, ...]:
    message = look.message or f"Staff and the sheet both changed this. Ours: {look.ours}"
    return look.column, look.words, message, look.settled_how or ""

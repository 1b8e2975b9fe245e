"""A conflict of an import, settled by a person: ours stays, or the sheet's value goes into the file at its path."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.refusals import Refused
from campaign.database import db
from campaign.intake.models import ImportConflict


class Gone(Refused):
    """The field is no longer there: a row of it was removed. Nothing is to settle but to keep ours."""


def waiting(visible: ColumnElement[bool]) -> list[tuple[ImportConflict, Case]]:
    """Return the conflicts nobody has settled, oldest first, of the cases that a condition lets through."""
    query = select(ImportConflict, Case).join(Case, Case.id == ImportConflict.case_id)
    rows = db.session.execute(query.where(~ImportConflict.is_settled, visible).order_by(ImportConflict.id).limit(200))
    return [(row.ImportConflict, row.Case) for row in rows]


def with_sheets_value(file: CaseFile, conflict: ImportConflict) -> CaseFile:
    """Return the file with the sheet's value at the path of a conflict. Raises Gone."""
    content: dict[str, Any] = msgspec.to_builtins(file)
    *way, last = conflict.path.split("/")
    place: Any = content
    for step in way:
        place = _inside(place, step)
    if not isinstance(place, dict) or last not in place:
        raise Gone("This field is no longer there. Keep ours.")
    place[last] = conflict.sheets if isinstance(place[last], str) else msgspec.json.decode(conflict.sheets)
    return msgspec.convert(content, CaseFile)


def _inside(place: Any, step: str) -> Any:
    if isinstance(place, list):
        found = next((row for row in place if row.get("id") == step), None)
    else:
        found = place.get(step) if isinstance(place, dict) else None
    if found is None:
        raise Gone("This field is no longer there. Keep ours.")
    return found

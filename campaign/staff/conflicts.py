"""Conflicts of imports, settled by a person, and the pairs of possible duplicates that imports found.

A conflict is a cell that the sheet changed, in a field that staff changed too: ours stays, or the sheet's value goes
into the file at its path, as a new revision.
"""

import re
from typing import Any

import msgspec
from flask import abort, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries, revisions
from campaign.cases.checks import Refused
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.database import db
from campaign.duplicates import pairs
from campaign.imports import looks
from campaign.imports.models import ImportedRow, ImportLook
from campaign.places import current as current_places
from campaign.publishing import door
from campaign.staff.case_access import allow, case_or_404, record_readings
from campaign.staff.desk import blueprint
from campaign.staff.forms import ConflictForm
from campaign.web.forms import done


class Gone(Refused):
    """The field is no longer there: a row of it was removed. All that is left is to keep ours."""


def with_sheets_value(file: CaseFile, conflict: ImportLook) -> CaseFile:
    """Return the file with the sheet's value at the path of a conflict. Raises Gone."""
    content: dict[str, Any] = msgspec.to_builtins(file)
    *way, last = conflict.path.split("/")
    place: Any = content
    for step in way:
        place = _inside(place, step)
    if not isinstance(place, dict) or last not in place:
        raise Gone("This field is no longer there. Keep ours.")
    place[last] = conflict.words if isinstance(place[last], str) else msgspec.json.decode(conflict.words)
    return msgspec.convert(content, CaseFile)


def _inside(place: Any, step: str) -> Any:
    if isinstance(place, list):
        found = next((row for row in place if row.get("id") == step), None)
    else:
        found = place.get(step) if isinstance(place, dict) else None
    if found is None:
        raise Gone("This field is no longer there. Keep ours.")
    return found


# A likeness has four places (duplicates.search.likeness); databases know no number of more digits.
_KEY = re.compile(r"(?P<score>[01]\.[0-9]{1,4})_(?P<number>[0-9]{1,9})")


@blueprint.get("/imports/waiting")
@requires(Action.EDIT_CASE)
def conflicts() -> str:
    """List what waits after imports: disputed cells of cases that the reader may edit, and who may be one person.

    Pages go on by key with the pairs alone. Cells may be confidential: a reading is kept.
    """
    after = after_of(request.args.get("after", ""))
    page = pairs.waiting(me(), after=after)
    found = {"pairs": page.pairs, "pair_count": pairs.count(me()), "next": _next(page)}
    cells = [] if after else _cells()
    return render_template("staff/conflicts.html", waiting=cells, in_words=in_words, is_first=not after, **found)


def _cells() -> list[tuple[ImportLook, Case]]:
    waiting = [(look, case) for look, case in looks.waiting(me(), kinds=["conflict"]) if case is not None]
    queries.load_members({case.id: case for _, case in waiting}.values())
    waiting = [(conflict, case) for conflict, case in waiting if may(me(), Action.EDIT_CASE, case)]
    record_readings({case.id: case for _, case in waiting}.values())
    return waiting


def after_of(key: str) -> tuple[float, int] | None:
    """Return where a page of pairs starts, None for the first. A key that this page did not make is a bad request."""
    if not key:
        return None
    made = _KEY.fullmatch(key) or abort(400)
    return float(made["score"]), int(made["number"])


def _next(page: pairs.Page) -> str:
    if page.after is None:
        return ""
    score, number = page.after
    return url_for("staff.conflicts", after=f"{score}_{number}", _anchor="pairs")


def in_words(value: str) -> str:
    """Return a value as a person reads it: the name of a place for its code, the words themselves otherwise."""
    return current_places.gazetteer().words(value) if value in current_places.gazetteer() else value


def _importers(conflict: ImportLook) -> set[int]:
    """Return who brought the sheet's value in: whoever takes it over writes beside them."""
    if conflict.by_id is not None:
        return {conflict.by_id}
    # From before it was kept: everybody who imported a row of this case.
    return set(db.session.scalars(select(ImportedRow.by_id).where(ImportedRow.case_id == conflict.case_id)))


@blueprint.post("/imports/waiting/<int:number>")
@requires(Action.EDIT_CASE)
def decide_conflict(number: int) -> Response:
    """Keep ours, or take the sheet's value as a new revision."""
    conflict = db.session.get(ImportLook, number)
    if conflict is None or conflict.kind != "conflict":
        abort(404)
    case = allow(Action.EDIT_CASE, case_or_404(db.session.get_one(Case, conflict.case_id).ref))
    is_taken = ConflictForm().take.data == "sheet"
    if is_taken:
        file = with_sheets_value(revisions.head(case), conflict)
        reason = f"Took the sheet's value, row {conflict.row_number}."
        door.save(case, file, by=me(), base_version=case.version, reason=reason, also_by=_importers(conflict))
    looks.settle(conflict, by=me(), how="taken" if is_taken else "kept")
    return done(f"Settled on {case.ref}.", "staff.conflicts")

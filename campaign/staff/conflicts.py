"""What an import could not settle by itself: a cell that the sheet changed, in a field that staff changed too."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign import places
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import queries, revisions
from campaign.cases.models import Case
from campaign.database import db
from campaign.intake import pairs, settling
from campaign.intake.models import ImportConflict
from campaign.publishing import door
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404, me, record_reading


@blueprint.get("/imports")
@requires(Action.EDIT_CASE)
def conflicts() -> str:
    """List what waits after imports: disputed cells of cases that the reader may edit, and who may be one person.

    Cells may be confidential: a reading is kept.
    """
    waiting = settling.waiting(queries.visible_to(me()))
    waiting = [(conflict, case) for conflict, case in waiting if may(me(), Action.EDIT_CASE, case)]
    for case in {case.id: case for _, case in waiting}.values():
        record_reading(case)
    found = {"pairs": pairs.waiting(me()), "pair_count": pairs.count(me())}
    return render_template("staff/conflicts.html", waiting=waiting, in_words=in_words, **found)


def in_words(value: str) -> str:
    """Return a value as a person reads it: the name of a place for its code, the words themselves otherwise."""
    return places.gazetteer().words(value) if value in places.gazetteer() else value


@blueprint.post("/imports/<int:number>")
@requires(Action.EDIT_CASE)
def settle(number: int) -> Response:
    """Keep ours, or take the sheet's value as a new revision."""
    conflict = db.session.get(ImportConflict, number) or abort(404)
    case = allow(Action.EDIT_CASE, case_or_404(db.session.get_one(Case, conflict.case_id).ref))
    if request.form.get("take") == "sheet":
        file = settling.with_sheets_value(revisions.head(case), conflict)
        reason = f"Took the sheet's value, row {conflict.row_number}."
        door.save(case, file, by=me(), base_version=case.version, reason=reason)
    conflict.is_settled = True
    db.session.commit()
    flash(f"Settled on {case.ref}.")
    return redirect(url_for("staff.conflicts"))

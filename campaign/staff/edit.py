"""Writing a case: the form made from its types, with rows that come and go without script, saved through the door.

One rule: whatever happens (an error, somebody else's save, a row more), everything typed comes back.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.checks import new_problems
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.refusals import Stale, Unsound
from campaign.database import db
from campaign.publishing import door
from campaign.publishing.door import Saved
from campaign.publishing.refusals import NotConfirmed
from campaign.staff.desk import blueprint
from campaign.staff.drawing import Sheet, page_of, sent_sheet, sheet_of
from campaign.staff.likeness import likely_as
from campaign.staff.loading import allow, case_or_404, reads_confidential
from campaign.staff.mending import mark_problems
from campaign.staff.offers import offer
from campaign.staff.rows import change_rows, is_row_button
from campaign.staff.settling import settled_sides, unsettled
from campaign.web.forms import Wrong, controls_of, wrongs_of


@blueprint.route("/cases/<ref>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def edit(ref: str) -> Response | tuple[str, int] | str:
    """Change a case's content; every save is a new revision."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    confidential = reads_confidential(case)
    if request.method == "GET":
        sheet = sheet_of(case, confidential=confidential)
        return page_of(case, sheet, likely=likely_as(case, sheet.base))
    return _posted(case, sent_sheet(case, confidential=confidential))


def _posted(case: Case, sheet: Sheet) -> Response | tuple[str, int] | str:
    if is_row_button(sheet.form.sent):
        at = change_rows(sheet.form, sheet.form.sent)
        return page_of(case, sheet, at=at)
    mine = sheet.filled()
    offer(controls_of(sheet.form), mine)
    if not (sheet.form.validate() & sheet.save.validate()):
        problems = mark_problems(sheet.form, new_problems(sheet.base, mine))
        return page_of(case, sheet, wrongs=[*wrongs_of(sheet.form), *problems]), 422
    try:
        saved = _saved(case, mine, sheet)
    except Unsound as refusal:
        db.session.rollback()
        return page_of(case, sheet, wrongs=mark_problems(sheet.form, refusal.problems)), 422
    except NotConfirmed as refusal:
        db.session.rollback()
        return page_of(case, sheet, wrongs=[Wrong("part-consent", "", str(refusal))]), 422
    except Stale as stale:
        db.session.rollback()
        conflicts = unsettled(stale, sheet.confidential)
        words: dict[str, Any] = {"case": case, "conflicts": conflicts, "seen": stale.version}
        return render_template("staff/stale.html", **words, typed=sheet.form.sent), 409
    return _after_save(case, saved)


def _saved(case: Case, mine: CaseFile, sheet: Sheet) -> Saved:
    save = sheet.save
    reason = (save.reason.data or "").strip()
    chosen: dict[str, Any] = {
        "settled": settled_sides(sheet.form.sent),
        "settled_version": save.seen_version.data,
    }
    saved = door.save(case, mine, by=me(), base_version=save.base_version, reason=reason, **chosen)
    db.session.commit()
    return saved


def _after_save(case: Case, saved: Saved) -> Response:
    if saved.entry is None:
        flash(f"Saved as revision {saved.revision.number}. Nothing public has changed.")
    else:
        flash("Saved. What its consents no longer cover was taken out of the public at once.", "problem")
    return redirect(url_for("staff.view", ref=case.ref))

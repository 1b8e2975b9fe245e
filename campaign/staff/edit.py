"""Writing a case: the form made from its types, with rows that come and go without script, saved through the door.

One rule: whatever happens (an error, somebody else's save, a row more), everything typed comes back.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from campaign.accounts.permissions import Action, requires
from campaign.cases import revisions
from campaign.cases.checks import new_problems
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.refusals import Stale, Unsound
from campaign.database import db
from campaign.publishing import door
from campaign.publishing.door import Saved
from campaign.publishing.refusals import NotConfirmed
from campaign.staff.desk import blueprint
from campaign.staff.filling import file_of
from campaign.staff.forms import SaveForm, controls_of, file_form
from campaign.staff.loading import allow, case_or_404, me, reads_confidential
from campaign.staff.mending import Wrong, mark_problems, wrongs_of
from campaign.staff.offers import offer
from campaign.staff.rows import change_rows, is_row_button
from campaign.staff.sections import SECTIONS
from campaign.staff.settling import settled_sides, settled_version, unsettled


@blueprint.route("/cases/<ref>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_CASE)
def edit(ref: str) -> Response | tuple[str, int] | str:
    """Change a case's content; every save is a new revision."""
    case = allow(Action.EDIT_CASE, case_or_404(ref))
    confidential = reads_confidential(case)
    if request.method == "GET":
        save = SaveForm(version=str(case.version))
        return _page(case, file_form(revisions.head(case), confidential=confidential), save, confidential)
    return _posted(case, confidential)


def _posted(case: Case, confidential: bool) -> Response | tuple[str, int] | str:
    save = SaveForm(request.form)
    form = file_form(None, request.form, confidential=confidential)
    base = revisions.at(case, save.base_version)
    if is_row_button(request.form):
        at = change_rows(form, request.form)
        return _page(case, form, save, confidential, base=base, at=at)
    mine = file_of(form, base)
    offer(controls_of(form), mine)
    if not (form.validate() & save.validate()):
        wrongs = [*wrongs_of(form), *mark_problems(form, new_problems(base, mine))]
        return _page(case, form, save, confidential, base=base, wrongs=wrongs), 422
    try:
        saved = _saved(case, mine, save)
    except Unsound as refusal:
        db.session.rollback()
        return _page(case, form, save, confidential, base=base, wrongs=mark_problems(form, refusal.problems)), 422
    except NotConfirmed as refusal:
        db.session.rollback()
        wrongs = [Wrong("part-consent", "", str(refusal))]
        return _page(case, form, save, confidential, base=base, wrongs=wrongs), 422
    except Stale as stale:
        db.session.rollback()
        conflicts = unsettled(stale, confidential)
        words: dict[str, Any] = {"case": case, "conflicts": conflicts, "seen": stale.version}
        return render_template("staff/stale.html", **words, typed=request.form), 409
    return _after_save(case, saved)


def _saved(case: Case, mine: CaseFile, save: SaveForm) -> Saved:
    reason = (save.reason.data or "").strip()
    chosen: dict[str, Any] = {
        "settled": settled_sides(request.form),
        "settled_version": settled_version(request.form),
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


def _page(
    case: Case,
    form: Form,
    save: SaveForm,
    confidential: bool,
    *,
    base: CaseFile | None = None,
    at: str = "",
    wrongs: list[Wrong] | None = None,
) -> str:
    offer(controls_of(form), file_of(form, base or revisions.head(case)))
    words: dict[str, Any] = {"case": case, "form": form, "save": save, "confidential": confidential}
    return render_template("staff/edit.html", **words, sections=SECTIONS, wrongs=wrongs or [], at=at)

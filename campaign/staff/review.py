"""Four eyes: asking for a review, taking it back, asking for changes, approving.

Who may review is asked of the case: a guest reviewer may, whatever their roles.
"""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import workflow
from campaign.database import db
from campaign.publishing.asking import published_revision
from campaign.staff.case import shown
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404
from campaign.staff.starting import ApproveForm, NoteForm


@blueprint.post("/cases/<ref>/submit")
@requires(Action.SUBMIT_CASE)
def submit(ref: str) -> Response:
    """Put a draft before a second person."""
    case = allow(Action.SUBMIT_CASE, case_or_404(ref))
    workflow.submit(case, by=me(), note=request.form.get("note", "")[:10_000])
    db.session.commit()
    flash("Submitted. Somebody who wrote none of it reads it now.")
    return redirect(url_for("staff.view", ref=ref))


@blueprint.post("/cases/<ref>/take-back")
@requires(Action.SUBMIT_CASE)
def take_back(ref: str) -> Response:
    """Make a submitted case a draft again."""
    case = allow(Action.SUBMIT_CASE, case_or_404(ref))
    workflow.take_back(case, by=me())
    db.session.commit()
    flash("This is a draft again.")
    return redirect(url_for("staff.view", ref=ref))


@blueprint.post("/cases/<ref>/ask-changes")
@requires(Action.READ_CASE)
def ask_changes(ref: str) -> Response:
    """Send a case back to its writers, with what to change."""
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    form = NoteForm(request.form)
    workflow.ask_changes(case, by=me(), note=form.note.data or "")
    db.session.commit()
    flash("Sent back. Its writers read what you asked for.")
    return redirect(url_for("staff.view", ref=ref))


@blueprint.post("/cases/<ref>/approve")
@requires(Action.READ_CASE)
def approve(ref: str) -> Response | tuple[str, int]:
    """Approve the revision that the reviewer read, having answered whether a neighbour would know who spoke."""
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    form = ApproveForm(request.form)
    if not form.validate():
        page = shown(case, confidential=False, approving=form)
        return render_template("staff/case.html", **page), 422
    workflow.approve(
        case,
        by=me(),
        note=form.note.data or "",
        version=request.form.get("version", type=int),
        published_number=published_revision(case),
        would_neighbour_know=form.would_neighbour_know.data == "yes",
    )
    db.session.commit()
    flash("Approved. A publisher who wrote none of it may publish it.")
    return redirect(url_for("staff.view", ref=ref))

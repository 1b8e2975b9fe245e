"""Four eyes: asking for a review, taking it back, asking for changes, approving.

Who may review is asked of the case: a guest reviewer may, whatever their roles.
"""

from flask import render_template
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases import workflow
from campaign.cases.models import Case
from campaign.publishing.asking import published_revision
from campaign.staff.case import shown
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404
from campaign.staff.starting import ApproveForm, NoteForm
from campaign.web.forms import DeskForm, done


@blueprint.post("/cases/<ref>/submit")
@requires(Action.SUBMIT_CASE)
def submit(ref: str) -> Response | tuple[str, int]:
    """Put a draft before a second person."""
    case = allow(Action.SUBMIT_CASE, case_or_404(ref))
    form = NoteForm()
    if not form.validate():
        return _refused(case, note=form)
    workflow.submit(case, by=me(), note=form.note.data or "")
    return done("Submitted. Somebody who wrote none of it reads it now.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/take-back")
@requires(Action.SUBMIT_CASE)
def take_back(ref: str) -> Response:
    """Make a submitted case a draft again."""
    case = allow(Action.SUBMIT_CASE, case_or_404(ref))
    workflow.take_back(case, by=me())
    return done("This is a draft again.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/ask-changes")
@requires(Action.READ_CASE)
def ask_changes(ref: str) -> Response | tuple[str, int]:
    """Send a case back to its writers, with what to change."""
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    form = ApproveForm()
    if not form.note.validate(form):
        return _refused(case, approve=form)
    workflow.ask_changes(case, by=me(), note=form.note.data or "")
    return done("Sent back. Its writers read what you asked for.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/approve")
@requires(Action.READ_CASE)
def approve(ref: str) -> Response | tuple[str, int]:
    """Approve the revision that the reviewer read, having answered whether a neighbour would know who spoke."""
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    form = ApproveForm()
    if not form.validate():
        return _refused(case, approve=form)
    workflow.approve(
        case,
        by=me(),
        note=form.note.data or "",
        version=form.version.data,
        published_number=published_revision(case),
        would_neighbour_know=form.would_neighbour_know.data == "yes",
    )
    return done("Approved. A publisher who wrote none of it may publish it.", "staff.view", ref=ref)


def _refused(case: Case, **sent: DeskForm) -> tuple[str, int]:
    return render_template("staff/case.html", **shown(case, confidential=False, sent=sent)), 422

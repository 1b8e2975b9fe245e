"""Views of the workflow: review by a second person (four eyes), preview, publish, withdraw.

Who may review is asked of the case: a guest reviewer may, whatever their roles.
"""

from collections.abc import Callable

import msgspec
from flask import render_template
from werkzeug.wrappers import Response

from campaign.accounts import sessions
from campaign.accounts.guards import does, me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, requires
from campaign.cases import workflow
from campaign.cases.models import Case
from campaign.ledger import documents
from campaign.publishing import door, eligibility, onward, pausing, recheck
from campaign.publishing.context import context_of
from campaign.publishing.context import preview as preview_of
from campaign.publishing.gate import checklist
from campaign.staff.case import approve_form, at_preview, limits_shown, next_act, shown, why_not_publish
from campaign.staff.case_access import allow, case_or_404, rights
from campaign.staff.desk import blueprint
from campaign.staff.forms import ApproveForm, NoteForm, PublishForm, ReasonForm
from campaign.staff.publication_diff import lines_of
from campaign.web.forms import DeskForm, done, page

WITHDRAWN = "Withdrawn. Visitors read that the page is gone, and partners are told to delete it."
APPROVED = "Approved. A publisher who wrote none of it may publish it."
PAUSED_INSTEAD = "Paused: nothing of this case is public any more. It takes two people to bring it back."
Following = Callable[[Account, Case], Case | None]


@blueprint.post("/cases/<ref>/submit")
@requires(Action.SUBMIT_CASE)
def submit(ref: str) -> Response | tuple[str, int]:
    """Put a draft before a second person."""
    case = allow(Action.SUBMIT_CASE, case_or_404(ref))
    form = NoteForm()
    if not form.validate():
        return _refused(case, note=form)
    workflow.submit(case, by=me(), note=form.note.data or "")
    return done("Submitted. Somebody who wrote none of it reads it next.", "staff.view", ref=ref)


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
    return _led_on(case, "Sent back. Its writers read what you asked for.", onward.to_review, "staff.view")


@blueprint.post("/cases/<ref>/approve")
@requires(Action.READ_CASE)
@does(Action.REVIEW_CASE)
def approve(ref: str) -> Response | tuple[str, int]:
    """Approve the revision that the reviewer read, having answered whether a neighbour would know who spoke.

    Where a batch approved it, the same form answers that question alone.
    """
    case = allow(Action.REVIEW_CASE, case_or_404(ref))
    form = approve_form(case)
    if not form.validate():
        return _refused(case, approve=form)
    answer, note, version = form.would_neighbour_know.data, form.note.data or "", form.version.data or 0
    if case.state == "approved":
        eligibility.answer(case, by=me(), note=note, version=version, would_neighbour_know=answer == "yes")
        return _led_on(case, "Answered.", onward.to_answer, "staff.view")
    known = answer == "yes" if answer else None
    eligibility.approve(case, by=me(), note=note, version=version, would_neighbour_know=known)
    return _led_on(case, APPROVED, onward.to_review, "staff.view")


def _led_on(case: Case, sentence: str, following: Following, endpoint: str) -> Response:
    """Say what was done, and lead to the next case that waits for the same from whoever did it, if there is one."""
    following_case = following(me(), case)
    if following_case is None:
        return done(sentence, "staff.view", ref=case.ref)
    told = f"{case.ref}: {sentence} Next of those that wait for you: {following_case.ref}."
    return done(told, endpoint, ref=following_case.ref)


def _refused(case: Case, **sent: DeskForm) -> tuple[str, int]:
    return render_template("staff/case.html", **shown(case, confidential=False, sent=sent)), 422


@blueprint.get("/cases/<ref>/preview")
@requires(Action.READ_CASE)
def preview(ref: str) -> tuple[str, int]:
    """Show exactly what would leave, beside what is public now, and what stays behind and why."""
    return _preview_page(case_or_404(ref), PublishForm(None))


def _preview_page(case: Case, form: PublishForm) -> tuple[str, int]:
    context = context_of(case)
    lines = checklist.check(eligibility.question_of(context))
    shown = preview_of(context.publication)
    document = msgspec.json.format(documents.encode(shown.document), indent=2).decode()
    told = lines_of(shown)
    act = next_act(context, lines, me(), is_same=shown.public_now is not None and not told)
    words = {"preview": shown, "differences": told, "document": document, "next": at_preview(act)}
    words["why_not"] = why_not_publish(context, lines, me())
    words["limits"] = limits_shown(context)
    return page("staff/preview.html", case=case, gate=lines, form=form, **words, **rights(case))


@blueprint.post("/cases/<ref>/publish")
@requires(Action.PUBLISH)
def publish(ref: str) -> Response | tuple[str, int]:
    """Publish the approved content; the door asks the gate."""
    case = allow(Action.PUBLISH, case_or_404(ref))
    form = PublishForm()
    if not form.validate():
        return _preview_page(case, form)
    kind: door.Plain = "correction" if form.kind.data == "correction" else "update"
    door.publish(case, by=me(), kind=kind, note=form.note.data or "")
    return _led_on(case, "Published. The world can read it now.", onward.to_publish, "staff.preview")


@blueprint.route("/cases/<ref>/withdraw", methods=["GET", "POST"])
@requires(Action.WITHDRAW)
def withdraw(ref: str) -> Response | tuple[str, int]:
    """Take a profile out of the public, with every earlier version; a pause where pausing.acts_as_pause says so."""
    case = allow(Action.WITHDRAW, case_or_404(ref))
    form = ReasonForm()
    as_pause = not sessions.is_fresh(sessions.current()) and pausing.acts_as_pause(me().id)
    if form.validate_on_submit() and as_pause:
        pausing.pause(case, by=me(), reason=form.reason.data or "")
        return done(PAUSED_INSTEAD, "staff.pause_made", ref=ref)
    if form.validate_on_submit():
        door.withdraw(case, by=me(), reason=form.reason.data or "")
        return done(WITHDRAWN, "staff.view", ref=ref)
    return page("staff/reason.html", case=case, form=form, as_pause=as_pause)


@blueprint.get("/recheck")
@requires(Action.PUBLISH)
def recheck_list() -> str:
    """List the public profiles in which the last recheck found something to settle."""
    return render_template("staff/recheck.html", faults=recheck.faults(me()))

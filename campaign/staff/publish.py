"""What leaves, and what is taken back: preview, publish, withdraw, pause and return."""

import msgspec
from flask import abort
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger import documents
from campaign.publishing import asking, cord, door, gate
from campaign.publishing import preview as previews
from campaign.publishing.context import context_of
from campaign.publishing.models import Hold
from campaign.staff.desk import blueprint
from campaign.staff.leaving import lines_of
from campaign.staff.loading import allow, case_or_404, rights
from campaign.staff.next_act import at_preview, next_act
from campaign.staff.starting import PublishForm, ReasonForm
from campaign.web.forms import done, page


@blueprint.get("/cases/<ref>/preview")
@requires(Action.READ_CASE)
def preview(ref: str) -> tuple[str, int]:
    """Show exactly what would leave, beside what is public now, and what stays behind and why."""
    return _preview_page(case_or_404(ref), PublishForm(None))


def _preview_page(case: Case, form: PublishForm) -> tuple[str, int]:
    context = context_of(case)
    lines = gate.check(asking.question_of(context))
    shown = previews.preview(context.publication)
    document = msgspec.json.format(documents.encode(shown.document), indent=2).decode()
    told = lines_of(shown)
    act = next_act(context, lines, me(), is_same=shown.public_now is not None and not told)
    words = {"preview": shown, "differences": told, "document": document, "next": at_preview(act)}
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
    return done("Published. The world can read it now.", "staff.view", ref=ref)


@blueprint.route("/cases/<ref>/withdraw", methods=["GET", "POST"])
@requires(Action.WITHDRAW)
def withdraw(ref: str) -> Response | tuple[str, int]:
    """Take a profile out of the public, with every earlier version."""
    case = allow(Action.WITHDRAW, case_or_404(ref))
    form = ReasonForm()
    if form.validate_on_submit():
        door.withdraw(case, by=me(), reason=form.reason.data or "")
        return done("Withdrawn. The page answers 410, and partners are told to delete it.", "staff.view", ref=ref)
    return page("staff/reason.html", case=case, form=form, act="withdraw")


@blueprint.route("/cases/<ref>/pause", methods=["GET", "POST"])
@requires(Action.PAUSE)
def pause(ref: str) -> Response | tuple[str, int]:
    """Pull the cord: the profile goes at once, and returns only when two people agree."""
    case = allow(Action.PAUSE, case_or_404(ref))
    form = ReasonForm()
    if form.validate_on_submit():
        cord.pause(case, by=me(), reason=form.reason.data or "", is_duress=form.is_duress.data)
        return done("Paused. Nothing of this case is public until two people put it back.", "staff.view", ref=ref)
    return page("staff/reason.html", case=case, form=form, act="pause")


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/ask-return")
@requires(Action.PAUSE)
def ask_return(ref: str, hold_id: int) -> Response:
    """Ask that a paused profile may return."""
    case = allow(Action.PAUSE, case_or_404(ref))
    cord.ask_back(_hold(case, hold_id), by=me())
    return done("Asked. A second person has to agree.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/return")
@requires(Action.READ_CASE)
def put_back(ref: str, hold_id: int) -> Response:
    """Agree that a pause ends; the profile is published through the gate again."""
    case = case_or_404(ref)
    cord.put_back(_hold(case, hold_id), by=me())
    return done("The pause is over. Publish the case when it is ready.", "staff.view", ref=ref)


def _hold(case: Case, hold_id: int) -> Hold:
    hold = db.session.get(Hold, hold_id)
    return hold if hold is not None and hold.subject == case.ref else abort(404)

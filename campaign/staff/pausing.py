"""Views of a pause: one press and a yes by whoever may read the case; taking it back, saying why, lifting it by two."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.accounts.guards import does, me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import Case
from campaign.cases.queries import by_ref
from campaign.cases.revisions import head
from campaign.database import db
from campaign.publishing import holds, pausing
from campaign.publishing.models import Hold
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.staff.fields import options
from campaign.web.forms import DeskForm, done, page

AT_DESK = "Stays at the desk; the public is told nothing."


class PauseForm(DeskForm):
    """The yes to a pause, with what may be said at once: why, that somebody is under pressure, relatives too."""

    relatives = SelectMultipleField(
        "Relatives who go with this page", choices=options([]), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(), validate_choice=False,
    )  # fmt: skip
    reason = TextAreaField("Reason, now or within a day", description=AT_DESK, validators=[Length(max=10_000)])
    is_duress = BooleanField("I suspect that somebody is under pressure")


class WhyForm(DeskForm):
    """Why a pause was made, said afterwards."""

    reason = TextAreaField(
        "Why this was paused",
        description=AT_DESK,
        validators=[InputRequired("Say why; it stays at the desk."), Length(max=10_000)],
    )


class ReferenceForm(DeskForm):
    """The reference of whoever is to be paused, for an account that can do nothing else."""

    ref = StringField("Reference", validators=[InputRequired("Write a reference, such as FXD-40718."), Length(max=24)])


@blueprint.get("/pause")
@requires(Action.PAUSE)
def pause_by_reference() -> Response | tuple[str, int]:
    """Ask for a reference and lead on to its pause."""
    form = ReferenceForm(request.args)
    if "ref" in request.args and form.validate():
        case = by_ref(form.ref.data or "", me())
        if case is not None:
            return redirect(url_for("staff.pause", ref=case.ref))
        form.ref.errors = ["There is no case with this reference that you may read."]
    return page("staff/pause_by_reference.html", form=form)


@blueprint.route("/cases/<ref>/pause", methods=["GET", "POST"])
@requires(Action.PAUSE)
def pause(ref: str) -> Response | tuple[str, int]:
    """Pause a case: the profile goes at once; who paused takes it back at once, later it takes two."""
    case = allow(Action.PAUSE, case_or_404(ref))
    linked = pausing.relatives_of(case, head(case), by=me())
    form = PauseForm(relatives=[one.ref for one in linked])
    form.relatives.choices = options((one.ref, f"{one.display_name} ({one.ref})") for one in linked)
    if form.validate_on_submit():
        together = [one for one in linked if one.ref in (form.relatives.data or ())]
        pausing.pause(case, by=me(), reason=form.reason.data or "", is_duress=form.is_duress.data, relatives=together)
        return done(_said(len(together)), "staff.pause_made", ref=ref)
    return page("staff/pause.html", case=case, form=form)


def _said(relatives: int) -> str:
    besides = f" So are {relatives} relatives." if relatives > 1 else " So is one relative." if relatives else ""
    return f"Paused. Nothing of this case is public.{besides}"


@blueprint.get("/cases/<ref>/pause/made")
@requires(Action.PAUSE)
def pause_made(ref: str) -> tuple[str, int]:
    """Show the pauses in force on a case: take one's own back, say why."""
    case = allow(Action.PAUSE, case_or_404(ref))
    return _made(case, WhyForm(None))


def _made(case: Case, form: WhyForm) -> tuple[str, int]:
    lying = holds.active(case.ref)
    mine = [hold for hold in lying if hold.by_id == me().id]
    able = {hold.id for hold in mine if pausing.may_undo(hold, case, by=me())}
    waiting = [hold for hold in mine if pausing.lacks_reason(hold)]
    return page("staff/pause_made.html", case=case, lying=lying, able=able, waiting=waiting, form=form)


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/undo")
@requires(Action.PAUSE)
def undo_pause(ref: str, hold_id: int) -> Response:
    """Take back one's own pause within a quarter of an hour."""
    case = allow(Action.PAUSE, case_or_404(ref))
    is_back = pausing.undo(_hold(case, hold_id), case, by=me())
    sentence = "Taken back. The page is public again." if is_back else "Taken back. The page is not public."
    return done(sentence, "staff.pause_made", ref=ref)


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/reason")
@requires(Action.PAUSE)
def say_why_paused(ref: str, hold_id: int) -> Response | tuple[str, int]:
    """Say afterwards why one has paused."""
    case = allow(Action.PAUSE, case_or_404(ref))
    form = WhyForm()
    if not form.validate():
        return _made(case, form)
    pausing.give_reason(_hold(case, hold_id), form.reason.data or "", by=me())
    return done("Kept. Nobody outside the desk reads it.", "staff.pause_made", ref=ref)


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/ask-return")
@requires(Action.READ_CASE)
def ask_return(ref: str, hold_id: int) -> Response:
    """Ask that a paused profile may return; who may is asked of the verb."""
    holds.ask_back(_hold(case_or_404(ref), hold_id), by=me())
    return done("Asked. A second person has to agree.", "staff.view", ref=ref)


@blueprint.post("/cases/<ref>/holds/<int:hold_id>/return")
@requires(Action.READ_CASE)
@does(Action.PUT_BACK)
def put_back(ref: str, hold_id: int) -> Response:
    """Agree that a pause ends; the profile is published through the gate again."""
    holds.put_back(_hold(case_or_404(ref), hold_id), by=me())
    return done("The pause is over. Publish the case when it is ready.", "staff.view", ref=ref)


@blueprint.post("/pauses/<int:account_id>/looked")
@requires(Action.PAUSE_MANY)
def looked_at_pauses(account_id: int) -> Response:
    """Say that somebody's many pauses were looked at, so that they can work again."""
    pausing.look(db.session.get(Account, account_id) or abort(404), by=me())
    return done("Noted. They can work again.", "staff.emergency_stops")


def _hold(case: Case, hold_id: int) -> Hold:
    hold = db.session.get(Hold, hold_id)
    return hold if hold is not None and hold.subject == case.ref else abort(404)

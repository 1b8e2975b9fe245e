"""Views of what keeps a case back: the embargo of one case, and emergency stops.

An embargo is set, moved and lifted; its time is written in the campaign's time zone. An emergency stop shows list and
count first, then takes the pages down; every one in force is listed, with the way to lift it.
"""

import re

from flask import abort, flash, render_template, request
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign.accounts.guards import does, me
from campaign.accounts.permissions import Action, may, requires
from campaign.cases import facilities
from campaign.database import db
from campaign.places.current import gazetteer
from campaign.places.reading import suggest
from campaign.publishing import embargoes, holds, mentions, pausing
from campaign.publishing.models import Hold
from campaign.staff.case import EmbargoForm, approve_form, shown
from campaign.staff.case_access import allow, case_or_404
from campaign.staff.desk import blueprint
from campaign.staff.fields import options
from campaign.vocabulary.events import FACILITY_TYPE
from campaign.web.forms import DeskForm, NumberField, done, page

REFERENCE = re.compile(r"[A-Za-z]{1,10}-\d{5}")
WAITS = "Held back. That alone publishes nothing: a publisher does, or orders it for that time once it is approved."
ORDERED = "Ordered. It is published at that time, within a minute, if nobody changes it and every rule is still met."


@blueprint.post("/cases/<ref>/embargo")
@requires(Action.READ_CASE)
@does(Action.PUBLISH)
def embargo(ref: str) -> Response | tuple[str, int]:
    """Let a case wait until a moment; who may is asked of the verb."""
    case = case_or_404(ref)
    form = EmbargoForm()
    if form.validate():
        try:
            embargoes.wait(case, form.moment, by=me())
            words = ORDERED if embargoes.is_ordered(case) else WAITS
            return done(words, "staff.view", ref=ref, _anchor="embargo")
        except embargoes.TooLate as refusal:
            form.until.errors = [str(refusal)]
    return render_template("staff/case.html", **shown(case, confidential=False, sent={"embargo": form})), 422


@blueprint.post("/cases/<ref>/embargo/lift")
@requires(Action.READ_CASE)
@does(Action.PUBLISH)
def lift_embargo(ref: str) -> Response:
    """End the wait; who may is asked of the verb."""
    case = case_or_404(ref)
    embargoes.lift(case, by=me())
    return done(
        "It is no longer held back. That alone has published nothing.", "staff.view", ref=ref, _anchor="embargo"
    )


@blueprint.post("/cases/<ref>/embargo/keep")
@requires(Action.PUBLISH)
def approve_and_keep(ref: str) -> Response | tuple[str, int]:
    """Approve a change of what was ordered, and order it for the same hour: one act of a publisher who wrote none."""
    case = allow(Action.PUBLISH, case_or_404(ref))
    form = approve_form(case)
    if not form.validate():
        return render_template("staff/case.html", **shown(case, confidential=False, sent={"approve": form})), 422
    answer = form.would_neighbour_know.data
    is_known = answer == "yes" if answer else None
    embargoes.approve_and_keep(case, by=me(), version=form.version.data, would_neighbour_know=is_known)
    return done(ORDERED, "staff.view", ref=ref, _anchor="embargo")


REACHES = (
    ("relative", "A person, and every page that names them"),
    ("facility", "A facility"),
    ("everything", "Everything"),
)


class ReachForm(DeskForm):
    """What an emergency stop reaches: asked first, so that the list and the count are seen."""

    facility = ""  # that the words name, once they were read
    reach = SelectField("What to take down", choices=options(REACHES), default="relative")
    subject = StringField(
        "Which one",
        description="The person's reference; for a facility its number or name, or place code and kind: 653121/prison",
        validators=[Length(max=80)],
    )

    def validate_subject(self, field: StringField) -> None:
        """Refuse a person or a place that is not said."""
        said = (field.data or "").strip()
        if self.reach.data == "everything":
            return
        if not said:
            raise ValidationError("Say which one.")
        if self.reach.data == "relative" and not REFERENCE.fullmatch(said):
            raise ValidationError(f"{said[:80]} is no reference. Write one such as FXD-40718.")
        self.facility = _facility(said) if self.reach.data == "facility" else ""
        if self.reach.data == "facility" and not self.facility:
            raise ValidationError(_suggestions(said))

    @property
    def wanted(self) -> tuple[str, str]:
        """Return the reach and the subject."""
        said = (self.subject.data or "").strip()
        if self.reach.data == "facility":
            said = self.facility or _facility(said)
        return self.reach.data, "" if self.reach.data == "everything" else said


def _facility(said: str) -> str:
    """Return the facility or place of detention that some words name, as public documents name it; "" for none."""
    named = [one.ref for one, is_exact in facilities.find(said) if is_exact]
    if len(named) == 1:
        return named[0]
    place, _, kind = said.partition("/")
    if kind in FACILITY_TYPE and place in gazetteer():
        return f"{gazetteer().public(place).code}/{kind}"
    key = facilities.key_of(said)
    return key if mentions.naming("facility", key) else ""


def _suggestions(said: str) -> str:
    """Return the sentence that says what some words may mean, of what public pages name."""
    near = [f"{one.name} ({one.ref})" for one, _ in facilities.find(said)]
    known = mentions.facilities_named()
    for code in suggest(said):
        near += [subject for subject in known if subject.startswith(f"{code}/")]
    if not near:
        return f"No place of detention is called {said[:80]}. Write its number or name, or a place code and kind."
    return f"No place of detention is called exactly {said[:80]}. Choose one of these: {', '.join(near[:8])}."


class PullForm(ReachForm):
    """The same with the count that was seen, and the reason, which stays at the desk."""

    count = NumberField()
    reason = TextAreaField("Reason", validators=[InputRequired("Say why; it stays at the desk."), Length(max=10_000)])


@blueprint.get("/cords")
@requires(Action.PUT_BACK)
def emergency_stops() -> tuple[str, int]:
    """Show the emergency stops in force, and, once a reach is chosen, whom it would take down."""
    form = ReachForm(request.args)
    is_asked = "reach" in request.args and form.validate() and may(me(), Action.PAUSE_MANY)
    pulling = PullForm(request.args) if is_asked else None
    if pulling is not None:
        pulling.facility = form.facility
    return _page(form, pulling)


@blueprint.post("/cords")
@requires(Action.PAUSE_MANY)
def stop_many() -> Response | tuple[str, int]:
    """Make an emergency stop; where the count is another one by now, show it again first."""
    form = PullForm()
    if not form.validate():
        return _page(form, form)
    reach, subject = form.wanted
    if len(holds.reached(reach, subject)) != form.count.data:
        flash("The list has changed since you saw it. Read it again.", "problem")
        return _page(form, form)[0], 409
    _, refs = holds.pause_many(reach, subject, by=me(), reason=form.reason.data or "")
    return done(f"Pages taken down: {len(refs)}. It takes two people to lift the stop.", "staff.emergency_stops")


@blueprint.post("/cords/<int:hold_id>/ask-return")
@requires(Action.PUT_BACK)
def ask_to_lift_stop(hold_id: int) -> Response:
    """Ask to lift an emergency stop."""
    holds.ask_back(_hold(hold_id), by=me())
    return done("Asked. A second person has to agree.", "staff.emergency_stops")


@blueprint.post("/cords/<int:hold_id>/return")
@requires(Action.PUT_BACK)
def lift_stop(hold_id: int) -> Response:
    """Agree to lift an emergency stop; each profile is published through the gate again."""
    holds.put_back(_hold(hold_id), by=me())
    return done("The emergency stop is lifted. Publish each case when it is ready.", "staff.emergency_stops")


def _hold(hold_id: int) -> Hold:
    hold = db.session.get(Hold, hold_id)
    return hold if hold is not None and hold.reach in holds.FOR_MANY else abort(404)


def _page(form: ReachForm, pulling: PullForm | None) -> tuple[str, int]:
    lying = [hold for hold in holds.active("") if hold.reach in holds.FOR_MANY]
    refs = holds.named_reached(*pulling.wanted) if pulling is not None else {}
    words = {"form": form, "pulling": pulling, "refs": refs, "lying": lying, "reaches": dict(REACHES)}
    return page("staff/emergency_stops.html", suspended=pausing.suspended(), **words)

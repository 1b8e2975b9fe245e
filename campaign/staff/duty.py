"""The page "On duty": what is urgent now and who sees to it, who is on duty, and the hours of the week, by person.

Everybody reads it; administrators give and take the hours.
"""

from collections import Counter
from typing import Any

from flask import abort
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TimeField, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from campaign.accounts import duty, duty_list
from campaign.accounts.guards import me
from campaign.accounts.invitations import Refused
from campaign.accounts.models import Account, DutyShift
from campaign.accounts.permissions import Action, in_words, may, requires
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.clock import zone
from campaign.database import db
from campaign.doctor import mails, urgent
from campaign.staff.case_access import names_of
from campaign.staff.desk import blueprint
from campaign.staff.fields import options
from campaign.web.forms import DeskForm, done, page

AN_HOUR = "Write an hour, such as 22:00."
NUMBERED = {f"{number}": day for number, day in enumerate(duty.DAYS)}


class HourField(TimeField):
    """An hour of the clock."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent. Raises ValueError with what to write."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(AN_HOUR) from error


class ShiftForm(DeskForm):
    """Hours of duty for one person."""

    account = SelectField("Person", validators=[InputRequired("Choose somebody.")])
    weekdays = SelectMultipleField(
        "Days on which it begins", choices=options(NUMBERED.items()), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(), validators=[InputRequired("Tick at least one day.")],
    )  # fmt: skip
    starts = HourField("From", validators=[InputRequired(AN_HOUR)])
    ends = HourField(
        "To",
        description="Not later than “From”: it goes on to the next day. The same hour: 24 hours.",
        validators=[InputRequired(AN_HOUR)],
    )
    zone = StringField(
        "Time zone",
        description="Of that person's clocks, such as Europe/Berlin.",
        validators=[InputRequired("Write a time zone, such as Europe/Berlin."), Length(max=64)],
    )

    def validate_zone(self, field: StringField) -> None:
        """Refuse what is no zone of the IANA table, with those that may be meant."""
        try:
            field.data = duty_list.zone_of(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error


class KeyForm(DeskForm):
    """Which matter somebody sees to."""

    key = HiddenField(validators=[InputRequired(), Length(max=60)])


@blueprint.get("/duty")
@requires(Action.OPEN_DESK)
def duty_page() -> tuple[str, int]:
    """Show what is urgent, who is on duty, and the hours of the week."""
    return _page(None)


@blueprint.post("/duty")
@requires(Action.MANAGE_SETTINGS)
def give_duty() -> Response | tuple[str, int]:
    """Give somebody hours of duty."""
    form = _form()
    if form.validate():
        account = db.session.get(Account, int(form.account.data)) or abort(400)
        days = [int(one) for one in form.weekdays.data or ()]
        assert form.starts.data is not None
        assert form.ends.data is not None
        hours: dict[str, Any] = {"starts": form.starts.data, "ends": form.ends.data, "zone": form.zone.data}
        try:
            duty_list.add(account, weekdays=days, by=me(), **hours)
            return done("Given. They are told at the desk.", "staff.duty_page")
        except Refused as refusal:
            form.account.errors = [str(refusal)]
    return _page(form)


@blueprint.post("/duty/<int:number>/take")
@requires(Action.MANAGE_SETTINGS)
def take_duty(number: int) -> Response:
    """Take hours of duty from somebody."""
    shift = db.session.get(DutyShift, number) or abort(404)
    duty_list.remove(shift, by=me())
    return done("Taken away. They are told at the desk.", "staff.duty_page")


@blueprint.post("/duty/urgent")
@requires(Action.OPEN_DESK)
def see_to_urgent() -> Response:
    """Say that one sees to something urgent, so that nobody else is woken."""
    form = KeyForm()
    if not form.validate():
        abort(400)
    count = urgent.see_to(form.key.data or "", by=me())
    words = "Noted. Nobody else is woken by it." if count else "It is over, or somebody sees to it already."
    return done(words, "staff.duty_page")


def _form(**filled: Any) -> ShiftForm:
    form = ShiftForm(**filled)
    form.account.choices = options((f"{one.id}", one.display_name) for one in duty.people_ready())
    return form


def _page(form: ShiftForm | None) -> tuple[str, int]:
    found, given = urgent.matters(), duty.shifts()
    people = names_of({*(one.seen_by_id for one in found if one.seen_by_id), *(one.account_id for one in given)})
    seen = _seen({one.ref for one in found if one.ref})
    may_give = may(me(), Action.MANAGE_SETTINGS)
    filled = {"formdata": None, "data": {"zone": zone().key}}
    return page(
        "staff/duty.html",
        matters=[(one, one.ref if one.ref in seen else "", may(me(), one.kind.action)) for one in found],
        unseen=Counter(one.name for one in found if one.seen_by_id is None),
        able={action: duty.able_in_words(action) for action in {one.kind.action for one in found}},
        shifts=[(one, duty.in_words(one)) for one in given],
        people=people,
        complaint=mails.complaint_of_waking(),
        form=form or (_form(**filled) if may_give else None),
    )


def _seen(refs: set[str]) -> set[str]:
    """Return those of some references whose cases whoever asks may see."""
    return set(db.session.scalars(select(Case.ref).where(Case.ref.in_(refs), visible_to(me())))) if refs else set()


@blueprint.app_template_global("duty_now")
def duty_now() -> list[str] | None:
    """Return who is on duty now, with their roles: "Sana, safety officer"; None while no hours were given."""
    there = duty.on_duty()
    if there is None:
        return None
    return [f"{one.display_name}, {' and '.join(map(in_words, sorted(one.role_codes)))}" for one in there]


@blueprint.app_template_global("urgent_for_me")
def urgent_for_me() -> list[str]:
    """Return what is urgent and for whoever asks to deal with, a line for each kind. Told on the first page."""
    return [kind.in_words(count) for kind, count in urgent.unseen_for(me())]


blueprint.add_app_template_global(mails.is_on, "wakes_somebody")
blueprint.add_app_template_global(duty.able_in_words, "able_to")

"""Views of access: restricting a case to the people named on it, and appointing guest reviewers.

The safety officer restricts a case, names people and takes them off, sees who could review it and asks for a guest; the
administrator agrees, without seeing which case it is.
"""

import datetime
from collections.abc import Callable, Iterable

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.accounts import vouching
from campaign.accounts.guards import ask_again, me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, requires
from campaign.cases import members
from campaign.cases.models import Case, GuestReviewer, Revision
from campaign.clock import now
from campaign.database import db
from campaign.publishing import eligibility, restricted_duplicates
from campaign.publishing.authorship import writers_of
from campaign.staff.case_access import allow, case_or_404, names_of
from campaign.staff.desk import blueprint
from campaign.staff.forms import AccountForm
from campaign.web.forms import done


@blueprint.get("/cases/<ref>/guests")
@requires(Action.CONFIRM_SAFETY)
def guests_of(ref: str) -> str:
    """Show who is left to review a case, and who could be a guest where nobody is."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    writers = writers_of(case)
    everybody = eligibility.active()
    left, able = eligibility.left(case, writers, everybody), eligibility.could_be_guest(case, writers, everybody)
    people = names_of(guest.account_id for guest in case.guests)
    barred = [vouching.why_barred(one.id, writers) for one in eligibility.barred(case, writers, everybody)]
    return render_template("staff/guests.html", case=case, left=left, able=_others(able), people=people, barred=barred)


@blueprint.post("/cases/<ref>/guests")
@requires(Action.CONFIRM_SAFETY)
def ask_guest(ref: str) -> Response:
    """Ask for somebody as guest reviewer."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    eligibility.ask(case, colleague(), by=me())
    return done(
        "Asked. An administrator has to agree; then they may review it for 48 hours.", "staff.guests_of", ref=ref
    )


@blueprint.get("/guests")
@requires(Action.MANAGE_ACCOUNTS)
def guest_requests() -> str:
    """Show the guests who wait for an administrator: who, and asked by whom; never of which case."""
    waiting = eligibility.waiting()
    people = names_of(number for guest in waiting for number in (guest.account_id, guest.asked_by_id))
    return render_template("staff/guest_requests.html", waiting=waiting, people=people)


@blueprint.post("/guests/<int:guest_id>/agree")
@requires(Action.MANAGE_ACCOUNTS)
def agree_guest(guest_id: int) -> Response:
    """Appoint a guest for 48 hours."""
    eligibility.agree(db.session.get(GuestReviewer, guest_id) or abort(404), by=me())
    return done("Appointed for 48 hours.", "staff.guest_requests")


def _others(people: list[Account]) -> list[Account]:
    return [person for person in people if person.id != me().id]


def close(case: Case) -> None:
    """Close a case to all but the named and the ticked; officers are told of cases that may be the same person's."""
    for person in offered(case, eligibility.active()):
        if str(person.id) in AccountForm().sent.getlist("keep"):
            members.name_member(case, person.id, by=me())
    members.restrict(case, by=me())
    restricted_duplicates.alert_of(case)


RECENT = datetime.timedelta(days=90)


def offered(case: Case, people: Iterable[Account]) -> list[Account]:
    """Return who works on a case: its owner and its recent writers, who would lose it in the middle of their work."""
    if case.is_restricted:
        return []
    recent = select(Revision.author_id).where(Revision.case_id == case.id, Revision.at > now() - RECENT)
    ids = {case.owner_id, *db.session.scalars(recent.distinct())} - case.named_ids
    return [person for person in people if person.id in ids]


# What each button of the page does, and what is said when it is done.
DEEDS: dict[str, tuple[Callable[[Case], None], str]] = {
    "restrict": (close, "Closed to everybody who is not named here."),
    "lift": (lambda case: members.lift_restriction(case, by=me()), "Open to staff again, according to their roles."),
    "name": (lambda case: members.name_member(case, colleague().id, by=me()), "Named on this case."),
    "remove": (lambda case: members.remove_member(case, colleague().id, by=me()), "Taken off this case."),
    "hand_over": (lambda case: members.hand_over(case, colleague().id, by=me()), "Handed over."),
}
# What lets more people in asks for a code of the last ten minutes (Action.LIFT_RESTRICTION).
OPENING = frozenset({"lift", "name", "hand_over"})


@blueprint.get("/cases/<ref>/access")
@requires(Action.RESTRICT_CASE)
def access(ref: str) -> str:
    """Show who may open a case, and what can be done about it."""
    case = allow(Action.RESTRICT_CASE, case_or_404(ref))
    people = db.session.scalars(select(Account).where(Account.is_active).order_by(Account.email)).all()
    named = [person for person in people if person.id in case.named_ids]
    return render_template("staff/access.html", case=case, people=people, named=named, offered=offered(case, people))


@blueprint.post("/cases/<ref>/access")
@requires(Action.RESTRICT_CASE)
def change_access(ref: str) -> ResponseReturnValue:
    """Do what a button of the page says."""
    case = allow(Action.RESTRICT_CASE, case_or_404(ref))
    deed = AccountForm().deed.data or ""
    act, words = DEEDS.get(deed) or abort(400)
    if deed in OPENING and (asked := ask_again()) is not None:
        return asked
    act(case)
    return done(words, "staff.access", ref=ref)


def colleague() -> Account:
    """Return the account that the form names; 400 for none."""
    number = AccountForm().account.data
    account = db.session.get(Account, number) if number is not None else None
    return account or abort(400)

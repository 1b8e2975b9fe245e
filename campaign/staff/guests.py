"""Guest reviewers: the safety officer sees who could review and asks for one; the administrator agrees."""

from flask import abort, render_template
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, requires
from campaign.cases.models import GuestReviewer
from campaign.database import db
from campaign.publishing import asking, guests, reviewers
from campaign.staff.access import colleague
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404
from campaign.staff.people import names_of
from campaign.web.forms import done


@blueprint.get("/cases/<ref>/guests")
@requires(Action.CONFIRM_SAFETY)
def guests_of(ref: str) -> str:
    """Show who is left to review a case, and who could be a guest where nobody is."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    writers = asking.writers_of(case)
    everybody = reviewers.active()
    left, able = reviewers.left(case, writers, everybody), reviewers.could_be_guest(case, writers, everybody)
    people = names_of(guest.account_id for guest in case.guests)
    return render_template("staff/guests.html", case=case, left=left, able=_others(able), people=people)


@blueprint.post("/cases/<ref>/guests")
@requires(Action.CONFIRM_SAFETY)
def ask_guest(ref: str) -> Response:
    """Ask for somebody as guest reviewer."""
    case = allow(Action.CONFIRM_SAFETY, case_or_404(ref))
    guests.ask(case, colleague(), by=me())
    return done(
        "Asked. An administrator has to agree; then they may review it for 48 hours.", "staff.guests_of", ref=ref
    )


@blueprint.get("/guests")
@requires(Action.MANAGE_ACCOUNTS)
def guest_requests() -> str:
    """Show the guests who wait for an administrator: who, and asked by whom; never of which case."""
    waiting = guests.waiting()
    people = names_of(number for guest in waiting for number in (guest.account_id, guest.asked_by_id))
    return render_template("staff/guest_requests.html", waiting=waiting, people=people)


@blueprint.post("/guests/<int:guest_id>/agree")
@requires(Action.MANAGE_ACCOUNTS)
def agree_guest(guest_id: int) -> Response:
    """Appoint a guest for 48 hours."""
    guests.agree(db.session.get(GuestReviewer, guest_id) or abort(404), by=me())
    return done("Appointed for 48 hours.", "staff.guest_requests")


def _others(people: list[Account]) -> list[Account]:
    return [person for person in people if person.id != me().id]

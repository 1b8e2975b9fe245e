"""Who may open a case: closing it to all but the named, naming somebody, taking them off. The safety officer's page."""

from collections.abc import Callable

from flask import abort, render_template
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, requires
from campaign.cases import members
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing import twins
from campaign.staff.desk import blueprint
from campaign.staff.loading import allow, case_or_404
from campaign.staff.starting import AccountForm
from campaign.web.forms import done


def close(case: Case) -> None:
    """Close a case to all but the named; officers are told of the cases that may be the same person's."""
    members.restrict(case, by=me())
    twins.alert_of(case)


# What each button of the page does, and what is said when it is done.
DEEDS: dict[str, tuple[Callable[[Case], None], str]] = {
    "restrict": (close, "Closed to everybody who is not named here."),
    "lift": (lambda case: members.lift_restriction(case, by=me()), "Open to staff again, each by their role."),
    "name": (lambda case: members.name_member(case, colleague().id, by=me()), "Named on this case."),
    "remove": (lambda case: members.remove_member(case, colleague().id, by=me()), "Taken off this case."),
    "hand_over": (lambda case: members.hand_over(case, colleague().id, by=me()), "Handed over."),
}


@blueprint.get("/cases/<ref>/access")
@requires(Action.RESTRICT_CASE)
def access(ref: str) -> str:
    """Show who may open a case, and what can be done about it."""
    case = allow(Action.RESTRICT_CASE, case_or_404(ref))
    people = db.session.scalars(select(Account).where(Account.is_active).order_by(Account.email)).all()
    named = [person for person in people if person.id in case.named_ids]
    return render_template("staff/access.html", case=case, people=people, named=named)


@blueprint.post("/cases/<ref>/access")
@requires(Action.RESTRICT_CASE)
def change_access(ref: str) -> Response:
    """Do what a button of the page says."""
    case = allow(Action.RESTRICT_CASE, case_or_404(ref))
    act, words = DEEDS.get(AccountForm().deed.data or "") or abort(400)
    act(case)
    return done(words, "staff.access", ref=ref)


def colleague() -> Account:
    """Return the account that the form names; 400 for none."""
    number = AccountForm().account.data
    account = db.session.get(Account, number) if number is not None else None
    return account or abort(400)

"""Guest reviewers: where nobody is left who may review a case, somebody who wrote none of it may, for 48 hours.

A safety officer asks, an administrator agrees; neither is the guest. The administrator is told who, and not of whom.
"""

from datetime import timedelta

from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases.models import Case, GuestReviewer
from campaign.clock import now
from campaign.database import db
from campaign.publishing.eligibility import active, could_be_guest, left, writers_of
from campaign.publishing.errors import NotAllowed, OwnWork, Refused, SecondPersonNeeded

HOURS = 48


class SomebodyIsLeft(Refused):
    """A guest was asked for though somebody of the desk may review."""


class NotInvited(Refused):
    """Somebody who may not be a guest, or who was appointed already."""


def ask(case: Case, account: Account, *, by: Account) -> GuestReviewer:
    """Ask for somebody as guest reviewer; an administrator has to agree.

    Raises NotAllowed, SomebodyIsLeft, OwnWork, NotInvited.
    """
    if not may(by, Action.CONFIRM_SAFETY, case):
        raise NotAllowed("Only a safety officer can ask for a guest reviewer.")
    writers = writers_of(case)
    people = active()
    if someone := left(case, writers, people):
        raise SomebodyIsLeft(f"{someone[0].display_name} wrote none of {case.ref} and may review it. Ask them.")
    if account.id in writers:
        raise OwnWork(f"{account.display_name} wrote part of {case.ref}: nobody reviews their own work.")
    if account.id == by.id or account.id not in {one.id for one in could_be_guest(case, writers, people)}:
        raise NotInvited("A guest reviewer may read cases, wrote none of this one, and is not the person who asks.")
    guest = GuestReviewer(case_id=case.id, account_id=account.id, asked_by_id=by.id, asked_at=now())
    case.guests.append(guest)
    db.session.flush()
    record("review.guest_asked", by=by.id, subject=case.ref, details={"guest": guest.id, "account": account.id})
    return guest


def waiting() -> list[GuestReviewer]:
    """Return the guests for whom an administrator has not agreed yet, oldest first."""
    return list(
        db.session.scalars(select(GuestReviewer).where(GuestReviewer.until.is_(None)).order_by(GuestReviewer.id))
    )


def agree(guest: GuestReviewer, *, by: Account) -> None:
    """Appoint a guest for 48 hours. Raises NotAllowed, SecondPersonNeeded, NotInvited."""
    if not may(by, Action.MANAGE_ACCOUNTS):
        raise NotAllowed("Only an administrator can agree to a guest reviewer.")
    if guest.until is not None:
        raise NotInvited("This guest reviewer was already appointed.")
    if by.id in {guest.asked_by_id, guest.account_id}:
        raise SecondPersonNeeded("Asking, agreeing and reviewing as a guest take three different people.")
    guest.agreed_by_id, guest.until = by.id, now() + timedelta(hours=HOURS)
    case = db.session.get_one(Case, guest.case_id)
    record("review.guest_appointed", by=by.id, subject=case.ref, details={"guest": guest.id})

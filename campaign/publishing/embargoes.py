"""Embargoes: an hour before which a case does not leave, and a publisher's order that it leaves then.

Whoever may edit or publish a case holds it back; that alone publishes nothing. An order is given by a publisher who
wrote none of it, on one approved content: the sweep publishes that in its minute, asking the gate again. An order that
an edit or the gate stops tells writers and publisher at once; an hour that passes unused is gone.
"""

import datetime

from sqlalchemy import select

from campaign.accounts import vouching
from campaign.accounts.invitations import notify
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases import members
from campaign.cases.models import Case
from campaign.clock import now, zone
from campaign.database import db
from campaign.publishing import eligibility
from campaign.publishing.authorship import writers_of
from campaign.publishing.errors import NotAllowed, OwnWork, Refused


class TooLate(Refused):
    """An embargo that would be over before it begins."""


def wait(case: Case, until: datetime.datetime, *, by: Account) -> None:
    """Hold a case back until a moment; of what is approved, by a publisher who wrote none of it, order it for then.

    Raises TooLate for a moment that has passed, NotAllowed, OwnWork.
    """
    if until <= now():
        raise TooLate("This time has passed. Choose one in the future.")
    is_longer = case.embargo_until is not None and until >= case.embargo_until
    _allow(case, by, lets_out=not is_longer)
    is_order = case.state == "approved" and may(by, Action.PUBLISH, case) and not _is_writer(case, by)
    if is_ordered(case) and not is_order:
        tell(case, f"The order to publish {case.ref} is gone: {by.display_name[:80]} holds it back longer.")
    members.embargo(case, until, by=by)
    _order(case, by if is_order else None)


def lift(case: Case, *, by: Account) -> None:
    """End the wait: a publisher may publish at once. Raises NotAllowed, OwnWork."""
    _allow(case, by, lets_out=True)
    members.embargo(case, None, by=by)
    _order(case, None)


def approve_and_keep(case: Case, *, by: Account, version: int | None, would_neighbour_know: bool | None) -> None:
    """Approve a change of what was ordered, and order it for the same hour: one act of who wrote none of it.

    Raises NotAllowed, OwnWork, TooLate, and what workflow.approve raises.
    """
    if not (may(by, Action.PUBLISH, case) and may(by, Action.REVIEW_CASE, case)):
        raise NotAllowed("Only a publisher keeps the hour of an order. Approve it, and ask one.")
    if case.embargo_by_id is None or case.embargo_until is None or case.embargo_until <= now():
        raise TooLate("There is no order to keep: its hour has passed, or nobody gave one.")
    eligibility.approve(case, by=by, version=version, would_neighbour_know=would_neighbour_know)
    _order(case, by)


def is_ordered(case: Case) -> bool:
    """Whether a publisher ordered that exactly what is approved now leaves at the hour of its embargo."""
    is_given = case.embargo_by_id is not None and case.embargo_until is not None
    return is_given and case.state == "approved" and case.embargo_digest == case.approved_digest


def orderer(case: Case) -> Account:
    """Return the publisher whose order publishes a case now. Raises NotAllowed, OwnWork."""
    by = db.session.get(Account, case.embargo_by_id) if is_ordered(case) else None
    if by is None or not by.is_active or not may(by, Action.PUBLISH, case):
        raise NotAllowed(f"Nobody who may publish {case.ref} has ordered that it leaves now.")
    if by.id in writers_of(case):
        raise OwnWork(f"Who ordered {case.ref} wrote part of it; it takes a publisher who wrote none of it.")
    return by


def was_stopped(case: Case) -> None:
    """Tell of an order that an edit stopped; its hour is kept for who approves the change."""
    if case.embargo_by_id is None or case.embargo_digest is None or is_ordered(case):
        return
    tell(case, f"{case.ref} was changed: what was ordered for {_hour(case)} does not leave unless it is approved anew.")
    case.embargo_digest = None
    record("embargo.stopped", by=None, subject=case.ref)


def passed(case: Case, why: str) -> None:
    """End an embargo whose hour passed without a publication, and tell of the order that was in it."""
    if case.embargo_by_id is not None:
        tell(case, f"{case.ref} was not published at {_hour(case)}. {why}")
    case.embargo_until = None
    _order(case, None)
    record("embargo.passed", by=None, subject=case.ref)


def used(case: Case) -> None:
    """End an embargo in whose hour the case was published."""
    case.embargo_until = None
    _order(case, None)


def tell(case: Case, sentence: str) -> None:
    """Tell the writers of a case, and the publisher who gave an order on it, as far as they may open it now."""
    told = {*writers_of(case), case.embargo_by_id, case.owner_id} - {None}
    for account in db.session.scalars(select(Account).where(Account.id.in_(told)).order_by(Account.id)):
        if may(account, Action.READ_CASE, case):
            notify(account.id, sentence)


def may_hold_back(case: Case, account: Account) -> bool:
    """Whether somebody may set or lengthen an embargo at all."""
    return may(account, Action.EDIT_CASE, case) or may(account, Action.PUBLISH, case)


def _order(case: Case, by: Account | None) -> None:
    case.embargo_by_id, case.embargo_digest = (by.id, case.approved_digest) if by else (None, None)
    if by is not None:
        record("embargo.ordered", by=by.id, subject=case.ref, details={"digest": case.approved_digest})


def _is_writer(case: Case, by: Account) -> bool:
    """Whether somebody wrote part of what would leave, or may be the same person as who did."""
    wrote = writers_of(case)
    return by.id in wrote or bool(vouching.why_barred(by.id, wrote))


def _hour(case: Case) -> str:
    return f"{case.embargo_until.astimezone(zone()):%Y-%m-%d %H:%M %Z}" if case.embargo_until else "its hour"


def _allow(case: Case, by: Account, *, lets_out: bool) -> None:
    if not may_hold_back(case, by):
        raise NotAllowed(f"Only people who may edit or publish {case.ref} can hold it back.")
    if not lets_out or case.state != "approved":
        return
    if not may(by, Action.PUBLISH, case):
        raise NotAllowed(
            f"{case.ref} is approved: a publisher decides when it is published. You may hold it back longer."
        )
    wrote = writers_of(case)
    if barred := vouching.why_barred(by.id, wrote):
        raise OwnWork(barred)
    if by.id in wrote:
        raise OwnWork(f"You wrote part of {case.ref}: another publisher decides when it is published.")

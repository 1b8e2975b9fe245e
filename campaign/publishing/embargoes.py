"""Embargoes: a case waits, approved, for its hour; then the sweep publishes it.

One rule: who may edit a case may always hold it back longer. What lets an approved case out by itself, or sooner, is
a publication: a publisher decides it, and never one who wrote part of it.
"""

import datetime

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases import members
from campaign.cases.models import Case
from campaign.clock import now
from campaign.publishing.asking import writers_of
from campaign.publishing.refusals import NotAllowed, OwnWork, Refused


class TooLate(Refused):
    """An embargo that would be over before it begins."""


def wait(case: Case, until: datetime.datetime, *, by: Account) -> None:
    """Let a case wait until a moment. Raises TooLate for one that has passed, NotAllowed, OwnWork."""
    if until <= now():
        raise TooLate("This moment has passed. Choose one that is still to come.")
    is_longer = case.embargo_until is not None and until >= case.embargo_until
    _allow(case, by, lets_out=not is_longer)
    members.embargo(case, until, by=by)


def lift(case: Case, *, by: Account) -> None:
    """End the wait: a publisher may publish at once. Raises NotAllowed, OwnWork."""
    _allow(case, by, lets_out=True)
    members.embargo(case, None, by=by)


def may_hold_back(case: Case, account: Account) -> bool:
    """Whether somebody may set or lengthen an embargo at all."""
    return may(account, Action.EDIT_CASE, case) or may(account, Action.PUBLISH, case)


def _allow(case: Case, by: Account, *, lets_out: bool) -> None:
    if not may_hold_back(case, by):
        raise NotAllowed(f"Who may edit or publish {case.ref} sets its embargo.")
    if not lets_out or case.state != "approved":
        return
    if not may(by, Action.PUBLISH, case):
        raise NotAllowed(
            f"{case.ref} is approved: when it goes out is for a publisher to decide. You may hold it longer."
        )
    if by.id in writers_of(case):
        raise OwnWork(f"You wrote part of {case.ref}: another publisher decides when it goes out.")

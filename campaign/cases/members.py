"""Members of a case: who is named on it, who owns it, and whether it is restricted to those named."""

import datetime

from campaign.audit.log import record
from campaign.cases.checks import Refused
from campaign.cases.models import Case, CaseMember, Person
from campaign.cases.revisions import lock
from campaign.clock import now
from campaign.database import db


class LastMember(Refused):
    """A restricted case that nobody could open any more."""


def name_member(case: Case, account_id: int, *, by: Person) -> None:
    """Name an account on a case: it may work on it, and open it while it is restricted. Twice does no harm."""
    if account_id in case.named_ids:
        return
    case.members.append(CaseMember(account_id=account_id, added_by_id=by.id))
    db.session.flush()
    record("case.member_named", by=by.id, subject=case.ref, details={"account": account_id})


def remove_member(case: Case, account_id: int, *, by: Person) -> None:
    """Take an account off a case. Raises LastMember where a restricted case would be nobody's."""
    lock(case)
    if case.is_restricted and case.named_ids <= {account_id}:
        raise LastMember(f"{case.ref} is restricted: name somebody else on it first, or nobody could open it.")
    case.members = [member for member in case.members if member.account_id != account_id]
    db.session.flush()
    record("case.member_removed", by=by.id, subject=case.ref, details={"account": account_id})


def restrict(case: Case, *, by: Person) -> None:
    """Close a case to everybody who is not named on it; `by` is named, so that somebody can open it.

    Who was invited to review it while it was open is its guest no longer: an officer asks for a guest anew.
    """
    name_member(case, by.id, by=by)
    lock(case)
    _close(case)
    record("case.restricted", by=by.id, subject=case.ref)


def restrict_again(case: Case, *, actor: str) -> None:
    """Close a case that the copy of a restore has open; who owns it is named where nobody is."""
    lock(case)
    if not case.named_ids and case.owner_id is not None:
        case.members.append(CaseMember(account_id=case.owner_id, added_by_id=case.owner_id))
    _close(case)
    record("case.restricted", by=None, actor=actor, subject=case.ref)


def _close(case: Case) -> None:
    case.is_restricted = True
    moment = now()
    for guest in case.guests:
        guest.until = moment if guest.until is None else min(guest.until, moment)


def lift_restriction(case: Case, *, by: Person) -> None:
    """Open a restricted case to staff again."""
    lock(case)
    case.is_restricted = False
    record("case.restriction_lifted", by=by.id, subject=case.ref)


def hand_over(case: Case, account_id: int, *, by: Person) -> None:
    """Give a case another owner."""
    lock(case)
    case.owner_id = account_id
    record("case.handed_over", by=by.id, subject=case.ref, details={"account": account_id})


def embargo(case: Case, until: datetime.datetime | None, *, by: Person) -> None:
    """Let a case wait, approved, until a moment; None ends the wait."""
    lock(case)
    case.embargo_until = until
    record("case.embargoed", by=by.id, subject=case.ref, details={"until": until.isoformat() if until else None})

"""Pausing one person's profile: one press by whoever may read the case; undone at once by who pressed, else by two.

Source of the rules: docs/domain.md, Pull cord. The person and the relatives linked in the file are one pause. After the
third of a day a pause still acts, everybody is told, and that account does nothing else until a safety officer has
looked; after the twelfth it is refused. A withdrawal after the third of a day without a fresh factor acts as a pause.
"""

from collections.abc import Iterable
from datetime import timedelta

import msgspec
from sqlalchemy import func, select

from campaign.accounts import duty
from campaign.accounts.invitations import everyone, notify
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases.facilities import named_in
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.queries import visible_to
from campaign.cases.revisions import at, head
from campaign.clock import now, today
from campaign.database import db
from campaign.ledger.documents import PROFILES, Profile
from campaign.ledger.models import Listing
from campaign.publishing import embargoes
from campaign.publishing.consent.scopes import in_force
from campaign.publishing.context import context_of, sites_of
from campaign.publishing.eligibility import is_listed, new_salt, public_until, published_revision
from campaign.publishing.errors import NotAllowed, SecondPersonNeeded, TooManyPauses
from campaign.publishing.holds import place, refuse_lifted
from campaign.publishing.models import Hold, Publication
from campaign.publishing.narrowing import without
from campaign.publishing.projection.places import coarser
from campaign.publishing.takedown import append_part, uncovered, withdraw_profile

UNWATCHED_A_DAY = 3
MOST_A_DAY = 12
UNDO = timedelta(minutes=15)
REASON_DUE = timedelta(days=1)


def relatives_of(case: Case, file: CaseFile, *, by: Account) -> list[Case]:
    """Return the public cases of relatives linked in a file that somebody may read, and pause with it, by reference."""
    refs = {row.case_ref for row in file.relatives if row.case_ref and row.case_ref != case.ref}
    if not refs:
        return []
    public = (Case.ref.in_(refs), Case.ref.in_(select(Listing.ref)), visible_to(by))
    return list(db.session.scalars(select(Case).where(*public).order_by(Case.ref)))


def pause(
    case: Case, *, by: Account, reason: str = "", is_duress: bool = False, relatives: Iterable[Case] = ()
) -> Hold:
    """Take a person, and relatives, down at once and keep them down; one pause. Raises NotAllowed, TooManyPauses."""
    cases = [case, *relatives]
    for one in cases:
        if not may(by, Action.PAUSE, one):
            raise NotAllowed(
                f"Only people who may read {one.ref} can pause it. Tell a safety officer at once{_officers(by)}."
            )
    is_free = may(by, Action.PAUSE_MANY)
    count = pauses_today(by.id)
    if count >= MOST_A_DAY and not is_free:
        raise TooManyPauses(
            f"You have paused {MOST_A_DAY} people today. A safety officer can pause more{_officers(by)}."
        )
    first: Hold | None = None
    for one in cases:
        hold = place("case", one.ref, by=by, reason=reason, is_duress=is_duress, pause_id=first.id if first else None)
        hold.case_version, hold.took_down = one.version, is_listed(one.ref)
        first = first or hold
        if hold.took_down:
            withdraw_profile(one, by=by.id, why="pause")
        if embargoes.is_ordered(one):
            embargoes.tell(
                one, f"{one.ref} is paused: what was ordered of it does not leave before the pause is lifted."
            )
    if count >= UNWATCHED_A_DAY and not is_free:
        _suspend(by, count + 1)
    assert first is not None
    return first


def _officers(by: Account) -> str:
    """Return who could, as the end of a sentence; an emergency session, which a stolen code opens, is told no names."""
    return "" if by.is_emergency else f": {duty.able_in_words(Action.PAUSE_MANY)}"


def pauses_today(account_id: int) -> int:
    """Return how many times an account has paused somebody in the last day; relatives count with their person."""
    recent = (Hold.by_id == account_id, Hold.reach == "case", Hold.at > now() - timedelta(days=1))
    query = select(func.count()).select_from(Hold).where(*recent, Hold.pause_id.is_(None))
    return db.session.scalar(query) or 0


def acts_as_pause(account_id: int) -> bool:
    """Whether a withdrawal without a fresh factor is only a pause: the account took down UNWATCHED_A_DAY already.

    Whatever it took down in the last day counts, pauses and relatives too.
    """
    recent = (Publication.by_id == account_id, Publication.kind == "withdrawal")
    query = select(func.count()).select_from(Publication)
    taken = db.session.scalar(query.where(*recent, Publication.at > now() - timedelta(days=1)))
    return (taken or 0) >= UNWATCHED_A_DAY


def _suspend(account: Account, count: int) -> None:
    account.suspended_at = account.suspended_at or now()
    record("account.suspended", by=account.id, subject=f"account:{account.id}", details={"pauses": count})
    for one in everyone():
        if one.is_active:
            notify(
                one.id,
                f"{account.display_name} has paused {count} people within a day. Until a safety officer has looked, "
                "that account can only pause. See Emergency stops.",
            )


def suspended() -> list[Account]:
    """Return the accounts that wait for a safety officer to look at their pauses."""
    return list(
        db.session.scalars(select(Account).where(Account.suspended_at.is_not(None)).order_by(Account.suspended_at))
    )


def look(account: Account, *, by: Account) -> None:
    """Let a suspended account work again after its pauses were looked at. Raises NotAllowed."""
    if account.suspended_at is None:
        return
    if by.id == account.id or not may(by, Action.PAUSE_MANY):
        raise NotAllowed("Only a safety officer, and never the one who paused, can say that the pauses were looked at.")
    account.suspended_at = None
    record("account.looked_at", by=by.id, subject=f"account:{account.id}")


def may_undo(hold: Hold, case: Case, *, by: Account) -> bool:
    """Whether somebody may take back a pause of their own: within UNDO, nothing changed since, no duress."""
    is_own = hold.by_id == by.id and hold.reach == "case" and hold.asked_back_by_id is None
    is_soon = hold.lifted_at is None and now() - hold.at <= UNDO
    return is_own and is_soon and not hold.is_duress and hold.case_version == case.version


def undo(hold: Hold, case: Case, *, by: Account) -> bool:
    """Take back a pause of one case; return whether its page is public again. Raises SecondPersonNeeded, OnHold.

    What was public comes back as it was, as the consents cover it and the facilities are told now, and unless somebody
    else holds it down: by a pause of it, or by a stop for whom or what it names. Links from other pages were taken out
    of them and come back with their next publication.
    """
    refuse_lifted(hold)
    if not may_undo(hold, case, by=by):
        raise SecondPersonNeeded(
            "You can take back your own pause for a quarter of an hour, as long as nothing has changed. Now it takes "
            "two people: ask to lift it."
        )
    hold.lifted_by_id, hold.lifted_at = by.id, now()
    record("cord.undone", by=by.id, subject=case.ref, details={"hold": hold.id})
    return hold.took_down and _show_again(case, by=by)


def _show_again(case: Case, *, by: Account) -> bool:
    before = _last_shown(case)
    if before is None or is_listed(case.ref):
        return False
    file = head(case)
    told = at(case, published_revision(case))
    clearance = in_force(file, today())
    if (
        any(_is_held(case, one) for one in (file, told))
        or not clearance.covers_a_profile
        or uncovered(before, clearance, file)
    ):
        return False
    moment = now().replace(microsecond=0)
    document = without(coarser(before, told, sites_of(named_in(told))), [], salt=new_salt(), at=moment)
    kept = [row for row in document.relatives if not row.ref or is_listed(row.ref)]
    document = msgspec.structs.replace(document, relatives=kept)
    entry = append_part(case, document, before, until=public_until(document, clearance), by=by.id)
    record("profile.shown_again", by=by.id, subject=case.ref, details={"number": entry.number})
    return True


def _is_held(case: Case, file: CaseFile) -> bool:
    """Whether a page made of a file is held down; the pause of somebody else takes only the link to them."""
    lying = context_of(case, file).holds_in_the_way
    return any(hold.reach != "case" or hold.subject == case.ref for hold in lying)


def _last_shown(case: Case) -> Profile | None:
    query = select(Publication).where(Publication.case_id == case.id, Publication.body.is_not(None))
    shown = db.session.scalars(query.order_by(Publication.number.desc()).limit(1)).first()
    return PROFILES.read(shown.body) if shown and shown.body else None


def give_reason(hold: Hold, reason: str, *, by: Account) -> None:
    """Say afterwards why a pause was made. Raises NotAllowed for anybody else, and for a reason that stands."""
    if hold.by_id != by.id or hold.reason:
        raise NotAllowed("Only who paused says why, once.")
    hold.reason = reason
    record("cord.reason_given", by=by.id, subject=hold.subject, details={"hold": hold.id})


def lacks_reason(hold: Hold) -> bool:
    """Whether a pause still waits for its reason, which is due within REASON_DUE."""
    return not hold.reason and hold.lifted_at is None

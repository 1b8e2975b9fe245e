"""Holds: emergency stops, which take profiles down.

For a relative, a place of detention or everything it is the safety officer's stop, with list and count first
(`reached`); putting back takes two people, as after a pause (pausing.py).
"""

from collections.abc import Iterable

from sqlalchemy import Select, select

from campaign.accounts import duty, vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.cases.revisions import at, head
from campaign.clock import now
from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.models import Listing
from campaign.publishing import mentions
from campaign.publishing.consent import standing
from campaign.publishing.eligibility import is_listed
from campaign.publishing.errors import NotAllowed, OnHold, SecondPersonNeeded
from campaign.publishing.models import Hold
from campaign.publishing.takedown import withdraw_profile

AFTER_RESTORE = "Taken back after the copy that was restored, by the register."
FOR_MANY = ("relative", "facility", "everything")


def hold_for_duress(case: Case, *, by: Account) -> Hold:
    """Keep a profile down whose consent was paused because duress is suspected. Counts among nobody's pauses."""
    hold = place("case", case.ref, by=by, reason="Duress is suspected behind a consent.", is_duress=True)
    hold.by_id = None  # a consent caused it; the audit knows who saved that
    return hold


def hold_by_check(case: Case, reason: str, *, actor: str) -> Hold:
    """Take a profile down and keep it down because a check of what is public found a danger; nobody's pause."""
    hold = Hold(reach="case", subject=case.ref, by_id=None, at=now(), reason=reason, is_duress=False)
    hold.case_version, hold.took_down = case.version, is_listed(case.ref)
    db.session.add(hold)
    db.session.flush()
    details: dict[str, object] = {"hold": hold.id, "reach": "case", "is_duress": False}
    record("cord.pulled", by=None, actor=actor, subject=case.ref, details=details)
    if hold.took_down:
        withdraw_profile(case, by=None, why="pause", actor=actor)
    return hold


def reached(reach: str, subject: str) -> list[str]:
    """Return the references that a hold for many would take down, so that they are seen before."""
    return list(named_reached(reach, subject))


def named_reached(reach: str, subject: str) -> dict[str, str]:
    """Return the same references with their public names.

    Of a relative: their own profile too, and every document that names them.
    """
    names = select(Listing.ref, Listing.display_name).order_by(Listing.ref)
    if reach == "everything":
        return _named(names)
    own = _named(names.where(Listing.ref == subject)) if reach == "relative" else {}
    return dict(sorted({**own, **mentions.names_naming(reach, subject)}.items()))


def _named(query: Select[str, str]) -> dict[str, str]:
    return {ref: name for ref, name in db.session.execute(query)}  # noqa: C416 - a row is no pair to dict()


def pause_many(reach: str, subject: str, *, by: Account, reason: str) -> tuple[Hold, list[str]]:
    """Take down every profile that a relative, a place of detention or everything reaches; return them.

    Raises NotAllowed, and ValueError for a reach that is none of FOR_MANY.
    """
    if reach not in FOR_MANY:
        raise ValueError(f"A hold reaches one of {', '.join(FOR_MANY)}, not {reach!r}.")
    if not may(by, Action.PAUSE_MANY):
        raise NotAllowed(
            "Only a safety officer makes an emergency stop. Pause the one case, and tell a safety officer: "
            f"{duty.able_in_words(Action.PAUSE_MANY)}."
        )
    writer.take(db.session())
    refs = reached(reach, subject)
    hold = place(reach, subject, by=by, reason=reason, is_duress=False)
    for ref in refs:
        case = any_by_ref(ref)
        # Taking one down may have narrowed the next; it is only still listed if nothing withdrew it.
        if case is not None and is_listed(ref):
            withdraw_profile(case, by=by.id, why="pause")
    return hold, refs


def ask_back(hold: Hold, *, by: Account) -> None:
    """Ask that a profile may return. Another person has to agree; then it is published through the gate again.

    Raises NotAllowed, OnHold.
    """
    refuse_lifted(hold)
    if not (may(by, Action.EDIT_CASE) or may(by, Action.PUT_BACK)):
        raise NotAllowed("Only people who may edit or publish can ask to lift it.")
    hold.asked_back_by_id, hold.asked_back_at = by.id, now()
    record("cord.return_asked", by=by.id, subject=hold.subject or hold.reach, details={"hold": hold.id})


def put_back(hold: Hold, *, by: Account) -> None:
    """Agree that a hold ends; nothing becomes public by it alone. Raises SecondPersonNeeded, NotAllowed, OnHold."""
    refuse_lifted(hold)
    if not may(by, Action.PUT_BACK):
        who = duty.able_in_words(Action.PUT_BACK)
        raise NotAllowed(f"Only a publisher or a safety officer can agree to lift it: {who}.")
    if hold.asked_back_by_id is None:
        raise SecondPersonNeeded("Somebody has to ask to lift it first; then a second person agrees.")
    if hold.asked_back_by_id == by.id:
        raise SecondPersonNeeded("You asked to lift it yourself; a second person has to agree.")
    if barred := vouching.why_barred(by.id, [hold.asked_back_by_id]):
        raise SecondPersonNeeded(barred)
    if hold.is_duress:
        _refuse_old_words(hold)
    _refuse_what_is_not_entered_anew(hold)
    hold.lifted_by_id, hold.lifted_at = by.id, now()
    record("cord.lifted", by=by.id, subject=hold.subject or hold.reach, details={"hold": hold.id})


def active(subject: str = "") -> list[Hold]:
    """Return the holds that lie on a subject, or all that lie anywhere, oldest first."""
    query = select(Hold).where(Hold.lifted_at.is_(None)).order_by(Hold.id)
    return list(db.session.scalars(query.where(Hold.subject == subject) if subject else query))


def place(reach: str, subject: str, *, by: Account, reason: str, is_duress: bool, pause_id: int | None = None) -> Hold:
    """Lay a hold and record it; `pause_id` is the first hold of a pause that holds several people."""
    hold = Hold(
        reach=reach, subject=subject, by_id=by.id, at=now(), reason=reason, is_duress=is_duress, pause_id=pause_id
    )
    db.session.add(hold)
    db.session.flush()
    details: dict[str, object] = {"hold": hold.id, "reach": reach, "is_duress": is_duress}
    record("cord.pulled", by=by.id, subject=subject or reach, details=details)
    return hold


def refuse_lifted(hold: Hold) -> None:
    """Raise OnHold for a hold that was lifted already."""
    if hold.lifted_at is not None:
        raise OnHold(f"This was already lifted on {hold.lifted_at:%Y-%m-%d}.")


def hold_after_restore(
    reach: str, subject: str, *, actor: str, case: Case | None = None, asks_anew: Iterable[str] = ()
) -> Hold:
    """Keep down what the register says was taken back after the copy; nobody's pause. See Hold for `asks_anew`."""
    hold = Hold(reach=reach, subject=subject, by_id=None, at=now(), reason=AFTER_RESTORE, is_duress=False)
    hold.case_version = case.version if case is not None else None
    hold.asks_anew = ",".join(sorted(asks_anew))
    db.session.add(hold)
    db.session.flush()
    details: dict[str, object] = {"hold": hold.id, "reach": reach, "is_duress": False}
    record("cord.pulled", by=None, actor=actor, subject=subject or reach, details=details)
    return hold


def _refuse_what_is_not_entered_anew(hold: Hold) -> None:
    """Refuse to lift a stop of a restore while the file says of consents or risks what it said in the copy."""
    case = any_by_ref(hold.subject) if hold.asks_anew else None
    if case is None or hold.case_version is None:
        return
    before, newest = at(case, hold.case_version), head(case)
    for part in hold.asks_anew.split(","):
        if getattr(before, part) == getattr(newest, part):
            raise OnHold(
                f"The {part} of {case.ref} are those of a copy of before, and something of them was taken back since: "
                "enter them anew first, from the papers."
            )


def _refuse_old_words(hold: Hold) -> None:
    """After a suspicion of duress only a consent and an assessment from after the pause count."""
    case = any_by_ref(hold.subject)
    file = head(case) if case is not None else CaseFile()
    placed_on = hold.at.date()
    words = [
        row for row in standing.words(file) if standing.is_confirmed(row) and row.state == "given" and row.outside_reach
    ]
    asked = [row.obtained_on.earliest for row in words if not row.about]
    weighed = [row.assessed_on.earliest for row in standing.risks(file) if standing.is_assessed(row)]
    if not any(day and day >= placed_on for day in asked) or not any(day and day >= placed_on for day in weighed):
        raise OnHold(
            "Duress was suspected: a new consent from outside and a new assessment of the risk are needed first."
        )

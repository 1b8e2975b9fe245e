"""Who may review a case, guest reviewers included, and what the gate is asked about it: queries alone.

A case may be reviewed by everybody whose roles allow it, who wrote none of what would leave, and who is not barred with
a writer because one person alone may hold both accounts (accounts.vouching). Writes nothing.
"""

import datetime
import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.accounts import duty, vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases import revisions, workflow
from campaign.cases.facilities import named_in
from campaign.cases.models import Case, GuestReviewer, Review
from campaign.clock import now, zone
from campaign.database import db
from campaign.ledger import chain, reader
from campaign.ledger.documents import Profile
from campaign.ledger.models import Body
from campaign.publishing import restricted_duplicates, withdrawn
from campaign.publishing.authorship import sites_digest, writers_of
from campaign.publishing.consent.scopes import Clearance
from campaign.publishing.context import CaseContext
from campaign.publishing.errors import NotAllowed, OwnWork, Refused, SecondPersonNeeded
from campaign.publishing.gate.question import Question
from campaign.publishing.models import Hold, Publication
from campaign.web.context import settings


def left(case: Case, writers: Collection[int], among: Sequence[Account] | None = None) -> list[Account]:
    """Return the accounts that may review a case and wrote none of it, guests of the moment included.

    Nor may they be the same person as a writer (accounts.vouching). `among` are all active accounts, where they were
    read before.
    """
    people, barred = active() if among is None else among, vouching.widened(writers)
    return [one for one in people if one.id not in barred and may(one, Action.REVIEW_CASE, case)]


def barred(case: Case, writers: Collection[int], among: Sequence[Account] | None = None) -> list[Account]:
    """Return the accounts that could review a case, but for somebody having vouched for them or for a writer."""
    people, tied = active() if among is None else among, vouching.widened(writers) - set(writers)
    return [one for one in people if one.id in tied and may(one, Action.REVIEW_CASE, case)]


def could_be_guest(case: Case, writers: Collection[int], among: Sequence[Account] | None = None) -> list[Account]:
    """Return the accounts that wrote none of a case and could be its guest: they read cases, and may not review."""
    people, barred = active() if among is None else among, vouching.widened(writers)
    able = (one for one in people if one.id not in barred and may(one, Action.READ_CASE))
    return [one for one in able if not may(one, Action.REVIEW_CASE, case)]


def active() -> list[Account]:
    """Return every active account with its roles, in order."""
    query = select(Account).where(Account.is_active).order_by(Account.id).options(joinedload(Account.grants))
    return list(db.session.scalars(query).unique())


def question_of(context: CaseContext) -> Question:
    """Return what the gate is asked about a case."""
    publication = context.publication
    case, file = publication.case, publication.file
    approver = _approver(context)
    nobody_left = case.state == "in_review" and not left(case, context.writers)
    return Question(
        ref=case.ref,
        file=file,
        now=publication.now,
        day=publication.day,
        clearance=publication.clearance,
        writers=context.writers,
        approved_by=approver,
        would_neighbour_know=standing_answer(context),
        # Told by the campaign's clocks, wherever the sentence of the rule is shown.
        embargo_until=case.embargo_until.astimezone(zone()) if case.embargo_until else None,
        holds=tuple(_hold_in_words(hold) for hold in context.holds_in_the_way if _is_told(hold, case)),
        document=publication.document,
        cannot_project=publication.cannot_project,
        ever_wrote=context.ever_wrote,
        nobody_left=nobody_left,
        barred=_barred(case, context.writers, approver, nobody_left=nobody_left),
        public=publication.published.document,
        is_ordered=case.embargo_digest is not None and case.embargo_digest == case.approved_digest,
        sites_changed=_is_approved(context) and _approver(context) is None,
        # Asked last of all, once a second person has read it: before, an answer would tell who typed it.
        waits_for_officer=case.state == "approved" and _waits_for_officer(context),
        press_contact=settings().press_contact,
        withdrawn_since=withdrawn.is_withdrawn_since(case, publication.published),
    )


def is_alone(context: CaseContext, account_id: int) -> bool:
    """Whether somebody who corrected its spelling alone approved a case: to publish it takes another person then.

    Who corrects spelling is no writer, and so may approve, or may publish. Both would be one person's publication.
    """
    return account_id == _approver(context) and account_id in {save.author_id for save in context.spelling}


def _barred(case: Case, writers: frozenset[int], approver: int | None, *, nobody_left: bool) -> str:
    """Return who may not review with whom, and who can end it, where that stands in the way; otherwise ""."""
    people = [one.id for one in barred(case, writers)] if nobody_left else [approver] if approver else []
    return " ".join(filter(None, (vouching.why_barred(one, writers) for one in people)))


def _is_told(hold: Hold, case: Case) -> bool:
    """Whether a hold may be told of: one on another case would say that there is such a case."""
    return hold.subject == case.ref or hold.reach in {"facility", "everything"}


def _waits_for_officer(context: CaseContext) -> bool:
    """Whether another case keeps this one back, in words that serve several reasons and name none."""
    case = context.publication.case
    untold = any(not _is_told(hold, case) for hold in context.holds_in_the_way)
    file = context.publication.file
    return (
        untold or restricted_duplicates.has_restricted_duplicate(case, file) or bool(withdrawn.kept_back_by(case, file))
    )


def new_salt() -> str:
    """Return 128 random bits in hex."""
    return secrets.token_hex(16)


def approve(
    case: Case, *, by: Account, version: int | None, would_neighbour_know: bool | None, note: str = ""
) -> Review:
    """Approve what would leave: the file of a revision, and the facilities that it names as they are told now.

    Without an answer to the neighbour's question an earlier one stands, where it does (`standing_answer`).
    Raises what workflow.approve raises.
    """
    review = workflow.approve(
        case,
        by=by,
        note=note,
        version=version,
        published_number=published_revision(case),
        also_wrote=writers_of(case),
        would_neighbour_know=would_neighbour_know,
    )
    file = revisions.head(case)
    case.approved_sites = sites_digest(named_in(file))
    withdrawn.tell_officers(case, file)
    return review


def answer(case: Case, *, by: Account, version: int, would_neighbour_know: bool, note: str = "") -> Review:
    """Answer the neighbour's question of what a batch approved. Raises what workflow.answer raises."""
    return workflow.answer(
        case,
        by=by,
        note=note,
        version=version,
        published_number=published_revision(case),
        also_wrote=writers_of(case),
        would_neighbour_know=would_neighbour_know,
    )


def published_revision(case: Case) -> int:
    """Return the number of the revision that was last published, 0 for none."""
    return db.session.scalar(select(func.max(Publication.revision)).where(Publication.case_id == case.id)) or 0


def _hold_in_words(hold: Hold) -> str:
    day = f"{hold.at:%Y-%m-%d}"
    what = f"Paused or stopped on {day}" if hold.reach == "case" else f"Emergency stop on {day} ({hold.reach})"
    return f"{what}. It takes two people to lift it."


def public_until(document: Profile, clearance: Clearance) -> datetime.datetime | None:
    """Return the instant at which readers stop showing a document by themselves, if a giver set an end."""
    if clearance.ends_on is None:
        return None
    return datetime.datetime.combine(clearance.ends_on, datetime.time(), zone())


def is_listed(ref: str) -> bool:
    """Whether a profile is in the ledger and not withdrawn, whatever the clock says."""
    entry = reader.newest_entry(ref)
    return entry is not None and entry.kind == "publish"


def public_document(ref: str) -> Profile | None:
    """Return the newest published document of a ref whatever the clock says, None where it is not in the ledger.

    Raises formats.UnreadableDocument.
    """
    entry = reader.newest_entry(ref)
    if entry is None or entry.kind != "publish":
        return None
    body = db.session.get(Body, entry.number)
    return chain.document_of(body.body, entry.digest, chain.name_of(ref, entry.number)) if body is not None else None


def _approver(context: CaseContext) -> int | None:
    """Return who approved exactly this content; None where nobody did."""
    case = context.publication.case
    # An approval from before facilities were part of it says nothing of them.
    is_same = case.approved_sites in (None, sites_digest(context.publication.facilities))
    return case.approved_by_id if _is_approved(context) and is_same else None


def _is_approved(context: CaseContext) -> bool:
    case = context.publication.case
    return case.state == "approved" and case.approved_digest == context.digest


def standing_answer(context: CaseContext) -> bool | None:
    """Return the newest answer to the neighbour's question, as long as the words that it was about are the same."""
    answers = (one for one in context.reviews if one.would_neighbour_know is not None)
    newest = next(answers, None)
    if newest is None:
        return None
    publication = context.publication
    if newest.digest != context.digest:
        read = revisions.at(publication.case, newest.number)
        if any(getattr(read, field) != getattr(publication.file, field) for field in SPEAKS):
            return None
    return newest.would_neighbour_know


HOURS = 48
# What may give away who spoke: while these parts of a file are the same, an answer stands.
SPEAKS = ("names", "texts", "testimonies", "sources", "citations", "episodes", "images", "violations", "health_line",
          "relatives", "state_responses", "death", "occupation", "employer", "origin_place")  # fmt: skip


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
        name = duty.with_duty(someone, duty.on_duty_ids())[0]
        raise SomebodyIsLeft(f"{name} wrote none of {case.ref} and may review it. Ask them.")
    if account.id in writers:
        raise OwnWork(f"{account.display_name} wrote part of {case.ref}: nobody reviews their own work.")
    if account.id == by.id or account.id not in {one.id for one in could_be_guest(case, writers, people)}:
        raise NotInvited("A guest reviewer may read cases, wrote none of this one, and is not the person who asks.")
    refuse_one_person(by, account.id)
    guest = GuestReviewer(case_id=case.id, account_id=account.id, asked_by_id=by.id, asked_at=now())
    case.guests.append(guest)
    db.session.flush()
    record("review.guest_asked", by=by.id, subject=case.ref, details={"guest": guest.id, "account": account.id})
    return guest


def refuse_one_person(by: Account, *others: int) -> None:
    """Raise SecondPersonNeeded where somebody may be the same person as another (accounts.vouching)."""
    if barred := vouching.why_barred(by.id, others):
        raise SecondPersonNeeded(barred)


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
    refuse_one_person(by, guest.asked_by_id, guest.account_id)
    guest.agreed_by_id, guest.until = by.id, now() + timedelta(hours=HOURS)
    case = db.session.get_one(Case, guest.case_id)
    record("review.guest_appointed", by=by.id, subject=case.ref, details={"guest": guest.id})

"""From draft to approved: submit, take back, ask for changes, approve. Publishing is not done here.

An approval holds for one content (its digest) and is given by somebody who wrote none of it.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from campaign.accounts import vouching
from campaign.audit.log import record
from campaign.cases.checks import Moved, OwnWork, Refused, WrongState
from campaign.cases.models import Case, Person, Review, State, Verdict
from campaign.cases.revisions import Save, lock, revision, saves
from campaign.clock import now
from campaign.database import db

# Which step may be taken from which state, and where it leads.
STEPS: dict[Verdict, tuple[frozenset[State], State]] = {
    "submitted":     (frozenset({"draft", "changes_asked"}), "in_review"),
    "taken_back":    (frozenset({"in_review", "approved"}),  "draft"),
    "changes_asked": (frozenset({"in_review", "approved"}),  "changes_asked"),
    "approved":      (frozenset({"in_review"}),              "approved"),
    "answered":      (frozenset({"approved"}),               "approved"),
}  # fmt: skip

_NOT_NOW: dict[Verdict, str] = {
    "submitted": "This case is already submitted.",
    "taken_back": "There is nothing to take back: this case is not in review.",
    "changes_asked": "Changes can be asked for once the case is submitted.",
    "approved": "Only a case in review can be approved. Submit it first.",
    "answered": "The question is asked of an approved case. Whoever approves it by itself answers it there.",
}


class NoNote(Refused):
    """Changes asked for without a word on which."""


def submit(case: Case, *, by: Person, note: str = "") -> Review:
    """Put a draft before a second person. Raises WrongState."""
    lock(case)
    review = _step(case, "submitted", by, note)
    case.submitted_at = review.at
    return review


def take_back(case: Case, *, by: Person, note: str = "") -> Review:
    """Make a case in review, or an approved one, a draft again. Raises WrongState."""
    lock(case)
    return _step(case, "taken_back", by, note)


def ask_changes(case: Case, *, by: Person, note: str) -> Review:
    """Send a case back to its writers with what to change. Raises NoNote, WrongState."""
    if not note.strip():
        raise NoNote("Say what should be changed.")
    lock(case)
    return _step(case, "changes_asked", by, note)


def approve(
    case: Case,
    *,
    by: Person,
    note: str = "",
    version: int | None = None,
    published_number: int = 0,
    also_wrote: Collection[int] = (),
    would_neighbour_know: bool | None = None,
) -> Review:
    """Approve the content as it stands. `version` is the revision that the reviewer read.

    Writers are counted from the revision after `published_number`, the last one published; 0 counts from the first.
    `also_wrote` are those of whom only publishing knows (publishing.authorship).
    Raises OwnWork for a writer, and for who may be the same person as one (accounts.vouching), Moved where the case
    was saved after `version`, WrongState.
    """
    lock(case)
    wrote = writers(case, published_number).union(also_wrote)
    if by.id in wrote:
        raise OwnWork(f"{case.ref} was written by you, in part or whole. Somebody who wrote none of it must approve.")
    if barred := vouching.why_barred(by.id, wrote):
        raise OwnWork(barred)
    if version is not None and version != case.version:
        raise Moved(f"{case.ref} was saved since you opened it: read revision {case.version}, then approve.")
    review = _step(case, "approved", by, note)
    review.would_neighbour_know = would_neighbour_know
    case.approved_digest, case.approved_by_id, case.approved_at = review.digest, by.id, review.at
    return review


def answer(
    case: Case,
    *,
    by: Person,
    would_neighbour_know: bool,
    version: int,
    published_number: int = 0,
    also_wrote: Collection[int] = (),
    note: str = "",
) -> Review:
    """Answer, for a case that a batch approved, whether a neighbour would know who spoke.

    Raises OwnWork for a writer, Moved where the case was saved after `version`, WrongState.
    """
    lock(case)
    wrote = writers(case, published_number).union(also_wrote)
    if by.id in wrote:
        raise OwnWork(f"You wrote part of {case.ref}: somebody who wrote none of it has to answer.")
    if barred := vouching.why_barred(by.id, wrote):
        raise OwnWork(barred)
    if version != case.version:
        raise Moved(f"{case.ref} was saved since you opened it: read revision {case.version}, then answer.")
    review = _step(case, "answered", by, note)
    review.would_neighbour_know = would_neighbour_know
    return review


def writers(case: Case, since_number: int = 0) -> set[int]:
    """Return the accounts that wrote what revision `since_number` did not have yet.

    The authors of every later revision, and of what those restored, imported, translated or merged. A revision that
    left what a reviewer reads as it was (consents, risks, decisions), or changed its spelling alone, has no writer in
    this sense. What was withheld, and what the list of facilities says, is added by publishing.authorship.
    """
    return writers_among(saves(case), since_number)


def writers_among(saves: Iterable[Save], since_number: int = 0) -> set[int]:
    """Return the same as `writers`, of saves that were read before."""
    authors: dict[int, set[int]] = {}
    before = ""
    for number, digest, _, author, also_by, restored_from, is_spelling in saves:
        if digest != before and not is_spelling:
            authors[number] = {author, *also_by}
        if restored_from is not None:
            # What comes back was written by everybody up to there, published since or not.
            authors[number] = {author}.union(*(names for n, names in authors.items() if n <= restored_from))
        before = digest
    return set[int]().union(*(names for number, names in authors.items() if number > since_number))


def reviews(case: Case) -> list[Review]:
    """Return every step of the workflow on a case, newest first."""
    query = select(Review).where(Review.case_id == case.id).order_by(Review.id.desc())
    return list(db.session.scalars(query))


def _step(case: Case, verdict: Verdict, by: Person, note: str) -> Review:
    states, leads_to = STEPS[verdict]
    if case.state not in states:
        raise WrongState(f"{case.ref}: {_NOT_NOW[verdict]}")
    newest = revision(case, case.version)
    review = Review(
        case_id=case.id,
        number=newest.number,
        digest=newest.digest,
        verdict=verdict,
        reviewer_id=by.id,
        note=note,
        at=now(),
    )
    db.session.add(review)
    case.state = leads_to
    if verdict not in {"approved", "answered"}:
        case.approved_digest = case.approved_by_id = case.approved_at = None
    db.session.flush()
    record(f"case.{verdict}", by=by.id, subject=case.ref, details={"number": newest.number})
    return review

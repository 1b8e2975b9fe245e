"""Takedown: withdrawing a profile, or narrowing it by whole groups. It needs no approval, because nothing is added.

`enforce` takes away in the same transaction what consents and risks no longer cover. Without `store` or `publish_name`
the profile is withdrawn; without another scope that group is taken out, and where that can't be done the whole profile
goes. `tell_less` does the same where a facility may be told less finely than before; drafts stay drafts.
Nothing here commits: what was taken away and what caused it hold together.
"""

from collections.abc import Iterable
from datetime import date, datetime

import structlog
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import note_ends, record
from campaign.cases import marks, revisions
from campaign.cases.age import has_signs_of_minor
from campaign.cases.facilities import named_in
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.clock import now, today
from campaign.database import after_commit, db
from campaign.formats import UnreadableDocument
from campaign.ledger import documents, writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Entry, PublicUntil
from campaign.publishing import mentions, narrowing, pictures
from campaign.publishing.consent.scopes import COMMON_GENDERS, Clearance, in_force
from campaign.publishing.consent.standing import risks
from campaign.publishing.context import sites_of
from campaign.publishing.eligibility import is_listed, new_salt, public_document, public_until, published_revision
from campaign.publishing.errors import AddsSomething, NotPublic, Refused
from campaign.publishing.gate.consent import covers_picture, has_written_wish, is_signed_for
from campaign.publishing.gate.known_names import unnamed
from campaign.publishing.gate.named_people import is_guarded, names_in, was_guarded
from campaign.publishing.models import Publication
from campaign.publishing.narrowing import GROUPS, TREATMENT, is_part, tells_treatment, without, without_relative
from campaign.publishing.projection.places import coarser
from campaign.publishing.projection.values import is_called_grown_up

# Withdrawals after which the same profile returns by two people, goes on under another reference, or is erased.
GOES_ON = frozenset({"pause", "merge", "erasure"})
log = structlog.get_logger("publishing")


def listed_document(ref: str) -> Profile:
    """Return the newest published document of a ref, whatever the clock says. Raises NotPublic."""
    document = public_document(ref)
    if document is None:
        raise NotPublic(f"{ref} is not public, so there is nothing to take away.")
    return document


def withdraw_profile(
    case: Case,
    *,
    by: int | None,
    why: str,
    actor: str = "",
    merged_into: str | None = None,
    reason: str = "",
    file: CaseFile | None = None,
) -> Entry:
    """Take a profile out of the public with all its bodies, and the links to it out of the others.

    `why` is a code for the audit ("consent", "risk", "pause", "by hand", "merge", "erasure", "unreadable"); the world
    is told nothing. `file` is the case's newest, where it was read before. Raises NotPublic.
    """
    if not is_listed(case.ref):
        raise NotPublic(f"{case.ref} is not public, so there is nothing to withdraw.")
    with pictures.following(case.ref):
        entry = writer.withdraw(case.ref, merged_into=merged_into)
    _keep(entry, case, body=None, kind="withdrawal", by=by, reason=reason)
    mentions.forget(case.ref)
    if why not in GOES_ON:
        marks.keep("withdrawn", case.ref, marks.tokens(file) if file is not None else _tokens(case))
    record("profile.withdrawn", by=by, actor=actor, subject=case.ref, details={"number": entry.number, "why": why})
    drop_links_to(case.ref, by=by, actor=actor)
    return entry


def _tokens(case: Case) -> set[str]:
    """Return what somebody who is withdrawn is known by; of a file that can't be read, the reference alone."""
    try:
        return marks.tokens(revisions.head(case))
    except UnreadableDocument:
        return set()


def narrow_profile(
    case: Case, groups: Iterable[str], *, by: int | None, until: datetime | None = None, actor: str = ""
) -> Entry:
    """Take groups out of a public profile; the older bodies go. `until` is when readers stop by the clock."""
    taken = sorted(set(groups))
    old = listed_document(case.ref)
    new = without(old, taken, salt=new_salt(), at=now().replace(microsecond=0))
    entry = append_part(case, new, old, until=until, by=by)
    record("profile.narrowed", by=by, actor=actor, subject=case.ref, details={"number": entry.number, "groups": taken})
    if "relatives" in taken:
        drop_links_to(case.ref, by=by, actor=actor)
    return entry


def take_down_to(case: Case, new: Profile, old: Profile, *, by: int | None) -> Entry:
    """Put a part of a public document in its place; the older bodies go. Raises AddsSomething for anything more."""
    entry = append_part(case, new, old, until=_end_of(case.ref), by=by)
    details: dict[str, object] = {"number": entry.number, "groups": ["by hand"]}
    record("profile.narrowed", by=by, subject=case.ref, details=details)
    return entry


def drop_links_to(ref: str, *, by: int | None, actor: str = "") -> list[str]:
    """Take the link to a profile out of every other one; return the references of those."""
    linking = mentions.naming("relative", ref)
    for other in linking:
        case = any_by_ref(other)
        if case is None or not is_listed(other):
            continue
        try:
            old = listed_document(other)
        except UnreadableDocument as fault:
            # Nothing can be written in its place, and whoever is to go must not wait for it.
            record("profile.could_not_be_narrowed", by=by, actor=actor, subject=other, details={"link": ref})
            log.error("document unreadable", reason=str(fault))
            continue
        new = without_relative(old, ref, salt=new_salt(), at=now().replace(microsecond=0))
        entry = append_part(case, new, old, until=_end_of(other), by=by)
        record("profile.narrowed", by=by, actor=actor, subject=other, details={"number": entry.number, "link": ref})
    return linking


def _end_of(ref: str) -> datetime | None:
    return db.session.scalar(select(PublicUntil.until).where(PublicUntil.ref == ref))


def append_part(case: Case, new: Profile, old: Profile, *, until: datetime | None, by: int | None) -> Entry:
    """Write a part of an earlier document to the ledger, its older bodies gone. Raises AddsSomething for more."""
    if not is_part(new, old):
        raise AddsSomething(f"This would add to what is public of {case.ref}. Publish it instead.")
    with pictures.following(case.ref):
        entry = writer.publish(new, hides_older=True, public_until=until)
    _keep(entry, case, body=documents.encode(new), kind="narrowing", by=by)
    mentions.note(new, mentions.facilities_of(new.ref))
    return entry


def _keep(entry: Entry, case: Case, *, body: bytes | None, kind: str, by: int | None, reason: str = "") -> None:
    after_commit(db.session(), note_ends)
    # What only takes away publishes no revision: the writers since the last real publication stay writers.
    db.session.add(
        Publication(
            number=entry.number,
            case_id=case.id,
            ref=case.ref,
            revision=0,
            kind=kind,
            by_id=by,
            at=entry.at,
            body=body,
            reason=reason,
        )
    )


def enforce(case: Case, before: CaseFile | None, after: CaseFile, *, by: int | None, actor: str = "") -> Entry | None:
    """Take away what may no longer be public of a case; return the entry, None where nothing had to go."""
    if not is_listed(case.ref):
        return None
    clearance = in_force(after, today())
    if not clearance.covers_a_profile:
        return withdraw_profile(case, by=by, why="consent", actor=actor, file=after)
    if is_too_dangerous(before, after):
        return withdraw_profile(case, by=by, why="risk", actor=actor, file=after)
    if is_child_unguarded(before, after):
        return withdraw_profile(case, by=by, why="minor", actor=actor, file=after)
    try:
        document = listed_document(case.ref)
    except UnreadableDocument:
        # What it tells can't be weighed against the consents.
        return withdraw_profile(case, by=by, why="unreadable", actor=actor, file=after)
    if needs_own_word(document) and not clearance.is_own_word:
        return withdraw_profile(case, by=by, why="consent", actor=actor, file=after)
    if clearance.is_own_reason and document.our_view:
        # Our own reasons carry sourced facts alone, and a fact can't be taken out of a sentence.
        return withdraw_profile(case, by=by, why="consent", actor=actor, file=after)
    named = _named_against_their_word(before, after, document)
    if named - set(GROUPS):
        return withdraw_profile(case, by=by, why="named", actor=actor, file=after)
    return _narrow(case, document, named | set(uncovered(document, clearance, after)), clearance, by=by, actor=actor)


def uncovered(document: Profile, clearance: Clearance, file: CaseFile) -> list[str]:
    """Return the groups that a document tells and that no consent in force covers."""
    found = [group for group in GROUPS if getattr(document, group) and not clearance.clears(group)]
    if tells_treatment(document) and not clearance.clears("violations"):
        found.append(TREATMENT)
    found += [scope for scope in document.write_to if scope not in clearance.write_to]
    own = clearance.is_own_reason and "images" not in found
    if own and not all(covers_picture(file, image.id) for image in document.images):
        found.append("images")
    return found


def is_child_unguarded(before: CaseFile | None, after: CaseFile) -> bool:
    """Whether a save says for the first time that somebody under 18 is public whom no guardian and no note guards.

    A note that grows old is asked for again by the gate; it takes nothing away by itself. Without `before`, where
    the sweep looks at what an import saved, only a guardian and a note that never were count.
    """
    if not is_child(after, today()) or is_guarded(after, today()):
        return False
    if before is None:
        return not was_guarded(after)
    return not is_child(before, today()) or is_guarded(before, today())


def is_child(file: CaseFile, day: date) -> bool:
    """Whether a file says that the person may be under 18; one that says nothing of an age does not."""
    return has_signs_of_minor(file, day) and not is_called_grown_up(file)


def needs_own_word(document: Profile) -> bool:
    """Whether a document tells what only the person's own free word lets out."""
    return document.gender not in COMMON_GENDERS or any(row.kind == "sexual_violence" for row in document.violations)


def is_too_dangerous(before: CaseFile | None, after: CaseFile) -> bool:
    """Whether a risk was raised to critical, or is critical to whom nobody signed for, or who did not ask for it."""
    critical = [row for row in risks(after) if row.level == "critical"]
    if not critical:
        return False
    if any(row.to != "person" for row in critical):
        return True
    earlier = {row.id for row in risks(before) if row.level == "critical"} if before else set()
    is_raised = before is not None and any(row.id not in earlier for row in critical)
    return is_raised or not has_written_wish(after, today()) or not is_signed_for(after)


def _named_against_their_word(before: CaseFile | None, after: CaseFile, document: Profile) -> set[str]:
    """Return the fields of a document that name somebody whose own word let them, and lets them no more."""
    if before is None:
        return set()
    gone = set(unnamed(after, today())) - set(unnamed(before, today()))
    known = {row.name for row in before.relatives} | {row.witness for row in before.testimonies}
    return {field for field, _ in names_in(after, document, sorted(gone & known))}


def _narrow(
    case: Case, document: Profile, groups: set[str], clearance: Clearance, *, by: int | None, actor: str
) -> Entry | None:
    if not groups:
        writer.set_public_until(case.ref, public_until(document, clearance))
        return None
    try:
        return narrow_profile(case, groups, by=by, until=public_until(document, clearance), actor=actor)
    except Refused:
        details: dict[str, object] = {"groups": sorted(groups)}
        record("profile.could_not_be_narrowed", by=by, actor=actor, subject=case.ref, details=details)
        return withdraw_profile(case, by=by, why="consent", actor=actor)


def tell_less(facilities: Iterable[str], *, by: Account) -> list[str]:
    """Make the public documents that name these facilities (by reference) as coarse as they ask for.

    Return the references of those that said more, in order. Commits nothing.
    """
    writer.take(db.session())
    named = sorted({ref for facility in facilities for ref in mentions.naming("facility", facility)})
    return [ref for ref in named if _tell_less(ref, by=by)]


def _tell_less(ref: str, *, by: Account) -> bool:
    case = any_by_ref(ref)
    if case is None or not is_listed(ref):
        return False
    old = listed_document(ref)
    file = revisions.at(case, published_revision(case))
    new = coarser(old, file, sites_of(named_in(file)))
    if new == old:
        return False
    following = narrowing.without(new, [], salt=new_salt(), at=now().replace(microsecond=0))
    take_down_to(case, following, old, by=by.id)
    return True

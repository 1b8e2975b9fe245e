"""Taking away: withdrawing a profile, or taking groups out of it. It asks nobody, because nothing is added.

Nothing here commits: what was taken away and what caused it hold together.
"""

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import select

from campaign.audit.log import record
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.clock import now
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import documents, writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Entry, PublicUntil
from campaign.publishing import mentions
from campaign.publishing.asking import is_listed, new_salt, public_document
from campaign.publishing.models import Publication
from campaign.publishing.narrow import is_part, without, without_relative
from campaign.publishing.refusals import AddsSomething, NotPublic

log = structlog.get_logger("publishing")


def listed_document(ref: str) -> Profile:
    """Return the newest published document of a ref, whatever the clock says. Raises NotPublic."""
    document = public_document(ref)
    if document is None:
        raise NotPublic(f"{ref} is not public, so there is nothing to take away.")
    return document


def withdraw_profile(
    case: Case, *, by: int | None, why: str, actor: str = "", merged_into: str | None = None, reason: str = ""
) -> Entry:
    """Take a profile out of the public with all its bodies, and the links to it out of the others.

    `why` is a code for the audit ("consent", "risk", "pause", "by hand", "merge", "erasure", "unreadable"); the world
    is told nothing. Raises NotPublic.
    """
    if not is_listed(case.ref):
        raise NotPublic(f"{case.ref} is not public, so there is nothing to withdraw.")
    entry = writer.withdraw(case.ref, merged_into=merged_into)
    _keep(entry, case, body=None, kind="withdrawal", by=by, reason=reason)
    mentions.forget(case.ref)
    record("profile.withdrawn", by=by, actor=actor, subject=case.ref, details={"number": entry.number, "why": why})
    drop_links_to(case.ref, by=by, actor=actor)
    return entry


def narrow_profile(
    case: Case, groups: Iterable[str], *, by: int | None, until: datetime | None = None, actor: str = ""
) -> Entry:
    """Take groups out of a public profile; the older bodies go. `until` is when readers stop by the clock."""
    taken = sorted(set(groups))
    old = listed_document(case.ref)
    new = without(old, taken, salt=new_salt(), at=now().replace(microsecond=0))
    entry = _append(case, new, old, until=until, by=by)
    record("profile.narrowed", by=by, actor=actor, subject=case.ref, details={"number": entry.number, "groups": taken})
    if "relatives" in taken:
        drop_links_to(case.ref, by=by, actor=actor)
    return entry


def take_down_to(case: Case, new: Profile, old: Profile, *, by: int | None) -> Entry:
    """Put a part of a public document in its place; the older bodies go. Raises AddsSomething for anything more."""
    entry = _append(case, new, old, until=_end_of(case.ref), by=by)
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
        entry = _append(case, new, old, until=_end_of(other), by=by)
        record("profile.narrowed", by=by, actor=actor, subject=other, details={"number": entry.number, "link": ref})
    return linking


def _end_of(ref: str) -> datetime | None:
    return db.session.scalar(select(PublicUntil.until).where(PublicUntil.ref == ref))


def _append(case: Case, new: Profile, old: Profile, *, until: datetime | None, by: int | None) -> Entry:
    if not is_part(new, old):
        raise AddsSomething(f"The narrowed document of {case.ref} says more than the public one. Publish it instead.")
    entry = writer.publish(new, hides_older=True, public_until=until)
    _keep(entry, case, body=documents.encode(new), kind="narrowing", by=by)
    mentions.note(new, mentions.facilities_of(new.ref))
    return entry


def _keep(entry: Entry, case: Case, *, body: bytes | None, kind: str, by: int | None, reason: str = "") -> None:
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

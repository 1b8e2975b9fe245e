"""Which other profiles and which places of detention a published document names: what a cord for many finds it by."""

from collections.abc import Iterator

from sqlalchemy import delete, insert, select

from campaign.database import db
from campaign.ledger.documents import Place, Profile
from campaign.publishing.models import Mention


def mentioned(document: Profile) -> set[tuple[str, str]]:
    """Return (reach, subject) for each relative and each place of detention of a document."""
    places = {f"{place.code}/{place.facility}" for place in _places(document) if place.facility}
    return {("relative", relative.ref) for relative in document.relatives} | {("facility", place) for place in places}


def note(document: Profile) -> None:
    """Keep what a document names now, in place of what an earlier one named."""
    forget(document.ref)
    rows = [{"ref": document.ref, "reach": reach, "subject": subject} for reach, subject in mentioned(document)]
    if rows:
        db.session.execute(insert(Mention), rows)


def forget(ref: str) -> None:
    """Forget what a document named: it is not public any more."""
    db.session.execute(delete(Mention).where(Mention.ref == ref))


def naming(reach: str, subject: str) -> list[str]:
    """Return the references of the public documents that name a relative or a place of detention, in order."""
    query = select(Mention.ref).where(Mention.reach == reach, Mention.subject == subject)
    return list(db.session.scalars(query.order_by(Mention.ref)))


def _places(document: Profile) -> Iterator[Place]:
    for episode in document.episodes:
        told = (*(event.place for event in episode.events), *(stay.place for stay in episode.stays))
        yield from (place for place in told if place is not None)
    if document.held_at is not None:
        yield document.held_at

"""The listing: a derived table that readers filter, count, sort and search by. Rebuilt, it has the same bytes.

Written in the transaction that appends, so that a list never shows what is gone.
"""

from datetime import datetime

import structlog
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import chain, documents
from campaign.ledger.cards import CARD_FORMAT, card_of, encode_card, facets_of
from campaign.ledger.models import DERIVED, INDEX, LISTED, Body, Entry, Listing, ListingCard, ListingFacet, ShownImage
from campaign.ledger.search import entry_of
from campaign.search import marks
from campaign.search.writing import remove, write

# Raise it whenever the same document gives another row, card or facet: `flask init` then rebuilds every listing.
LISTING_VERSION = 1
MARK = "profiles"

log = structlog.get_logger("ledger")


def show(entry_number: int, profile: documents.Profile, session: Session) -> None:
    """List a profile as its entry has it, in place of what was listed of it before."""
    hide(profile.ref, session)
    position = position_of(profile)
    session.execute(
        insert(Listing).values(
            ref=profile.ref,
            number=entry_number,
            slug=profile.slug,
            display_name=profile.display_name,
            position=position,
            first_published_at=profile.first_published_at,
            published_at=profile.published_at,
        )
    )
    session.execute(insert(ListingCard).values(ref=profile.ref, card=encode_card(card_of(profile))))
    facets = [
        {"facet": facet, "value": value, "position": position, "ref": profile.ref}
        for facet, value in facets_of(profile)
    ]
    if facets:
        session.execute(insert(ListingFacet), facets)
    digests = sorted({rendition.digest for image in profile.images for rendition in image.renditions})
    if digests:
        session.execute(insert(ShownImage), [{"digest": digest, "ref": profile.ref} for digest in digests])
    write(INDEX, entry_number, entry_of(profile), session)


def show_bare(entry_number: int, ref: str, at: datetime, session: Session) -> None:
    """List somebody whose document can't be read: public, and on no list, until the document can be read again."""
    bare = {"slug": ref, "display_name": ref, "position": ref, "first_published_at": at, "published_at": at}
    session.execute(insert(Listing).values(ref=ref, number=entry_number, **bare))


def hide(ref: str, session: Session) -> None:
    """Take a profile off every list and out of the index, and its pictures with it."""
    for number in session.scalars(select(Listing.number).where(Listing.ref == ref)).all():
        remove(INDEX, number, session)
    for table in LISTED:
        session.execute(delete(table).where(table.ref == ref))


def rebuild(session: Session | None = None) -> int:
    """Derive the whole listing anew from the newest public bodies; return how many profiles it holds.

    A document that can't be read is named in the log, and the rest goes on.
    """
    session = session or db.session()
    for table in DERIVED:
        session.execute(delete(table))
    newest = (
        select(func.max(Entry.number))
        .where(Entry.subject == "profile", Entry.audience == "public")
        .group_by(Entry.ref)
        .scalar_subquery()
    )
    public = (
        select(Entry.number, Entry.ref, Entry.at, Body.body)
        .join(Entry, Entry.number == Body.number)
        .where(Entry.number.in_(newest), Entry.kind == "publish")
        .order_by(Body.number)
    )
    count = 0
    for number, ref, at, body in session.execute(public.execution_options(yield_per=500)):
        try:
            show(number, documents.profile(body, chain.name_of(ref, number)), session)
        except UnreadableDocument as fault:
            log.error("document unreadable", reason=str(fault))
            show_bare(number, ref, at, session)
        count += 1
    marks.note(MARK, mark(), session)
    return count


def is_due(session: Session | None = None) -> bool:
    """Whether the listing and its index were made by other code, of documents of another format, or by other tables."""
    return marks.is_due(MARK, mark(), session or db.session())


def mark() -> str:
    """Return what the listing is made by now: documents as they are read, cut into cards."""
    return marks.made_by(LISTING_VERSION, documents.PROFILES.newest, CARD_FORMAT)


def position_of(profile: documents.Profile) -> str:
    """Return what lists are sorted by: the name as the address spells it, or the name itself where it has no Latin."""
    tail = profile.slug.removeprefix(profile.ref.lower()).removeprefix(profile.ref).strip("-")
    return (tail or profile.display_name.casefold())[:80]

"""Keyset pagination of the list of people, filtered: depth costs nothing."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import structlog
from sqlalchemy import bindparam, func, select

from campaign.clock import now
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import reader
from campaign.ledger.cards import Card, card_of, decode_card
from campaign.ledger.facet_index import FacetIndex
from campaign.ledger.models import Listing, ListingCard, PublicUntil


class Page(NamedTuple):
    """Some people in the order of names, by the numbers of their entries, and whether others follow."""

    numbers: list[int]
    is_last: bool


log = structlog.get_logger("ledger")
# Made once: SQLAlchemy takes four times as long to put a statement together as SQLite to answer it.
_LISTED, _CARD = Listing.__table__.c, ListingCard.__table__.c
_NUMBER = select(_LISTED.number).where(_LISTED.ref == bindparam("ref"))
_CARDS = (
    select(_LISTED.number, _LISTED.ref, _CARD.card)
    .join_from(Listing.__table__, ListingCard.__table__, _CARD.ref == _LISTED.ref)
    .where(_LISTED.number.in_(bindparam("numbers", expanding=True)))
)


def page(people: FacetIndex, filters: Mapping[str, str], *, after: str = "", limit: int = 48) -> Page:
    """Return those of `people` who have every value of `filters` (facet to value, see cards.facets_of), after a ref.

    A ref that is no longer public starts from the beginning: where it stood is not remembered.
    """
    number = db.session().scalar(_NUMBER, {"ref": after}) if after else None
    found = people.following(filters, after=number or 0, limit=limit + 1)
    return Page(found[:limit], len(found) <= limit)


def cards_of(numbers: Collection[int]) -> dict[int, Card]:
    """Return the cards that these entries show, by number; without those that another entry has replaced."""
    if not numbers:
        return {}
    found = db.session().execute(_CARDS, {"numbers": list(numbers)}).all()
    return {number: card for number, ref, kept in found if (card := card_from(ref, kept)) is not None}


def card_from(ref: str, kept: bytes) -> Card | None:
    """Return a card that the listing kept, cut anew where other code cut it; None where its document can't be read."""
    card = decode_card(kept)
    if card is not None:
        return card
    try:
        document = reader.profile(ref)
    except UnreadableDocument as fault:
        log.error("document unreadable", reason=str(fault))
        return None
    return card_of(document) if document is not None else None


def cards(refs: list[str]) -> list[Card]:
    """Return the cards of those refs that are public now, in the order asked for (search results, relatives)."""
    query = select(ListingCard.ref, ListingCard.card).where(
        ListingCard.ref.in_(refs), reader.is_current(ListingCard.ref)
    )
    found = {ref: card_from(ref, kept) for ref, kept in db.session().execute(query).all()}
    return [card for ref in refs if (card := found.get(ref)) is not None]


def latest(limit: int) -> list[Card]:
    """Return the people whose profile changed last, the newest change first."""
    query = select(ListingCard.ref, ListingCard.card).join(Listing, Listing.ref == ListingCard.ref)
    query = query.where(reader.is_current(Listing.ref)).order_by(Listing.number.desc()).limit(limit)
    found = db.session().execute(query).all()
    return [card for ref, kept in found if (card := card_from(ref, kept)) is not None]


def every_card() -> Iterator[Card]:
    """Yield the card of everybody who is public now, by ref: what a search index is made of."""
    query = select(ListingCard.ref, ListingCard.card).where(reader.is_current(ListingCard.ref))
    for ref, kept in db.session().execute(query.order_by(ListingCard.ref).execution_options(yield_per=500)):
        if (card := card_from(ref, kept)) is not None:
            yield card


def every_ref() -> list[str]:
    """Return the refs of everybody who is public now, in order."""
    return list(db.session().scalars(select(Listing.ref).where(reader.is_current(Listing.ref)).order_by(Listing.ref)))


def total() -> int:
    """Return how many people are public now."""
    ended = select(func.count()).select_from(Listing).join(PublicUntil, PublicUntil.ref == Listing.ref)
    ended = ended.where(PublicUntil.until <= now())
    listed = select(func.count()).select_from(Listing)
    # Asking each listed row whether it has ended costs forty times as much as counting the few that have.
    return db.session().scalar(select(listed.scalar_subquery() - ended.scalar_subquery())) or 0

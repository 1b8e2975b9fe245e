"""Pages of people: filtered, counted, and read by keyset, so that depth costs nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from campaign.database import db, now
from campaign.ledger import counts, reader
from campaign.ledger.cards import Card, decode_card
from campaign.ledger.models import Listing, ListingCard, ListingFacet, PublicUntil

Order = Literal["name", "newest"]
Filters = Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """Some people in order; `next` is the ref to ask on from, None on the last page."""

    cards: list[Card]
    next: str | None


def page(filters: Filters, *, after: str | None = None, limit: int = 48, order: Order = "name") -> Page:
    """Return the people who have every value of `filters` (facet to value, see listing.FACETS), after a ref.

    A ref that is no longer public starts from the beginning: where it stood is not remembered.
    """
    if order == "name":
        return _by_name(filters, after, limit)
    query = select(Listing.ref, ListingCard.card).join(ListingCard, ListingCard.ref == Listing.ref)
    query = _narrowed(query, filters).limit(limit + 1)
    start = db.session().get(Listing, after) if after else None
    query = query.order_by(Listing.first_published_at.desc(), Listing.ref.desc())
    if start is not None:
        moment = start.first_published_at
        ahead = and_(Listing.first_published_at == moment, Listing.ref < start.ref)
        query = query.where(Listing.first_published_at <= moment, or_(Listing.first_published_at < moment, ahead))
    rows = db.session().execute(query).all()
    return Page([decode_card(card) for _, card in rows[:limit]], rows[limit - 1].ref if len(rows) > limit else None)


def _by_name(filters: Filters, after: str | None, limit: int) -> Page:
    people, session = counts.current(), db.session()
    number = session.scalar(select(Listing.number).where(Listing.ref == after)) if after else None
    start = people.place_of(number) if number is not None else -1
    numbers = people.following(filters, after=start, limit=limit + 1)
    query = select(Listing.number, ListingCard.card).join(ListingCard, ListingCard.ref == Listing.ref)
    found = dict(session.execute(query.where(Listing.number.in_(numbers[:limit]))).all())
    shown = [decode_card(found[number]) for number in numbers[:limit] if number in found]
    return Page(shown, shown[-1].ref if shown and len(numbers) > limit else None)


def _narrowed(query: Select[str, bytes], filters: Filters) -> Select[str, bytes]:
    for facet, value in filters.items():
        row = aliased(ListingFacet)
        query = query.where(
            exists(
                select(row.ref).where(
                    row.facet == facet,
                    row.value == value,
                    row.position == Listing.position,
                    row.ref == Listing.ref,
                )
            )
        )
    return query.where(reader.is_current(Listing.ref))


def cards(refs: list[str]) -> list[Card]:
    """Return the cards of those refs that are public now, in the order asked for (search results, relatives)."""
    query = select(ListingCard.ref, ListingCard.card).where(
        ListingCard.ref.in_(refs), reader.is_current(ListingCard.ref)
    )
    found = {ref: decode_card(card) for ref, card in db.session().execute(query)}
    return [found[ref] for ref in refs if ref in found]


def latest(limit: int) -> list[Card]:
    """Return the people whose profile changed last, the newest change first."""
    query = select(ListingCard.card).join(Listing, Listing.ref == ListingCard.ref).where(reader.is_current(Listing.ref))
    return [decode_card(card) for card in db.session().scalars(query.order_by(Listing.number.desc()).limit(limit))]


def every_card() -> Iterator[Card]:
    """Yield the card of everybody who is public now, by ref: what a search index is made of."""
    query = select(ListingCard.card).where(reader.is_current(ListingCard.ref)).order_by(ListingCard.ref)
    for (card,) in db.session().execute(query.execution_options(yield_per=500)):
        yield decode_card(card)


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

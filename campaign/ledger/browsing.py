"""A page of public people: filtered, counted, in the order of names, at any depth at the same price (keyset)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func, or_, select
from sqlalchemy.orm import aliased

from campaign.database import db
from campaign.ledger.cards import Card, decode_card
from campaign.ledger.models import Listing, ListingCard, ListingFacet
from campaign.ledger.reader import is_current


@dataclass(frozen=True)
class Page:
    """Some people, how many there are in all, and where the next page begins (None on the last one)."""

    cards: list[Card]
    total: int
    next_ref: str | None


def page(filters: Mapping[str, str], *, after_ref: str = "", limit: int = 24) -> Page:
    """Return the people that fit every filter (facet to value), beginning after a ref in the order of names."""
    query = select(Listing.ref, ListingCard.card).join(ListingCard, ListingCard.ref == Listing.ref)
    query = query.where(*_conditions(filters))
    start = db.session().execute(select(Listing.position, Listing.ref).where(Listing.ref == after_ref)).first()
    if start is not None:
        later = or_(Listing.position > start.position, (Listing.position == start.position) & (Listing.ref > start.ref))
        query = query.where(Listing.position >= start.position, later)
    rows = db.session().execute(query.order_by(Listing.position, Listing.ref).limit(limit + 1)).all()
    shown = rows[:limit]
    return Page([decode_card(row.card) for row in shown], total(filters), shown[-1].ref if len(rows) > limit else None)


def total(filters: Mapping[str, str]) -> int:
    """Return how many people fit every filter."""
    return db.session().scalar(select(func.count()).select_from(Listing).where(*_conditions(filters))) or 0


def counts(facet: str, filters: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return, for each value of a facet, how many people who fit the other filters have it; most first."""
    others = {name: value for name, value in filters.items() if name != facet}
    query = select(ListingFacet.value, func.count().label("people")).where(ListingFacet.facet == facet)
    query = query.where(is_current(ListingFacet.ref), *(_has(ListingFacet.ref, *pair) for pair in others.items()))
    rows = db.session().execute(query.group_by(ListingFacet.value).order_by(func.count().desc(), ListingFacet.value))
    return [(row.value, row.people) for row in rows]


def newest(limit: int) -> list[Card]:
    """Return the people whose profile changed last, the latest first."""
    query = select(ListingCard.card).join(Listing, Listing.ref == ListingCard.ref).where(is_current(Listing.ref))
    return [decode_card(card) for card in db.session().scalars(query.order_by(Listing.number.desc()).limit(limit))]


def everybody(limit: int) -> list[Card]:
    """Return everyone who is public, in the order of references, which tells nothing, up to a number."""
    query = select(ListingCard.card).where(is_current(ListingCard.ref)).order_by(ListingCard.ref).limit(limit)
    return [decode_card(card) for card in db.session().scalars(query)]


def _conditions(filters: Mapping[str, str]) -> list[ColumnElement[bool]]:
    return [is_current(Listing.ref), *(_has(Listing.ref, facet, value) for facet, value in filters.items())]


def _has(ref: SQLColumnExpression[str], facet: str, value: str) -> ColumnElement[bool]:
    found = aliased(ListingFacet)
    return exists(select(found.ref).where(found.facet == facet, found.value == value, found.ref == ref))

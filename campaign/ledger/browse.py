"""Keyset pagination of the list of people, filtered: depth costs nothing; and the cards that lists show."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import bindparam, func, select

from campaign.clock import now
from campaign.database import db
from campaign.dates.reckoning import outer_bounds
from campaign.formats import NOT_JSON, UnreadableDocument
from campaign.ledger import reader
from campaign.ledger.documents import Birth, Image, Name, Place, Profile, Status, Text
from campaign.ledger.facet_index import FacetIndex
from campaign.ledger.models import Listing, ListingCard, PublicUntil
from campaign.ledger.situation import Situation, group_of, moves_by_clock, over_after, partial, situation_of
from campaign.vocabulary.people import OF_HEALTH
from campaign.vocabulary.status import SITUATION_OF, SUFFICIENT

CARD_FORMAT = "card/2"


class Card(msgspec.Struct, frozen=True, tag_field="schema", tag=CARD_FORMAT):
    """One person on a wall of names. Every field is that of the document, `portrait` its portrait or None; `situation`
    is what their status line is made of.

    A card is derived, so there is no upgrade: with another shape it has the next number and is cut anew.
    """

    ref: str
    slug: str
    display_name: str
    names: list[Name]
    gender: str
    birth: Birth
    origin: Place | None
    held_at: Place | None
    ethnicities: list[str]
    occupation: str
    occupation_group: str
    status: Status
    summary: list[Text]
    portrait: Image | None
    tags: list[str]
    detained_year: int | None
    first_published_at: datetime.datetime
    published_at: datetime.datetime
    situation: Situation


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Card)


def card_of(profile: Profile) -> Card:
    """Return the card of a profile."""
    years = detained_years(profile)
    return Card(
        ref=profile.ref,
        slug=profile.slug,
        display_name=profile.display_name,
        names=profile.names,
        gender=profile.gender,
        birth=profile.birth,
        origin=profile.origin,
        held_at=profile.held_at,
        ethnicities=profile.ethnicities,
        occupation=profile.occupation,
        occupation_group=profile.occupation_group,
        status=profile.status,
        summary=profile.summary,
        portrait=next((image for image in profile.images if image.is_portrait), None),
        tags=profile.tags,
        detained_year=years[0] if years else None,
        first_published_at=profile.first_published_at,
        published_at=profile.published_at,
        situation=situation_of(profile),
    )


def encode_card(card: Card) -> bytes:
    """Return the bytes that the listing keeps of a card."""
    return _encoder.encode(card)


def decode_card(card: bytes) -> Card | None:
    """Return the card that the listing kept, None for one that other code cut or that is damaged."""
    try:
        return _decoder.decode(card)
    except NOT_JSON:
        return None


def detained_years(profile: Profile) -> list[int]:
    """Return each year in which the latest episode may have begun; none where a bound is open, at most five."""
    start = profile.episodes[-1].start if profile.episodes else None
    if start is None or start.earliest is None or start.latest is None:
        return []
    return list(islice(range(start.earliest.year, start.latest.year + 1), 5))


def released(status: Status) -> str:
    """Return "yes" or "no" as lists say it; "" for the dead, and where nobody's sure word says either."""
    situation = SITUATION_OF.get(status.code)
    if situation == "free":
        return "yes" if status.confidence in SUFFICIENT else ""
    return "no" if situation in {"held", "restricted"} else ""


def facets_of(profile: Profile) -> list[tuple[str, str]]:
    """Return what a profile is found by, as pairs of facet and value, each once, in order.

    Those of HIDDEN are chosen by nobody: the clock and the count of the home page ask for them.
    """
    facts = situation_of(profile)
    pairs = {("status", profile.status.code)}
    pairs |= {("released", released(profile.status))}
    pairs |= {("ethnicity", name) for name in profile.ethnicities}
    pairs |= {("occupation_group", profile.occupation_group), ("gender", profile.gender)}
    pairs |= {("year", str(year)) for year in detained_years(profile)}
    pairs |= {("from", code) for code in _codes(profile.origin)}
    pairs |= {("held_in", code) for code in _codes(profile.held_at)}
    pairs |= {("tag", tag) for tag in profile.tags if tag not in OF_HEALTH}
    pairs |= {("activity", code) for episode in profile.episodes for code in episode.activities}
    pairs |= {("outside_id", f"{outside.scheme}:{outside.value}"[:200]) for outside in profile.outside_ids}
    pairs |= {("group", group_of(facts)), ("heard", _first_day(facts))}
    if moves_by_clock(facts) and (last := over_after(facts)):
        pairs |= {("term_ends", last.isoformat())}
    return sorted(pair for pair in pairs if pair[1])


def _codes(place: Place | None) -> tuple[str, ...]:
    return (place.code, *place.within) if place is not None else ()


def _first_day(facts: Situation) -> str:
    """Return the day since which somebody has surely been heard of, "" where no independent news has one."""
    first = outer_bounds(partial(facts.heard))[0] if facts.is_news_independent else None
    return first.isoformat() if first else ""


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

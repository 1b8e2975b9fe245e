"""Who of the people that are public answers a question, and has what the filters ask: pages and JSON show the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from campaign.database import db
from campaign.ledger import counts
from campaign.ledger.models import INDEX
from campaign.search import BEST, Answer, Found, Reason, find, reasons


@dataclass(frozen=True)
class Results:
    """The people found: `best` ranked, at most 200; `total` of them all; `counts` what each further filter would leave.

    `near` are those with the nearest names where nobody answers, whatever the filters say.
    """

    answer: Answer
    best: tuple[Found, ...]
    near: tuple[Found, ...]
    total: int
    counts: counts.Counts

    def reasons(self, shown: list[int]) -> dict[int, tuple[Reason, ...]]:
        """Return why each of a few of them was found, by the number of the entry."""
        return reasons(INDEX, self.answer, shown, db.session())


def people(query: str, filters: Mapping[str, str]) -> Results:
    """Return who answers `query` (any string that asks something) and has every value of `filters`."""
    current = counts.current()
    answer = find(INDEX, query, allowed=current.allowed, session=db.session())
    found = current.bits_of([one.docid for one in answer.found])
    total, counted = current.counted(filters, found)
    having = current.having(filters)
    # Bytes, because shifting an integer of 100,000 bits for each person found would copy it each time.
    bits = having.to_bytes(current.width, "little")
    chosen = (one for one in answer.found if (place := current.place_of(one.docid)) >= 0 and is_set(bits, place))
    return Results(answer, tuple(islice(chosen, BEST)), answer.near, total, counted)


def is_set(bits: bytes, place: int) -> bool:
    """Whether the bit of a person is set."""
    return bool(bits[place >> 3] >> (place & 7) & 1)

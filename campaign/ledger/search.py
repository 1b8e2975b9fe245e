"""Search among the people that are public, with filters: pages and JSON show the same; and what is indexed of each.

The index is written from the document alone, so a name that was never published has no key, and one that was narrowed
has none left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from campaign.clock import now
from campaign.database import db
from campaign.ledger import browse, facet_index
from campaign.ledger.browse import Card
from campaign.ledger.documents import Place, Profile
from campaign.ledger.models import INDEX, Listing, PublicUntil
from campaign.search.finding import BEST, Answer, Found, find
from campaign.search.index import Entry, Field, Named
from campaign.search.place_terms import SearchFilter
from campaign.search.reasons import Reason, reasons
from campaign.vocabulary.people import CAMPAIGN_GROUP, ETHNICITY, OCCUPATION_GROUP, OF_HEALTH
from campaign.vocabulary.table import Vocabulary


def entry_of(profile: Profile) -> Entry:
    """Return what the index keeps of a profile."""
    where = list(_places(profile))
    return Entry(
        names=tuple(Named(name.text, name.kind, name.script, name.language) for name in profile.names),
        words=(*_words(profile), *((field, text) for field, place in where for text in place.names.values())),
        places=tuple((field, code) for field, place in where for code in (place.code, *place.within)),
        numbers=(profile.ref, *_numbers(profile)),
    )


def _places(profile: Profile) -> Iterator[tuple[Field, Place]]:
    if profile.origin is not None:
        yield Field.ORIGIN, profile.origin
    held = [profile.held_at, *(stay.place for episode in profile.episodes for stay in episode.stays)]
    yield from ((Field.HELD, place) for place in held if place is not None)


def _words(profile: Profile) -> Iterator[tuple[Field, str]]:
    yield Field.WORK, profile.occupation
    yield Field.WORK, profile.employer
    yield Field.WORK, _label(OCCUPATION_GROUP, profile.occupation_group)
    yield from ((Field.OTHER, _label(ETHNICITY, code)) for code in profile.ethnicities)
    yield from ((Field.OTHER, _label(CAMPAIGN_GROUP, code)) for code in profile.tags if code not in OF_HEALTH)
    for field, texts in (
        (Field.SUMMARY, profile.summary),
        (Field.STORY, profile.story),
        (Field.QUOTE, profile.quote),
        (Field.DETAILS, profile.details),
    ):
        yield from ((field, text.text) for text in texts)


def _numbers(profile: Profile) -> Iterator[str]:
    """Yield each number in another list, alone and behind the name of the list."""
    for outside in profile.outside_ids:
        yield outside.value
        yield f"{outside.scheme} {outside.value}"


def _label(vocabulary: Vocabulary, code: str) -> str:
    return vocabulary.label(code) if code in vocabulary else code


class Hit(NamedTuple):
    """One person found: the entry that shows them, their card, how well they answer (see search.Found), and why."""

    number: int
    card: Card
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Results:
    """The people found: `best` ranked, at most 200; `total` of them all; `counts` what each further filter would leave.

    `near` are those with the nearest names where nobody answers, whatever the filters say.
    """

    answer: Answer
    best: tuple[Found, ...]
    near: tuple[Found, ...]
    total: int
    counts: facet_index.Counts

    def page(self, *, after: str, limit: int) -> tuple[list[Hit], str | None]:
        """Return the people who follow a ref among the best, and the ref to ask on from, None on the last page.

        A ref that no longer answers starts from the beginning, as in browse.page.
        """
        start = self._place_after(after)
        hits = _hits(self.answer, self.best[start : start + limit])
        return hits, hits[-1].card.ref if hits and start + limit < len(self.best) else None

    def _place_after(self, ref: str) -> int:
        number = db.session().scalar(select(Listing.number).where(Listing.ref == ref)) if ref else None
        numbers = [one.docid for one in self.best]
        return numbers.index(number) + 1 if number in numbers else 0

    def nearest(self) -> list[Hit]:
        """Return the people with the nearest names."""
        return _hits(self.answer, self.near)


def people(query: str, filters: Mapping[str, str]) -> Results:
    """Return who answers `query` (any string that asks something) and has every value of `filters`."""
    current = facet_index.current()
    shown = SearchFilter(current.allowed, _is_shown, current.everybody.bit_count)
    answer = find(INDEX, query, allowed=shown, session=db.session())
    total, counted = current.counted(filters, facet_index.bits_of([one.docid for one in answer.found]))
    has_them = facet_index.is_set(current.having(filters))
    chosen = (one for one in answer.found if has_them(one.docid))
    return Results(answer, tuple(islice(chosen, BEST)), answer.near, total, counted)


def _is_shown(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that an entry of the index shows somebody now: whose consent has ended is not there."""
    ended = select(Listing.number).join(PublicUntil, PublicUntil.ref == Listing.ref).where(PublicUntil.until <= now())
    return number.not_in(ended)


def _hits(answer: Answer, found: Sequence[Found]) -> list[Hit]:
    numbers = [one.docid for one in found]
    cards = browse.cards_of(numbers)
    why = reasons(INDEX, answer, numbers, db.session())
    return [Hit(one.docid, cards[one.docid], one.score, why[one.docid]) for one in found if one.docid in cards]

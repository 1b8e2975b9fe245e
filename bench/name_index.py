"""An inverted index of names in memory, with the keys and scores of the one in the database, to measure recall by."""

from array import array
from collections.abc import Hashable, Iterable
from heapq import nlargest
from typing import Generic, NamedTuple, TypeVar

from campaign.names.blocking_keys import CONSIDERED, KEYS_SAY, MAX_POSTINGS, keys, query_keys, weighed
from campaign.names.matching import Match, promise, score
from campaign.names.reading import NameForms, forms

Id = TypeVar("Id", bound=Hashable)

ALIGNED = 30  # candidates that go on to alignment


class Hit(NamedTuple, Generic[Id]):
    """One name found: whose, how alike, which of the names it was."""

    id: Id
    score: float
    match: Match


class NameIndex(Generic[Id]):
    """Names by the id of their bearer. A bearer may have many names; search gives each bearer once."""

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._forms: list[NameForms] = []
        self._postings: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: Id, names: Iterable[str]) -> None:
        """Add the names of one bearer."""
        for name in names:
            # Read afresh, past the cache: what is indexed is kept here, and would only push out what is asked.
            read = forms.__wrapped__(name)
            place = len(self._ids)
            self._ids.append(id)
            self._forms.append(read)
            for key in keys(read):
                self._postings.setdefault(key, array("i")).append(place)

    def search(self, query: str, limit: int = 10) -> list[Hit[Id]]:
        """Return the bearers whose names are most like `query`, the best first; ties in the order of adding."""
        asked = forms(query)
        best: dict[Id, Hit[Id]] = {}
        for place in self._promising(asked):
            match = score(asked, self._forms[place])
            id = self._ids[place]
            if match.score > (best[id].score if id in best else 0.0):
                best[id] = Hit(id, match.score, match)
        return sorted(best.values(), key=lambda hit: -round(hit.score, 6))[:limit]

    def _promising(self, asked: NameForms) -> list[int]:
        points = self.candidates(asked)
        most = max(points.values(), default=1.0)
        promises = ((promise(asked, self._forms[place]) + KEYS_SAY * points[place] / most, -place) for place in points)
        return sorted(-place for _, place in nlargest(ALIGNED, promises))

    def candidates(self, asked: NameForms) -> dict[int, float]:
        """Return the places of the names that share most with `asked` by their keys, with what those keys say."""
        wanted = query_keys(asked)
        counts = {key: len(self._postings[key]) for key in wanted if key in self._postings}
        said = weighed(wanted, counts, len(self._ids))
        points: dict[int, float] = {}
        added = 0
        for key in sorted(said, key=lambda key: (counts[key], key)):
            if added and added + counts[key] > MAX_POSTINGS:
                break
            added += counts[key]
            for place in self._postings[key]:
                points[place] = points.get(place, 0.0) + said[key]
        # Pairs of points and places compare faster than a key function; minus puts the first added first among equals.
        best = nlargest(CONSIDERED, ((said_in_all, -place) for place, said_in_all in points.items()))
        return {-place: said_in_all for said_in_all, place in best}

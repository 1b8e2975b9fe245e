"""Documents by a name in any spelling, in two stages as in campaign.names.index: keys choose, alignment decides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.names import Match, NameForms, promise, query_keys, score, weighed
from campaign.names.index import CONSIDERED, KEYS_SAY, MAX_POSTINGS
from campaign.search.gate import Gate
from campaign.search.packing import unpack
from campaign.search.tables import Tables

ALIGNED = 60  # names that go on to alignment; a person has several
Place = tuple[int, int]  # docid and ordinal


class NameHit(NamedTuple):
    """The name of a document that is most like what was asked, and how like (0..1).

    `kind` and `language` are those of the name; `words` the words of the question that were compared, empty for all.
    """

    docid: int
    score: float
    match: Match
    kind: str
    language: str
    words: frozenset[str] = frozenset()


class _Stored(NamedTuple):
    kind: str
    language: str
    forms: NameForms


def by_name(
    tables: Tables, asked: NameForms, *, allowed: Gate, session: Session, keys: Mapping[str, float] | None = None
) -> list[NameHit]:
    """Return the documents with a name like `asked`, the most alike first, each once; none without letters.

    At most ALIGNED are compared. `keys` are those to ask for instead of what the name gives (an index of turned keys).
    """
    points = candidates(tables, query_keys(asked) if keys is None else keys, allowed=allowed, session=session)
    best: dict[int, NameHit] = {}
    for docid, stored in _promising(tables, asked, points, session):
        match = score(asked, stored.forms)
        if match.score > 0.0 and (docid not in best or _telling(match) > _telling(best[docid].match)):
            best[docid] = NameHit(docid, match.score, match, stored.kind, stored.language)
    return sorted(best.values(), key=lambda hit: (-round(hit.score, 6), hit.docid))


def _telling(match: Match) -> tuple[float, int]:
    # Of two spellings as like the one that shares letters with what was asked is the better answer to it.
    return round(match.score, 6), sum(pair.how == "same" for pair in match.pairs)


def candidates(
    tables: Tables, wanted: Mapping[str, float], *, allowed: Gate, session: Session, limit: int = CONSIDERED
) -> dict[Place, float]:
    """Return the names that share most of the `wanted` keys (each with its weight), with what those keys say.

    The cheap half of the search: no name is read or compared. Of equals the lower docid comes first.
    """
    counts = _counts(tables, wanted, session)
    said = weighed(wanted, counts, _size(tables, session))
    points: dict[Place, float] = {}
    for key, docid, ordinal in _postings(tables, _rarest(said, counts), session):
        points[docid, ordinal] = points.get((docid, ordinal), 0.0) + said[key]
    shown = set(allowed({docid for docid, _ in points}))
    ranked = ((round(sum_, 9), -docid, -ordinal) for (docid, ordinal), sum_ in points.items() if docid in shown)
    return {(-docid, -ordinal): sum_ for sum_, docid, ordinal in nlargest(limit, ranked)}


def _counts(tables: Tables, wanted: Collection[str], session: Session) -> dict[str, int]:
    if not wanted:
        return {}
    key = tables.key
    query = select(key.key, func.count()).where(key.key.in_(sorted(wanted))).group_by(key.key)
    return dict(session.execute(query).all())


def _size(tables: Tables, session: Session) -> int:
    # How many documents there ever were: close enough for what a key says, and never counted.
    return session.scalar(select(func.max(tables.name.docid))) or 1


def _rarest(said: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Return the keys to add up, the rarest first; the commonest are left out once there are enough."""
    chosen: list[str] = []
    added = 0
    for key in sorted(said, key=lambda key: (counts[key], key)):
        if chosen and added + counts[key] > MAX_POSTINGS:
            break
        added += counts[key]
        chosen.append(key)
    return chosen


def _postings(tables: Tables, keys: Sequence[str], session: Session) -> Iterable[tuple[str, int, int]]:
    # In one order, or sums of floats would differ between the databases in their last digit.
    key = tables.key
    query = select(key.key, key.docid, key.ordinal).where(key.key.in_(keys)).order_by(key.key, key.docid, key.ordinal)
    return session.execute(query) if keys else ()


def _promising(
    tables: Tables, asked: NameForms, points: Mapping[Place, float], session: Session
) -> list[tuple[int, _Stored]]:
    """Return the names to align, in order of document and name: of equal scores the first name is told."""
    most = max(points.values(), default=1.0)
    read = _names(tables, points, session)
    rated = (
        (round(promise(asked, stored.forms) + KEYS_SAY * points[place] / most, 9), -place[0], -place[1])
        for place, stored in read.items()
    )
    best = sorted((-docid, -ordinal) for _, docid, ordinal in nlargest(ALIGNED, rated))
    return [(place[0], read[place]) for place in best]


def _names(tables: Tables, places: Collection[Place], session: Session) -> dict[Place, _Stored]:
    name, docids = tables.name, sorted({docid for docid, _ in places})
    query = select(name.docid, name.ordinal, name.kind, name.language, name.forms).where(name.docid.in_(docids))
    return {
        (docid, ordinal): _Stored(kind, language, unpack(packed))
        for docid, ordinal, kind, language, packed in session.execute(query)
        if (docid, ordinal) in places
    }

"""Search by a name in any spelling, in two stages: blocking keys choose candidates, alignment ranks them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.names.blocking_keys import CONSIDERED, KEYS_SAY, MAX_POSTINGS, query_keys, weighed
from campaign.names.matching import Match, promise, score
from campaign.names.reading import NameForms
from campaign.names.word_similarity import compare
from campaign.search.index import Tables, column_of, unpack
from campaign.search.place_terms import SearchFilter
from campaign.text import folded_for_search

ALIGNED = 45  # names that go on to alignment
NAMES_OF_ONE = 2  # of them, how many of one document
# Stored words are unpacked anew for each question, so what was compared is never asked again: kept, it is 25 MB.
COMPARISONS_KEPT = 1_500
LIKE = 0.55  # the least for a name in which the question stands to be told before one that is read more alike
NAMES = 64  # more than a document has: docid and ordinal are one number while points are added up
Place = tuple[int, int]  # docid and ordinal


class NameHit(NamedTuple):
    """The name of a document that is most like what was asked, and how like (0..1).

    `kind` and `language` are those of the name; `asked` and `found` the two as they were written; `words` the words of
    the question that were compared, empty for all.
    """

    docid: int
    score: float
    match: Match
    kind: str
    language: str
    asked: str
    found: str
    words: frozenset[str] = frozenset()


class _Stored(NamedTuple):
    kind: str
    language: str
    forms: NameForms


def by_name(
    tables: Tables,
    asked: NameForms,
    *,
    allowed: SearchFilter,
    session: Session,
    keys: Mapping[str, float] | None = None,
    within: Collection[int] | None = None,
) -> list[NameHit]:
    """Return the documents with a name like `asked`, the most alike first, each once; none without letters.

    At most ALIGNED are compared. `keys` are those to ask for instead of what the name gives (an index of turned keys);
    `within` are the only documents of interest, where not all are.
    """
    wanted = query_keys(asked) if keys is None else keys
    points = candidates(tables, wanted, allowed=allowed, session=session, within=within)
    return _hits(asked, points, _names(_rows(tables, {docid for docid, _ in points}, session), points))


def by_names(
    tables: Tables, asked: Sequence[NameForms], *, allowed: SearchFilter, session: Session
) -> tuple[list[list[NameHit]], dict[int, tuple[bytes, ...]]]:
    """Return what `by_name` returns for each of several names, with as many statements as one name takes.

    Beside it all names of the documents that were compared, packed (index.pack), in their order.
    """
    found = _candidates(tables, [query_keys(one) for one in asked], allowed=allowed, session=session)
    rows = _rows(tables, {docid for points in found for docid, _ in points}, session)
    packed = {docid: tuple(row[-1] for row in some) for docid, some in groupby(rows, key=itemgetter(0))}
    hits = [_hits(one, points, _names(rows, points)) for one, points in zip(asked, found, strict=True)]
    return hits, packed


def _hits(asked: NameForms, points: Mapping[Place, int], read: Mapping[Place, _Stored]) -> list[NameHit]:
    best: dict[int, NameHit] = {}
    for docid, stored in _promising(asked, points, read):
        match = score(asked, stored.forms)
        if match.score > 0.0:
            hit = NameHit(docid, match.score, match, stored.kind, stored.language, asked.text, stored.forms.text)
            known = best.get(docid, hit)
            best[docid] = max(known, hit, key=_telling)._replace(score=max(known.score, hit.score))
    if compare.cache_info().currsize > COMPARISONS_KEPT:
        compare.cache_clear()
    return sorted(best.values(), key=lambda hit: (-round(hit.score, 6), hit.docid))


def _telling(hit: NameHit) -> tuple[bool, float, int]:
    # The name in which the question stands letter for letter tells more than one that is read alike; of two spellings
    # as like, the one that shares letters with what was asked.
    is_verbatim = hit.match.score >= LIKE and folded_for_search(hit.asked) in folded_for_search(hit.found)
    return is_verbatim, round(hit.match.score, 6), sum(pair.how == "same" for pair in hit.match.pairs)


def candidates(
    tables: Tables,
    wanted: Mapping[str, float],
    *,
    allowed: SearchFilter,
    session: Session,
    limit: int = CONSIDERED,
    within: Collection[int] | None = None,
) -> dict[Place, int]:
    """Return the names that share most of the `wanted` keys (each with its weight), with what those keys say.

    The cheap half of the search: no name is read or compared. Of equals the lower docid comes first.
    """
    (points,) = _candidates(tables, [wanted], allowed=allowed, session=session, limit=limit, within=within)
    return points


def _candidates(
    tables: Tables,
    asked: Sequence[Mapping[str, float]],
    *,
    allowed: SearchFilter,
    session: Session,
    limit: int = CONSIDERED,
    within: Collection[int] | None = None,
) -> list[dict[Place, int]]:
    """Return the same for each of several names, with the statements of one."""
    counts = _counts(tables, {key for wanted in asked for key in wanted}, allowed, session)
    total = allowed.count() if counts else 0
    # Whole numbers: a sum of floats would differ between the databases in its last digit, with the order of rows.
    said = [{key: round(says * 1000) for key, says in weighed(wanted, counts, total).items()} for wanted in asked]
    chosen = [{key: says[key] for key in _rarest(says, counts)} for says in said]
    rows = _postings(tables, {key for keys in chosen for key in keys}, allowed, session)
    if within is not None:
        rows = [(key, place) for key, place in rows if place // NAMES in within]
    return [_points(keys, rows, limit) for keys in chosen]


def _points(said: Mapping[str, int], rows: Sequence[tuple[str, int]], limit: int) -> dict[Place, int]:
    points: dict[int, int] = defaultdict(int)
    for key, place in rows:
        if key in said:
            points[place] += said[key]
    return {divmod(place, NAMES): points[place] for place in _best(points, limit)}


def _best(points: Mapping[int, int], many: int) -> list[int]:
    # Most names have few points: sorting only those that can be among the best costs a third.
    least = sorted(points.values(), reverse=True)[many - 1] if 0 < many < len(points) else 0
    ranked = sorted((-sum_, place) for place, sum_ in points.items() if sum_ >= least)
    return [place for _, place in ranked[:many]]


def _counts(tables: Tables, wanted: Collection[str], allowed: SearchFilter, session: Session) -> dict[str, int]:
    if not wanted:
        return {}
    key = column_of(tables.key, "key")
    may_be_shown = allowed.condition(column_of(tables.key, "docid"))
    query = select(key, func.count()).where(key.in_(sorted(wanted)), may_be_shown).group_by(key)
    return dict(session.connection().execute(query).all())


def _rarest(said: Mapping[str, int], counts: Mapping[str, int]) -> list[str]:
    """Return the keys to add up, the rarest first; the commonest are left out once there are enough."""
    chosen: list[str] = []
    added = 0
    for key in sorted(said, key=lambda key: (counts[key], key)):
        if chosen and added + counts[key] > MAX_POSTINGS:
            break
        added += counts[key]
        chosen.append(key)
    return chosen


def _postings(
    tables: Tables, keys: Collection[str], allowed: SearchFilter, session: Session
) -> Sequence[tuple[str, int]]:
    """Return the rows of keys: each with the place of a name, docid and ordinal in one number."""
    key, docid, ordinal = (column_of(tables.key, name) for name in ("key", "docid", "ordinal"))
    query = select(key, docid * NAMES + ordinal).where(key.in_(sorted(keys)), allowed.condition(docid))
    return session.connection().execute(query).all() if keys else ()


def _promising(
    asked: NameForms, points: Mapping[Place, int], read: Mapping[Place, _Stored]
) -> list[tuple[int, _Stored]]:
    """Return the names to align, in order of document and name: of equal scores the first name is told."""
    most = max(points.values(), default=1)
    rated = (
        (round(promise(asked, stored.forms) + KEYS_SAY * points[place] / most, 9), -place[0], -place[1])
        for place, stored in ((place, read[place]) for place in points if place in read)
    )
    chosen: dict[int, list[int]] = {}
    for _, docid, ordinal in sorted(rated, reverse=True):
        # The names of one person are much alike: two are enough to find the best, and leave room for others.
        if len(chosen.get(-docid, ())) < NAMES_OF_ONE:
            chosen.setdefault(-docid, []).append(-ordinal)
        if sum(map(len, chosen.values())) == ALIGNED:
            break
    return [(docid, read[docid, ordinal]) for docid in sorted(chosen) for ordinal in sorted(chosen[docid])]


_Row = tuple[int, int, str, str, bytes]  # docid, ordinal, kind, language, packed forms


def _rows(tables: Tables, docids: Collection[int], session: Session) -> Sequence[_Row]:
    """Return the names of documents, in the order of documents and names."""
    columns = [column_of(tables.name, name) for name in ("docid", "ordinal", "kind", "language", "forms")]
    query = select(*columns).where(columns[0].in_(sorted(docids))).order_by(columns[0], columns[1])
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.connection().execute(query)] if docids else ()


def _names(rows: Sequence[_Row], places: Collection[Place]) -> dict[Place, _Stored]:
    return {
        (docid, ordinal): _Stored(kind, language, unpack(packed))
        for docid, ordinal, kind, language, packed in rows
        if (docid, ordinal) in places
    }

"""The queue of likely duplicates that imports found: pairs that wait at the desk, never merged by themselves."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from campaign.accounts.models import Account
from campaign.cases.models import Case
from campaign.cases.queries import load_members, visible_to
from campaign.cases.revisions import with_files
from campaign.database import db
from campaign.duplicates.models import LikelyPair, NotTheSame
from campaign.duplicates.search import Likeness, likeness
from campaign.duplicates.traits import traits_of

AT_ONCE = 500


class Pair(NamedTuple):
    """Two cases, the newer one first, with what speaks for and against their being one person's now."""

    newer: Case
    older: Case
    likeness: Likeness


class Page(NamedTuple):
    """One page of the pairs that wait; `after` is where the next one starts, None on the last."""

    pairs: list[Pair]
    after: tuple[float, int] | None


def waiting(account: Account, *, after: tuple[float, int] | None = None, limit: int = 25) -> Page:
    """Return pairs that nobody has decided, the likeliest first, of cases that the account may both see.

    Depth costs nothing: pages go on by key, the score that the import gave and the pair's number. What is told of a
    pair is weighed anew, so that it holds for the cases as they are now.
    """
    first, second = aliased(Case), aliased(Case)
    query = select(LikelyPair, first, second).where(*_open(account))
    query = query.join(first, first.id == LikelyPair.first_id).join(second, second.id == LikelyPair.second_id)
    if after is not None:
        query = query.where(tuple_(LikelyPair.score, LikelyPair.id) < after)
    query = query.order_by(LikelyPair.score.desc(), LikelyPair.id.desc()).limit(limit + 1)
    rows = db.session.execute(query).all()
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Page(_weighed([(newer, older) for _, older, newer in rows[:limit]]), (last.score, last.id) if last else None)


def count(account: Account) -> int:
    """Return how many pairs wait for an account."""
    return db.session.scalar(select(func.count()).select_from(LikelyPair).where(*_open(account))) or 0


def _open(account: Account) -> list[ColumnElement[bool]]:
    pair = and_(NotTheSame.first_id == LikelyPair.first_id, NotTheSame.second_id == LikelyPair.second_id)
    return [_seen(LikelyPair.first_id, account), _seen(LikelyPair.second_id, account), ~exists().where(pair)]


def _seen(number: InstrumentedAttribute[int], account: Account) -> ColumnElement[bool]:
    # Asked of each pair. Of two lists of cases SQLite would try every case with every other.
    seen = select(Case.id).where(Case.id == number, visible_to(account), Case.merged_into_id.is_(None))
    return seen.correlate(LikelyPair).exists()


def _weighed(pairs: Sequence[tuple[Case, Case]]) -> list[Pair]:
    """Return each pair with its likeness; the files of all of them are read in one statement."""
    wanted = {case.id for pair in pairs for case in pair}
    traits = {case.id: traits_of(file, case.ref) for case, file in with_files(Case.id.in_(wanted))} if wanted else {}
    load_members(case for pair in pairs for case in pair)
    readable = [pair for pair in pairs if all(case.id in traits for case in pair)]
    return [Pair(newer, older, likeness(traits[newer.id], traits[older.id])) for newer, older in readable]


def known_pairs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    ordered, found = sorted(set(numbers)), list[tuple[int, int]]()
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        query = select(LikelyPair.first_id, LikelyPair.second_id).where(LikelyPair.first_id.in_(some))
        found += [(first, second) for first, second in db.session.execute(query)]
    return found

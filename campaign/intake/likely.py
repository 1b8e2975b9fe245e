"""Which cases are likely the same person's as one at hand: chosen by names and numbers, weighed by their files.

Only among what the account may see: a restricted case is nobody's candidate who is not named on it.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import and_, or_, select

from campaign.accounts.models import Account
from campaign.cases.indexed import TABLES, CaseName
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.cases.revisions import head
from campaign.database import db
from campaign.intake.apart import told_apart_from
from campaign.intake.duplicates import Candidate, likeliest
from campaign.intake.traits import MOST_NAMES as MOST_READ
from campaign.intake.traits import Traits, traits_of
from campaign.names import NameForms, query_keys
from campaign.search import Gate, by_name, gate_by
from campaign.search.packing import unpack

# Names and numbers of one person that are asked for, and cases whose files are opened to be weighed.
MOST_NAMES = 6
MOST_NUMBERS = 50
WEIGHED = 20
NEWS = 0.2  # the share of a name's keys that no name before it has, from which on it is asked for
ALIKE = 0.5  # a name less like it is not worth opening a file for


def likely_same(asked: Traits, account: Account, *, case: Case | None = None) -> list[Candidate[Case]]:
    """Return the cases that are likely the same person's, the likeliest first, at most five.

    `case` is the one at hand, if it is opened already: it is no candidate, nor is what was told apart from it.
    """
    apart = told_apart_from(case.id) | {case.id} if case is not None else frozenset[int]()
    chosen = [number for number in _chosen(asked, account) if number not in apart][:WEIGHED]
    others, read = db.session.scalars(select(Case).where(Case.id.in_(chosen)).order_by(Case.id)), _names_of(chosen)
    return likeliest(asked, ((other, traits_of(head(other), other.ref, names=read.get(other.id))) for other in others))


def _names_of(chosen: Collection[int]) -> dict[int, tuple[NameForms, ...]]:
    """Return the names of cases as the index has them read: to read them anew takes longer than to weigh them."""
    query = select(CaseName.docid, CaseName.forms).where(CaseName.docid.in_(chosen), CaseName.ordinal < MOST_READ)
    found: dict[int, tuple[NameForms, ...]] = {}
    for number, packed in db.session.execute(query.order_by(CaseName.docid, CaseName.ordinal)):
        found[number] = (*found.get(number, ()), unpack(packed))
    return found


def told_apart(case: Case, account: Account) -> list[Case]:
    """Return the cases that somebody told apart from this one, of those that the account may see."""
    others = select(Case).where(Case.id.in_(told_apart_from(case.id)), visible_to(account))
    return list(db.session.scalars(others.order_by(Case.ref)))


def _chosen(asked: Traits, account: Account) -> list[int]:
    """Return the numbers of cases with a like name or a number shared, those with the likest names first."""
    scores = dict.fromkeys(_sharing_numbers(asked.numbers, account), 1.0)
    gate = _unmerged(account)
    for name in _telling(asked.names):
        for hit in by_name(TABLES, name, allowed=gate, session=db.session()):
            if hit.score >= ALIKE:
                scores[hit.docid] = max(hit.score, scores.get(hit.docid, 0.0))
    return sorted(scores, key=lambda number: (-scores[number], number))


def _telling(names: Iterable[NameForms]) -> Iterator[NameForms]:
    """Yield the names to ask for. One name in three scripts asks three times for the same: once is enough."""
    known: set[str] = set()
    asked = 0
    for name in names:
        keys = query_keys(name)
        news = sum(weight for key, weight in keys.items() if key not in known)
        if news > NEWS * sum(keys.values()) and asked < MOST_NAMES:
            asked += 1
            yield name
        known |= keys.keys()


def _unmerged(account: Account) -> Gate:
    return gate_by(Case.id, Case.ref, and_(visible_to(account), Case.merged_into_id.is_(None)), db.session())


def _sharing_numbers(numbers: Collection[tuple[str, str]], account: Account) -> list[int]:
    if not numbers:
        return []
    # Each number as a condition of its own: SQLite asks the index for those, and reads all rows for a list of pairs.
    known = or_(
        *(
            and_(OutsideIdKey.scheme == scheme, OutsideIdKey.key == key)
            for scheme, key in sorted(numbers)[:MOST_NUMBERS]
        )
    )
    found = list(db.session.scalars(select(OutsideIdKey.case_id).where(known)))
    seen = select(Case.id).where(Case.id.in_(found), visible_to(account), Case.merged_into_id.is_(None))
    return list(db.session.scalars(seen))

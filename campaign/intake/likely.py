"""Which cases are likely the same person's as one at hand: chosen by names and numbers, weighed by their files.

Only among what the account may see: a restricted case is nobody's candidate who is not named on it.
"""

from collections.abc import Collection

from sqlalchemy import and_, select, tuple_

from campaign.accounts.models import Account
from campaign.cases.indexed import TABLES
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.cases.revisions import head
from campaign.database import db
from campaign.intake.apart import told_apart_from
from campaign.intake.duplicates import Candidate, likeliest
from campaign.intake.traits import Traits, traits_of
from campaign.search import Gate, by_name, gate_by

# Names and numbers of one person that are asked for, and cases whose files are opened to be weighed.
MOST_NAMES = 6
MOST_NUMBERS = 50
WEIGHED = 20
ALIKE = 0.5  # a name less like it is not worth opening a file for


def likely_same(asked: Traits, account: Account, *, case: Case | None = None) -> list[Candidate[Case]]:
    """Return the cases that are likely the same person's, the likeliest first, at most five.

    `case` is the one at hand, if it is opened already: it is no candidate, nor is what was told apart from it.
    """
    apart = told_apart_from(case.id) | {case.id} if case is not None else frozenset[int]()
    chosen = [number for number in _chosen(asked, account) if number not in apart][:WEIGHED]
    others = db.session.scalars(select(Case).where(Case.id.in_(chosen)).order_by(Case.id))
    return likeliest(asked, ((other, traits_of(head(other), other.ref)) for other in others))


def told_apart(case: Case, account: Account) -> list[Case]:
    """Return the cases that somebody told apart from this one, of those that the account may see."""
    others = select(Case).where(Case.id.in_(told_apart_from(case.id)), visible_to(account))
    return list(db.session.scalars(others.order_by(Case.ref)))


def _chosen(asked: Traits, account: Account) -> list[int]:
    """Return the numbers of cases with a like name or a number shared, those with the likest names first."""
    scores = dict.fromkeys(_sharing_numbers(asked.numbers, account), 1.0)
    gate = _unmerged(account)
    for name in asked.names[:MOST_NAMES]:
        for hit in by_name(TABLES, name, allowed=gate, session=db.session()):
            if hit.score >= ALIKE:
                scores[hit.docid] = max(hit.score, scores.get(hit.docid, 0.0))
    return sorted(scores, key=lambda number: (-scores[number], number))


def _unmerged(account: Account) -> Gate:
    return gate_by(Case.id, Case.ref, and_(visible_to(account), Case.merged_into_id.is_(None)), db.session())


def _sharing_numbers(numbers: Collection[tuple[str, str]], account: Account) -> list[int]:
    if not numbers:
        return []
    known = tuple_(OutsideIdKey.scheme, OutsideIdKey.key).in_(sorted(numbers)[:MOST_NUMBERS])
    query = select(OutsideIdKey.case_id).join(Case, Case.id == OutsideIdKey.case_id)
    return list(db.session.scalars(query.where(known, visible_to(account), Case.merged_into_id.is_(None))))

"""Which cases are likely the same person's as one at hand: chosen by names and numbers, weighed by their files.

Only among what the account may see: a restricted case is nobody's candidate who is not named on it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from sqlalchemy import and_, or_, select

from campaign.accounts.models import Account
from campaign.cases.file import CaseFile
from campaign.cases.indexed import TABLES
from campaign.cases.models import Case, OutsideIdKey
from campaign.cases.queries import visible_to
from campaign.cases.revisions import with_files
from campaign.database import db
from campaign.intake.apart import told_apart_from
from campaign.intake.duplicates import Candidate, likeliest
from campaign.intake.models import NotTheSame
from campaign.intake.traits import MOST_NAMES as MOST_READ
from campaign.intake.traits import Traits, traits_of
from campaign.names import NameForms, query_keys
from campaign.search import Gate, by_names, gate_by
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
    return _likely(asked, account, but=told_apart_from(case.id) | {case.id} if case is not None else frozenset())


def compared(asked: Traits, account: Account, case: Case) -> tuple[list[Candidate[Case]], list[Case]]:
    """Return who an opened case is likely the same as, and who was told apart from it, as far as both may be seen."""
    apart = _told_apart(case, account)
    likely = _likely(asked, account, but=apart.keys() | {case.id})
    return likely, [other for other in apart.values() if other is not None]


def _likely(asked: Traits, account: Account, *, but: Set[int]) -> list[Candidate[Case]]:
    scores, packed = _scores(asked, account)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    chosen = [number for number in ranked if number not in but][:WEIGHED]
    others = with_files(Case.id.in_(chosen)) if chosen else ()
    return likeliest(asked, ((other, _traits(other, file, packed.get(other.id))) for other, file in others))


def _traits(case: Case, file: CaseFile, packed: Sequence[bytes] | None) -> Traits:
    # To read a name anew takes longer than to weigh it: the index has those that were compared.
    names = tuple(unpack(one) for one in packed[:MOST_READ]) if packed else None
    return traits_of(file, case.ref, names=names)


def _told_apart(case: Case, account: Account) -> dict[int, Case | None]:
    """Return the cases told apart from this one by their numbers, None for one that the account may not see."""
    other = NotTheSame.first_id + NotTheSame.second_id - case.id
    seen = and_(Case.id == other, visible_to(account))
    pairs = select(other, Case).outerjoin_from(NotTheSame, Case, seen)
    pairs = pairs.where(or_(NotTheSame.first_id == case.id, NotTheSame.second_id == case.id))
    return dict(db.session.execute(pairs.order_by(Case.ref)).all())


def _scores(asked: Traits, account: Account) -> tuple[dict[int, float], dict[int, tuple[bytes, ...]]]:
    """Return how like the likest name is, by the numbers of cases with a like name or a number shared (1.0).

    Beside it the names of those that were compared, packed.
    """
    scores = dict.fromkeys(_sharing_numbers(asked.numbers, account), 1.0)
    names = list(_telling(asked.names))
    found, packed = by_names(TABLES, names, allowed=_unmerged(account), session=db.session())
    for hit in (hit for hits in found for hit in hits if hit.score >= ALIKE):
        scores[hit.docid] = max(hit.score, scores.get(hit.docid, 0.0))
    return scores, packed


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
    found = select(OutsideIdKey.case_id).where(known)
    seen = select(Case.id).where(Case.id.in_(found), visible_to(account), Case.merged_into_id.is_(None))
    return list(db.session.scalars(seen))

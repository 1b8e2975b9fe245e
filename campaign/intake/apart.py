"""Two cases that somebody decided are two people: kept on the pair, so that nobody is asked twice, and taken back.

Who may decide is the caller's question: both cases must be visible to them.
"""

from sqlalchemy import Select, or_, select

from campaign.audit.log import record
from campaign.cases.models import Case
from campaign.cases.people import Person
from campaign.database import db
from campaign.intake.models import NotTheSame


def tell_apart(one: Case, other: Case, *, by: Person, reason: str = "") -> NotTheSame:
    """Remember that two cases are two people. Twice does no harm: the first decision stands. Raises ValueError."""
    if known := _decision(one, other):
        return known
    first, second = _in_order(one, other)
    decision = NotTheSame(first_id=first.id, second_id=second.id, by_id=by.id, reason=reason)
    db.session.add(decision)
    db.session.flush()
    record("case.told_apart", by=by.id, subject=one.ref, details={"other": other.ref})
    return decision


def take_back(one: Case, other: Case, *, by: Person) -> bool:
    """Forget that two cases are two people; return whether anybody had said so."""
    decision = _decision(one, other)
    if decision is None:
        return False
    db.session.delete(decision)
    db.session.flush()
    record("case.told_apart_taken_back", by=by.id, subject=one.ref, details={"other": other.ref})
    return True


def told_apart_from(case_id: int) -> frozenset[int]:
    """Return the numbers of the cases that are known to be somebody else's."""
    return frozenset(db.session.scalars(told_apart(case_id)))


def told_apart(case_id: int) -> Select[int]:
    """Return the same as a condition of a statement: the numbers of the cases that are known to be somebody else's."""
    other = NotTheSame.first_id + NotTheSame.second_id - case_id
    return select(other).where(or_(NotTheSame.first_id == case_id, NotTheSame.second_id == case_id))


def _decision(one: Case, other: Case) -> NotTheSame | None:
    first, second = _in_order(one, other)
    pair = select(NotTheSame).where(NotTheSame.first_id == first.id, NotTheSame.second_id == second.id)
    return db.session.scalar(pair)


def _in_order(one: Case, other: Case) -> tuple[Case, Case]:
    if one.id == other.id:
        raise ValueError(f"{one.ref} can't be told apart from itself")
    return (one, other) if one.id < other.id else (other, one)

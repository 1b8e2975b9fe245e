"""The next case that waits for one person: to be reviewed, to be answered for, to be published. Queries alone.

Each is read and decided by itself; the desk leads from one to the next, so that nobody goes back to a list for it.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, and_, exists, select

from campaign.accounts import vouching
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.models import Case, Revision
from campaign.cases.queries import visible_to
from campaign.database import db
from campaign.publishing import eligibility
from campaign.publishing.authorship import writers_of
from campaign.publishing.context import context_of
from campaign.publishing.gate import checklist
from campaign.publishing.models import Publication

MOST_LOOKED_AT = 50  # cases


def unpublished() -> ColumnElement[bool]:
    """Return the condition that a case is approved, and that what was approved was never published."""
    of_the_case = and_(Publication.case_id == Case.id, Publication.revision == Revision.number)
    as_approved = and_(Revision.case_id == Case.id, Revision.digest == Case.approved_digest)
    published = exists(select(Publication.number).join(Revision, of_the_case).where(as_approved))
    return and_(Case.state == "approved", ~published)


def to_review(account: Account, after: Case) -> Case | None:
    """Return the next case in review that an account may review, None where there is none."""
    return _first(account, after, Case.state == "in_review", _may_review)


def to_answer(account: Account, after: Case) -> Case | None:
    """Return the next case that a batch approved, whose neighbour's question an account may answer."""
    return _first(account, after, unpublished(), lambda one, case: _is_unanswered(case) and _may_review(one, case))


def to_publish(account: Account, after: Case) -> Case | None:
    """Return the next approved case that an account may publish now, with every rule met."""
    return _first(account, after, unpublished(), _may_publish)


def _first(
    account: Account, after: Case, waits: ColumnElement[bool], is_for: Callable[[Account, Case], bool]
) -> Case | None:
    return next((case for case in _in_turn(account, after, waits) if is_for(account, case)), None)


def _in_turn(account: Account, after: Case, waits: ColumnElement[bool]) -> Iterator[Case]:
    """Yield the cases that wait, in the order of their submission, from one on and then from the first."""
    query = select(Case.submitted_at, Case.id).where(waits, visible_to(account), Case.id != after.id)
    every = [(row.submitted_at, row.id) for row in db.session.execute(query.order_by(Case.submitted_at, Case.id))]
    here = (after.submitted_at, after.id)
    later = [one for one in every if one > here]
    for _, number in [*later, *(one for one in every if one <= here)][:MOST_LOOKED_AT]:
        yield db.session.get_one(Case, number)


def _may_review(account: Account, case: Case) -> bool:
    if not may(account, Action.REVIEW_CASE, case):
        return False
    writers = writers_of(case)
    return account.id not in writers and not vouching.is_barred(account.id, writers)


def _is_unanswered(case: Case) -> bool:
    return eligibility.standing_answer(context_of(case)) is None


def _may_publish(account: Account, case: Case) -> bool:
    if not may(account, Action.PUBLISH, case):
        return False
    question = eligibility.question_of(context_of(case))
    others = {*question.writers, question.approved_by or 0}
    is_barred = account.id in question.writers or vouching.is_barred(account.id, others)
    return not is_barred and not checklist.stopping(question)

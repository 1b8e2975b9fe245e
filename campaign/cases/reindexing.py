"""The desk's rows and index written anew from the cases themselves, to the bytes that a save would have written."""

from collections.abc import Callable

from sqlalchemy import select

from campaign.cases.calendar import today
from campaign.cases.describing import describe
from campaign.cases.finding import index_new, rows_for
from campaign.cases.indexed import TABLES
from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.database import db
from campaign.search import clear

AT_ONCE = 200


def reindex(tick: Callable[[int], object] = lambda _: None) -> int:
    """Write what every case is listed and found by anew; return how many there are. Commits nothing.

    `tick` is told how many cases were written since the last time.
    """
    clear(TABLES, db.session())
    numbers = db.session.scalars(select(Case.id).order_by(Case.id)).all()
    day = today()
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        cases = db.session.scalars(select(Case).where(Case.id.in_(some)).order_by(Case.id)).all()
        read = [(case, head(case)) for case in cases]
        for case, file in read:
            describe(case, file, file, day)
        db.session.flush()
        index_new((case, rows_for(file)) for case, file in read)
        tick(len(some))
    return len(numbers)

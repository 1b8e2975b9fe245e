"""Reindexing: rows and index of the desk rebuilt from the cases, to the bytes that a save would have written."""

from collections.abc import Callable

from sqlalchemy import select

from campaign.cases.file import FILES
from campaign.cases.index import TABLES, describe
from campaign.cases.models import Case
from campaign.cases.queries import index_new, rows_for
from campaign.cases.revisions import with_files
from campaign.clock import today
from campaign.database import db
from campaign.places.current import places_digest
from campaign.search import writing
from campaign.search.writing import clear

AT_ONCE = 200
# Raise it whenever the same case file gives another row or description: `flask init` then rebuilds the index.
CASES_VERSION = 2
MARK = "cases"


def reindex(tick: Callable[[int], object] = lambda _: None) -> int:
    """Write what every case is listed and found by anew; return how many there are. Commits nothing.

    `tick` is told how many cases were written since the last time.
    """
    clear(TABLES, db.session())
    numbers = db.session.scalars(select(Case.id).order_by(Case.id)).all()
    day = today()
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        # What can't be read stays in the worklist as it was, and is not found.
        read = list(with_files(Case.id.in_(some)))
        for case, file in read:
            describe(case, file, file, day)
        db.session.flush()
        index_new((case, rows_for(file)) for case, file in read)
        tick(len(some))
    writing.note(MARK, mark(), db.session())
    return len(numbers)


def is_due() -> bool:
    """Whether the desk's index was made by other code, of files of another format, or by other tables."""
    return writing.is_due(MARK, mark(), db.session())


def mark() -> str:
    """Return what the desk's index is made by now: a case is found by every place that its places lie in."""
    return writing.made_by(CASES_VERSION, FILES.newest, places_digest())

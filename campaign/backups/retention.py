"""Which copies are kept. A table of numbers, and one rule above it: nobody who was erased lives on in copies for long.

1. The newest copy is always kept.
2. A copy made before an erasure goes CAMPAIGN_BACKUP_ERASED_DAYS days after that erasure, whatever the numbers say. If
   the newest one is such a copy, a new one has to be written first: that is said.
3. Of the others the newest of each of the last days, weeks (from Monday) and months is kept, as many of each as
   CAMPAIGN_BACKUP_KEEP says; days, weeks and months without a copy do not count.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from campaign.audit.log import AuditRow
from campaign.backups.copies import Known
from campaign.database import db

ERASED = "case.erased"
PERIODS = ("%Y-%m-%d", "%G-%V", "%Y-%m")  # days, weeks, months: a copy is of one of each


def erasures() -> list[datetime]:
    """Return when somebody was erased."""
    return list(db.session.scalars(select(AuditRow.at).where(AuditRow.action == ERASED)))


def holds_erased(one: Known, erased_at: Iterable[datetime], *, now: datetime, days: int) -> bool:
    """Whether a copy is older than an erasure which is itself more than so many days ago."""
    limit = now - timedelta(days=days)
    return any(one.made_at <= at <= limit for at in erased_at)


def kept(every: Sequence[Known], numbers: Sequence[int], erased_at: Sequence[datetime], now: datetime, days: int
         ) -> list[Known]:  # fmt: skip
    """Return the copies to keep of all there are, newest first; `numbers` are how many days, weeks and months."""
    ordered = sorted(every, key=lambda one: one.made_at, reverse=True)
    may_stay = [one for one in ordered if not holds_erased(one, erased_at, now=now, days=days)]
    names = {one.name for one in ordered[:1]}
    for number, period in zip(numbers, PERIODS, strict=True):
        newest: dict[str, str] = {}
        for one in may_stay:
            newest.setdefault(f"{one.made_at:{period}}", one.name)
        names |= set(list(newest.values())[:number])
    return [one for one in ordered if one.name in names]

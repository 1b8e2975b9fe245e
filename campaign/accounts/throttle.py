"""How often somebody may be wrong: eight times in a quarter of an hour, over all factors together.

Counted under a keyed hash of the address as typed, whether anybody has it or not, so that nothing tells which
addresses exist. The window moves on by itself: nobody is locked out for good. No visitor's address is looked at.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select

from campaign.accounts.models import LoginFailure
from campaign.clock import now
from campaign.database import db
from campaign.web import keyring

MOST_FAILURES = 8
WINDOW = timedelta(minutes=15)


def subject_of(email: str) -> str:
    """Return under which failures of an address are counted."""
    return keyring().token("sign-in:" + email.strip().casefold())


def is_exhausted(subject: str) -> bool:
    """Whether there were too many failures of late."""
    query = select(func.count()).where(LoginFailure.subject == subject, LoginFailure.at > now() - WINDOW)
    return (db.session.scalar(query) or 0) >= MOST_FAILURES


def count_failure(subject: str) -> None:
    """Count one more failure, and forget those of yesterday."""
    db.session.execute(delete(LoginFailure).where(LoginFailure.at < now() - timedelta(days=1)))
    db.session.add(LoginFailure(subject=subject, at=now()))


def forget(subject: str) -> None:
    """Forget the failures of somebody who has shown both factors."""
    db.session.execute(delete(LoginFailure).where(LoginFailure.subject == subject))

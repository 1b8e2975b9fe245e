"""Server-side sessions: who is signed in is asked of the database at every request, so ending one ends it everywhere.

The cookie holds 256 random bits; the row holds their SHA-256. Thirty minutes without a request end a session,
twelve hours in any case.
"""

import hashlib
import logging
import secrets
from datetime import timedelta

from flask import request, session
from sqlalchemy import Update, delete, select, update
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import joinedload

from campaign.accounts.models import Account, SignInSession
from campaign.clock import now
from campaign.database import aside, db, is_reading

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
FRESH = timedelta(minutes=10)
POLL = "X-Poll"  # the header of what a page asks by itself: it keeps no session alive
COOKIE_KEY = "_user_id"  # where Flask-Login looks
log = logging.getLogger(__name__)


def digest(token: str) -> str:
    """Return under which a session's row is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(account: Account, *, is_emergency: bool = False) -> SignInSession:
    """Sign somebody in who has just shown both factors; whatever the cookie held before is gone."""
    session.clear()
    token = secrets.token_urlsafe(32)
    at = now()
    db.session.execute(delete(SignInSession).where(SignInSession.started_at < at - ABSOLUTE))
    row = SignInSession(token_hash=digest(token), account_id=account.id, started_at=at, used_at=at, proven_at=at)
    row.is_emergency = account.is_emergency = is_emergency
    db.session.add(row)
    session[COOKIE_KEY] = token
    return row


def current() -> SignInSession | None:
    """Return the row of this request's session while it holds, otherwise None."""
    token = session.get(COOKIE_KEY)
    return find(token) if isinstance(token, str) else None


def find(token: str) -> SignInSession | None:
    """Return the row of a token, None once it has ended, lain idle or grown old."""
    row = db.session.scalar(select(SignInSession).where(SignInSession.token_hash == digest(token)))
    return row if row is not None and _holds(row) else None


def _holds(row: SignInSession) -> bool:
    at = now()
    return at - row.used_at <= IDLE and at - row.started_at <= ABSOLUTE


def account_of(token: str) -> Account | None:
    """Return who is signed in by a token, with the roles held now; None for nobody. Asked by Flask-Login."""
    query = select(SignInSession, Account).join(Account, Account.id == SignInSession.account_id)
    # Asked at every request of the desk: the session, the account and its roles come in one statement.
    query = query.where(SignInSession.token_hash == digest(token)).options(joinedload(Account.grants))
    found = db.session.execute(query).unique().first()
    if found is None or not _holds(found[0]) or not found[1].is_active or not found[1].has_second_factor:
        return None
    if POLL not in request.headers:
        note_use(found[0])
    found[1].is_emergency = found[0].is_emergency
    found[1].session_ends_at = found[0].started_at + ABSOLUTE
    return found[1]


def note_use(row: SignInSession) -> None:
    """Keep when a session was last used, to the minute."""
    at = now()
    if at - row.used_at < timedelta(minutes=1):
        return
    statement = update(SignInSession).where(SignInSession.id == row.id).values(used_at=at)
    if is_reading():
        _note_aside(statement)
    else:
        db.session.execute(statement)


def _note_aside(statement: Update) -> None:
    try:
        with aside() as own:
            own.execute(statement)
    except (OperationalError, InternalError) as refusal:
        # A full disk must not close the desk to who only reads; a use that is not noted ends the session the sooner.
        log.warning("use of a session not noted: %s", type(refusal.orig).__name__)


def is_fresh(row: SignInSession | None) -> bool:
    """Whether a second factor was shown in this session in the last ten minutes."""
    return row is not None and now() - row.proven_at <= FRESH


def prove(row: SignInSession) -> None:
    """Keep that a factor was shown again, under a new token: the old cookie opens nothing any more."""
    token = secrets.token_urlsafe(32)
    row.token_hash, row.proven_at, row.used_at = digest(token), now(), now()
    session[COOKIE_KEY] = token


def of(account_id: int) -> list[SignInSession]:
    """Return an account's sessions that still hold, last used first."""
    at = now()
    query = select(SignInSession).where(
        SignInSession.account_id == account_id,
        SignInSession.used_at >= at - IDLE,
        SignInSession.started_at >= at - ABSOLUTE,
    )
    return list(db.session.scalars(query.order_by(SignInSession.used_at.desc())))


def end(account_id: int, session_id: int) -> bool:
    """End one session of an account; whether there was such a one."""
    ended = db.session.execute(
        delete(SignInSession).where(SignInSession.id == session_id, SignInSession.account_id == account_id)
    )
    return bool(ended.rowcount == 1)  # type: ignore[attr-defined]  # a DELETE's result has a row count


def end_all(account_id: int, *, but: int | None = None) -> None:
    """End every session of an account, except the one with the number `but`."""
    db.session.execute(
        delete(SignInSession).where(SignInSession.account_id == account_id, SignInSession.id != (but or 0))
    )

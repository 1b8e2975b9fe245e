"""The two steps of signing in, without pages: the password, then a code; counted, recorded, the same for everybody.

Throttling: eight failures in a quarter of an hour, over all factors together, counted under a keyed hash of the address
as typed, whether anybody has it or not, so that nothing tells which addresses exist. The window moves on by itself:
nobody is locked out for good. No visitor's address is looked at.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import session
from sqlalchemy import delete, func, select

from campaign.accounts import credentials, sessions
from campaign.accounts.models import Account, LoginFailure
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db, reading
from campaign.web.context import keyring

MOST_FAILURES = 8
WINDOW = timedelta(minutes=15)
PENDING = "first_step"
PENDING_FOR = timedelta(minutes=10)


def subject_of(email: str) -> str:
    """Return under which failures of an address are counted."""
    return keyring().token("sign-in:" + email.strip().casefold())


def is_throttled(subject: str) -> bool:
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


class TooOften(Exception):
    """Too many wrong tries of late; the window moves on by itself."""


@dataclass(frozen=True)
class Known:
    """What the first step needs of an account, read without keeping writers waiting."""

    id: int
    password_hash: str


def look_up(email: str) -> tuple[Known | None, bool]:
    """Return who has an address, and whether there were too many failures; holds no lock afterwards."""
    with reading():
        row = db.session.execute(
            select(Account.id, Account.password_hash).where(
                Account.email == email.strip().casefold(), Account.is_active
            )
        ).first()
        is_exhausted = is_throttled(subject_of(email))
        db.session.rollback()
    return (Known(row.id, row.password_hash) if row else None), is_exhausted


def password_step(email: str, password: str) -> bool:
    """Whether address and password belong together; the session then remembers the first step for ten minutes.

    Known and unknown addresses cost the same time and leave the same rows. Raises TooOften.
    """
    known, is_exhausted = look_up(email)
    is_right = credentials.matches(known.password_hash if known else "", password)
    if is_exhausted:
        raise TooOften
    if known is None or not is_right:
        fail(email, step="password")
        return False
    session.clear()
    session[PENDING] = {"account": known.id, "at": now().timestamp()}
    return True


def pending() -> Account | None:
    """Return who has taken the first step of late, None for nobody."""
    step = session.get(PENDING)
    if not isinstance(step, dict) or now().timestamp() - step["at"] > PENDING_FOR.total_seconds():
        return None
    account = db.session.get(Account, step["account"])
    return account if account is not None and account.is_active else None


def take_code(account: Account, code: str) -> bool:
    """Whether a code of the authenticator or a recovery code holds; it then holds no second time. Raises TooOften."""
    if is_throttled(subject_of(account.email)):
        raise TooOften
    typed = "".join(code.split())
    if typed.isdecimal() and len(typed) == 6:
        is_right = credentials.take(account.id, account.totp_sealed, typed)
    else:
        is_right = credentials.use(account.id, typed)
        if is_right:
            record("account.recovery_code_used", by=account.id, subject=f"account:{account.id}")
    if not is_right:
        fail(account.email, step="code")
    return is_right


def complete(account: Account) -> None:
    """Sign somebody in who has taken both steps."""
    sessions.begin(account)
    forget(subject_of(account.email))
    record("account.signed_in", by=account.id, subject=f"account:{account.id}")


def fail(email: str, *, step: str) -> None:
    """Count and record one wrong try, under a keyed hash of the address that was typed."""
    subject = subject_of(email)
    count_failure(subject)
    record("account.sign_in_failed", by=None, actor="nobody", subject=subject, details={"step": step})

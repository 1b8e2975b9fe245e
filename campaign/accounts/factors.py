"""The two steps of signing in, without pages: the password, then a code; counted, recorded, the same for everybody.

Throttling: eight tries in a quarter of an hour, each counted before it is judged, so that parallel ones overshoot
nothing. Passwords are counted by the address as typed and the visitor together, in memory: a stranger keeps nobody
else out, nothing tells which addresses exist, and nothing is written. Codes are counted by account (whoever tries one
knows the password), or by session where somebody is signed in. Each window ends by itself. The record gets the sum of
failures: one row an hour from the sweep, and one with each sign-in; what a process had not written when it stopped is
lost.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from threading import Lock

from flask import current_app, request, session
from sqlalchemy import delete, func, select

from campaign.accounts import credentials, sessions
from campaign.accounts.invitations import notify
from campaign.accounts.models import Account, LoginFailure, Notice
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db, reading
from campaign.ledger import writer
from campaign.web import limits
from campaign.web.context import keyring, settings

MOST_FAILURES = 8
WINDOW = timedelta(minutes=15)
PASSWORD_RATE = f"{MOST_FAILURES} per 15 minutes"
PENDING = "first_step"
PENDING_FOR = timedelta(minutes=10)
SUMMED_FOR = timedelta(hours=1)
KNOWS_PASSWORD = "Somebody who knows your password typed a wrong code. If it was not you, choose a new password."  # noqa: S105


class TooOften(Exception):
    """Too many wrong tries of late; the window moves on by itself."""


@dataclass
class Sum:
    """The failures that this process has not recorded yet, by step; `since` is when it last recorded some."""

    count: Counter[str] = field(default_factory=Counter)
    since: datetime | None = None
    lock: Lock = field(default_factory=Lock)


def note_failure(step: str) -> None:
    """Sum one more failure. Nothing is written: a stranger waits for no lock and keeps none."""
    total = _sum()
    with total.lock:
        total.count[step] += 1


def record_failures(*, every: timedelta = timedelta(0)) -> None:
    """Record what was summed, as one row, unless that was done within a time. The caller commits."""
    total = _sum()
    with total.lock:
        if total.since is not None and now() - total.since < every:
            return
        details: dict[str, object] = dict(sorted(total.count.items()))
        total.count.clear()
        total.since = now()
    if details:
        record("account.sign_in_failed", by=None, actor="nobody", details=details)


def _sum() -> Sum:
    total: Sum = current_app.extensions.setdefault("sign_in_failures", Sum())
    return total


def claim(subject: str) -> None:
    """Count a try at a code before it is judged; forget those of yesterday. Raises TooOften for one too many."""
    # One at a time, so that parallel tries are counted before any of them is judged.
    writer.take(db.session())
    db.session.execute(delete(LoginFailure).where(LoginFailure.at < now() - timedelta(days=1)))
    query = select(func.count()).where(LoginFailure.subject == subject, LoginFailure.at > now() - WINDOW)
    if (db.session.scalar(query) or 0) >= MOST_FAILURES:
        raise TooOften
    db.session.add(LoginFailure(subject=subject, at=now()))
    db.session.flush()


def forget(subject: str) -> None:
    """Forget the tries of somebody who was right."""
    db.session.execute(delete(LoginFailure).where(LoginFailure.subject == subject))


@dataclass(frozen=True)
class Known:
    """What the first step needs of an account, read without keeping writers waiting."""

    id: int
    password_hash: str


def look_up(email: str) -> Known | None:
    """Return who has an address; holds no lock afterwards."""
    with reading():
        is_theirs = (Account.email == email.strip().casefold(), Account.is_active)
        row = db.session.execute(select(Account.id, Account.password_hash).where(*is_theirs)).first()
        db.session.rollback()
    return Known(row.id, row.password_hash) if row else None


def password_step(email: str, password: str) -> bool:
    """Whether address and password belong together; the session then remembers the first step for ten minutes.

    Known and unknown addresses cost the same time and leave the same. Raises TooOften.
    """
    tries = (keyring().token("sign-in:" + email.strip().casefold()), limits.visitor_key())
    if not limits.take_one(PASSWORD_RATE, *tries):
        raise TooOften
    known = look_up(email)
    is_right = credentials.matches(known.password_hash if known else "", password)
    if known is None or not is_right:
        note_failure("password")
        return False
    limits.give_back(PASSWORD_RATE, *tries)
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


def take_code(account: Account, code: str, *, tries: str = "") -> bool:
    """Whether a code of the authenticator or a recovery code holds; it then holds no second time. Raises TooOften.

    Wrong ones are counted by account, or under `tries`. The caller commits, whatever the answer is.
    """
    subject = tries or f"code:{account.id}"
    claim(subject)
    typed = "".join(code.split())
    if typed.isdecimal() and len(typed) == 6:
        is_right = credentials.take(account.id, account.totp_sealed, typed)
    else:
        is_right = credentials.use(account.id, typed)
        if is_right:
            record("account.recovery_code_used", by=account.id, subject=f"account:{account.id}")
    if is_right:
        forget(subject)
    else:
        note_failure("code")
    return is_right


def warn_owner(account: Account) -> None:
    """Tell an account, once until it is read, that a wrong code came after its right password."""
    is_told = select(Notice.id).where(Notice.account_id == account.id, Notice.is_read.is_(False))
    if db.session.scalar(is_told.where(Notice.sentence == KNOWS_PASSWORD).limit(1)) is None:
        notify(account.id, KNOWS_PASSWORD)


def prove_again(account: Account, code: str) -> bool:
    """Whether a code shows that it is still the same person in this session; it is fresh then. Raises TooOften."""
    row = sessions.current()
    if row is None or not (asks_no_code() or take_code(account, code, tries=f"session:{row.id}")):
        return False
    sessions.prove(row)
    return True


def asks_no_code() -> bool:
    """Whether no code is asked for: in a demonstration, outside production, from the machine itself."""
    if not settings().is_demonstration or settings().production:
        return False
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - stands for nowhere


def complete(account: Account) -> None:
    """Sign somebody in who has taken both steps."""
    sessions.begin(account)
    record_failures()
    record("account.signed_in", by=account.id, subject=f"account:{account.id}")


def keep_authenticator(account: Account, secret: bytes, code: str, *, but: int | None = None) -> list[str]:
    """Tie an authenticator to an account with its first code, which holds no second time; return new recovery codes.

    What was there before ends: the old authenticator, its recovery codes, every session except the one numbered `but`.
    Returns none where the code is not the secret's. Wrong ones are counted by account; raises TooOften.
    """
    claim(f"set-up:{account.id}")
    step = credentials.step_of(secret, code)
    if step is None:
        return []
    forget(f"set-up:{account.id}")
    account.totp_sealed, account.totp_counter = keyring().seal(secret), step
    sessions.end_all(account.id, but=but)
    record("account.second_factor_set", by=account.id, subject=f"account:{account.id}")
    return credentials.make(account.id)

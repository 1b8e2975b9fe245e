"""The two steps of signing in, without pages: password, then passkey or code; counted, recorded, the same for all.

Throttling: eight tries in a quarter of an hour, each counted before it is judged, so that parallel ones overshoot
nothing. Passwords are counted by the address as typed and the visitor together, in memory: a stranger keeps nobody
else out, nothing tells which addresses exist, and nothing is written. Codes are counted by account (whoever tries one
knows the password), or by session where somebody is signed in. Each window ends by itself. The record gets the sum of
failures: one row an hour from the sweep, and one with each sign-in; what a process had not written when it stopped is
lost.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from threading import Lock

from flask import current_app, request, session
from sqlalchemy import delete, func, select

from campaign.accounts import credentials, passkeys, sessions
from campaign.accounts.invitations import notify, tell
from campaign.accounts.models import Account, LoginFailure, Notice, SignInSession
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
    return _judge(tries or f"code:{account.id}", lambda: _is_own(account, code))


def take_for_command(account: Account, code: str, deed: str, *, is_reset: bool = False) -> bool:
    """Whether a code holds for one command: one that the desk showed for it, or, where no passkey is due, one's own.

    Starting factors anew takes one's own code in any case: with the host of the desk its passkeys are lost.
    """
    takes_own = is_reset or not passkeys.is_due(account)
    return _judge(
        f"code:{account.id}",
        lambda: credentials.use_for_command(account.id, deed, code) or (takes_own and _is_own(account, code)),
    )


def _is_own(account: Account, code: str) -> bool:
    """Whether a code is of the account's authenticator, or a recovery code."""
    typed = "".join(code.split())
    if typed.isdecimal() and len(typed) == 6:
        return credentials.take(account.id, account.totp_sealed, typed)
    is_right = credentials.use(account.id, typed)
    if is_right:
        record("account.recovery_code_used", by=account.id, subject=f"account:{account.id}")
    return is_right


def _judge(subject: str, is_right_code: Callable[[], bool]) -> bool:
    """Whether a code is right; the try is counted before."""
    claim(subject)
    is_right = is_right_code()
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


def take_passkey(account: Account, sent: str, purpose: str) -> bool:
    """Whether what a browser sent shows a passkey of the account. The caller commits, whatever the answer is."""
    is_right = passkeys.take(account, sent, purpose)
    if not is_right:
        note_failure("passkey")
    return is_right


def prove_again(account: Account, code: str, passkey: str = "") -> bool:
    """Whether a passkey, or where none is due a code, shows the same person in this session; it is fresh then.

    Raises TooOften.
    """
    row = sessions.current()
    if row is None or not (asks_no_code() or _is_shown_again(account, row, code, passkey)):
        return False
    sessions.prove(row)
    return True


def _is_shown_again(account: Account, row: SignInSession, code: str, passkey: str) -> bool:
    if passkey:
        return take_passkey(account, passkey, "prove")
    return not passkeys.is_due(account) and take_code(account, code, tries=f"session:{row.id}")


def ways(account: Account) -> dict[str, bool]:
    """Return what the page of the second step needs to know: whether there is a passkey, and whether one is due."""
    return {"has_passkey": bool(passkeys.of(account.id)), "is_due": passkeys.is_due(account)}


def asks_no_code() -> bool:
    """Whether no code is asked for: in a demonstration, outside production, from the machine itself."""
    if not settings().is_demonstration or settings().production:
        return False
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - stands for nowhere


def complete(account: Account, *, is_emergency: bool = False) -> None:
    """Sign somebody in who has taken both steps; with a code where a passkey is due, for an emergency alone."""
    sessions.begin(account, is_emergency=is_emergency)
    record_failures()
    subject = f"account:{account.id}"
    if not is_emergency:
        record("account.signed_in", by=account.id, subject=subject)
        return
    record("account.emergency_opened", by=account.id, subject=subject)
    tell(
        account,
        f"{account.display_name[:80]} signed in with a code in place of a passkey: this session pauses and withdraws, "
        "and does nothing else. If it was not them, disable the account.",
    )


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
    if account.totp_sealed is None:
        account.factors_since = now()
    account.totp_sealed, account.totp_counter = keyring().seal(secret), step
    sessions.end_all(account.id, but=but)
    record("account.second_factor_set", by=account.id, subject=f"account:{account.id}")
    return credentials.make(account.id)

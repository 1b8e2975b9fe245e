"""Accounts after a restore: all are shut, and open again once a person has confirmed the list of people at the shell.

A copy knows an authenticator that was stolen since, a passkey that was removed, and people who have left. What the
register says was replaced or shut out after the copy stays so.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select

from campaign.accounts import invitations
from campaign.accounts.models import (
    Account,
    CommandCode,
    Invitation,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    SheetCode,
    SignInSession,
    UnconfirmedAccount,
)
from campaign.audit.log import record
from campaign.clock import now
from campaign.database import db

OPENS = (SignInSession, Invitation, CommandCode, PasskeyChallenge)
FACTORS = (RecoveryCode, Passkey, SheetCode)


def shut_all(*, replaced: Collection[int], shut: Collection[int], actor: str) -> int:
    """Shut every account until `confirm`, end whatever is open, and return how many sessions that were.

    Those of `replaced` lose the factors that the copy has; those of `shut` stay shut after the confirmation.
    """
    ended = db.session.scalar(select(func.count()).select_from(SignInSession)) or 0
    for table in OPENS:
        db.session.execute(delete(table))
    db.session.execute(delete(UnconfirmedAccount))
    for account in invitations.everyone():
        if account.id in replaced:
            _take_factors(account)
            record("account.factors_reset", by=None, actor=actor, subject=f"account:{account.id}")
        if account.is_active and account.id in shut:
            record("account.disabled", by=None, actor=actor, subject=f"account:{account.id}")
        elif account.is_active:
            waiting = UnconfirmedAccount(account_id=account.id, at=now(), lacks_factors=account.id in replaced)
            db.session.add(waiting)
        account.is_active = False
    db.session.flush()
    return ended


def _take_factors(account: Account) -> None:
    account.password_hash, account.totp_sealed = "", None
    for table in FACTORS:
        db.session.execute(delete(table).where(table.account_id == account.id))


def waiting() -> Sequence[tuple[Account, bool]]:
    """Return the accounts that wait to be confirmed, by address, each with whether it lost its factors."""
    query = select(Account, UnconfirmedAccount.lacks_factors).join(
        UnconfirmedAccount, UnconfirmedAccount.account_id == Account.id
    )
    return [(account, lacks) for account, lacks in db.session.execute(query.order_by(Account.email))]


def confirm(*, but: Collection[int] = (), actor: str) -> list[Account]:
    """Open the accounts that wait, those of `but` excepted, which stay disabled; return those that are open now."""
    opened = []
    for account, _ in waiting():
        account.is_active = account.id not in but
        if account.is_active:
            opened.append(account)
        action = "account.enabled" if account.is_active else "account.disabled"
        record(action, by=None, actor=actor, subject=f"account:{account.id}")
    db.session.execute(delete(UnconfirmedAccount))
    return opened

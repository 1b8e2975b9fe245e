"""Recovery codes: ten of 112 bits, shown once, kept as keyed hashes, each good for one sign-in."""

import secrets
from base64 import b32encode

from sqlalchemy import delete, func, select

from campaign.accounts.models import RecoveryCode
from campaign.database import db
from campaign.web import keyring

CODE_COUNT = 10


def make(account_id: int) -> list[str]:
    """Replace an account's codes by new ones and return them, for the one time they are shown."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [new_code() for _ in range(CODE_COUNT)]
    db.session.add_all(RecoveryCode(account_id=account_id, code_hash=key(code)) for code in codes)
    return codes


def new_code() -> str:
    """Return 112 random bits in groups of letters and digits."""
    letters = b32encode(secrets.token_bytes(14)).decode().rstrip("=")
    return "-".join(letters[start : start + 6] for start in range(0, len(letters), 6))


def key(code: str) -> str:
    """Return under which a code is found; case, spaces and dashes do not count."""
    return keyring().token("recovery:" + "".join(code.split()).replace("-", "").upper())


def use(account_id: int, code: str) -> bool:
    """Whether a code was one of the account's; it is gone afterwards. Of parallel tries exactly one holds."""
    used = db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.code_hash == key(code))
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # a DELETE's result has a row count


def left(account_id: int) -> int:
    """Return how many codes an account still has."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return db.session.scalar(query) or 0

"""What somebody proves themselves by: passwords, authenticators (TOTP), recovery codes; how they are kept and taken.

Passwords after ASVS 5.0, 6.2: at least 15 characters, at most 128, any characters, no composition rules; what a guesser
tries first (zxcvbn) and what mostly repeats the campaign or the person is refused. TOTP after RFC 6238, six digits, 30
seconds, each code taken exactly once. Recovery codes are ten of 112 bits, shown once, kept as keyed hashes.
"""

import hmac
import re
import secrets
import unicodedata
from base64 import b32encode
from datetime import timedelta
from functools import cache

import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import and_, delete, func, or_, select, update
from zxcvbn import zxcvbn

from campaign.accounts.models import Account, CommandCode, RecoveryCode
from campaign.clock import now
from campaign.database import db
from campaign.web.context import keyring, settings

SHORTEST, LONGEST = 15, 128
JUDGED, LEET, MOST_LEET = 40, frozenset("4@8({[<369!1|0$5+7%2"), 6
STEP_SECONDS = 30
CODE_COUNT = 10
FOR_A_COMMAND = timedelta(minutes=10)
_hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def normal(password: str) -> str:
    """Return a password so that the same characters typed on another keyboard are the same bytes."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _hasher.hash(normal(password))


def matches(password_hash: str, password: str) -> bool:
    """Whether a password is the one of a hash; an empty hash takes as long and never matches."""
    # Verified where there is no account, so that an unknown address takes as long as a known one; asked for first,
    # so that the first sign-in of a process, which makes it, takes as long for both.
    nobodys = _nobodys_hash()
    try:
        _hasher.verify(password_hash or nobodys, normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def context_words(account: Account) -> list[str]:
    """Return the words a guesser of this account's password would begin with, in lower case."""
    texts = (account.email, account.name, settings().name, settings().strapline, "byname password campaign")
    return sorted({word for text in texts for word in re.findall(r"\w{4,}", text.lower())}, key=len, reverse=True)


def refusal(password: str, account: Account) -> str:
    """Return a sentence that says why a password is not taken, or an empty one."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        return f"Use at least {SHORTEST} characters; four unrelated words are easy to remember."
    if len(plain) > LONGEST:
        return f"Use at most {LONGEST} characters."
    words = context_words(account)
    rest = plain.lower()
    for word in words:
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        return "This is mostly your own or the campaign's name. Use words that have nothing to do with either."
    if zxcvbn(_judged(plain), user_inputs=words)["score"] < 3:
        return "This would be guessed quickly. Use a few unrelated words, or a line that only you would write."
    return ""


def _judged(password: str) -> str:
    """Return the part of a password by which it is judged, such that judging it takes no second.

    What comes after the first forty characters can only make it better. zxcvbn tries every reading of the signs that
    may stand for letters ("p4$$w0rd"), 2^n for n of them: those beyond the first six are read as no letter.
    """
    part = password[:JUDGED]
    signs = [sign for sign in dict.fromkeys(part) if sign in LEET][MOST_LEET:]
    return part.translate({ord(sign): chr(0x2500 + number) for number, sign in enumerate(signs)})


def new_secret() -> bytes:
    """Return a fresh secret of 160 bits."""
    return secrets.token_bytes(20)


def generator(secret: bytes) -> TOTP:
    """Return what makes the codes of a secret."""
    return TOTP(secret, 6, SHA1(), STEP_SECONDS)  # noqa: S303 - authenticators know no other hash


def address(secret: bytes, account: Account) -> str:
    """Return the otpauth:// address that authenticators read."""
    return generator(secret).get_provisioning_uri(account.email, settings().name)


def picture(secret: bytes, account: Account) -> str:
    """Return the QR code of the address as a data: address of an SVG."""
    return str(segno.make(address(secret, account), error="m").svg_data_uri(border=2))


def readable(secret: bytes) -> str:
    """Return a secret as people type it: groups of four letters."""
    letters = b32encode(secret).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def step_of(secret: bytes, code: str) -> int | None:
    """Return the time step whose code this is, among the present one and its neighbours; None for none."""
    present = int(now().timestamp()) // STEP_SECONDS
    found = None
    for step in (present - 1, present, present + 1):
        expected = generator(secret).generate(step * STEP_SECONDS)
        if hmac.compare_digest(expected, code.encode(errors="replace")):
            found = step
    return found


def take(account_id: int, sealed: bytes | None, code: str) -> bool:
    """Whether a code is right and was never taken before. Of parallel tries with one code exactly one holds."""
    if sealed is None:
        return False
    step = step_of(keyring().unseal(sealed), code)
    if step is None:
        return False
    taken = db.session.execute(
        update(Account)
        .where(Account.id == account_id, Account.totp_counter < step)
        .values(totp_counter=step)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result has a row count


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


def short_code() -> str:
    """Return 60 random bits as three groups of four letters and digits, to be told or handed to somebody."""
    letters = b32encode(secrets.token_bytes(10)).decode()[:12]
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def key(code: str, kind: str = "recovery") -> str:
    """Return under which a code of a kind is found; case, spaces and dashes do not count."""
    return keyring().token(f"{kind}:" + "".join(code.split()).replace("-", "").upper())


def use(account_id: int, code: str) -> bool:
    """Whether a code was one of the account's; it is gone afterwards. Of parallel tries exactly one holds."""
    used = db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.code_hash == key(code))
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # a DELETE's result has a row count


def show_for_command(account_id: int, deed: str) -> str:
    """Return a code that holds once, within ten minutes, for one command; those shown before for it end."""
    ended = or_(CommandCode.until < now(), and_(CommandCode.account_id == account_id, CommandCode.deed == deed))
    db.session.execute(delete(CommandCode).where(ended))
    code = short_code()
    row = CommandCode(account_id=account_id, deed=deed, code_hash=key(code, "command"), until=now() + FOR_A_COMMAND)
    db.session.add(row)
    return code


def use_for_command(account_id: int, deed: str, code: str) -> bool:
    """Whether a code was shown to an account for this command; it is gone then. Of parallel tries exactly one holds."""
    theirs = (CommandCode.account_id == account_id, CommandCode.deed == deed, CommandCode.until >= now())
    used = db.session.execute(delete(CommandCode).where(*theirs, CommandCode.code_hash == key(code, "command")))
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # a DELETE's result has a row count


def left(account_id: int) -> int:
    """Return how many codes an account still has."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return db.session.scalar(query) or 0

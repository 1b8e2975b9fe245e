"""Passwords: how they are kept, and which are refused.

Rules after ASVS 5.0, 6.2: at least 15 characters, at most 128, any characters, no composition rules; what a
guesser tries first (zxcvbn) and what mostly repeats the campaign or the person is refused.
"""

import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from campaign.accounts.models import Account
from campaign.web.context import settings

SHORTEST, LONGEST = 15, 128
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
    # zxcvbn looks at 72 characters at most; what comes after can only make a password better.
    if zxcvbn(plain[:72], user_inputs=words)["score"] < 3:
        return "This would be guessed quickly. Use a few unrelated words, or a line that only you would write."
    return ""

"""References of cases: a prefix and five random digits, such as FXD-40718, never given twice.

A running number would tell how many cases are not public.
"""

import re
import secrets

from sqlalchemy import bindparam, text

from campaign.database import Instant, db, now

_SHAPE = re.compile(r"[A-Z]{2,8}-[0-9]{5}")
_ATTEMPTS = 2000
_CLAIM = text("INSERT INTO used_reference (ref, at) VALUES (:ref, :at) ON CONFLICT DO NOTHING").bindparams(
    bindparam("at", type_=Instant())
)


class NoReferenceLeft(Exception):
    """Nearly all of the 100,000 references of a prefix are used: set another CAMPAIGN_REF_PREFIX."""


def is_reference(words: str) -> bool:
    """Say whether words have the shape of a reference."""
    return _SHAPE.fullmatch(words) is not None


def new_reference(prefix: str) -> str:
    """Return a reference that was never given before, and claim it. Raises NoReferenceLeft."""
    for _ in range(_ATTEMPTS):
        ref = f"{prefix}-{secrets.randbelow(100_000):05d}"
        if claim(ref):
            return ref
    raise NoReferenceLeft(f"No free reference with the prefix {prefix} was found in {_ATTEMPTS} attempts.")


def claim(ref: str) -> bool:
    """Take a reference for good; return whether it was still free. Raises ValueError for another shape."""
    if not is_reference(ref):
        raise ValueError(f"{ref!r} is not a reference: it must be a prefix of capitals, a hyphen and five digits")
    # On PostgreSQL a rival's uncommitted claim makes this wait, so two never get the same one.
    result = db.session.execute(_CLAIM, {"ref": ref, "at": now()})
    return getattr(result, "rowcount", 0) == 1

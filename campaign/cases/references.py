"""References of cases: a prefix and five random digits, such as FXD-40718, never given twice.

A running number would tell how many cases are not public.
"""

import re
import secrets
from collections.abc import Callable

from sqlalchemy.dialects import postgresql, sqlite

from campaign.cases.models import UsedReference
from campaign.clock import now
from campaign.database import db

_SHAPE = re.compile(r"[A-Z]{2,8}-[0-9]{5}")
_ATTEMPTS = 2000
_Insert = Callable[[type[UsedReference]], postgresql.Insert | sqlite.Insert]
_INSERT: dict[str, _Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class NoReferenceLeft(Exception):
    """Nearly all of the 100,000 references of a prefix are used: set another CAMPAIGN_REF_PREFIX."""


def is_reference(words: str) -> bool:
    """Say whether words have the shape of a reference."""
    return _SHAPE.fullmatch(words) is not None


def new_references(prefix: str, count: int) -> list[str]:
    """Return `count` references that were never given before, and claim them. Raises NoReferenceLeft."""
    given: list[str] = []
    for _ in range(_ATTEMPTS):
        given += _claimed({f"{prefix}-{secrets.randbelow(100_000):05d}" for _ in range(count - len(given))})
        if len(given) == count:
            return given
    raise NoReferenceLeft(f"No free reference with the prefix {prefix} was found in {_ATTEMPTS} attempts.")


def claim(ref: str) -> bool:
    """Take a reference for good; return whether it was still free. Raises ValueError for another shape."""
    if not is_reference(ref):
        raise ValueError(f"{ref!r} is not a reference: it must be a prefix of capitals, a hyphen and five digits")
    return _claimed({ref}) == [ref]


def _claimed(refs: set[str]) -> list[str]:
    """Take references for good; return those that were still free."""
    # On PostgreSQL a rival's uncommitted claim makes this wait, so two never get the same one.
    insert = _INSERT[db.engine.dialect.name](UsedReference).on_conflict_do_nothing().returning(UsedReference.ref)
    at = now()
    return list(db.session.connection().execute(insert, [{"ref": ref, "at": at} for ref in sorted(refs)]).scalars())

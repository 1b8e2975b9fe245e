"""Fingerprints: what exactly somebody signed, so that a signature holds for that content and for no other.

A fingerprint is text: the format that it was taken in, the fields that it was taken of, the digest of their values. It
is compared in those fields. A field that a later format adds breaks none: it was empty for whoever signed, so it has to
be empty still.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from campaign.cases.classification import Row, default_of

# The format of new case files (campaign.cases.file), and so of new fingerprints.
FORMAT = "case/2"
# The format of a signature from before there were fingerprints: it was bound as it stood (case_upgrades).
CARRIED = "case/1"
# Who signed and when, and what the program keeps beside it: everything else of a row is what was signed.
ABOUT_SIGNING = frozenset({
    "id", "amends", "stated_by", "confirmed_by", "confirmed_on", "fingerprint", "needs_second", "second_signature",
    "second_on", "called_back", "second_fingerprint", "assessed_by", "assessed_on", "signed_by", "signed_on",
    "second_by",
})  # fmt: skip


def fingerprint(row: Row) -> str:
    """Return the fingerprint of what a row says now."""
    names = [name for name in row.__struct_fields__ if name not in ABOUT_SIGNING]
    return mark(FORMAT, {name: getattr(row, name) for name in names})


def mark(format_: str, values: Mapping[str, Any]) -> str:
    """Return the fingerprint of fields by name, as structs or as stored JSON has them."""
    return f"{format_} {','.join(values)} {_digest(list(values.values()))}"


def matches(row: Row, taken: str) -> bool:
    """Whether a row still says what a fingerprint was taken of. An empty one is that of nothing."""
    format_, _, rest = taken.partition(" ")
    listed, _, digest = rest.partition(" ")
    names = listed.split(",")
    if not format_ or not digest or any(name not in row.__struct_fields__ for name in names):
        return False
    later = set(row.__struct_fields__) - set(names) - ABOUT_SIGNING
    is_filled = any(getattr(row, name) != default_of(type(row), name) for name in later)
    return not is_filled and _digest([getattr(row, name) for name in names]) == digest


def is_carried(taken: str) -> bool:
    """Whether a signature was given before there were fingerprints."""
    return taken.startswith(f"{CARRIED} ")


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.to_builtins(values), order="sorted")).hexdigest()

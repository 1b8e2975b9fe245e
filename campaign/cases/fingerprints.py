"""Fingerprints: what exactly somebody signed, so that a signature holds for that content and for no other.

A fingerprint is text: the format that it was taken in, and the digest of the fields that were signed in that format. It
is compared in those. A field that a later format adds breaks none: it was empty for whoever signed, so it has to be
empty still.
"""

import hashlib
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


# What was signed of each kind of row, by format, in the order of the digest. A row of this table never changes.
_CONSENT_1 = (
    "about", "giver", "giver_kind", "basis", "relation", "obtained_by", "obtained_on", "how", "scopes", "limits",
    "address", "outside_reach", "until", "confirm_by", "state", "withdrawn_on", "reason", "form",
)  # fmt: skip
_DECISION_1 = ("kind", "text", "about", "scopes", "stands_on")
SIGNED: dict[str, dict[str, tuple[str, ...]]] = {
    CARRIED: {
        "Consent": _CONSENT_1,
        "Risk": ("to", "level", "concerns", "mitigation", "weighed", "review_by"),
        "Decision": _DECISION_1,
        "Perpetrator": ("name", "position", "deed"),
    },
    "case/2": {
        "Consent": (*_CONSENT_1, "form_name", "form_sha256"),
        "Risk": ("to", "level", "concerns", "mitigation", "weighed", "review_by"),
        "Decision": _DECISION_1,
        "Perpetrator": ("name", "position", "deed"),
        "Source": (
            "type", "title", "author", "publisher", "date", "url", "archive_url", "retrieved_on", "sha256", "language",
            "connection", "reliability", "is_confidential", "public_line",
        ),
    },
}  # fmt: skip


def fingerprint(row: Row) -> str:
    """Return the fingerprint of what a row says now."""
    return mark(FORMAT, [getattr(row, name) for name in _signed_of(row, FORMAT)])


def mark(format_: str, values: list[Any]) -> str:
    """Return the fingerprint of the values that are signed in a format, as structs or as stored JSON has them."""
    return f"{format_} {_digest(values)}"


def matches(row: Row, taken: str) -> bool:
    """Whether a row still says what a fingerprint was taken of. An empty one is that of nothing."""
    format_, _, digest = taken.partition(" ")
    names = _signed_of(row, format_) if digest else ()
    if not names or any(name not in row.__struct_fields__ for name in names):
        return False
    later = _fields_of(row) - set(names)
    is_filled = any(getattr(row, name) != default_of(type(row), name) for name in later)
    return not is_filled and _digest([getattr(row, name) for name in names]) == digest


def _signed_of(row: Row, format_: str) -> tuple[str, ...]:
    kinds = SIGNED.get(format_)
    if kinds is None and format_ == FORMAT:
        return tuple(sorted(_fields_of(row)))
    return (kinds or {}).get(type(row).__name__, ())


def _fields_of(row: Row) -> frozenset[str]:
    return frozenset(row.__struct_fields__) - ABOUT_SIGNING


def is_carried(taken: str) -> bool:
    """Whether a signature was given before there were fingerprints."""
    return taken.startswith(f"{CARRIED} ")


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.to_builtins(values), order="sorted")).hexdigest()

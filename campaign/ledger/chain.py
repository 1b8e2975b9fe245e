"""Digests and the hash chain of the ledger, as an outsider can verify them by /api/v1/ledger (verification.py)."""

import hashlib
from datetime import UTC, datetime

from campaign import hashchain
from campaign.formats import Damaged, UnknownFormat
from campaign.ledger import documents
from campaign.ledger.documents import RESTORATIONS, WITHDRAWALS, Restoration, Withdrawal, encode
from campaign.ledger.models import Entry


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of a body in hex. Its salt keeps others from guessing a body that is gone."""
    return hashlib.sha256(body).hexdigest()


def require_whole(body: bytes, digest: str, name: str) -> None:
    """Raise Damaged, naming the document, where a body is not what its entry says was published."""
    if digest_of(body) != digest:
        raise Damaged(f"The document of {name} is damaged: it does not match its digest.")


def document_of(body: bytes, digest: str, name: str) -> documents.Profile:
    """Return the profile of a body that is what its entry says was published. Raises formats.UnreadableDocument."""
    require_whole(body, digest, name)
    return documents.profile(body, name)


def name_of(ref: str, number: int) -> str:
    """Return what a published document is called where it can't be read."""
    return f"{ref}, entry {number}"


def instant(at: datetime) -> str:
    """Return an instant as headers and documents write it: "2026-05-04T10:20:30Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def link(before: str, entry: Entry) -> str:
    """Return the chain value of an entry, after one whose value is `before`."""
    return hashchain.link(before, covered_by(entry))


def covered_by(entry: Entry) -> dict[str, object]:
    """Return what the chain covers of an entry: its header, and through the digest its body."""
    return {
        "number": entry.number,
        "kind": entry.kind,
        "subject": entry.subject,
        "ref": entry.ref,
        "audience": entry.audience,
        "format": entry.format,
        "at": instant(entry.at),
        "digest": entry.digest,
    }


def withdrawal_body(entry: Entry) -> bytes:
    """Return the body of a withdrawal. It needs no row and no salt: its header tells everything that it says.

    Raises UnknownFormat. The bytes are written anew each time: a next format must leave this one's writer in place.
    """
    if entry.format != WITHDRAWALS.newest:
        raise UnknownFormat(f"Entry {entry.number} has the format {entry.format}, which this version does not know.")
    withdrawal = Withdrawal(ref=entry.ref, number=entry.number, at=entry.at, merged_into=entry.merged_into)
    return encode(withdrawal)


def restoration_body(entry: Entry) -> bytes:
    """Return the body of an entry that says that a copy was put back; as `withdrawal_body`. Raises UnknownFormat."""
    if entry.format != RESTORATIONS.newest:
        raise UnknownFormat(f"Entry {entry.number} has the format {entry.format}, which this version does not know.")
    return encode(Restoration(ref=entry.ref, number=entry.number, at=entry.at))


BODIES = {"withdraw": withdrawal_body, "restored": restoration_body}

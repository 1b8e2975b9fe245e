"""Digests and the hash chain of the ledger, verified as an outsider can verify them by /api/v1/ledger."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from campaign import hashchain
from campaign.database import db
from campaign.formats import Damaged, UnknownFormat
from campaign.hashchain import Walk
from campaign.ledger import documents
from campaign.ledger.documents import PROFILES, WITHDRAWALS, Withdrawal, encode
from campaign.ledger.models import Body, Entry, Listing


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


KNOWN = {*PROFILES.every, *WITHDRAWALS.every}


@dataclass(frozen=True)
class Verification:
    """What a walk over all entries found; `faults` holds a sentence for each thing that is wrong."""

    entry_count: int
    body_count: int
    chain: str
    faults: tuple[str, ...]


def verify() -> Verification:
    """Walk all entries in order and name each that was changed, removed, slipped in, or says too much.

    A body may be gone; one that is there must match its digest, and a withdrawn ref must have none.
    """
    faults: list[str] = []
    walk, bodies = Walk("entry"), 0
    newest = _newest_kinds()
    query = select(Entry, Body.body).outerjoin(Body, Body.number == Entry.number).order_by(Entry.number)
    for entry, body in db.session().execute(query.execution_options(yield_per=500)):
        bodies += body is not None
        faults += walk.faults_of(entry.number, entry.chain, covered_by(entry))
        faults += _faults_of_body(entry, body, newest.get((entry.subject, entry.ref), (0, "")))
    return Verification(walk.count, bodies, walk.chain, tuple(faults + _faults_of_listing(newest)))


def _newest_kinds() -> dict[tuple[str, str], tuple[int, str]]:
    newest = select(func.max(Entry.number)).group_by(Entry.subject, Entry.ref).scalar_subquery()
    query = select(Entry.subject, Entry.ref, Entry.number, Entry.kind).where(Entry.number.in_(newest))
    return {(subject, ref): (number, kind) for subject, ref, number, kind in db.session().execute(query)}


def _faults_of_body(entry: Entry, body: bytes | None, newest: tuple[int, str]) -> list[str]:
    if entry.format not in KNOWN:
        return [f"Entry {entry.number} has the format {entry.format}, which this version does not know: update it."]
    if entry.kind == "withdraw":
        body = withdrawal_body(entry)
    elif body is not None and newest[1] == "withdraw":
        return [f"Entry {entry.number} still has its body, though {entry.ref} is withdrawn."]
    elif body is None and newest == (entry.number, "publish"):
        return [f"Entry {entry.number} has no body, though {entry.ref} is public."]
    if body is not None and digest_of(body) != entry.digest:
        return [f"The body of entry {entry.number} does not match its digest: it was changed."]
    return []


def _faults_of_listing(newest: dict[tuple[str, str], tuple[int, str]]) -> list[str]:
    listed = {row.ref: row.number for row in db.session().execute(select(Listing.ref, Listing.number))}
    public = {ref: number for (subject, ref), (number, kind) in newest.items() if kind == "publish"}
    wrong = sorted(ref for ref in listed.keys() | public.keys() if listed.get(ref) != public.get(ref))
    return [f"The listing shows another state of {ref} than the ledger: run `flask ledger reindex`." for ref in wrong]

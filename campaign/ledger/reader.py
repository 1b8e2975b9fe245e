"""What is public now. Everything that the world sees is read here or in the modules beside it.

"Public" means: listed, and not past the instant that ends its consent. Readers keep to that clock by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from campaign.clock import now
from campaign.database import Instant, db
from campaign.ledger import chain, documents
from campaign.ledger.models import Body, Entry, Listing, ListingFacet, PublicUntil, ShownImage


@dataclass(frozen=True)
class Merged:
    """The state of a ref whose person is told of under another one."""

    ref: str


State = Literal["public", "withdrawn", "unknown"] | Merged


@dataclass(frozen=True)
class Version:
    """One publication of a profile whose body the world may still have."""

    number: int
    at: datetime
    profile: documents.Profile


def head() -> int:
    """Return the number of the newest entry, 0 for an empty ledger."""
    return db.session().scalar(select(func.max(Entry.number))) or 0


def is_current(ref: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Return the condition that a listed ref is not past the end of its consent."""
    return ~exists(select(PublicUntil.ref).where(PublicUntil.ref == ref, PublicUntil.until <= now()))


def newest_entry(ref: str) -> Entry | None:
    """Return the newest entry of a profile's ref, whatever its kind."""
    query = select(Entry).where(Entry.subject == "profile", Entry.audience == "public", Entry.ref == ref)
    return db.session().scalar(query.order_by(Entry.number.desc()).limit(1))


class Stored(NamedTuple):
    """The bytes of a profile as they were published, the number of their entry, and their digest."""

    body: bytes
    number: int
    digest: str


_MOMENT = bindparam("moment", type_=Instant())
_has_ended = exists(select(PublicUntil.ref).where(PublicUntil.ref == Listing.ref, PublicUntil.until <= _MOMENT))
_STORED = (
    select(Body.body, Entry.number, Entry.digest)
    .join(Listing, Listing.number == Body.number)
    .join(Entry, Entry.number == Body.number)
    .where(Listing.ref == bindparam("ref"), ~_has_ended)
)


def stored(ref: str) -> Stored | None:
    """Return a profile as it was published, None unless it is public now. Raises formats.Damaged for other bytes."""
    found = db.session().execute(_STORED, {"ref": ref, "moment": now()}).one_or_none()
    if found is None:
        return None
    chain.require_whole(found.body, found.digest, chain.name_of(ref, found.number))
    return Stored(*found)


def profile_body(ref: str) -> bytes | None:
    """Return the bytes of a profile as they were published, None unless it is public now."""
    found = stored(ref)
    return found.body if found is not None else None


def _listed(ref: str) -> Select[int]:
    return select(Listing.number).where(Listing.ref == ref, is_current(Listing.ref))


def profile(ref: str) -> documents.Profile | None:
    """Return a profile, None unless it is public now. Raises formats.UnreadableDocument."""
    found = stored(ref)
    return documents.profile(found.body, chain.name_of(ref, found.number)) if found is not None else None


def profiles(refs: Iterable[str]) -> dict[str, documents.Profile]:
    """Return those of several profiles that are public now, by reference, read in one statement."""
    wanted = set(refs)
    query = select(Listing.ref, Body.body).join(Body, Body.number == Listing.number)
    query = query.where(Listing.ref.in_(wanted), is_current(Listing.ref))
    return {ref: documents.profile(body) for ref, body in db.session().execute(query)} if wanted else {}


def ref_of(slug: str) -> str:
    """Return the reference at the head of an address: letters, hyphen, five digits; "" where there is none."""
    parts = slug.split("-", 2)
    return "-".join(parts[:2]).upper() if len(parts) > 1 else ""


def state(ref: str) -> State:
    """Return whether a ref is public, was and is not, was merged into another, or was never heard of."""
    if db.session().scalar(_listed(ref)) is not None:
        return "public"
    entry = newest_entry(ref)
    if entry is None:
        return "unknown"
    return Merged(entry.merged_into) if entry.merged_into else "withdrawn"


def ref_of_outside_id(value: str) -> str | None:
    """Return the ref of the public profile that shows an outside id, written "scheme:value"."""
    query = select(ListingFacet.ref).where(ListingFacet.facet == "outside_id", ListingFacet.value == value)
    return db.session().scalar(query.where(is_current(ListingFacet.ref)).order_by(ListingFacet.ref).limit(1))


def shown_by(digest: str) -> str | None:
    """Return a ref whose public profile shows the picture copy of this digest; None: nothing of it may be served."""
    query = select(ShownImage.ref).where(ShownImage.digest == digest, is_current(ShownImage.ref))
    return db.session().scalar(query.order_by(ShownImage.ref).limit(1))


def history(ref: str) -> list[Version]:
    """Return the publications of a profile that is public now, newest first, as far as their bodies remain."""
    if state(ref) != "public":
        return []
    query = (
        select(Entry.number, Entry.at, Body.body)
        .join(Body, Body.number == Entry.number)
        .where(Entry.subject == "profile", Entry.audience == "public", Entry.ref == ref)
        .order_by(Entry.number.desc())
    )
    found = db.session().execute(query)
    return [Version(number, at, documents.profile(body, chain.name_of(ref, number))) for number, at, body in found]


def next_version(ref: str) -> int:
    """Return the version that the next publication of a ref has: publications are counted, withdrawals are not."""
    published = (Entry.subject == "profile", Entry.ref == ref, Entry.kind == "publish")
    return (db.session().scalar(select(func.count()).select_from(Entry).where(*published)) or 0) + 1

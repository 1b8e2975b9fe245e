"""The change feed of the ledger: the newest entry of each subject, and the headers of all entries.

With the headers outsiders can reckon the chain themselves. No header names anybody.
"""

from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased

from campaign.clock import now
from campaign.database import Instant, db
from campaign.ledger import chain, reader
from campaign.ledger.models import Body, Entry, PublicUntil


class Header(TypedDict):
    """What the chain covers of an entry, the chain value itself, and for a merge the ref to read on at."""

    number: int
    kind: str
    subject: str
    ref: str
    audience: str
    format: str
    at: str
    digest: str
    chain: str
    merged_into: str | None


def after(number: int, limit: int) -> list[Header]:
    """Return the headers above a number, oldest first, at most `limit`."""
    query = select(Entry).where(Entry.number > number).order_by(Entry.number).limit(limit)
    return [
        Header(
            number=entry.number,
            kind=entry.kind,
            subject=entry.subject,
            ref=entry.ref,
            audience=entry.audience,
            format=entry.format,
            at=chain.instant(entry.at),
            digest=entry.digest,
            chain=entry.chain,
            merged_into=entry.merged_into,
        )
        for entry in db.session().scalars(query)
    ]


# Made once: to put it together costs as much as to answer it.
_later = aliased(Entry)
_is_replaced = exists(
    select(_later.number).where(
        _later.subject == Entry.subject,
        _later.ref == Entry.ref,
        _later.audience == Entry.audience,
        _later.number > Entry.number,
    )
)
_has_ended = (PublicUntil.ref == Entry.ref) & (PublicUntil.until <= bindparam("moment", type_=Instant()))
_NEWEST = (
    select(Entry, Body.body, PublicUntil.ref)
    .outerjoin(Body, Body.number == Entry.number)
    .outerjoin(PublicUntil, _has_ended)
    .where(Entry.number > bindparam("since"), Entry.number <= bindparam("head"))
    .where(Entry.audience == "public", ~_is_replaced)
    .order_by(Entry.number)
    .limit(bindparam("limit"))
)


class Ahead(Exception):
    """A follower knows of an entry that this ledger does not have: it must start again from 0."""


@dataclass(frozen=True)
class Change:
    """One subject's newest entry; `body` is None for a withdrawal, and where it is not what was published."""

    number: int
    kind: str
    subject: str
    ref: str
    at: str
    merged_into: str | None
    body: bytes | None
    is_damaged: bool = False


@dataclass(frozen=True)
class Changes:
    """A page of changes, the number to ask for next, and the ledger's head when it was read."""

    changes: list[Change]
    next: int
    head: int


def since(number: int, limit: int) -> Changes:
    """Return the newest entry of each subject above `number`, at most `limit` of them.

    A profile whose consent has ended by the clock is told as a withdrawal, before its entry is even written.
    Raises Ahead for a number above the head.
    """
    head = reader.head()
    if number > head:
        raise Ahead(f"Entry {number} is not in this ledger, whose head is {head}; start again from 0.")
    asked = {"since": number, "head": head, "moment": now(), "limit": limit}
    found = [_change(entry, body, ended is not None) for entry, body, ended in db.session().execute(_NEWEST, asked)]
    return Changes(found, next=found[-1].number if len(found) == limit else head, head=head)


def _change(entry: Entry, body: bytes | None, has_ended: bool) -> Change:
    is_withdrawn = entry.kind == "withdraw" or has_ended
    is_damaged = not is_withdrawn and body is not None and chain.digest_of(body) != entry.digest
    return Change(
        number=entry.number,
        kind="withdraw" if is_withdrawn else "publish",
        subject=entry.subject,
        ref=entry.ref,
        at=chain.instant(entry.at),
        merged_into=entry.merged_into,
        body=None if is_withdrawn or is_damaged else body,
        is_damaged=is_damaged,
    )

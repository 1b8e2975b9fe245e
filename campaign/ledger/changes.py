"""The change feed of the ledger: the newest entry of each subject, and the headers of all entries.

With the headers outsiders can reckon the chain themselves. No header names anybody.
"""

from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased

from campaign.clock import now
from campaign.database import Instant, db
from campaign.ledger import chain
from campaign.ledger.models import Body, Entry, LedgerIdentity, PublicUntil


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
    .where(Entry.kind != "restored", Entry.audience == "public", ~_is_replaced)
    .order_by(Entry.number)
    .limit(bindparam("limit"))
)


# In one statement: the head, the ledger's id, and whether the follower's number is in this ledger.
_STAND = select(
    select(func.max(Entry.number)).scalar_subquery(),
    select(LedgerIdentity.ledger_id).where(LedgerIdentity.name == "ledger").scalar_subquery(),
    exists(select(Entry.number).where(Entry.number == bindparam("number"))),
)


class StartAgain(Exception):
    """A follower knows an entry that this ledger does not have, or follows what it was before a copy was put back."""


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
    """A page of changes, the number to ask for next, the ledger's head when it was read, and the ledger's id."""

    changes: list[Change]
    next: int
    head: int
    ledger_id: str


def since(number: int, limit: int, *, ledger_id: str = "") -> Changes:
    """Return the newest entry of each subject above `number`, at most `limit` of them.

    A profile whose consent has ended by the clock is told as a withdrawal, before its entry is even written.
    `ledger_id` is what the follower was given beside the number, "" for one that keeps no id. Raises StartAgain for
    another id, and for a number that this ledger does not have: above the head, or lost when a copy was put back.
    """
    found = db.session.execute(_STAND, {"number": number}).one()
    head, here, is_there = found[0] or 0, found[1] or "", found[2]
    if ledger_id and ledger_id != here:
        raise StartAgain(
            "This ledger was put back from a copy since you asked. Start again from 0 without ledger_id, and delete "
            "of your copies whatever the ledger does not show now."
        )
    if number and not is_there:
        raise StartAgain(
            f"Entry {number} is not in this ledger, whose head is {head}; start again from 0, and delete of your "
            "copies whatever the ledger does not show now."
        )
    asked = {"since": number, "head": head, "moment": now(), "limit": limit}
    rows = [_change(entry, body, ended is not None) for entry, body, ended in db.session().execute(_NEWEST, asked)]
    return Changes(rows, next=rows[-1].number if len(rows) == limit else head, head=head, ledger_id=here)


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

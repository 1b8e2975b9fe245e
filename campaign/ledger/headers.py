"""The headers of all entries, so that outsiders can reckon the chain themselves. No header names anybody."""

from typing import TypedDict

from sqlalchemy import select

from campaign.database import db
from campaign.ledger import chain
from campaign.ledger.models import Entry


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

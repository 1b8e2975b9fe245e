"""Fills a ledger in large batches: the rows that the writer would make, without asking what was there before.

Not the index of the search, which takes longer than all the rest and which nothing here asks. As a program it fills
the home that the environment names: `python -m bench.filling 100000`.
"""

from collections.abc import Iterator
from itertools import islice
from sys import argv

from sqlalchemy import Connection, func, insert, select

from app import create_app
from bench.people import profiles
from campaign.clock import now
from campaign.database import db
from campaign.hashchain import START
from campaign.ledger import chain
from campaign.ledger.browse import card_of, encode_card, facets_of
from campaign.ledger.documents import PROFILES, Profile, encode
from campaign.ledger.models import Body, Entry, Listing, ListingCard, ListingFacet
from campaign.ledger.writer import SUBJECT, position_of

BATCH = 2_000


def fill(total: int) -> None:
    """Bring the ledger to `total` published profiles, chained and listed, each committed with its batch."""
    with db.engine.begin() as connection:
        count = connection.scalar(select(func.count()).select_from(Entry)) or 0
    for _ in add_batches(islice(profiles(total), count, None)):
        pass


def add_batches(coming: Iterator[Profile]) -> Iterator[list[tuple[int, Profile]]]:
    """Publish people, yielding those of each batch that is committed with the numbers of their entries."""
    while batch := list(islice(coming, BATCH)):
        with db.engine.begin() as connection:
            numbers = _add(connection, batch)
        yield list(zip(numbers, batch, strict=True))


def _add(connection: Connection, batch: list[Profile]) -> list[int]:
    entries, written = [], list(_entries(connection, batch))
    for entry, _, _ in written:
        entries.append({column.key: getattr(entry, column.key) for column in Entry.__table__.columns})
    connection.execute(insert(Entry), entries)
    connection.execute(insert(Body), [{"number": entry.number, "body": body} for entry, body, _ in written])
    connection.execute(insert(Listing), [_listed(entry.number, person) for entry, _, person in written])
    connection.execute(insert(ListingCard), [{"ref": one.ref, "card": encode_card(card_of(one))} for one in batch])
    connection.execute(insert(ListingFacet), [facet for person in batch for facet in _facets(person)])
    return [entry.number for entry, _, _ in written]


def _entries(connection: Connection, batch: list[Profile]) -> Iterator[tuple[Entry, bytes, Profile]]:
    newest = connection.execute(select(Entry.number, Entry.chain).order_by(Entry.number.desc()).limit(1)).first()
    number, before = (newest.number, newest.chain) if newest else (0, START)
    at = now().replace(microsecond=0)
    for person in batch:
        number, body = number + 1, encode(person)
        entry = Entry(
            number=number, kind="publish", subject=SUBJECT, ref=person.ref, audience="public", format=PROFILES.newest,
            at=at, merged_into=None, digest=chain.digest_of(body), chain="",
        )  # fmt: skip
        before = entry.chain = chain.link(before, entry)
        yield entry, body, person


def _listed(number: int, person: Profile) -> dict[str, object]:
    return {
        "ref": person.ref,
        "number": number,
        "slug": person.slug,
        "display_name": person.display_name,
        "position": position_of(person),
        "first_published_at": person.first_published_at,
        "published_at": person.published_at,
    }


def _facets(person: Profile) -> list[dict[str, str]]:
    position = position_of(person)
    return [
        {"facet": facet, "value": value, "position": position, "ref": person.ref} for facet, value in facets_of(person)
    ]


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(argv[1]))

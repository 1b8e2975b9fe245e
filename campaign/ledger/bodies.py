"""The stored bytes of what is public, a page or everything at a time. Nothing is parsed on the way out."""

from collections.abc import Iterator

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import aliased

from campaign.database import db, reading
from campaign.ledger import reader
from campaign.ledger.models import Body, Listing, ListingFacet

BATCH_SIZE = 500


def page(after: str, limit: int, *, status: str = "") -> tuple[list[bytes], str | None]:
    """Return the bodies that follow a ref, in order of refs, and the ref to ask on from (None: that was all)."""
    query = select(Listing.ref, Body.body).join(Body, Body.number == Listing.number)
    query = query.where(Listing.ref > after, reader.is_current(Listing.ref)).order_by(Listing.ref).limit(limit + 1)
    if status:
        row = aliased(ListingFacet)
        has_it = select(row.ref).where(row.facet == "status", row.value == status, row.ref == Listing.ref)
        query = query.where(exists(has_it))
    rows = db.session().execute(query).all()
    return [body for _, body in rows[:limit]], rows[limit - 1].ref if len(rows) > limit else None


def every_batch(engine: Engine) -> Iterator[list[bytes]]:
    """Yield every public body in the order of publication, 500 at a time.

    Each batch is a short transaction of its own: a slow reader holds nothing, and whoever is withdrawn
    while an export runs is left out of the batches still to come.
    """
    last = 0
    while True:
        query = reader.public_bodies().where(Body.number > last).order_by(Body.number).limit(BATCH_SIZE)
        with reading(), engine.connect() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].number
        yield [row.body for row in rows]

"""The stored bytes of what is public, a page or everything at a time. Nothing is parsed on the way out."""

from collections.abc import Iterator

from sqlalchemy import Engine, bindparam, exists, select
from sqlalchemy.orm import aliased

from campaign.database import Instant, db, now, reading
from campaign.ledger import reader
from campaign.ledger.models import Body, Listing, ListingFacet, PublicUntil

BATCH_SIZE = 500
# Who has reached the end of a consent is looked up once a batch, and the listing only through its index by number:
# asked row by row, the two cost as much as reading the bodies.
_ended = (
    select(Listing.number)
    .join(PublicUntil, PublicUntil.ref == Listing.ref)
    .where(PublicUntil.until <= bindparam("moment", type_=Instant()))
)
_batch = (
    select(Body.number, Body.body)
    .where(Body.number > bindparam("last"), exists().where(Listing.number == Body.number), Body.number.not_in(_ended))
    .order_by(Body.number)
    .limit(BATCH_SIZE)
)


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
        with reading(), engine.connect() as connection:
            rows = connection.execute(_batch, {"last": last, "moment": now()}).all()
        if not rows:
            return
        last = rows[-1][0]
        yield [body for _, body in rows]

"""The stored bytes of what is public, a page or everything at a time. Nothing is parsed on the way out."""

from collections.abc import Iterator

from sqlalchemy import Engine, bindparam, exists, select
from sqlalchemy.orm import aliased

from campaign.database import Instant, db, now, reading
from campaign.ledger import reader
from campaign.ledger.models import Body, Listing, ListingFacet, PublicUntil

RUN = 5_000  # bodies read in one short transaction: a slow reader holds no longer one
BATCH = 64  # bodies handed on at a time: what fits the processor's cache costs half as much to join
_ended = (
    select(Listing.number)
    .join(PublicUntil, PublicUntil.ref == Listing.ref)
    .where(PublicUntil.until <= bindparam("moment", type_=Instant()))
)
_RUN_SQL = (
    "SELECT l.number, b.body FROM listing l {join} JOIN ledger_body b ON b.number = l.number "
    "WHERE l.number > {mark} ORDER BY l.number LIMIT {mark}"
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
    """Yield every public body in the order of publication, 64 at a time.

    Read below the toolkit, because a row object costs as much as the bytes it carries. Each run is a short
    transaction of its own: whoever is withdrawn while an export goes on is left out of the runs still to come.
    """
    # SQLite would begin with the bodies and look up the listing; CROSS JOIN keeps the order as written.
    on_sqlite = engine.dialect.name == "sqlite"
    sql = _RUN_SQL.format(join="CROSS" if on_sqlite else "", mark="?" if on_sqlite else "%s")
    last = 0
    while True:
        with reading(), engine.connect() as connection:
            ended = set(connection.scalars(_ended, {"moment": now()}))
            cursor = connection.connection.cursor()
            cursor.execute(sql, (last, RUN))
            count = 0
            while rows := cursor.fetchmany(BATCH):
                count += len(rows)
                last = rows[-1][0]
                yield [row[1] for row in rows if row[0] not in ended] if ended else [row[1] for row in rows]
            cursor.close()
        if count < RUN:
            return

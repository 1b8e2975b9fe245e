"""The stored bytes of published documents, a page or everything at a time. Nothing is parsed on the way out.

A page is compared with the digests of the ledger. Everything at a time is not: that costs as much as the reading, and
whoever takes it can compare (/api/v1/ledger).
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, func, select

from campaign.clock import now
from campaign.database import Instant, db, reading
from campaign.ledger import chain, facet_index, reader
from campaign.ledger.models import Body, Entry, Listing, PublicUntil

RUN_BYTES = 2_000_000  # read in one short transaction
RUN_ROWS = 1_000
BATCH = 64  # bodies handed on at a time: what fits the processor's cache costs half as much to join
STALE_SECONDS = 1.0  # what was read longer ago is read again before it is handed out
Rows = Sequence[Sequence[Any]]  # number and body, as the driver gives them
_ended = (
    select(Listing.number)
    .join(PublicUntil, PublicUntil.ref == Listing.ref)
    .where(PublicUntil.until <= bindparam("moment", type_=Instant()))
)
_RUN_SQL = (
    "SELECT l.number, b.body FROM listing l {join} JOIN ledger_body b ON b.number = l.number "
    "WHERE l.number > {mark} ORDER BY l.number LIMIT {mark}"
)


class Some(NamedTuple):
    """The bodies of some people in order, without those whose bytes are not what was published: these are named."""

    bodies: list[bytes]
    damaged: list[str]


def page(after: str, limit: int, filters: Mapping[str, str] | None = None) -> tuple[Some, str | None]:
    """Return the bodies that follow a ref, in order of refs, and the ref to ask on from (None: that was all).

    With filters those alone who have every value of them (facet to value, see facet_index.FILTERS).
    """
    if filters:
        return _chosen(after, limit, filters)
    query = select(Listing.ref, Body.body, Entry.digest).join(Body, Body.number == Listing.number)
    query = query.join(Entry, Entry.number == Body.number)
    query = query.where(Listing.ref > after, reader.is_current(Listing.ref)).order_by(Listing.ref).limit(limit + 1)
    rows = db.session().execute(query).all()
    return _told(rows[:limit]), rows[limit - 1].ref if len(rows) > limit else None


def _chosen(after: str, limit: int, filters: Mapping[str, str]) -> tuple[Some, str | None]:
    people = facet_index.current()
    shown = select(func.count()).select_from(Listing).where(Listing.ref <= after, reader.is_current(Listing.ref))
    start = db.session().scalar(shown) or 0
    found = (number for number in people.in_order_of_refs(filters) if people.ranks[number] >= start)
    numbers = list(islice(found, limit + 1))
    last = select(Listing.ref).where(Listing.number == numbers[limit - 1]) if len(numbers) > limit else None
    return of(numbers[:limit]), None if last is None else db.session().scalar(last)


def of(numbers: Sequence[int]) -> Some:
    """Return the bodies of these entries, in their order."""
    query = select(Entry.number, Entry.ref, Body.body, Entry.digest).join(Body, Body.number == Entry.number)
    found = {number: row for number, *row in db.session().execute(query.where(Entry.number.in_(numbers)))}
    return _told([found[number] for number in numbers])


def _told(rows: Iterable[Sequence[Any]]) -> Some:
    some = Some([], [])
    for ref, body, digest in rows:
        if chain.digest_of(body) == digest:
            some.bodies.append(body)
        else:
            some.damaged.append(ref)
    return some


def every_batch(engine: Engine, *, stale_after: float = STALE_SECONDS) -> Iterator[list[bytes]]:
    """Yield every public body as it is stored, in the order of publication, 64 at a time, and nobody's twice."""
    for rows in every_numbered(engine, stale_after=stale_after):
        yield [body for _, body in rows]


def every_numbered(engine: Engine, *, stale_after: float = STALE_SECONDS) -> Iterator[Rows]:
    """Yield the same with the numbers of the entries.

    No transaction and no connection is held while a batch is with its reader, however slow. Whoever is withdrawn
    while an export goes on is not handed out any more once `stale_after` seconds have passed.
    """
    walk = _Walk(engine)
    while (run := walk.read()).batches:
        read_at = monotonic()
        for rows in run.batches:
            if kept := walk.taken(rows, run.hidden):
                yield kept
            if monotonic() - read_at > stale_after:
                break


class _Run(NamedTuple):
    """What one short transaction read: batches of numbers and bodies, and the numbers not to be handed out."""

    batches: list[Rows]
    hidden: set[int]


class _Walk:
    """How far an export is, and which numbers it has handed out: eight bytes for each."""

    def __init__(self, engine: Engine) -> None:
        # SQLite would begin with the bodies and look up the listing; CROSS JOIN keeps the order as written.
        # PostgreSQL would send all rows of a run at once: a cursor with a name stays with the server.
        on_sqlite = engine.dialect.name == "sqlite"
        self._sql = _RUN_SQL.format(join="CROSS" if on_sqlite else "", mark="?" if on_sqlite else "%s")
        self._cursor: dict[str, Any] = {} if on_sqlite else {"name": "export", "binary": True}
        self._engine = engine
        self._given = array("q")
        self._last = 0
        self._newest_at_first = 0

    def read(self) -> _Run:
        """Return the next batches, none at the end."""
        with reading(), self._engine.connect() as connection:
            if not self._last:
                self._newest_at_first = connection.scalar(select(func.max(Listing.number))) or 0
            hidden = set(connection.scalars(_ended, {"moment": now()}))
            batches = self._batches(connection)
            if batches and batches[-1][-1][0] > self._newest_at_first:
                hidden |= self._published_anew(connection)
            return _Run(batches, hidden)

    def taken(self, rows: Rows, hidden: set[int]) -> Rows:
        """Go past some rows; return those that may be handed out."""
        self._last = rows[-1][0]
        kept = [row for row in rows if row[0] not in hidden] if hidden else rows
        self._given.extend([number for number, _ in kept])
        return kept

    def _batches(self, connection: Connection) -> list[Rows]:
        # Below the toolkit, because a row object costs as much as the bytes it carries.
        cursor = connection.connection.cursor(**self._cursor)
        cursor.execute(self._sql, (self._last, RUN_ROWS))
        batches, size = [], 0
        while size < RUN_BYTES and (rows := cursor.fetchmany(BATCH)):
            batches.append(rows)
            size += sum([len(row[1]) for row in rows])
        cursor.close()
        return batches

    def _published_anew(self, connection: Connection) -> set[int]:
        """Return the numbers still to come of those who were handed out under an earlier number."""
        is_earlier = (Entry.subject == "profile") & (Entry.ref == Listing.ref) & (Entry.number < Listing.number)
        query = select(Listing.number, Entry.number).join(Entry, is_earlier)
        query = query.where(Listing.number > max(self._last, self._newest_at_first))
        return {number for number, earlier in connection.execute(query) if self._has_given(earlier)}

    def _has_given(self, number: int) -> bool:
        place = bisect_left(self._given, number)
        return place < len(self._given) and self._given[place] == number

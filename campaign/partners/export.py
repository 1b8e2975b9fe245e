"""Everything public as one file, made while it is sent: it takes no more memory for many people than for few."""

from collections.abc import Iterator

import structlog
from sqlalchemy import Engine, select

from campaign.database import reading
from campaign.formats import UnreadableDocument
from campaign.ledger import bodies, documents
from campaign.ledger.models import Entry
from campaign.partners import cells

log = structlog.get_logger("partners")


def as_json_lines(engine: Engine) -> Iterator[bytes]:
    """Yield one document a line."""
    for batch in bodies.every_batch(engine):
        batch.append(b"")
        yield b"\n".join(batch)


def as_json(engine: Engine, head: int) -> Iterator[bytes]:
    """Yield one JSON object: the head that was read first, and all documents."""
    yield b'{"head":%d,"profiles":[' % head
    separator = b""
    for batch in bodies.every_batch(engine):
        yield separator + b",".join(batch)
        separator = b","
    yield b"]}"


def as_csv(engine: Engine) -> Iterator[bytes]:
    """Yield the table of cells.COLUMNS."""
    yield cells.heading()
    for rows in bodies.every_numbered(engine):
        yield cells.lines(_cells(engine, number, body) for number, body in rows)


def _cells(engine: Engine, number: int, body: bytes) -> list[str]:
    """Return the cells of a profile; of one that can't be read the reference alone: left out, it looks withdrawn."""
    try:
        return cells.row(documents.profile(body))
    except UnreadableDocument as fault:
        with reading(), engine.connect() as connection:
            ref = connection.scalar(select(Entry.ref).where(Entry.number == number)) or ""
        log.error("document unreadable", entry=number, ref=ref, reason=str(fault))
        return cells.row_of_ref(ref)

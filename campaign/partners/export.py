"""Everything public as one file, made while it is sent: it takes no more memory for many people than for few."""

from collections.abc import Iterator

from sqlalchemy import Engine

from campaign.ledger import bodies, documents
from campaign.partners import cells


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
    for batch in bodies.every_batch(engine):
        yield cells.lines(cells.row(documents.profile(body)) for body in batch)

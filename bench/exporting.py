"""Everything public as one file, beside a raw read of the same bodies by sqlite3. Times are of the processor."""

import os
import sqlite3
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time

from flask import Flask

from bench.figures import Figure
from bench.filling import fill
from bench.house import database_file, empty_house
from bench.memory import Growth

ROUNDS = 3
ADDRESS = "/api/v1/export.jsonl"
BODIES = "SELECT body FROM ledger_body ORDER BY number"


def measure(*, n: int) -> list[Figure]:
    """Return the speed of the export, plain and gzipped, as ratios to the raw read, and what memory it took."""
    with empty_house() as app:
        with app.app_context():
            fill(n)
        drain(app.test_client().get("/api/v1").iter_encoded())
        with Growth() as growth:
            drain(exported(app))
        rounds = [_round(app) for _ in range(ROUNDS)]
    raw, plain, packed = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio, packed_ratio = (statistics.median(one[0] / one[at] for one in rounds) for at in (1, 2))
    anchor = "raw BLOB read"
    return [
        Figure(f"export of {n:,}, plain", plain, "s CPU", anchor, raw, ratio, ">= 0.90"),
        Figure(f"export of {n:,}, gzip", packed, "s CPU", anchor, raw, packed_ratio, ">= 0.38"),
        Figure(f"export of {n:,}, memory growth", growth.mb, "MB", goal="<= 25 MB"),
    ]


def exported(app: Flask, *, encoding: str = "identity") -> Iterator[bytes]:
    """Give the chunks of an export as the server would send them."""
    response = app.test_client().get(ADDRESS, headers={"Accept-Encoding": encoding}, buffered=False)
    assert response.status_code == 200, response.status
    return response.iter_encoded()


def _round(app: Flask) -> tuple[float, float, float]:
    file = database_file(app)
    started = process_time()
    count = drain(raw_read(file))
    raw = process_time() - started
    started = process_time()
    assert drain(exported(app)) == count, "the export is not what lies in the table"
    plain = process_time() - started
    started = process_time()
    drain(exported(app, encoding="gzip"))
    return raw, plain, process_time() - started


def raw_read(file: Path) -> Iterator[bytes]:
    """Yield the same bodies as lines, 500 rows at a time, read by sqlite3 through a mapped file."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.execute("PRAGMA mmap_size=8589934592")
    cursor = connection.execute(BODIES)
    while rows := cursor.fetchmany(500):
        yield b"\n".join([row[0] for row in rows]) + b"\n"
    connection.close()


def drain(chunks: Iterable[bytes]) -> int:
    """Write what comes to nowhere; return how many bytes it was."""
    size = 0
    with open(os.devnull, "wb", buffering=1 << 20) as nowhere:
        for chunk in chunks:
            size += len(chunk)
            nowhere.write(chunk)
    return size

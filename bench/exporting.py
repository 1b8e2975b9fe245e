"""Benchmark of the exports, beside a raw read of the same bodies by the driver. Times are of the processor."""

import os
import sqlite3
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time

import psycopg
from flask import Flask

from bench.figures import Figure
from bench.homes import database_file
from bench.memory import Growth
from bench.serving import served, slow_reader

ROUNDS = 5
BODIES = "SELECT body FROM ledger_body ORDER BY number"
KINDS = (
    ("plain", "jsonl", "identity", ">= 0.90"),
    ("gzip", "jsonl", "gzip", ">= 0.38"),
    ("CSV", "csv", "identity", ""),
)


def measure(app: Flask, *, n: int) -> list[Figure]:
    """Return the speed of the exports as ratios to the raw read, and what memory they took, slow readers included."""
    with Growth() as growth:
        drain(exported(app))
    rounds = [_round(app) for _ in range(ROUNDS)]
    with served(app, edges="public,partners") as server:
        slow = slow_reader(server, "/api/v1/export.jsonl", database_file(app))
    raw = statistics.median(times[0] for times in rounds)
    figures = []
    for place, (name, _, _, goal) in enumerate(KINDS, 1):
        seconds = statistics.median(times[place] for times in rounds)
        ratio = statistics.median(times[0] / times[place] for times in rounds)
        figures.append(Figure(f"export of {n:,}, {name}", seconds, "s CPU", "raw BLOB read", raw, ratio, goal))
    return [*figures, Figure(f"export of {n:,}, memory growth", growth.mb, "MB", goal="<= 25 MB"), *slow]


def exported(app: Flask, *, kind: str = "jsonl", encoding: str = "identity") -> Iterator[bytes]:
    """Give the chunks of an export as the server would send them."""
    headers = {"Accept-Encoding": encoding}
    response = app.test_client().get(f"/api/v1/export.{kind}", headers=headers, buffered=False)
    assert response.status_code == 200, response.status
    return response.iter_encoded()


def _round(app: Flask) -> list[float]:
    """Return the seconds of the raw read, and of each kind of export."""
    seconds, started = [], process_time()
    size = drain(raw_read(app))
    seconds.append(process_time() - started)
    for name, kind, encoding, _ in KINDS:
        started = process_time()
        exported_size = drain(exported(app, kind=kind, encoding=encoding))
        seconds.append(process_time() - started)
        assert name != "plain" or exported_size == size, "the export is not what lies in the table"
    return seconds


def raw_read(app: Flask) -> Iterator[bytes]:
    """Yield the same bodies as lines, 500 rows at a time, read by the driver alone."""
    file = database_file(app)
    return _raw_file(file) if file else _raw_server(app.extensions["settings"].database_url)


def _raw_file(file: Path) -> Iterator[bytes]:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.execute("PRAGMA mmap_size=8589934592")
    cursor = connection.execute(BODIES)
    while rows := cursor.fetchmany(500):
        yield b"\n".join([row[0] for row in rows]) + b"\n"
    connection.close()


def _raw_server(address: str) -> Iterator[bytes]:
    with psycopg.connect(address) as connection, connection.cursor(name="raw", binary=True) as cursor:
        cursor.execute(BODIES)
        while rows := cursor.fetchmany(500):
            yield b"\n".join([row[0] for row in rows]) + b"\n"


def drain(chunks: Iterable[bytes]) -> int:
    """Write what comes to nowhere; return how many bytes it was."""
    size = 0
    with open(os.devnull, "wb", buffering=1 << 20) as nowhere:
        for chunk in chunks:
            size += len(chunk)
            nowhere.write(chunk)
    return size

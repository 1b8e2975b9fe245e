"""Benchmark of one save at the desk among many cases, beside one bare row committed to the same disk."""

import sqlite3
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

import msgspec
from flask import Flask
from sqlalchemy import select

from bench.figures import Figure, Took
from bench.homes import an_editor, empty_home
from bench.invented import invented_names
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Episode, Event, Name, Source, Text, new_id
from campaign.cases.models import Case
from campaign.cases.store import create_many, prepare
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.publishing import door

SAVES = 200
BATCH = 500
STORY = "Neighbours of the orchard street remember lessons, long winters and a door that was always open. "


def measure(*, cases: int, database: str = "") -> list[Figure]:
    """Return what a save takes with its revision, audit row and search keys: median, 95th percentile, processor."""
    with empty_home(database) as app:
        editor = an_editor(app)
        fill(app, cases, editor)
        bare = statistics.median(bare_commits(Path(app.extensions["settings"].home) / "bare.sqlite"))
        took = list(saves(app, editor))
    times = sorted(one.wall for one in took)
    middle, late = statistics.median(times), times[int(len(times) * 0.95)]
    cpu = statistics.median(one.cpu for one in took)
    anchor = "a bare row, committed"
    return [
        Figure(f"save at {cases:,} cases, p50", middle, "ms", anchor, bare, middle / bare, "<= 15 ms at 20,000"),
        Figure(f"save at {cases:,} cases, p95", late, "ms", anchor, bare, late / bare),
        Figure(f"save at {cases:,} cases, processor, p50", cpu, "ms CPU"),
    ]


def fill(app: Flask, count: int, editor: int, make: Callable[[str], CaseFile] | None = None) -> None:
    """Open `count` cases of invented people, each with the file that `make` makes of a name (by default `a_file`)."""
    names = invented_names(count)
    for start in range(0, count, BATCH):
        with app.app_context():
            by = db.session.get_one(Account, editor)
            some = [prepare((make or a_file)(name), "To measure with.") for name in names[start : start + BATCH]]
            create_many(some, by=by)
            db.session.commit()


def a_file(name: str) -> CaseFile:
    """Return a file as it is after some months of work."""
    events = [Event(id=new_id(), date=parse(f"201{at}-03"), account=STORY) for at in range(5, 9)]
    return CaseFile(
        names=[Name(id=new_id(), text=name, is_preferred=True), Name(id=new_id(), text="باغۋەن ئۈلگە")],
        birth=parse("1970"),
        texts=[Text(id=new_id(), text=STORY * 8)],
        episodes=[Episode(id=new_id(), start=parse("2015-03"), events=events)],
        sources=[Source(id=new_id(), title=f"The orchard papers, part {part}") for part in (1, 2, 3)],
    )


def saves(app: Flask, editor: int) -> Iterator[Took]:
    """Save one case after another, each in a session of its own; yield its milliseconds."""
    with app.app_context():
        numbers = list(db.session.scalars(select(Case.id).order_by(Case.id)))
    for turn in range(SAVES):
        number = numbers[turn * 7919 % len(numbers)]
        with app.app_context():
            by, case = db.session.get_one(Account, editor), db.session.get_one(Case, number)
            file = msgspec.structs.replace(revisions.head(case), employer=f"Orchard school {turn}")
            db.session.rollback()
            wall, cpu = perf_counter(), process_time()
            door.save(case, file, by=by, base_version=case.version, reason="To measure.")
            db.session.commit()
            yield Took((perf_counter() - wall) * 1000, (process_time() - cpu) * 1000)


def bare_commits(file: Path) -> Iterator[float]:
    """Commit one small row after another as durably as the program does; yield the milliseconds."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, body BLOB)")
    for number in range(SAVES):
        started = perf_counter()
        connection.execute("INSERT INTO row VALUES (?, ?)", (number, bytes(4096)))
        yield (perf_counter() - started) * 1000
    connection.close()

"""Benchmark of the import of a sheet, beside the same cells put into a bare table."""

import sqlite3
from pathlib import Path
from time import perf_counter, process_time

from flask import Flask

from bench.figures import Figure, Took
from bench.homes import an_editor, empty_home
from bench.memory import Growth
from bench.people import HEADERS, write_sheet
from bench.waiting import Waited, an_officer_saves
from campaign import sandbox, sheets
from campaign.accounts.models import Account
from campaign.commands.cases import rehearsed, run
from campaign.database import db, reading
from campaign.imports import mapping


def measure(*, rows: int, database: str = "") -> list[Figure]:
    """Return what reading and writing a sheet with a proposed map takes: seconds, processor time, memory."""
    with empty_home(database) as app, sandbox.running():
        path = Path(app.extensions["settings"].home) / "sheet.csv"
        write_sheet(path, rows)
        bare, first = bare_insert(path), first_look(path)
        with Growth() as growth:
            planned, whole, waited = imported(app, path)
    anchor, what = "cells into a bare table", f"import of {rows:,} rows"
    return [
        Figure(what, whole.wall, "s", anchor, bare, whole.wall / bare, "10,000 in <= 20 s"),
        Figure(f"{what}, processor", whole.cpu, "s CPU", goal="10,000 in <= 20 s"),
        Figure(f"{what}, dry run", planned.wall, "s", anchor, bare, planned.wall / bare, "<= 15 s"),
        Figure(f"{what}, read and its columns understood", first, "s", anchor, bare, first / bare, "<= 3 s"),
        Figure(f"{what}, memory growth", growth.mb, "MB", goal="<= 250 MB"),
        Figure(f"{what}, longest save of an officer meanwhile", waited.longest, "s", goal="<= 3 s"),
        Figure(f"{what}, saves refused meanwhile", waited.refused, f"of {waited.count}", goal="0"),
    ]


def imported(app: Flask, path: Path) -> tuple[Took, Took, Waited]:
    """Import a sheet as the command does, while an officer saves a case of their own in another process.

    Return what the dry run took, what the run took that wrote, and how long the officer waited for that one.
    """
    editor = an_editor(app)
    planned = took(app, editor, path, dry_run=True)
    with an_officer_saves(app) as waited:
        whole = took(app, editor, path, dry_run=False)
    return planned, whole, waited


def took(app: Flask, editor: int, path: Path, *, dry_run: bool) -> Took:
    """Return what one run of the command takes, the looking for likely duplicates included."""
    with app.app_context():
        wall, cpu = perf_counter(), process_time()
        table = sheets.read(path).sheet
        with reading():
            by = db.session.get_one(Account, editor)
        db.session.rollback()
        chosen = mapping.propose(table)
        report = rehearsed(table, chosen, by=by) if dry_run else run(path, table, mapping.written(chosen), by=by)
        assert report.created == len(table.rows), report.warnings[:3]
        return Took(perf_counter() - wall, process_time() - cpu)


def first_look(path: Path) -> float:
    """Return the seconds until the page of the columns can be drawn: the file read, and what its columns mean."""
    started = perf_counter()
    mapping.propose(sheets.read(path).sheet)
    return perf_counter() - started


def bare_insert(path: Path) -> float:
    """Return the seconds that sqlite3 takes to store the same cells in one transaction, on the same disk."""
    started = perf_counter()
    table = sheets.read(path).sheet
    connection = sqlite3.connect(path.with_suffix(".sqlite"))
    columns = ", ".join(HEADERS)
    connection.execute(f"CREATE TABLE cells ({columns})")
    connection.executemany(f"INSERT INTO cells VALUES ({', '.join('?' * len(HEADERS))})", table.rows)
    connection.commit()
    connection.close()
    return perf_counter() - started

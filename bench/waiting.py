"""Benchmark of lock waits: a process of its own saves one case again and again while something else is written.

`python -m bench.waiting` saves until its standard input ends, then prints its longest save in seconds, and how many
saves there were and failed.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import msgspec
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bench.homes import ROOT, environment_of
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.cases.models import Case
from campaign.database import db
from campaign.publishing import door

PAUSE_SECONDS = 0.1


class Waited(msgspec.Struct):
    """The longest save in seconds, how many there were, how many the database refused."""

    longest: float = 0.0
    count: int = 0
    refused: int = 0


@contextmanager
def an_officer_saves(app: Flask) -> Iterator[Waited]:
    """Let an officer of another process save a case while the block runs; what they waited is known after it."""
    waited = Waited()
    command = [sys.executable, "-m", "bench.waiting"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment_of(app), cwd=ROOT, **pipes) as officer:  # type: ignore[call-overload]
        officer.stdout.readline()
        yield waited
        told, _ = officer.communicate()
    found = msgspec.json.decode(told, type=Waited)
    waited.longest, waited.count, waited.refused = found.longest, found.count, found.refused


def open_one(editor: int) -> int:
    """Open the case that is saved; return its number."""
    by = db.session.get_one(Account, editor)
    case = revisions.create(CaseFile(names=[Name(text="Bahar Sögetli")]), by=by, reason="To measure with.")
    db.session.commit()
    return case.id


def save(number: int, editor: int, turn: int) -> None:
    """Save once, as the desk does."""
    by, case = db.session.get_one(Account, editor), db.session.get_one(Case, number)
    file = msgspec.structs.replace(revisions.head(case), employer=f"Orchard school {turn}")
    door.save(case, file, by=by, base_version=case.version, reason="To measure.")
    db.session.commit()


def _wait_for_the_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def main() -> None:
    """Save until there is nobody to tell."""
    from app import create_app

    app, over, waited = create_app(), threading.Event(), Waited()
    with app.app_context():
        editor = db.session.scalars(select(Account.id)).one()
        number = open_one(editor)
    print("ready", flush=True)
    threading.Thread(target=_wait_for_the_end, args=[over], daemon=True).start()
    while not over.wait(PAUSE_SECONDS):
        with app.app_context():
            started = perf_counter()
            try:
                save(number, editor, waited.count)
            except OperationalError:
                waited.refused += 1
            waited.longest, waited.count = max(waited.longest, perf_counter() - started), waited.count + 1
    print(msgspec.json.encode(waited).decode())


if __name__ == "__main__":
    main()

"""security.md 43: a server that is killed in the middle of its work has lost nothing that it acknowledged."""

import os
import queue
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger import reader, verification
from tests import tables
from tests.web import processes
from tests.web.served_home import ServedHome

WRITES, PUBLIC, KILLS, HANDS = 200, 24, 8, 4


@pytest.fixture
def served(home: Path) -> Iterator[ServedHome]:
    made = ServedHome(home, PUBLIC)
    yield made
    tables.close(made.app)


class Work:
    """Writes waiting to be done by several hands, and what the server has acknowledged of them."""

    def __init__(self, served: ServedHome) -> None:
        self.served = served
        self.waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.begun: list[str] = []
        self.withdrawn: list[str] = []
        self.people: dict[str, processes.SignedIn] = {}
        self.is_up = threading.Event()
        self.advanced = threading.Condition()
        for number in range(WRITES - PUBLIC):
            self.waiting.put(f"Somebody {number}")
            if number % 7 == 0 and number // 7 < PUBLIC:
                self.waiting.put(served.public[number // 7])

    @property
    def acknowledged(self) -> int:
        return len(self.begun) + len(self.withdrawn)

    def hand(self) -> None:
        """Do one write after the other; where the server dies, wait for the next one and go on."""
        while not self.waiting.empty():
            try:
                what = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                self.write(what)
            except OSError:
                self.is_up.wait(120)

    def write(self, what: str) -> None:
        is_public = what in self.served.public
        if is_public:
            status, headers, page = self.people["pia"].posts(f"/staff/cases/{what}/withdraw", reason="They asked")
        else:
            status, headers, page = self.people["edo"].posts("/staff/cases/new", name=what, anyway=what, reason="Told")
        if status == 503:  # three wait for the lock already: "send it again"
            self.waiting.put(what)
            return
        assert status == 302, page
        if is_public:
            self.note(self.withdrawn, what)
        else:
            self.note(self.begun, headers["location"].split("/")[3])

    def note(self, acknowledged: list[str], ref: str) -> None:
        with self.advanced:
            acknowledged.append(ref)
            self.advanced.notify_all()

    def reaches(self, goal: int) -> bool:
        """Whether so many writes are acknowledged within two minutes."""
        with self.advanced:
            return self.advanced.wait_for(lambda: self.acknowledged >= goal, timeout=120)


@pytest.mark.long
def test_what_was_acknowledged_outlives_eight_kills(served: ServedHome) -> None:
    work = Work(served)
    server = processes.begin(served.environment, served.port)
    work.people = {name: processes.SignedIn(served.port, cookie) for name, cookie in served.cookies.items()}
    hands = [threading.Thread(target=work.hand) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for kill in range(1, KILLS + 1):
        assert work.reaches(kill * 20)
        assert server.pid is not None
        work.is_up.clear()
        os.kill(server.pid, signal.SIGKILL)
        server.join(10)
        server = processes.begin(served.environment, served.port)
        work.is_up.set()
    for hand in hands:
        hand.join(120)
    server.kill()
    server.join(10)
    assert work.acknowledged >= WRITES - KILLS * HANDS
    whole_and_in_order(served, work)


def whole_and_in_order(served: ServedHome, work: Work) -> None:
    """Assert that the file is sound, and holds all that was acknowledged, each with its revision and audit row."""
    path = Path(served.environment["CAMPAIGN_HOME"]) / "campaign.sqlite"
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with served.app.app_context():
        cases = set(db.session.scalars(select(Case.ref)))
        assert set(work.begun) <= cases
        assert len(set(work.begun)) == len(work.begun)
        revised = set(db.session.scalars(select(Case.ref).join(Revision, Revision.case_id == Case.id)))
        assert revised == cases <= set(db.session.scalars(select(AuditRow.subject)))
        assert {reader.state(ref) for ref in work.withdrawn} == {"withdrawn"}
        assert log.verify().faults == ()
        assert verification.verify().faults == ()


def test_a_commit_lies_on_the_disk_before_it_is_acknowledged(served: ServedHome) -> None:
    """A kill leaves the page cache alone, a power cut does not: what only the latter shows is asked of the settings."""
    with served.app.app_context(), db.engine.connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")}
    assert told == {"journal_mode": "wal", "synchronous": 2}

"""The sweep in the process that serves the staff edge, and what /readyz says of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.cases import reindexing
from campaign.clock import now
from campaign.database import db, reading
from campaign.ledger import reader, verification, writer
from campaign.ledger.models import Entry
from campaign.publishing.models import SweepLease
from campaign.settings import read
from tests import tables
from tests.publishing.builders import consent, day
from tests.publishing.desk import staffed
from tests.web import processes

ENDED = 6


@pytest.fixture
def ports() -> list[int]:
    """Ports for two processes on one home."""
    return [processes.free_port(), processes.free_port()]


@pytest.fixture
def overdue(home: Path, ports: list[int]) -> Iterator[Flask]:
    """A home whose public profiles rest on consents that ended the day before yesterday, unnoticed so far."""
    app = create_app(read(processes.home_environment(home, ports[0])))
    tables.create(app)
    today = datetime.now(UTC)
    with time_machine.travel(today - timedelta(days=4)), app.app_context():
        desk = staffed()
        until = day(f"{today - timedelta(days=2):%Y-%m-%d}")
        for _ in range(ENDED):
            desk.public(consents=[consent(until=until)])
        # The tables of tests were made by no command; the doctor of a real home asks for these.
        writer.rebuild()
        reindexing.reindex()
        db.session.commit()
    yield app
    tables.close(app)


def last_swept(app: Flask) -> datetime | None:
    with app.app_context(), reading():
        return db.session.scalar(select(SweepLease.last_swept_at).where(SweepLease.name == "sweep"))


@pytest.mark.long
def test_two_processes_take_away_each_ended_profile_once(home: Path, ports: list[int], overdue: Flask) -> None:
    servers: list[BaseProcess] = []
    with ExitStack() as running:
        for port in ports:
            environment = processes.home_environment(home, port, SWEEP_SECONDS="1")
            servers.append(running.enter_context(processes.serving(environment, port)))
        until = partial(processes.until, seconds=120, of=servers)
        until(lambda: last_swept(overdue), "a sweep row")
        for port in ports:
            until(lambda port=port: processes.ask(port, "/readyz")[0] == 200, "readiness")
        first = last_swept(overdue)
        until(lambda: last_swept(overdue) != first, "the next sweep")
    with overdue.app_context(), reading():
        by_clock = select(AuditRow.subject).where(AuditRow.action == "profile.withdrawn", AuditRow.actor == "sweep")
        gone = list(db.session.scalars(by_clock))
        entries = db.session.scalar(select(func.count()).where(Entry.kind == "withdraw"))
        assert (len(gone), len(set(gone)), entries) == (ENDED, ENDED, ENDED)
        assert {reader.state(ref) for ref in gone} == {"withdrawn"}
        assert (log.verify().faults, verification.verify().faults) == ((), ())


@pytest.mark.parametrize(("minutes", "status"), [(None, 503), (4, 200), (6, 503)])
def test_a_process_whose_last_sweep_is_old_is_not_ready(app: Flask, minutes: int | None, status: int) -> None:
    if minutes is not None:
        with app.app_context():
            at = now() - timedelta(minutes=minutes)
            db.session.add(SweepLease(name="sweep", holder="", held_until=at, last_swept_at=at))
            db.session.commit()
    answer = app.test_client().get("/readyz")
    assert answer.status_code == status
    assert ("older than five minutes" in answer.text) is (status == 503)


def test_a_process_of_the_public_edge_alone_asks_for_no_sweep(home: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public"}))
    tables.create(app)
    assert app.test_client().get("/readyz").status_code == 200
    tables.close(app)


def test_the_command_names_each_profile_that_went(overdue: Flask) -> None:
    said = overdue.test_cli_runner().invoke(args=["publishing", "sweep"]).output
    assert said.count(": taken away.\n") == ENDED
    assert said.endswith(f"{ENDED} taken away, 0 published, 0 whose sentence was over.\n")

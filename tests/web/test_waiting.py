"""While somebody holds the write lock a few wait for it, others are told at once, and whoever reads is answered."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app import create_app
from campaign import database
from campaign.database import MOST_WAITING, db
from campaign.ledger import writer
from campaign.settings import read
from tests import tables
from tests.cast import Browser, Member
from tests.web import processes
from tests.web.test_busy import somebody_writes

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
WAIT_MS = 1500
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LONGEST_WAIT_MS", WAIT_MS)
    with app.app_context():
        db.engine.dispose()


def timed(deed: Callable[[], object]) -> tuple[object, float]:
    began = time.monotonic()
    return deed(), time.monotonic() - began


def takes(app: Flask) -> bool:
    """Whether the write lock is given; what waited in vain is told as OperationalError."""
    with app.test_request_context("/staff/sign-in", method="POST"):
        try:
            writer.take(db.session())
            db.session.connection()
            return True
        except OperationalError:
            return False


@both
def test_three_wait_and_the_others_are_refused_at_once(app: Flask) -> None:
    with somebody_writes(app), ThreadPoolExecutor(9) as pool:
        tries = [pool.submit(timed, lambda: takes(app)) for _ in range(9)]
        found = [one.result() for one in tries]
    assert [given for given, _ in found] == [False] * 9
    waited = sorted(seconds for _, seconds in found)
    assert sum(seconds >= WAIT_MS / 1000 * 0.9 for seconds in waited) == MOST_WAITING
    assert takes(app), "whoever comes when it is free takes it"


def test_what_is_no_request_waits_always(app: Flask) -> None:
    def sweeps() -> bool:
        with app.app_context():
            writer.take(db.session())
            db.session.connection()
            return True

    with ThreadPoolExecutor(6) as pool:
        with somebody_writes(app):
            tries = [pool.submit(sweeps) for _ in range(6)]
        assert all(one.result() for one in tries)


def test_who_reads_is_answered_while_many_write(app: Flask, edo: Member) -> None:
    fields = {"csrf_token": edo.token(), "name": "Semet Örükzar", "reason": "Told by his neighbour"}

    def posts() -> TestResponse:
        browser = Browser(app, app.response_class, use_cookies=True)
        browser._cookies = edo._cookies
        return browser.post("/staff/cases/new", data=fields)

    with somebody_writes(app), ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(posts) for _ in range(8)]
        page = Browser(app, app.response_class).get("/profiles")
        answers = [one.result() for one in tries]
    assert page.status_code == 200
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"10"}


def test_strangers_at_the_door_of_a_server_wait_for_no_lock(home: Path) -> None:
    """Nine sign-ins once kept all eight threads of waitress for as long as somebody held the lock."""
    port = processes.free_port()
    environment = processes.home_environment(home, port)
    app = create_app(read(environment))
    tables.create(app)
    with processes.serving(environment, port), ThreadPoolExecutor(9) as pool:
        page = processes.ask(port, "/staff/sign-in")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page[2])
        assert found
        body = urlencode({"csrf_token": found[1], "email": "x@example.org", "password": "wrong"}).encode()
        headers = {"Cookie": page[1]["set-cookie"].partition(";")[0], "Content_Type": FORM}
        sign_in = partial(processes.ask, port, "/staff/sign-in", method="POST", body=body, **headers)
        with somebody_writes(app):
            tries = [pool.submit(sign_in) for _ in range(9)]
            status = processes.ask(port, "/profiles")[0]
            # All are answered while the lock is held still: who had waited for it would be told 503.
            answers = {one.result()[0] for one in tries}
    tables.close(app)
    assert status == 200
    assert answers <= {422, 429}

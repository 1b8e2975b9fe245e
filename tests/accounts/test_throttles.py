"""Strangers shut nobody out and write nothing that stays: what is counted, by whom, how long. [n]: security.md."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts import credentials, factors, invitations
from campaign.accounts.models import Account, LoginFailure, Notice
from campaign.accounts.permissions import Role
from campaign.audit.log import AuditRow
from campaign.database import db
from campaign.web import limits
from campaign.web.context import keyring
from campaign.web.marks import ANYONE, mark_of
from tests.cast import HOST, Browser, Member
from tests.web.walking import a_sample, addresses

PASSWORD, EMAIL = "tangerine ladder quiet 41 orbit", "owner@example.org"
WRONG = "wrong"
SECRET = b"twenty bytes of chance"
START = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def owner(app: Flask) -> int:
    """The number of an account that can sign in."""
    with app.app_context():
        person = invitations.account_for(EMAIL, name="Owner")
        invitations.grant(person, [Role.VIEWER])
        person.password_hash, person.totp_sealed = credentials.hashed(PASSWORD), keyring().seal(SECRET)
        db.session.commit()
        return person.id


def somebody(app: Flask, address: str = "203.0.113.7") -> Browser:
    browser = Browser(app, app.response_class, use_cookies=True)
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def tries(browser: Browser, password: str = WRONG, email: str = EMAIL) -> int:
    return browser.posts("/staff/sign-in", {"email": email, "password": password}).status_code


def code() -> str:
    return credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()


def wrong_code() -> str:
    return f"{(int(code()) + 7) % 1000000:06}"


def kept(app: Flask) -> tuple[int, int]:
    """Return how many rows the record and the counters hold."""
    with app.app_context():
        counts = (db.session.scalar(select(func.count()).select_from(table)) for table in (AuditRow, LoginFailure))
        first, second = counts
        return first or 0, second or 0


@pytest.mark.parametrize("email", [EMAIL, f" {EMAIL.upper()} "])
def test_a_stranger_waits_and_the_owner_elsewhere_signs_in_at_once(app: Flask, owner: int, email: str) -> None:  # [19]
    stranger = somebody(app)
    assert [tries(stranger, email=email) for _ in range(9)] == [422] * 8 + [429]
    assert tries(stranger, PASSWORD) == 429
    at_home = somebody(app, "198.51.100.1")
    assert tries(at_home, PASSWORD) == 302
    assert at_home.posts("/staff/sign-in/code", {"code": code()}).status_code == 302


def test_a_network_of_addresses_is_one_stranger(app: Flask, owner: int) -> None:
    for number in range(8):
        assert tries(somebody(app, f"2001:db8:0:1::{number + 1}")) == 422
    assert tries(somebody(app, "2001:db8:0:1:ffff::1"), PASSWORD) == 429
    assert tries(somebody(app, "2001:db8:0:2::1"), PASSWORD) == 302


def test_of_many_tries_at_once_no_more_are_judged_than_of_many_in_a_row(app: Flask, owner: int) -> None:
    stranger = somebody(app)
    token, start = stranger.token_on("/staff/sign-in"), Barrier(24)
    cookie = stranger.get_cookie("__Host-session", domain="localhost")
    assert cookie is not None

    def one(_number: int) -> int:
        browser = somebody(app)
        browser.set_cookie("__Host-session", cookie.value, domain="localhost", secure=True)
        start.wait()
        fields = {"csrf_token": token, "email": EMAIL, "password": "wrong"}
        return browser.post("/staff/sign-in", data=fields).status_code

    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(one, range(24)))
    assert (answers.count(422), answers.count(429)) == (8, 16)


def test_wrong_passwords_write_nothing_and_are_summed_with_the_next_sign_in(app: Flask, owner: int) -> None:
    before = kept(app)
    for number in range(12):
        assert tries(somebody(app, f"203.0.113.{number}"), email=f"nobody{number}@example.org") == 422
    assert kept(app) == before
    at_home = somebody(app)
    tries(at_home, PASSWORD)
    assert at_home.posts("/staff/sign-in/code", {"code": code()}).status_code == 302
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == "account.sign_in_failed")).all()
        assert [row.details for row in rows] == ['{"password":12}']


def test_the_sum_is_recorded_once_an_hour(app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock, app.app_context():
        for minutes in range(0, 180, 10):
            factors.note_failure("password")
            factors.record_failures(every=factors.SUMMED_FOR)
            clock.shift(timedelta(minutes=10))
            assert minutes >= 0
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(AuditRow)) == 3


def test_a_wrong_password_waits_for_no_lock(app: Flask, owner: int) -> None:  # [54]
    stranger = somebody(app)
    token = stranger.token_on("/staff/sign-in")
    rival = sqlite3.connect(app.extensions["settings"].home / "campaign.sqlite", isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    try:
        answer = stranger.post("/staff/sign-in", data={"csrf_token": token, "email": EMAIL, "password": "wrong"})
    finally:
        rival.rollback()
        rival.close()
    assert answer.status_code == 422


def test_codes_are_counted_by_account_wherever_they_are_tried_and_its_owner_is_told_once(
    app: Flask, owner: int
) -> None:  # [19]
    with time_machine.travel(START, tick=False) as clock:
        for number in range(8):
            thief = somebody(app, f"203.0.113.{number}")
            tries(thief, PASSWORD)
            assert thief.posts("/staff/sign-in/code", {"code": wrong_code()}).status_code == 422
        thief = somebody(app, "203.0.113.99")
        tries(thief, PASSWORD)
        assert thief.posts("/staff/sign-in/code", {"code": code()}).status_code == 429
        with app.app_context():
            told = db.session.scalars(select(Notice.sentence).where(Notice.account_id == owner)).all()
            assert told == [factors.KNOWS_PASSWORD]
        clock.shift(timedelta(minutes=16))
        assert thief.posts("/staff/sign-in", {"email": EMAIL, "password": PASSWORD}).status_code == 302
        assert thief.posts("/staff/sign-in/code", {"code": code()}).status_code == 302


def test_a_proof_is_counted_by_session(app: Flask, edo: Member) -> None:
    with app.app_context():
        db.session.get_one(Account, edo.account_id).totp_sealed = keyring().seal(SECRET)
        db.session.commit()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert [edo.posts("/staff/prove", {"code": wrong_code()}).status_code for _ in range(9)] == [422] * 8 + [429]
        assert edo.get("/staff/me").status_code == 200
        with app.app_context():
            assert factors.take_code(db.session.get_one(Account, edo.account_id), code(), tries="session:99")


def test_whatever_anyone_may_send_is_limited_for_each_visitor(app: Flask) -> None:
    most = int(limits.STRANGERS_RATE.split()[0])
    sample = a_sample(app)
    open_to_anyone = [
        path for endpoint, path in addresses(app, sample, "POST") if mark_of(app, endpoint) in {None, ANYONE}
    ]
    assert "/staff/sign-in" in open_to_anyone
    stranger = somebody(app)
    for number in range(most):
        assert stranger.post(open_to_anyone[number % len(open_to_anyone)]).status_code != 429
    for path in open_to_anyone:
        answer = stranger.post(path, headers={"Referer": f"{HOST}/"})
        assert (answer.status_code, "Retry-After" in answer.headers) == (429, True), path
        assert somebody(app, "198.51.100.9").post(path).status_code != 429
    assert stranger.get("/staff/sign-in").status_code == 200

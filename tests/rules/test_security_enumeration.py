"""security.md 20: nobody learns from the sign-in page who works here: not by words, by status, or by time."""

import re
import statistics
import time

import pytest
from flask import Flask

from campaign.accounts import credentials, factors, invitations
from campaign.accounts.permissions import Role
from campaign.database import db
from campaign.web.context import keyring
from tests.cast import Browser

WRONG, PASSWORD = "wrong", "tangerine ladder quiet 41 orbit"
# Six wrong tries each stay below the eight that make an address wait; five addresses make thirty tries.
ADDRESSES, TRIES, ROUNDS = 5, 6, 3
Answer = tuple[int, str, list[tuple[str, str]]]


@pytest.fixture
def staff(app: Flask) -> list[str]:
    """The addresses of people who can sign in, five for each round; beside them one is invited, one disabled."""
    # One hash for all: making one takes as long as checking one, on purpose.
    hashed = credentials.hashed(PASSWORD)
    with app.app_context():
        for number in range(ADDRESSES * ROUNDS):
            person = invitations.account_for(f"known{number}@example.org", name="Known")
            invitations.grant(person, [Role.VIEWER])
            person.password_hash, person.totp_sealed = hashed, keyring().seal(credentials.new_secret())
        invitations.account_for("invited@example.org")
        invitations.account_for("gone@example.org").is_active = False
        db.session.commit()
    return [f"known{number}@example.org" for number in range(ADDRESSES * ROUNDS)]


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app, app.response_class, use_cookies=True)


def answer(browser: Browser, email: str, password: str = WRONG) -> Answer:
    """Return status, page and headers of a try; what differs at every visit taken out."""
    got = browser.posts("/staff/sign-in", {"email": email, "password": password})
    page = re.sub(r'(name="csrf_token"[^>]*)value="[^"]*"', r"\1", got.text).replace(email, "ADDRESS")
    headers = [(name, value) for name, value in got.headers if name not in {"Set-Cookie", "Content-Length"}]
    return got.status_code, page, headers


def test_whoever_an_address_belongs_to_the_answer_is_the_same(browser: Browser, staff: list[str]) -> None:
    unknown = answer(browser, "nobody@example.org")
    assert unknown[0] == 422
    for email in (staff[0], "invited@example.org", "gone@example.org"):
        assert answer(browser, email) == unknown, email
    assert answer(browser, "gone@example.org", PASSWORD) == unknown


def test_too_many_tries_are_answered_alike_too(app: Flask, browser: Browser, staff: list[str]) -> None:
    for _ in range(factors.MOST_FAILURES):
        assert answer(browser, staff[0]) == answer(browser, "nobody@example.org")
    known, unknown = answer(browser, staff[0], PASSWORD), answer(browser, "nobody@example.org", PASSWORD)
    assert (known, known[0]) == (unknown, 429)


def test_an_invitation_that_was_used_and_one_that_never_was_look_alike(app: Flask, browser: Browser) -> None:
    with app.app_context():
        link = invitations.invite(invitations.account_for("invited@example.org"))
        db.session.commit()
    path = link.removeprefix("https://localhost")
    assert browser.posts(path, {"name": "I", "password": PASSWORD}).status_code == 302
    stranger = Browser(app, app.response_class, use_cookies=True)
    used, never = stranger.get(path), stranger.get("/staff/invitation/" + "x" * 43)
    assert (used.status_code, used.text) == (never.status_code, never.text) == (410, never.text)


def seconds(browser: Browser, token: str, email: str) -> float:
    began = time.perf_counter()
    browser.post("/staff/sign-in", data={"csrf_token": token, "email": email, "password": "wrong"})
    return time.perf_counter() - began


@pytest.mark.long
def test_a_known_address_takes_as_long_as_an_unknown_one(browser: Browser, staff: list[str]) -> None:
    token, ratios = browser.token_on("/staff/sign-in"), []
    for start in range(0, len(staff), ADDRESSES):
        known, unknown = [], []
        for email in staff[start : start + ADDRESSES] * TRIES:
            # In turns, so that other work on this machine falls on both alike.
            known.append(seconds(browser, token, email))
            unknown.append(seconds(browser, token, email.replace("known", "nobody")))
        ratios.append(statistics.median(known) / statistics.median(unknown))
        if 0.85 <= ratios[-1] <= 1.15:
            return
    pytest.fail(f"medians of 30 differ by more than 15 %: {ratios}")

"""security.md 13, 17, 27: what a request may change, and whose: over every route, so that a new one is asked too."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from campaign.accounts import credentials, invitations
from campaign.accounts.permissions import Role
from campaign.database import db, reading
from campaign.web.context import keyring
from campaign.web.limits import limiter
from campaign.web.marks import ANYONE, mark_of
from tests.cast import Browser, Cast, Member
from tests.web.walking import Sample, a_sample, addresses

# What a reading may write: that it happened, when the session was last used, who has a case open for editing.
RECORDS = {"audit_row", "sign_in_session", "open_case"}
PASSWORD = "tangerine ladder quiet 41 orbit"
# Forms of one's own account that change nothing worth a second code.
LIGHT = {"accounts.read_notices"}


@pytest.fixture
def sample(app: Flask) -> Iterator[Sample]:
    limiter.enabled = False
    yield a_sample(app)
    limiter.enabled = True


@pytest.fixture
def everybody(cast: Cast) -> Member:
    """One person with every role."""
    return cast("Omni", *[role.value for role in Role])


def digest_of_everything(app: Flask) -> dict[str, str]:
    """Return a digest of each table's rows, those that record readings aside."""
    found = {}
    with app.app_context(), reading():
        for table in db.metadata.sorted_tables:
            if table.name not in RECORDS:
                rows = sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        db.session.rollback()
    return found


def test_no_get_changes_anything_but_the_record(app: Flask, sample: Sample, everybody: Member) -> None:
    before = digest_of_everything(app)
    assert len(before) > 20
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=3)):
        for _, path in addresses(app, sample):
            everybody.get(path).close()
            everybody.get(f"{path}?confidential=1&q=sadirova").close()
    assert digest_of_everything(app) == before


def swapped(token: str) -> str:
    """Return a token with one letter of its signature changed; not the last one, whose bits do not all count."""
    return token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]


def test_no_post_goes_without_its_token_or_from_another_site(app: Flask, sample: Sample, everybody: Member) -> None:
    token, before = everybody.token_on("/staff/me"), digest_of_everything(app)
    good = {"csrf_token": token}
    tries = (
        ({}, {}),
        ({"csrf_token": swapped(token)}, {}),
        (good, {"Referer": ""}),
        (good, {"Referer": "https://evil.example/"}),
        (good, {"Referer": "https://localhost.evil.example/"}),
        (good, {"Referer": "http://localhost/"}),
    )
    asked = 0
    for _, path in addresses(app, sample, "POST"):
        for fields, headers in tries:
            answer = everybody.post(path, data=fields, headers=headers)
            assert answer.status_code == 400, (path, fields, headers)
            asked += 1
    assert asked > 100
    assert digest_of_everything(app) == before


def test_the_token_of_another_session_opens_nothing(app: Flask, everybody: Member, cast: Cast) -> None:
    other = cast("Odile", "editor")
    token = other.token_on("/staff/me")
    everybody.get("/staff/me")
    assert everybody.post("/staff/me/notices/read", data={"csrf_token": token}).status_code == 400


@pytest.fixture
def half_way(app: Flask) -> Browser:
    """Somebody with every role who has shown the password and not yet a code."""
    with app.app_context():
        person = invitations.account_for("half@example.org", name="Half")
        invitations.grant(person, list(Role))
        person.password_hash, person.totp_sealed = (
            credentials.hashed(PASSWORD),
            keyring().seal(credentials.new_secret()),
        )
        db.session.commit()
    browser = Browser(app, app.response_class, use_cookies=True)
    assert browser.posts("/staff/sign-in", {"email": "half@example.org", "password": PASSWORD}).status_code == 302
    return browser


def test_a_password_alone_reads_and_changes_nothing(app: Flask, sample: Sample, half_way: Browser) -> None:
    token, before = half_way.token_on("/staff/sign-in/code"), digest_of_everything(app)
    asked = 0
    for method in ("GET", "POST"):
        for endpoint, path in addresses(app, sample, method):
            if path.startswith("/staff") and mark_of(app, endpoint) != ANYONE:
                answer = half_way.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
                assert (answer.status_code, "/staff/sign-in" in answer.headers["Location"]) == (302, True), path
                asked += 1
    assert asked > 80
    assert digest_of_everything(app) == before


def test_whatever_changes_an_account_asks_for_a_fresh_code(app: Flask, sample: Sample, everybody: Member) -> None:
    token, asked = everybody.token_on("/staff/me"), []
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        for endpoint, path in addresses(app, sample, "POST"):
            if endpoint.startswith("accounts.") and mark_of(app, endpoint) != ANYONE and endpoint not in LIGHT:
                answer = everybody.post(path, data={"csrf_token": token})
                if endpoint != "accounts.prove":
                    assert (answer.status_code, 'name="proof-code"' in answer.text) == (403, True), path
                    asked.append(endpoint)
    assert {"accounts.password", "accounts.second_factor", "accounts.recovery_codes"} <= set(asked)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil", "/\t/evil", "///evil", "http:evil", "/staff/../.."]
)
def test_a_code_leads_on_to_the_desk_alone(app: Flask, half_way: Browser, target: str) -> None:
    with app.app_context():
        sealed = invitations.account_for("half@example.org").totp_sealed
        assert sealed is not None
        secret = keyring().unseal(sealed)
    code = credentials.generator(secret).generate(int(datetime.now(UTC).timestamp())).decode()
    token = half_way.token_on("/staff/sign-in/code")
    answer = half_way.post(
        "/staff/sign-in/code", query_string={"next": target}, data={"csrf_token": token, "code": code}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/")

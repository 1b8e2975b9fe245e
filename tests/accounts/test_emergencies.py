"""For whom a passkey is due, and what a code alone still opens then. [n]: row of security.md."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts import credentials, passkeys
from campaign.accounts.models import Account, SignInSession
from campaign.accounts.permissions import BY_PASSKEY, Action, Role, may
from campaign.database import db
from campaign.web.marks import ANYONE, mark_of
from tests.accounts.authenticator import Authenticator
from tests.accounts.signing import (
    SECRET,
    after_the_password,
    by_code,
    by_passkey,
    equipped,
    later,
    options,
    recorded,
    told,
)
from tests.accounts.test_matrix import confidential_rules
from tests.cast import Cast, Member


@pytest.mark.parametrize("role", list(Role))
def test_two_weeks_after_a_role_a_code_alone_opens_an_emergency_only(
    app: Flask, cast: Cast, role: Role
) -> None:  # [16]
    member = cast("Noor", role.value)
    equipped(app, member, Authenticator(), Authenticator())
    with later(days=13):
        browser = after_the_password(app, member)
        assert by_code(browser).status_code == 302
        assert browser.get("/staff/me").status_code == 200
    with later(days=15):
        browser = after_the_password(app, member)
        is_emergency = role in BY_PASSKEY
        assert (by_code(browser).location == "/staff/emergency") is is_emergency
        assert (browser.get("/staff/me").status_code == 302) is is_emergency
        assert recorded(app, "account.emergency_opened") == is_emergency


def test_a_recovery_code_opens_an_emergency_only_and_a_passkey_the_desk(app: Flask, sana: Member, ada: Member) -> None:
    device = Authenticator()
    equipped(app, sana, device)
    with app.app_context():
        code = credentials.make(sana.account_id)[0]
        db.session.commit()
    with later(days=15):
        browser = after_the_password(app, sana)
        assert browser.posts("/staff/sign-in/code", {"code": code}).location == "/staff/emergency"
        assert any("in place of a passkey" in sentence for sentence in told(app, ada.account_id))
        browser = after_the_password(app, sana)
        assert by_passkey(browser, device).location == "/staff/"
        assert browser.get("/staff/cases").status_code == 200


def test_an_emergency_session_opens_no_address_but_its_own(app: Flask, cast: Cast) -> None:  # [16]
    member = cast("Noor", *Role)
    equipped(app, member, Authenticator())
    with later(days=15):
        browser = after_the_password(app, member)
        by_code(browser)
        token = browser.token_on("/staff/emergency")
        own = {"staff.emergency", "staff.take_down", "accounts.sign_out"}
        for endpoint, address, methods in confidential_rules(app):
            if endpoint in own or mark_of(app, endpoint) == ANYONE:
                continue
            for method in methods & {"GET", "POST"}:
                answer = browser.open(address, method=method, data={"csrf_token": token})
                assert (answer.status_code, answer.location) in {(302, "/staff/emergency"), (403, None)}, endpoint
        assert browser.post("/staff/passkeys/offer", data={"csrf_token": token}).status_code == 403


@pytest.mark.parametrize("action", list(Action))
def test_in_an_emergency_the_table_allows_pause_and_withdrawal_alone(action: Action) -> None:
    everything = SimpleNamespace(id=1, roles=frozenset(Role), is_emergency=True, suspended_at=None)
    assert may(everything, action) is (action in {Action.PAUSE, Action.WITHDRAW})


def test_the_first_role_of_them_sets_the_day(app: Flask, cast: Cast) -> None:
    member = cast("Noor", "viewer", "publisher", "administrator")
    with app.app_context():
        account = db.session.get_one(Account, member.account_id)
        first = datetime(2026, 1, 5, tzinfo=UTC)
        given = {"viewer": first - timedelta(days=99), "publisher": first, "administrator": first + timedelta(days=9)}
        for grant in account.grants:
            grant.given_at = given[grant.role]
        assert passkeys.due_at(account) == first + timedelta(days=14)
        # Whose factors were begun anew by others needs the time to make passkeys again.
        account.factors_since = first + timedelta(days=300)
        assert passkeys.due_at(account) == first + timedelta(days=314)


def test_where_a_passkey_is_due_a_code_makes_nothing_fresh(app: Flask, pia: Member) -> None:  # [17]
    device = Authenticator()
    equipped(app, pia, device)
    with later(days=15):
        browser = after_the_password(app, pia)
        assert by_passkey(browser, device).status_code == 302
        with later(minutes=11):
            assert browser.get("/staff/me/password").location.startswith("/staff/prove")
            assert browser.posts("/staff/prove", {"code": "123456"}).status_code == 422
            code = credentials.generator(SECRET).generate(int(datetime.now(UTC).timestamp())).decode()
            assert browser.posts("/staff/prove", {"code": code}).status_code == 422
            signed = device.signs(options(browser, "/staff/passkeys/ask", "/staff/prove"))
            assert browser.posts("/staff/prove", {"passkey": signed}).status_code == 302
            assert browser.get("/staff/me/password").status_code == 200


def test_who_needs_passkeys_is_told_by_when_at_each_sign_in_until_there_are_enough(
    app: Flask, pia: Member, edo: Member
) -> None:
    words = "asks for two passkeys, or one and a printed sheet, by 20"

    def is_told(member: Member) -> bool:
        browser = after_the_password(app, member)
        return words in browser.get(by_code(browser).location, follow_redirects=True).text

    device = Authenticator()
    equipped(app, edo)
    equipped(app, pia, device)
    assert not is_told(edo)
    assert is_told(pia)
    assert words.removesuffix(" 20") in pia.get("/staff/me").text
    pia.posts("/staff/me/sheet")
    with later(minutes=1):
        assert not is_told(pia)


def test_the_last_passkeys_that_a_role_asks_for_are_not_removed(app: Flask, pia: Member) -> None:
    device, other = Authenticator(), Authenticator()
    equipped(app, pia, device, other)
    with app.app_context():
        first, second = (one.id for one in passkeys.of(pia.account_id))
    with later(days=15):
        browser = after_the_password(app, pia)
        by_passkey(browser, device)
        browser.posts(f"/staff/me/passkeys/{first}/remove", form_on="/staff/me")
        browser.posts("/staff/me/sheet", form_on="/staff/me")
        with app.app_context():
            assert len(passkeys.of(pia.account_id)) == 2
        browser.posts(f"/staff/me/passkeys/{second}/remove", form_on="/staff/me")
        with app.app_context():
            assert [one.id for one in passkeys.of(pia.account_id)] == [first]


def test_a_session_says_whether_it_is_for_an_emergency(app: Flask, pia: Member) -> None:
    equipped(app, pia)
    with later(days=15):
        by_code(after_the_password(app, pia))
        with app.app_context():
            newest = db.session.scalars(select(SignInSession).order_by(SignInSession.id.desc())).first()
            assert newest is not None
            assert newest.is_emergency

"""From an invitation to the desk: password, authenticator, codes, sessions, and out. [n]: row of security.md."""

import re
from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask import Flask
from sqlalchemy import select, text

from campaign.accounts import invitations
from campaign.accounts.models import Invitation, RecoveryCode, SignInSession
from campaign.accounts.permissions import Role
from campaign.database import db
from tests.cast import Browser, Member

PASSWORD = "tangerine ladder quiet 41 orbit"
EMAIL = "newcomer@example.org"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def invited(app: Flask) -> str:
    """The path of a fresh invitation for a viewer."""
    with app.app_context():
        account = invitations.account_for(EMAIL, name="Newcomer")
        invitations.grant(account, [Role.VIEWER])
        link = invitations.invite(account)
        db.session.commit()
    return link.removeprefix("https://localhost")


class Authenticator:
    """What a telephone does: it keeps a secret and shows the code of the moment."""

    def __init__(self, page: str) -> None:
        found = re.search(r'<code class="digest" dir="ltr">([A-Z2-7 ]+)</code>', page)
        assert found, page
        self.totp = TOTP(b32decode(found.group(1).replace(" ", "")), 6, SHA1(), 30)  # noqa: S303

    def shows(self) -> str:
        return self.totp.generate(int(datetime.now(UTC).timestamp())).decode()


def comes_first(browser: Browser, invitation: str) -> tuple[Authenticator, list[str]]:
    """Walk from the invitation to the desk; return the telephone and the recovery codes."""
    assert browser.posts(invitation, {"name": "Nour", "password": PASSWORD}).status_code == 302
    types_password(browser)
    telephone = Authenticator(browser.get("/staff/sign-in/set-up").text)
    page = browser.posts("/staff/sign-in/set-up", {"code": telephone.shows()})
    assert page.status_code == 200
    return telephone, re.findall(r"<li>([A-Z2-7-]{20,})</li>", page.text)


def types_password(browser: Browser) -> int:
    return browser.posts("/staff/sign-in", {"email": EMAIL, "password": PASSWORD}).status_code


def is_in(browser: Browser) -> bool:
    return browser.get("/staff/me").status_code == 200


def test_an_invited_person_sets_password_and_authenticator_and_is_in(browser: Browser, invited: str) -> None:
    comes_first(browser, invited)
    assert is_in(browser)


def test_an_invitation_holds_once_and_signs_nobody_in(app: Flask, browser: Browser, invited: str) -> None:  # [22]
    browser.posts(invited, {"name": "Nour", "password": PASSWORD})
    assert not is_in(browser)
    assert browser.get(invited).status_code == 410
    assert browser.get("/staff/invitation/guessed").status_code == 410


def test_an_invitation_ends_after_a_day(browser: Browser, invited: str) -> None:  # [22]
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        assert browser.get(invited).status_code == 410


def test_the_database_holds_no_invitation_token(app: Flask, invited: str) -> None:  # [22]
    token = invited.rpartition("/")[2]
    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        assert token not in row.token_hash


def test_a_password_alone_opens_nothing_under_staff(app: Flask, browser: Browser, invited: str) -> None:  # [13]
    browser.posts(invited, {"name": "Nour", "password": PASSWORD})
    types_password(browser)
    for rule in app.url_map.iter_rules():
        marked = getattr(app.view_functions[rule.endpoint], "permission", None)
        if rule.rule.startswith("/staff") and marked != "anyone" and "GET" in (rule.methods or set()):
            path = re.sub(r"<(int:)?[^>]+>", "1", rule.rule)
            assert browser.get(path).status_code in {302, 403}, path


def test_a_code_is_taken_once(app: Flask, browser: Browser, invited: str) -> None:  # [14]
    with time_machine.travel(START, tick=False) as clock:
        telephone, _ = comes_first(browser, invited)
        clock.shift(60)
        code = telephone.shows()
        first, second = (Browser(app, app.response_class, use_cookies=True) for _ in range(2))
        types_password(first)
        types_password(second)
        assert first.posts("/staff/sign-in/code", {"code": code}).status_code == 302
        assert second.posts("/staff/sign-in/code", {"code": code}).status_code == 422
        assert is_in(first)
        assert not is_in(second)


def test_a_recovery_code_lets_in_once(app: Flask, browser: Browser, invited: str) -> None:  # [15]
    _, codes = comes_first(browser, invited)
    assert len(codes) == 10
    first, second = (Browser(app, app.response_class, use_cookies=True) for _ in range(2))
    types_password(first)
    types_password(second)
    assert first.posts("/staff/sign-in/code", {"code": codes[0].lower()}).status_code == 302
    assert second.posts("/staff/sign-in/code", {"code": codes[0]}).status_code == 422


def test_the_database_holds_no_recovery_code(app: Flask, browser: Browser, invited: str) -> None:  # [15]
    _, codes = comes_first(browser, invited)
    with app.app_context():
        kept = " ".join(row.code_hash for row in db.session.scalars(select(RecoveryCode)))
    assert not any(code in kept or code.replace("-", "") in kept.upper() for code in codes)


def test_signing_in_gives_a_new_session_each_time(app: Flask, browser: Browser, invited: str) -> None:  # [8]
    comes_first(browser, invited)
    before = browser.get_cookie("__Host-session", domain="localhost")
    _, row = the_session(app)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        browser.posts("/staff/sign-out", form_on="/staff/me")
        types_password(browser)
    after = browser.get_cookie("__Host-session", domain="localhost")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    with app.app_context():
        assert db.session.get(SignInSession, row) is None


def the_session(app: Flask) -> tuple[str, int]:
    with app.app_context():
        row = db.session.scalars(select(SignInSession)).one()
        return row.token_hash, row.id


def test_showing_a_factor_again_changes_the_session_token(app: Flask, browser: Browser, invited: str) -> None:  # [8]
    with time_machine.travel(START, tick=False) as clock:
        telephone, _ = comes_first(browser, invited)
        before, _ = the_session(app)
        clock.shift(60)
        assert browser.posts("/staff/prove", {"code": telephone.shows()}).status_code == 302
        assert the_session(app)[0] != before
        assert is_in(browser)


def test_eight_wrong_tries_make_one_wait_and_nobody_else(app: Flask, browser: Browser, invited: str) -> None:  # [19]
    with time_machine.travel(START, tick=False) as clock:
        comes_first(browser, invited)
        guesser = Browser(app, app.response_class, use_cookies=True)
        for _ in range(8):
            assert guesser.posts("/staff/sign-in", {"email": EMAIL, "password": "wrong"}).status_code == 422
        assert types_password(guesser) == 429
        other = guesser.posts("/staff/sign-in", {"email": "another@example.org", "password": "wrong"})
        assert other.status_code == 422
        clock.shift(timedelta(minutes=16))
        assert types_password(guesser) == 302


def test_wrong_codes_count_as_wrong_passwords_do(app: Flask, browser: Browser, invited: str) -> None:  # [19]
    with time_machine.travel(START, tick=False):
        comes_first(browser, invited)
        guesser = Browser(app, app.response_class, use_cookies=True)
        types_password(guesser)
        for code in ("ABCDEF-ABCDEF", *["000000"] * 7):
            assert guesser.posts("/staff/sign-in/code", {"code": code}).status_code in {302, 422}
        assert guesser.posts("/staff/sign-in/code", {"code": "000000"}).status_code == 429


def test_an_unknown_address_is_answered_like_a_wrong_password(browser: Browser, invited: str) -> None:  # [20]
    def answer(email: str) -> tuple[int, str]:
        got = browser.posts("/staff/sign-in", {"email": email, "password": "wrong"})
        return got.status_code, re.sub(r'value="[^"]*"', "", got.text)

    assert answer(EMAIL) == answer("unknown@example.org")


def test_a_fresh_database_has_no_account(app: Flask) -> None:  # [21]
    with app.app_context():
        assert invitations.account_count() == 0


def test_nobody_registers_themselves(app: Flask) -> None:  # [21]
    assert not [rule for rule in app.url_map.iter_rules() if "register" in rule.rule]


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_signing_in_works_on_both_databases(browser: Browser, invited: str) -> None:
    comes_first(browser, invited)
    assert is_in(browser)


def test_secrets_of_authenticators_are_sealed(app: Flask, edo: Member) -> None:
    with app.app_context():
        sealed = db.session.execute(text("SELECT totp_sealed FROM account")).scalar_one()
    assert bytes(sealed).startswith(b"gAAAA")


def test_each_page_of_signing_in_has_no_inline_script_or_style(browser: Browser, invited: str) -> None:  # [2]
    pages = [browser.get(invited).text, browser.get("/staff/sign-in").text]
    browser.posts(invited, {"name": "Nour", "password": PASSWORD})
    types_password(browser)
    pages.append(browser.get("/staff/sign-in/set-up").text)
    for page in pages:
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)


def test_what_was_typed_stays_and_the_error_stands_beside_its_field(browser: Browser) -> None:
    answer = browser.posts("/staff/sign-in", {"email": "someone@example.org", "password": ""})
    assert answer.status_code == 422
    assert 'value="someone@example.org"' in answer.text
    assert 'aria-describedby="password-error"' in answer.text
    assert '<a href="#password">' in answer.text


def test_another_authenticator_ends_other_sessions_old_recovery_codes_and_its_own_first_code(
    app: Flask, browser: Browser, invited: str
) -> None:  # [14] [15]
    with time_machine.travel(START, tick=False) as clock:
        old, old_codes = comes_first(browser, invited)
        clock.shift(60)
        elsewhere = Browser(app, app.response_class, use_cookies=True)
        types_password(elsewhere)
        assert elsewhere.posts("/staff/sign-in/code", {"code": old.shows()}).status_code == 302
        new = Authenticator(browser.get("/staff/me/second-factor").text)
        assert browser.posts("/staff/me/second-factor", {"code": old.shows()}).status_code == 422
        first = new.shows()
        page = browser.posts("/staff/me/second-factor", {"code": first})
        assert page.status_code == 200
        new_codes = re.findall(r"<li>([A-Z2-7-]{20,})</li>", page.text)
        assert len(new_codes) == 10
        assert not set(new_codes) & set(old_codes)
        assert (is_in(browser), is_in(elsewhere)) == (True, False)
        types_password(elsewhere)
        for code in (first, old_codes[0], old.shows()):
            assert elsewhere.posts("/staff/sign-in/code", {"code": code}).status_code == 422, code
        clock.shift(60)
        assert elsewhere.posts("/staff/sign-in/code", {"code": new.shows()}).status_code == 302


def test_the_code_that_set_an_authenticator_up_signs_in_no_second_time(
    app: Flask, browser: Browser, invited: str
) -> None:  # [14]
    with time_machine.travel(START, tick=False):
        telephone, _ = comes_first(browser, invited)
        second = Browser(app, app.response_class, use_cookies=True)
        types_password(second)
        assert second.posts("/staff/sign-in/code", {"code": telephone.shows()}).status_code == 422

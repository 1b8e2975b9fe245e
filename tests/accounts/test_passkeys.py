"""Passkeys: made, shown, lost; the one host of the desk. [n]: row of security.md. authenticator.py is the browser."""

import contextlib
import dataclasses
import json

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from campaign.accounts import invitations, passkeys
from campaign.accounts.models import Account
from campaign.database import db
from tests.accounts.authenticator import Authenticator
from tests.accounts.signing import (
    adds,
    after_the_password,
    by_passkey,
    equipped,
    later,
    options,
    recorded,
    told,
    with_settings,
)
from tests.cast import Browser, Member


def test_a_passkey_is_made_named_listed_told_and_signs_in(app: Flask, pia: Member) -> None:  # [16]
    device = Authenticator()
    equipped(app, pia, device)
    assert "Device 0" in pia.get("/staff/me").text
    assert any("Device 0" in sentence for sentence in told(app, pia.account_id))
    assert by_passkey(after_the_password(app, pia), device).location == "/staff/"
    assert recorded(app, "account.passkey_added") == 1


def test_what_a_passkey_has_signed_holds_once(app: Flask, pia: Member) -> None:  # [16]
    device = Authenticator(counts=False)
    equipped(app, pia, device)
    first, second = after_the_password(app, pia), after_the_password(app, pia)
    signed = device.signs(options(first, "/staff/passkeys/ask"))
    options(second, "/staff/passkeys/ask")
    assert second.posts("/staff/sign-in/code", {"passkey": signed}).status_code == 422
    cookie = first.get_cookie("__Host-session", domain="localhost")
    assert cookie is not None
    assert first.posts("/staff/sign-in/code", {"passkey": signed}).status_code == 302
    # The cookie still says what was asked; the row that it names is gone.
    first.set_cookie("__Host-session", cookie.value, domain="localhost", secure=True)
    assert first.posts("/staff/sign-in/code", {"passkey": signed}).status_code == 422


def test_what_was_asked_holds_for_five_minutes(app: Flask, pia: Member) -> None:  # [16]
    device = Authenticator()
    equipped(app, pia, device)
    browser = after_the_password(app, pia)
    signed = device.signs(options(browser, "/staff/passkeys/ask"))
    with later(minutes=6):
        assert browser.posts("/staff/sign-in/code", {"passkey": signed}).status_code == 422


WRONG = {
    "another host": {"host": "desk.example.org"},
    "another site": {"origin": "https://localhost.example.org"},
    "the same host without https": {"origin": "http://localhost"},
    "another port": {"origin": "https://localhost:8443"},
    "nobody asked for a PIN": {"verifies": False},
    "another key": {"key": Authenticator().key},
    "a counter that went back": {"count": 0},
    "a passkey that nobody registered": {"id": b"somebody else's"},
}


@pytest.mark.parametrize("difference", WRONG)
def test_a_passkey_of_anywhere_else_opens_nothing(app: Flask, pia: Member, difference: str) -> None:  # [16]
    device = Authenticator(count=7)
    equipped(app, pia, device)
    wrong = dataclasses.replace(device, **WRONG[difference])  # type: ignore[arg-type]
    browser = after_the_password(app, pia)
    assert by_passkey(browser, wrong).status_code == 422
    assert browser.get("/staff/me").status_code == 302
    assert by_passkey(browser, device).status_code == 302


@pytest.mark.parametrize("difference", ["another host", "another site", "nobody asked for a PIN"])
def test_a_passkey_that_is_not_of_this_desk_is_not_kept(app: Flask, pia: Member, difference: str) -> None:  # [16]
    wrong = dataclasses.replace(Authenticator(), **WRONG[difference])  # type: ignore[arg-type]
    assert adds(pia, wrong).status_code == 422
    with app.app_context():
        assert passkeys.of(pia.account_id) == []


def test_a_passkey_of_somebody_else_opens_nothing(app: Flask, pia: Member, sana: Member) -> None:
    hers, own = Authenticator(), Authenticator()
    equipped(app, pia, own)
    equipped(app, sana, hers)
    assert by_passkey(after_the_password(app, pia), hers).status_code == 422
    assert adds(pia, hers).status_code == 422


def test_what_was_asked_for_one_purpose_serves_no_other(app: Flask, pia: Member) -> None:
    device, other = Authenticator(), Authenticator()
    equipped(app, pia, device)
    asked = options(pia, "/staff/passkeys/ask")
    assert pia.posts("/staff/me/passkeys/new", {"name": "Key", "passkey": other.makes(asked)}).status_code == 422
    offered = options(pia, "/staff/passkeys/offer")
    with later(minutes=11):
        assert pia.posts("/staff/prove", {"passkey": device.signs(offered)}).status_code == 422


JUNK = ["", "null", "[]", "{", "[" * 9_000, '{"rawId": "é"}', '{"rawId": "AA", "response": []}', "\ud800"]


@pytest.mark.parametrize("sent", JUNK)
def test_what_no_browser_sends_is_refused_and_breaks_nothing(app: Flask, pia: Member, sent: str) -> None:
    equipped(app, pia, Authenticator())
    browser = after_the_password(app, pia)
    options(browser, "/staff/passkeys/ask")
    token = browser.token_on("/staff/sign-in/code")
    body = {"csrf_token": token, "passkey": sent.encode("utf-8", "surrogatepass")}
    assert browser.post("/staff/sign-in/code", data=body).status_code in {400, 422}


ASKED: dict[str, object] = {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"}
GOOD = {"made": Authenticator().makes(ASKED), "signed": Authenticator().signs(ASKED)}
CHECKED = {"expected_challenge": bytes(16), "expected_rp_id": "localhost", "expected_origin": "https://localhost"}


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_no_broken_byte_of_an_answer_breaks_the_desk(kind: str, data: st.DataObject) -> None:
    sent = json.loads(GOOD[kind])
    part = data.draw(st.sampled_from(sorted(sent["response"])))
    raw = bytearray(base64url_to_bytes(sent["response"][part]))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    sent["response"][part] = bytes_to_base64url(bytes(raw))
    with contextlib.suppress(*passkeys.BROKEN):
        if kind == "made":
            verify_registration_response(credential=sent, **CHECKED)
        else:
            known = {"credential_public_key": b"\xa0", "credential_current_sign_count": 0}
            verify_authentication_response(credential=sent, **known, **CHECKED)


def test_a_lost_passkey_is_removed_and_ends_every_other_session(app: Flask, pia: Member) -> None:
    lost, kept = Authenticator(), Authenticator()
    equipped(app, pia, lost, kept)
    elsewhere = after_the_password(app, pia)
    assert by_passkey(elsewhere, lost).status_code == 302
    with app.app_context():
        number = passkeys.of(pia.account_id)[0].id
    assert pia.posts(f"/staff/me/passkeys/{number}/remove").status_code == 302
    assert elsewhere.get("/staff/me").status_code == 302
    assert pia.get("/staff/me").status_code == 200
    assert by_passkey(after_the_password(app, pia), lost).status_code == 422


def test_nobody_removes_a_passkey_of_somebody_else(app: Flask, pia: Member, sana: Member) -> None:
    equipped(app, sana, Authenticator())
    with app.app_context():
        number = passkeys.of(sana.account_id)[0].id
    pia.posts(f"/staff/me/passkeys/{number}/remove")
    with app.app_context():
        assert len(passkeys.of(sana.account_id)) == 1


def test_after_a_move_to_another_host_old_passkeys_count_for_nothing(app: Flask, pia: Member) -> None:
    equipped(app, pia, Authenticator(), Authenticator())
    with_settings(app, address="https://desk.example.org")
    with app.app_context():
        account = db.session.get_one(Account, pia.account_id)
        assert passkeys.of(account.id) == []
        assert passkeys.lacks(account) is not None


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:5000", "https://192.0.2.7", "https://[2001:db8::1]", "http://desk.example.org"]
)
def test_where_no_browser_makes_passkeys_none_is_asked_for(app: Flask, pia: Member, address: str) -> None:
    with_settings(app, address=address)
    with app.app_context():
        assert passkeys.due_at(db.session.get_one(Account, pia.account_id)) is None
    assert "Add a passkey" not in pia.get("/staff/me").text
    assert pia.get("/staff/me/passkeys/new").status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "www.example.org"])
def test_the_desk_leads_on_from_another_host_of_the_site(app: Flask, visitor: Browser, host: str) -> None:
    app.config["TRUSTED_HOSTS"] = ["localhost", host]
    answer = visitor.get("/staff/cases?q=a", base_url=f"https://{host}")
    assert (answer.status_code, answer.location) == (302, "https://localhost/staff/cases?q=a")
    assert visitor.post("/staff/sign-in", base_url=f"https://{host}").status_code == 404
    assert visitor.get("/", base_url=f"https://{host}").status_code == 200


def test_a_host_that_is_named_for_the_desk_is_told_to_nobody(app: Flask, visitor: Browser) -> None:
    with_settings(app, staff_host="desk.example.org")
    app.config["TRUSTED_HOSTS"] = ["localhost", "desk.example.org"]
    answer = visitor.get("/staff/sign-in", base_url="https://localhost")
    assert answer.status_code == 404
    assert "desk.example.org" not in answer.text + str(answer.headers)
    assert visitor.get("/staff/sign-in", base_url="https://desk.example.org").status_code == 200


def test_an_invitation_leads_to_the_host_of_the_desk(app: Flask) -> None:
    with_settings(app, staff_host="desk.example.org")
    with app.app_context():
        link = invitations.invite(invitations.account_for("nour@example.org"))
        assert link.startswith("https://desk.example.org/staff/invitation/")

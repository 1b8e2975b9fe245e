"""Passkeys in a real browser, with the virtual authenticator that Chromium has for tests (WebDriver of WebAuthn)."""

import re
import threading
from base64 import b32decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, Response
from werkzeug.serving import make_server

from app import create_app
from campaign.accounts import invitations, passkeys
from campaign.accounts.permissions import Role
from campaign.database import db
from campaign.settings import read
from tests import tables
from tests.browser.demonstration import free_port
from tests.browser.looking import Heard, barriers, faults, listen
from tests.browser.test_way_in import PASSWORD, code_of, sends


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[str, Flask]]:
    """The address of an empty desk on localhost, where browsers make passkeys, and its application."""
    address = f"http://localhost:{free_port()}"
    app = create_app(
        read({"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_ADDRESS": address, "CAMPAIGN_SWEEP_SECONDS": "0"})
    )
    tables.create(app)
    server = make_server("127.0.0.1", int(address.rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address, app
    server.shutdown()
    thread.join()
    server.server_close()
    tables.close(app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab whose browser has an authenticator built in, which asks for a PIN and is told it."""
    context = browser.new_context()
    tab = context.new_page()
    tools = context.new_cdp_session(tab)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    yield tab
    context.close()


def newcomer(app: Flask, email: str) -> str:
    """Return the address of a fresh invitation for a publisher."""
    with app.app_context():
        account = invitations.account_for(email)
        invitations.grant(account, [Role.PUBLISHER])
        link = invitations.invite(account, opens_alone=True)
        db.session.commit()
    return link


def comes_in(page: Page, email: str) -> bytes:
    """Go from an open invitation to one's own page; return the secret of the authenticator."""
    page.get_by_label("Your name at the desk").fill("Nour")
    page.get_by_label("New password").fill(PASSWORD)
    sends(page, "Save")
    types_password(page, email)
    secret = b32decode(re.sub(r"\s", "", page.locator("code.digest").inner_text()))
    page.get_by_label("Code").fill(code_of(secret))
    sends(page, "Keep this authenticator")
    return secret


def types_password(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    sends(page, "Continue")


def looked_at(page: Page, address: str, heard: Heard, answer: Response) -> None:
    """Look whether the page that is open is silent towards others, whole, and open to everyone."""
    assert faults(page, heard, address, answer) == []
    assert barriers(page) == []
    heard.failed.clear()
    heard.said.clear()


def goes_to(page: Page, path: str) -> Response:
    answer = page.goto(path)
    assert answer is not None
    return answer


def test_a_browser_makes_a_passkey_signs_in_with_it_and_shows_it_again(desk: tuple[str, Flask], page: Page) -> None:
    (address, app), email = desk, "nour@example.org"
    heard = listen(page)
    page.goto(newcomer(app, email))
    comes_in(page, email)
    looked_at(page, address, heard, goes_to(page, f"{address}/staff/me/passkeys/new"))
    page.get_by_label("Name of this passkey").fill("Telephone")
    looked_at(page, address, heard, sends(page, "Make the passkey"))
    assert "Telephone, not used yet" in page.locator("#passkeys").inner_text()
    page.goto(f"{address}/staff/me")
    page.locator("main").get_by_role("button", name="Sign out").click()
    types_password(page, email)
    sends(page, "Show a passkey")
    looked_at(page, address, heard, goes_to(page, f"{address}/staff/me"))
    assert "Telephone, last used" in page.locator("#passkeys").inner_text()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        page.goto(f"{address}/staff/me")
        looked_at(page, address, heard, sends(page, "Make a printed sheet"))
        answer = sends(page, "Show a passkey")
        assert page.locator(".codes li").count() == passkeys.SHEET_CODES
        looked_at(page, address, heard, answer)
        looked_at(page, address, heard, goes_to(page, f"{address}/staff/me/command"))


def test_a_second_passkey_on_the_same_device_is_refused_in_a_sentence(desk: tuple[str, Flask], page: Page) -> None:
    address, app = desk
    page.goto(newcomer(app, "nour@example.org"))
    comes_in(page, "nour@example.org")
    page.goto(f"{address}/staff/me/passkeys/new")
    page.get_by_label("Name of this passkey").fill("Telephone")
    sends(page, "Make the passkey")
    page.goto(f"{address}/staff/me/passkeys/new")
    page.get_by_role("button", name="Make the passkey").click()
    page.locator("[data-passkey-fault]").wait_for(state="visible")
    assert "has a passkey of yours already" in page.locator("[data-passkey-fault]").inner_text()


def test_a_code_alone_opens_the_emergency_and_a_sheet_makes_a_new_passkey(desk: tuple[str, Flask], page: Page) -> None:
    (address, app), email = desk, "nour@example.org"
    heard = listen(page)
    page.goto(newcomer(app, email))
    secret = comes_in(page, email)
    page.goto(f"{address}/staff/me")
    sends(page, "Make a printed sheet")
    code = page.locator(".codes li").first.inner_text()
    page.context.clear_cookies()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        page.goto(f"{address}/staff/sign-in")
        types_password(page, email)
        page.get_by_label("Code").fill(code_of(secret, later=0))
        looked_at(page, address, heard, sends(page, "Continue"))
        assert page.url == f"{address}/staff/emergency"
        page.get_by_label("Name or reference").fill("Nobody of that name")
        looked_at(page, address, heard, sends(page, "Find"))
        page.goto(f"{address}/staff/me")
        assert page.url == f"{address}/staff/emergency"
        sends(page, "Sign out")
        types_password(page, email)
        page.get_by_role("link", name="Add a passkey by a code").click()
        page.get_by_label("Code of the printed sheet").fill(code)
        looked_at(page, address, heard, sends(page, "Continue"))
        assert "Come back from" in page.get_by_role("status").inner_text()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15, minutes=61)):
        page.goto(f"{address}/staff/sign-in")
        types_password(page, email)
        page.get_by_role("link", name="Add a passkey by a code").click()
        page.get_by_label("Code of the printed sheet").fill(code)
        looked_at(page, address, heard, sends(page, "Continue"))
        page.get_by_label("Name of this passkey").fill("New telephone")
        sends(page, "Make the passkey")
        looked_at(page, address, heard, goes_to(page, page.url))
        sends(page, "Show a passkey")
        goes_to(page, f"{address}/staff/me")
        assert "New telephone" in page.locator("#passkeys").inner_text()

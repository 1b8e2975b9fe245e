"""From an invitation to the desk and out again, each page met by a browser."""

import re
from base64 import b32decode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from campaign.accounts import credentials, invitations
from campaign.accounts.permissions import Role
from campaign.clock import now
from campaign.database import db
from tests.browser.demonstration import NOBODY, Demonstration
from tests.browser.looking import barriers, faults, listen

PASSWORD = "tangerine ladder quiet 41 orbit"
Look = Callable[[Page, Response], None]


def newcomer(demonstration: Demonstration, email: str) -> str:
    """Return the path of a fresh invitation."""
    with demonstration.app.app_context():
        account = invitations.account_for(email)
        invitations.grant(account, [Role.VIEWER])
        link = invitations.invite(account)
        db.session.commit()
    return link.removeprefix(demonstration.address)


def sends(page: Page, button: str) -> Response:
    """Press a button; return the answer that its form got."""
    with page.expect_navigation() as arrival:
        page.get_by_role("button", name=button, exact=True).click()
    assert arrival.value is not None
    assert arrival.value.status < 500, page.locator("body").inner_text()
    return arrival.value


def code_of(secret: bytes, later: int = 0) -> str:
    """Return what the authenticator shows now, or so many steps later."""
    return credentials.generator(secret).generate(int(now().timestamp()) + 30 * later).decode()


def comes_in_and_goes(page: Page, email: str, look: Look) -> None:
    """Walk from an open invitation to the desk, out, and to the second step; look at each page on the way."""
    page.get_by_label("Your name at the desk").fill("Nour")
    page.get_by_label("New password").fill("short")
    look(page, sends(page, "Save"))
    page.get_by_label("New password").fill(PASSWORD)
    sends(page, "Save")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill("wrong")
    look(page, sends(page, "Continue"))
    page.get_by_label("Password").fill(PASSWORD)
    look(page, sends(page, "Continue"))
    secret = b32decode(re.sub(r"\s", "", page.locator("code.digest").inner_text()))
    page.get_by_label("Code").fill(code_of(secret))
    look(page, sends(page, "Keep this authenticator"))
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    page.goto(page.url.partition("/staff")[0] + "/staff/me")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    look(page, sends(page, "Continue"))
    page.get_by_label("Code").fill(code_of(secret, later=1))
    sends(page, "Continue")
    assert page.url.endswith("/staff/")


def test_the_way_in_is_whole_asks_nobody_else_and_shuts_nobody_out(demonstration: Demonstration) -> None:
    page = demonstration.open(NOBODY)
    heard = listen(page)
    page.goto(demonstration.address + newcomer(demonstration, "plain@example.org"))

    def look(page: Page, answer: Response) -> None:
        assert faults(page, heard, demonstration.address, answer) == []
        assert barriers(page) == []
        heard.failed.clear()
        heard.said.clear()

    comes_in_and_goes(page, "plain@example.org", look)
    page.context.clear_cookies()
    page.close()


def test_the_way_in_needs_no_script(demonstration: Demonstration) -> None:
    page = demonstration.open(NOBODY, "scriptless")
    page.goto(demonstration.address + newcomer(demonstration, "scriptless@example.org"))
    comes_in_and_goes(page, "scriptless@example.org", lambda page, _answer: None)
    page.context.clear_cookies()
    page.close()


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/cases"])
def test_the_first_key_leads_past_the_links_to_the_content(demonstration: Demonstration, path: str) -> None:
    page = demonstration.open("viewer" if path == "/staff/cases" else NOBODY)
    page.goto(demonstration.address + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.skip')")
    page.keyboard.press("Enter")
    assert page.url.endswith(("#content", "#case"))
    page.close()

"""The place field in a real browser: with script candidates appear while one types, without it by one more post."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app
from campaign.settings import read
from tests import tables
from tests.staff.conftest import Person
from tests.staff.writing import head

TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """An application that a browser on this machine can sign in to: over http, on loopback."""
    application = create_app(read({"CAMPAIGN_HOME": str(home), "CAMPAIGN_SWEEP_SECONDS": "0"}))
    tables.create(application)
    yield application
    tables.close(application)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def form_of(browser: Browser, address: str, app: Flask, edo: Person, ref: str, **ways: object) -> Page:
    """Return the edit form of a case in a telephone's browser, in which Edo is signed in."""
    cookie = edo.client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="localhost")
    assert cookie is not None
    context = browser.new_context(viewport=TELEPHONE, **ways)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/staff/cases/{ref}/edit")
    return page


def save(page: Page) -> None:
    page.locator(".bar button").first.click()
    page.wait_for_load_state()


def test_without_script_a_name_of_two_places_is_chosen_on_a_telephone(
    browser: Browser, address: str, app: Flask, edo: Person
) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    page = form_of(browser, address, app, edo, ref, java_script_enabled=False)
    page.get_by_label("From", exact=True).fill("غۇلجا")
    save(page)
    page.get_by_label("Ghulja County, Ili Prefecture, Xinjiang").check()
    save(page)

    assert head(app, ref).origin_place == "654021"
    page.context.close()


def test_with_script_the_keys_choose_among_what_begins_so(
    browser: Browser, address: str, app: Flask, edo: Person
) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    page = form_of(browser, address, app, edo, ref)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    place = page.get_by_role("combobox", name="From", exact=True)
    with page.expect_response(lambda answer: "/places/suggest" in answer.url):
        place.fill("伊宁")
    page.get_by_role("option", name="Ghulja County").wait_for()
    place.press("ArrowDown")
    place.press("ArrowDown")
    place.press("Enter")

    assert place.input_value() == "Ghulja County, Ili Prefecture, Xinjiang"
    save(page)
    assert head(app, ref).origin_place == "654021"
    assert complaints == []
    page.context.close()


def test_no_barrier_stands_while_places_are_offered_nor_where_one_is_asked_about(
    browser: Browser, address: str, app: Flask, edo: Person
) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    page = form_of(browser, address, app, edo, ref, bypass_csp=True)
    place = page.get_by_role("combobox", name="From", exact=True)
    place.fill("Ghulja")
    page.get_by_role("option", name="Ghulja County").wait_for()
    place.press("ArrowDown")
    offered = Axe().run(page).response["violations"]
    place.press("Escape")
    save(page)
    page.get_by_role("radio", name="Ghulja City").wait_for()
    asked = Axe().run(page).response["violations"]

    assert [one["id"] for one in (*offered, *asked)] == []
    page.context.close()

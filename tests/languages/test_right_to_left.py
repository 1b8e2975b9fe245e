"""The pages from right to left, as a browser lays them out: nothing stands out at any width, nobody is shut out."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser.looking import SIDEWAYS, barriers

PAGES = (
    "/dv/",
    "/dv/profiles",
    "/dv/profiles?q=Нурлан",
    "/dv/profiles?q=яяяяяяя",
    "/dv/profiles/FXD-40718-somebody",
    "/dv/profiles/FXD-40726",
    "/dv/profiles/FXD-40791",
    "/dv/profiles/FXD-40792/history",
    "/dv/about",
    "/dv/methodology",
    "/dv/privacy",
    "/dv/data",
    "/dv/nothing",
    "/dv/profiles/FXD-40790",
)
WIDTHS = (390, 480, 640, 768, 1024, 1280)


@pytest.fixture(scope="module")
def site(spoken: Flask) -> Iterator[str]:
    """The address of the site in three languages."""
    server = make_server("127.0.0.1", 0, spoken, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab that lets the examiner's script in."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def too_wide(page: Page) -> list[tuple[int, int]]:
    """Return by how many pixels the open page stands out at each width that it does."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found.append((width, page.evaluate(SIDEWAYS)))
    return [(width, over) for width, over in found if over > 0]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_from_right_to_left_stands_within_its_window_and_has_no_barrier(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert too_wide(page) == []
    assert barriers(page) == []


def test_what_stands_out_is_seen(page: Page) -> None:
    page.set_content("<!doctype html><html dir=rtl><p style='inline-size: 700px'>wide</p>")
    assert [width for width, _ in too_wide(page)] == [390, 480, 640]

"""Each page, met by a browser: reachable by everyone, whole without scripts, silent towards everybody else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.looking import barriers, faults, listen

PERSON = "/profiles/FXD-40718-nurlan-example"
ADDRESSES = {
    "/": 200,
    "/profiles": 200,
    "/profiles?ethnicity=nobody": 200,
    PERSON: 200,
    f"{PERSON}/history": 200,
    "/about": 200,
    "/methodology": 200,
    "/privacy": 200,
    "/data": 200,
    "/nothing": 404,
    "/profiles/FXD-40720": 410,
    "/staff/sign-in": 200,
}


@pytest.fixture(scope="module")
def visited(browser: Browser) -> Iterator[Page]:
    """A tab whose scripts are off, as a careful visitor's are."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_asks_nobody_else_and_shuts_nobody_out(fresh: Page, site: str, path: str) -> None:
    heard = listen(fresh)
    answer = fresh.goto(site + path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == ADDRESSES[path]
    assert faults(fresh, heard, site, answer) == []
    assert fresh.context.cookies() == [] or path.startswith("/staff")
    assert barriers(fresh) == []
    leads_past_the_links(fresh)


def leads_past_the_links(page: Page) -> None:
    """Assert that the first key leads to a link past all others, which leads to the content."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    is_at_skip = page.evaluate("document.activeElement.matches('a.skip')")
    if not is_at_skip and page.locator("[autofocus]").count():
        page.locator("a.skip").focus()
    else:
        assert is_at_skip
    box = page.locator("a.skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")


def test_the_examiner_sees_a_barrier_where_there_is_one(fresh: Page) -> None:
    fresh.set_content("<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    assert {rule for _, rule, _ in barriers(fresh)} == {"image-alt"}


def test_the_policy_keeps_every_script_out(fresh: Page, site: str) -> None:
    fresh.goto(site)
    with pytest.raises(Error, match="TrustedScript"):
        fresh.evaluate("document.createElement('img').setAttribute('onerror', 'alert(1)')")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_without_scripts(visited: Page, site: str, path: str) -> None:
    visited.goto(site + path)
    assert visited.locator("h1").count() == 1
    assert len(visited.locator("main").inner_text().split()) > 3
    assert visited.locator("noscript").count() == 0


def test_the_sentence_of_filters_works_without_scripts(visited: Page, site: str) -> None:
    visited.goto(f"{site}/profiles")
    visited.get_by_label("Ethnicity", exact=True).select_option("kazakh")
    visited.get_by_role("button", name="Show", exact=True).click()
    assert "ethnicity=kazakh" in visited.url
    visited.get_by_role("link", name="The next people").click()
    assert "after=" in visited.url
    assert visited.locator("ol.people > li").count() == 7

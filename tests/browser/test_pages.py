"""Each page, met by a browser: reachable by everyone, whole without scripts, silent towards everybody else."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

PERSON = "/profiles/FXD-40718-nurlan-example"
ADDRESSES = {
    "/": 200,
    "/profiles": 200,
    "/profiles?ethnicity=nobody": 200,
    PERSON: 200,
    f"{PERSON}/history": 200,
    "/about": 200,
    "/methodology": 200,
    "/data": 200,
    "/nothing": 404,
    "/profiles/FXD-40720": 410,
    "/staff/sign-in": 200,
}
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def visited(browser: Browser) -> Iterator[Page]:
    """A tab whose scripts are off, as a careful visitor's are."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def scripted(browser: Browser) -> Iterator[Page]:
    """A tab as most people have it, under the site's own policy."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def examined(browser: Browser) -> Iterator[Page]:
    """A tab that lets the examiner's script in, which the site's policy forbids."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A tab of somebody who has never been here: no cookie, nothing kept."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_asks_no_other_host_and_breaks_no_policy(fresh: Page, site: str, path: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    failed: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.on("console", lambda line: said.append(line.text))
    fresh.on("pageerror", lambda error: said.append(str(error)))
    fresh.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    answer = fresh.goto(site + path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == ADDRESSES[path]
    assert [url for url in asked if not url.startswith((f"{site}/", "data:"))] == []
    assert [url for url in failed if url != site + path] == []
    assert [line for line in said if f"status of {answer.status}" not in line] == []
    assert fresh.context.cookies() == [] or path.startswith("/staff")


@pytest.mark.parametrize("path", ADDRESSES)
def test_at_any_width_nothing_is_cut_off_and_no_barrier_stands(examined: Page, site: str, path: str) -> None:
    examined.goto(site + path)
    for width in WIDTHS:
        examined.set_viewport_size({"width": width, "height": 800})
        assert examined.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(examined) == [], width


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return what the examiner finds on the page that is open: each rule that is broken, and where."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def test_the_examiner_sees_a_barrier_where_there_is_one(examined: Page) -> None:
    examined.set_content("<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    assert [rule for rule, _ in barriers(examined)] == ["image-alt"]


def test_the_policy_keeps_every_script_out(fresh: Page, site: str) -> None:
    fresh.goto(site)
    with pytest.raises(Error, match="TrustedScript"):
        fresh.evaluate("document.createElement('img').setAttribute('onerror', 'alert(1)')")


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_first_key_leads_past_the_links_to_the_content(scripted: Page, site: str, path: str) -> None:
    scripted.goto(site + path)
    scripted.evaluate("document.activeElement.blur()")
    scripted.keyboard.press("Tab")
    is_at_skip = scripted.evaluate("document.activeElement.matches('a.skip')")
    if not is_at_skip and scripted.locator("[autofocus]").count():
        scripted.locator("a.skip").focus()
    else:
        assert is_at_skip
    box = scripted.locator("a.skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["height"] >= 24
    scripted.keyboard.press("Enter")
    scripted.wait_for_url("**#content")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_without_scripts(visited: Page, site: str, path: str) -> None:
    visited.goto(site + path)
    assert visited.locator("h1").count() == 1
    assert len(visited.locator("main").inner_text().split()) > 3
    assert visited.locator("noscript").count() == 0


def test_the_sentence_of_filters_works_without_scripts(visited: Page, site: str) -> None:
    visited.goto(f"{site}/profiles")
    visited.get_by_label("People", exact=True).select_option("Kazakh")
    visited.get_by_role("button", name="Show", exact=True).click()
    assert "ethnicity=Kazakh" in visited.url
    visited.get_by_role("link", name="The next people").click()
    assert "after=" in visited.url
    assert visited.locator("ol.people > li").count() == 7

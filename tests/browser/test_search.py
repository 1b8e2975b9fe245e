"""The search, met by a browser: without script, on a telephone, by a Cyrillic spelling; and by an examiner."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import barriers, faults, listen

FOUND, NOBODY = "/profiles?q=%D0%9D%D1%83%D1%80%D0%BB%D0%B0%D0%BD", "/profiles?q=Example+Qurbanbeg&from=CN-XJ"


@pytest.fixture(scope="module")
def telephone(browser: Browser) -> Iterator[Page]:
    """A narrow tab whose scripts are off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_a_person_is_found_by_a_cyrillic_spelling_on_a_telephone(telephone: Page, site: str) -> None:
    telephone.goto(f"{site}/profiles")
    telephone.get_by_role("searchbox").fill("Нурлан")
    telephone.get_by_role("button", name="Find").click()
    first = telephone.locator("ol.results > li").first
    assert "Nurlan Example" in first.inner_text()
    assert first.locator(".why").inner_text() == "Spelt نۇرلان in Uyghur"
    first.get_by_role("link").click()
    assert telephone.url.endswith("/profiles/FXD-40718-nurlan-example")


def test_what_is_found_can_be_narrowed_without_script(telephone: Page, site: str) -> None:
    telephone.goto(f"{site}/profiles?q=Serik")
    telephone.get_by_text("Narrow it down").click()
    telephone.get_by_label("Year", exact=True).select_option("2018")
    telephone.get_by_role("button", name="Show", exact=True).click()
    assert "q=Serik" in telephone.url
    assert "year=2018" in telephone.url
    assert "detained in 2018" in telephone.locator("#found").inner_text()
    telephone.get_by_role("link", name="Leave out: detained in 2018").click()
    assert "year" not in telephone.url


@pytest.mark.parametrize("path", [FOUND, NOBODY, "/profiles?q=zzyx", "/profiles?q=Serik"])
def test_no_barrier_stands_before_what_is_found_or_not(fresh: Page, site: str, path: str) -> None:
    heard = listen(fresh)
    answer = fresh.goto(site + path)
    assert answer is not None
    assert faults(fresh, heard, site, answer) == []
    assert barriers(fresh) == []

"""The public pages as a browser lays them out: nothing cut off at any width, in order, reachable by key, and light."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app
from campaign.ledger.documents import Name
from campaign.settings import read
from tests import tables
from tests.ledger.samples import a_profile, made
from tests.public.filled import Filled
from tests.public.people import publish
from tests.web.test_fonts import rules

FILLED = "/profiles/FXD-40718-somebody"
LATIN = "/profiles/FXD-40800-omer-jan"
PAGES = ["/", FILLED, f"{FILLED}/history", "/about", "/methodology", "/data", "/privacy", "/nothing"]
WIDTHS = [320, 390, 640, 768, 1280, 1920]  # 640 is what 1280 becomes at twice the size


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with somebody of whom everything is told, and somebody in Latin letters alone."""
    app = create_app(read({"CAMPAIGN_HOME": str(tmp_path_factory.mktemp("public")), "CAMPAIGN_EDGES": "public"}))
    tables.create(app)
    name = made(Name, text="Ömer Jan", kind="full", script="Latn", language="ug", is_preferred=True)
    latin = a_profile(ref="FXD-40800", name="Omer Jan", names=[name], origin=None)
    publish(app, Filled().document(), a_profile(ref="FXD-40719", name="Serik Pattern"))
    publish(app, msgspec.structs.replace(latin, summary=[]))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    tables.close(app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of somebody who has never been here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_headings_descend_and_nothing_is_cut_off_at_any_width(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert [pair for pair in zip([1, *levels], levels, strict=False) if pair[1] > pair[0] + 1] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_tells_everything_has_no_barrier(page: Page, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(site + FILLED)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("path", ["/", FILLED])
def test_whoever_comes_by_key_sees_where_they_are(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    seen = "(() => { const style = getComputedStyle(document.activeElement); return parseFloat(style.outlineWidth) })()"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(seen) >= 3, page.evaluate("document.activeElement.outerHTML")


def test_a_page_in_latin_letters_loads_no_other_script(page: Page, site: str) -> None:
    faces: list[str] = []
    page.on("request", lambda request: faces.extend(re.findall(r"/fonts/(.+)", request.url)))
    page.goto(site + LATIN, wait_until="networkidle")
    cuts = {face.partition(".")[0] for face in faces}
    assert cuts <= {"archivo-latin", "source-serif-latin", "source-serif-italic"}
    assert "archivo-latin" in cuts


def test_a_page_loads_the_slices_of_its_chinese_characters_and_no_other(page: Page, site: str) -> None:
    faces: set[str] = set()
    page.on("request", lambda request: faces.update(re.findall(r"/fonts/(noto-sans-sc.+)", request.url)))
    page.goto(site + LATIN, wait_until="networkidle")
    assert faces == set()
    asked = {point: rule.file for rule in rules() if rule.family == "Noto Sans SC" for point in rule.points}
    for name in ("阿布都热合曼", "龟鬱", "㐂𠀀"):  # common in names; one of each standard; of neither
        faces.clear()
        page.evaluate(
            "name => { const h1 = document.querySelector('h1'); h1.textContent = name; h1.offsetWidth;"
            " return document.fonts.ready.then(() => true) }",
            name,
        )
        assert faces == {asked[ord(letter)] for letter in name if ord(letter) in asked}, name
        assert is_drawn_by_ours(page, "h1") is (name != "㐂𠀀")


def is_drawn_by_ours(page: Page, selector: str) -> bool:
    """Say whether every character of an element is drawn by the face that we serve for Chinese."""
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return all(font["isCustomFont"] and font["familyName"].startswith("Noto Sans SC") for font in used)


def test_a_source_keeps_its_number_when_another_one_is_gone(page: Page, site: str) -> None:
    page.goto(site + FILLED)
    page.evaluate("document.querySelector('.sources li').setAttribute('value', '3')")
    assert page.evaluate("getComputedStyle(document.querySelector('.sources li'), '::before').content") == '"3"'


def test_on_paper_a_known_day_is_filled_and_the_address_is_written_out(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(site + FILLED)
    page.emulate_media(media="print")
    filled = "getComputedStyle(document.querySelector('.time > .day'), '::after').borderTopWidth"
    assert float(page.evaluate(filled).removesuffix("px")) > 5
    sheet = page.locator(".paper-only")
    assert sheet.is_visible()
    assert "/profiles/FXD-40718" in sheet.inner_text()
    for chrome in (".mast", ".foot", ".act", ".band"):
        assert not page.locator(chrome).is_visible(), chrome

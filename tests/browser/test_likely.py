"""Who a case may be, while somebody types it in a real browser: with script by itself, without it by a button."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import CaseFile, Name
from campaign.database import db
from tests.browser.demonstration import Demonstration
from tests.browser.looking import SIDEWAYS, WIDTHS, barriers, listen
from tests.browser.test_way_in import sends

LATIN, CYRILLIC = "Semet Örükzar", "Семет Орукзар"
ARABIC = "سەمەت ئۆرۈكزار حاجى قوناشەھەر ناھىيەسىنىڭ توققۇزاق بازىرىدىن كەلگەن"
LONG = "Semet Orukzar of the orchard beside the old river, the beekeeper of the three bridges"


def opened(demonstration: Demonstration, *names: str) -> str:
    """Open a case by the verb; return its reference."""
    with demonstration.app.app_context():
        by = db.session.scalars(select(Account)).first()
        assert by is not None
        case = revisions.create(CaseFile(names=[Name(text=name) for name in names]), by=by, reason="Told.")
        db.session.commit()
        return case.ref


@pytest.fixture(scope="module")
def known(demonstration: Demonstration) -> str:
    """The case that is known already, in Latin letters."""
    return opened(demonstration, LATIN)


def form_of(demonstration: Demonstration, kind: str, width: int) -> Page:
    """Return the edit form of a new case, in a window of a width."""
    page = demonstration.open("editor", kind)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{demonstration.address}/staff/cases/{opened(demonstration, 'Nigar Anarbag')}/edit")
    return page


def asked(page: Page) -> list[Request]:
    """Return the list to which every question of the page is added from now on."""
    heard: list[Request] = []
    page.on("request", lambda request: heard.append(request) if request.url.endswith("/likely") else None)
    return heard


@pytest.mark.parametrize("width", WIDTHS)
def test_a_cyrillic_spelling_typed_into_the_form_offers_the_latin_case(
    demonstration: Demonstration, known: str, width: int
) -> None:
    page = form_of(demonstration, "plain", width)
    heard, questions = listen(page), asked(page)
    with page.expect_request(re.compile("/likely$")):
        page.locator("[id='occupation']").fill("botanist")
    name = page.locator("[id='names-0-text']")
    name.fill("")
    name.press_sequentially(CYRILLIC, delay=20)
    expect(page.locator("#likely ol")).to_contain_text(known)
    expect(page.locator("#likely ol")).to_contain_text(f"{CYRILLIC} is spelt {LATIN} in Latin.")
    expect(page.locator(".said")).to_contain_text("known already")
    expect(page.locator(".said")).to_have_role("status")
    assert len(questions) == 2, "one for the occupation, one for all the letters of the name"
    expect(name).to_be_focused()
    assert name.input_value() == CYRILLIC
    assert page.locator("[id='occupation']").input_value() == "botanist"
    assert page.evaluate(SIDEWAYS) == 0
    assert (heard.said, heard.failed) == ([], [])
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_without_script_by_a_button_and_then_saved(
    demonstration: Demonstration, known: str, width: int
) -> None:
    page = form_of(demonstration, "scriptless", width)
    address = page.url
    page.locator("[id='names-0-text']").fill(CYRILLIC)
    page.locator("[id='occupation']").fill("botanist")
    page.get_by_label("Why this change?").fill("She called")
    assert sends(page, "Compare what is typed now").status == 200
    expect(page.locator("#likely ol")).to_contain_text(known)
    expect(page.locator("#likely h2")).to_be_in_viewport()
    assert page.locator("[id='names-0-text']").input_value() == CYRILLIC
    sends(page, f"Not the same person as {known}")
    expect(page.locator("#likely")).to_contain_text("are two people")
    expect(page.locator("#likely")).not_to_contain_text(f"Not the same person as {known}")
    assert page.get_by_label("Why this change?").input_value() == "She called"
    page.locator(".bar").get_by_role("button", name="Save").click()
    assert page.url == address.removesuffix("/edit")
    for words in (CYRILLIC, "botanist"):
        expect(page.locator("main")).to_contain_text(words)
    page.close()


def test_no_barrier_stands_while_five_are_offered(demonstration: Demonstration, known: str) -> None:
    for name in (LATIN, CYRILLIC, ARABIC, LONG):
        opened(demonstration, name, LATIN)
    page = form_of(demonstration, "plain", WIDTHS[0])
    page.locator("[id='names-0-text']").fill(LATIN)
    expect(page.locator("#likely ol > li")).to_have_count(5)
    assert barriers(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(SIDEWAYS) == 0
    page.goto(f"{demonstration.address}/staff/cases/new")
    page.get_by_label("Name", exact=True).fill(ARABIC)
    expect(page.locator("#likely ol")).to_be_visible()
    assert barriers(page) == []
    page.close()


def test_not_the_same_pressed_while_typing_loses_nothing(demonstration: Demonstration, known: str) -> None:
    page = form_of(demonstration, "plain", WIDTHS[1])
    page.locator("[id='names-0-text']").fill(CYRILLIC)
    page.locator("[id='employer']").fill("A mill")
    button = page.get_by_role("button", name=f"Not the same person as {known}", exact=True)
    button.click()
    expect(page.locator("#likely .flash")).to_contain_text(f"{known} are two people")
    expect(page.locator("#likely")).to_be_focused()
    expect(button).to_have_count(0)
    assert page.locator("[id='employer']").input_value() == "A mill"
    page.once("dialog", lambda dialog: dialog.accept())
    page.close()


@pytest.fixture
def slow(demonstration: Demonstration) -> Iterator[Page]:
    """A form whose first question is never answered."""
    page = form_of(demonstration, "plain", WIDTHS[1])
    held: list[object] = []
    page.route(re.compile("/likely$"), lambda route: held.append(route) if not held else route.continue_())
    yield page
    page.close()


def test_a_question_that_is_overtaken_is_given_up(slow: Page, known: str) -> None:
    given_up: list[str] = []
    slow.on("requestfailed", lambda request: given_up.append(request.failure or ""))
    name = slow.locator("[id='names-0-text']")
    with slow.expect_request(re.compile("/likely$")):
        name.fill("Baqi")
    name.fill(CYRILLIC)
    expect(slow.locator("#likely ol")).to_contain_text(known)
    assert given_up == ["net::ERR_ABORTED"]


def test_what_somebody_reads_by_keys_does_not_change_under_them(demonstration: Demonstration, known: str) -> None:
    page = form_of(demonstration, "plain", WIDTHS[1])
    name = page.locator("[id='names-0-text']")
    name.fill(CYRILLIC)
    link = page.locator("#likely ol a", has_text=LATIN).first
    link.wait_for()
    with page.expect_response(re.compile("/likely$")) as answer:
        name.fill("Nobody Whatsoever")
        link.focus()
    answer.value.finished()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(link).to_be_focused()
    name.focus()
    expect(link).to_have_count(0)
    expect(page.locator("#likely")).to_contain_text("Nobody like this is known")
    page.close()


def test_who_was_signed_out_meanwhile_is_told_that_nothing_was_compared(
    demonstration: Demonstration, known: str
) -> None:
    page = form_of(demonstration, "plain", WIDTHS[1])
    context: BrowserContext = page.context
    kept = context.cookies()
    context.clear_cookies()
    page.locator("[id='names-0-text']").fill(CYRILLIC)
    expect(page.locator(".said")).to_contain_text("Not compared just now")
    assert page.locator("[id='names-0-text']").input_value() == CYRILLIC
    assert page.locator("h1").count() == 1
    context.add_cookies(kept)  # type: ignore[arg-type]  # what a context gives, it takes
    page.locator("[id='names-0-text']").press("End")
    page.get_by_role("button", name="Compare what is typed now").click()
    expect(page.locator("#likely ol")).to_contain_text(known)
    page.close()


def test_the_case_that_is_known_opens_beside_the_form(demonstration: Demonstration, known: str) -> None:
    page = form_of(demonstration, "plain", WIDTHS[1])
    page.locator("[id='names-0-text']").fill(LATIN)
    link = page.locator("#likely ol a").first
    link.wait_for()
    with page.context.expect_page() as beside:
        link.click()
    assert re.search(r"/staff/cases/[A-Z]+-[0-9]{5}$", beside.value.url)
    beside.value.close()
    assert page.locator("[id='names-0-text']").input_value() == LATIN
    page.close()

"""Nothing typed is lost, in a real browser: a pause, a link, a closed tab, a lost session, a network that drops."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from campaign.accounts.models import Account, SignInSession
from campaign.cases.models import Case
from campaign.database import db
from campaign.unsaved import presence
from tests.browser.demonstration import Demonstration
from tests.browser.looking import SIDEWAYS, WIDTHS, barriers
from tests.browser.test_likely import opened
from tests.browser.test_way_in import sends

STORY = "She told it once, and will not tell it again: the garden, the two cars, the man with the list."
KEPT = re.compile(r"^Kept at \d\d:\d\d, not saved yet\.$")


def occupation(page: Page) -> str:
    return page.locator("[id='occupation']").input_value()


def form_of(demonstration: Demonstration, page: Page) -> Page:
    page.goto(f"{demonstration.address}/staff/cases/{opened(demonstration, 'Nigar Anarbag')}/edit")
    return page


def ends_newest_session(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        newest = db.session.scalar(select(SignInSession.id).order_by(SignInSession.id.desc()).limit(1))
        db.session.execute(delete(SignInSession).where(SignInSession.id == newest))
        db.session.commit()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_tab_that_is_closed_is_gone_on_with(demonstration: Demonstration, width: int) -> None:
    page = form_of(demonstration, demonstration.open("editor"))
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("[id='occupation']").fill(STORY)
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    address = page.url
    page.close()
    again = demonstration.open("editor")
    again.set_viewport_size({"width": width, "height": 844})
    again.goto(address)
    expect(again.get_by_text("You have unsaved work from")).to_be_visible()
    assert (again.evaluate(SIDEWAYS), occupation(again)) == (0, "")
    again.get_by_role("link", name="Compare").click()
    expect(again.locator(".differs")).to_contain_text(STORY)
    assert again.evaluate(SIDEWAYS) == 0
    again.get_by_role("link", name="Go on with it").click()
    assert occupation(again) == STORY
    again.locator(".bar").get_by_role("button", name="Save").click()
    expect(again.get_by_text("Saved as revision 2")).to_be_visible()
    again.goto(address)
    expect(again.get_by_text("You have unsaved work from")).to_have_count(0)
    again.close()


def test_a_link_waits_until_what_was_typed_is_kept(demonstration: Demonstration) -> None:
    page = form_of(demonstration, demonstration.open("editor"))
    address = page.url
    page.locator("[id='occupation']").fill(STORY)
    page.get_by_role("link", name="Leave it unsaved").click()
    page.wait_for_url(address.removesuffix("/edit"))
    page.goto(address)
    page.get_by_role("link", name="Go on with it").click()
    assert occupation(page) == STORY
    page.close()


@pytest.mark.parametrize("kind", ["plain", "scriptless"])
def test_a_session_lost_in_mid_sentence(demonstration: Demonstration, kind: str) -> None:
    page = form_of(demonstration, demonstration.enter("editor", kind))
    ends_newest_session(demonstration)
    page.locator("[id='occupation']").fill(STORY)
    page.locator(".bar").get_by_role("button", name="Save").click()
    expect(page.get_by_text("You were signed out. What you typed is kept")).to_be_visible()
    page.goto(demonstration.address + demonstration.links["editor"])
    page.get_by_role("button", name="Sign in as").click()
    page.get_by_role("navigation").get_by_role("link", name="Unsaved work").click()
    expect(page.get_by_text("sent when you were signed in no more").first).to_be_visible()
    page.get_by_role("link", name="Compare").first.click()
    expect(page.locator(".differs")).to_contain_text(STORY)
    page.get_by_role("link", name="Go on with it").click()
    assert occupation(page) == STORY
    page.locator(".bar").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 2")).to_be_visible()
    page.context.close()


def test_a_network_that_drops_is_told_and_tried_again(demonstration: Demonstration) -> None:
    page = form_of(demonstration, demonstration.open("editor"))
    page.route(re.compile("/unsaved/keep$"), lambda route: route.abort())
    page.locator("[id='occupation']").fill(STORY)
    expect(page.locator("[data-kept]")).to_contain_text("Not kept: nobody answers")
    page.unroute_all()
    expect(page.locator("[data-kept]")).to_have_text(KEPT, timeout=15_000)
    page.close()


def test_confidential_fields_come_beside_what_is_typed(demonstration: Demonstration) -> None:
    page = form_of(demonstration, demonstration.open("editor", "scriptless"))
    page.locator("[id='occupation']").fill(STORY)
    sends(page, "Edit them too")
    assert occupation(page) == STORY
    expect(page.locator("#part-consent")).to_be_in_viewport()
    page.close()


def test_who_has_the_case_open_is_told_of_a_colleague_who_opens_it(demonstration: Demonstration) -> None:
    page = demonstration.open("editor")
    page.clock.install()
    form_of(demonstration, page)
    expect(page.locator(".present")).to_be_empty()
    with demonstration.app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == page.url.split("/")[-2])).one()
        other = db.session.scalars(select(Account).where(Account.id != int(demonstration.places["editor"]))).first()
        assert other is not None
        numbers, name = (case.id, other.id), other.display_name
        db.session.rollback()
        presence.note(*numbers, beats=True)
    page.clock.run_for("00:31")
    expect(page.locator(".present")).to_contain_text(f"{name} has this case open since")
    page.close()


def test_five_minutes_before_the_end_the_page_says_so(demonstration: Demonstration) -> None:
    page = demonstration.enter("editor")
    page.clock.install()
    form_of(demonstration, page)
    told = page.locator("[data-session]")
    expect(told).to_be_hidden()
    page.clock.run_for("25:30")
    expect(told).to_contain_text("You will be signed out at")
    expect(told).to_contain_text("What you type is kept.")
    page.get_by_role("button", name="Stay signed in").click()
    expect(told).to_be_hidden()
    page.context.close()


def test_no_barrier_stands_before_unsaved_work(demonstration: Demonstration) -> None:
    page = form_of(demonstration, demonstration.open("editor"))
    page.locator("[id='occupation']").fill(STORY)
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    page.reload()
    expect(page.get_by_text("You have unsaved work from")).to_be_visible()
    walks: list[Callable[[], object]] = [
        lambda: None,
        page.get_by_role("link", name="Compare").click,
        page.get_by_role("link", name="Unsaved work").first.click,
    ]
    for walk in walks:
        walk()
        assert barriers(page) == []
    page.close()

"""The desk by hand: a case from its first name to its review without any script, and the keys of who works all day."""

import re

from playwright.sync_api import Page, expect

from tests.browser.demonstration import Demonstration
from tests.browser.looking import barriers, faults, listen
from tests.browser.test_way_in import sends

MOST_TABS = 150


def opened(page: Page, demonstration: Demonstration, name: str) -> str:
    """Open a case with a name; return its reference."""
    page.goto(f"{demonstration.address}/staff/cases/new")
    page.get_by_label("Name", exact=True).fill(name)
    sends(page, "Open the case")
    found = re.search(r"/cases/([A-Z]+-[0-9]{5})/edit", page.url)
    assert found is not None, page.url
    return found[1]


def test_a_case_is_written_discussed_held_back_and_reviewed_without_script(demonstration: Demonstration) -> None:
    edda = demonstration.open("editor", "scriptless")
    ref = opened(edda, demonstration, "Sherin Toxtash")
    edda.get_by_role("button", name="Add a row to sources").click()
    edda.locator("[id='sources-0-title']").fill("An invented letter")
    edda.get_by_label("Why this change?").fill("A source")
    sends(edda, "Save")
    assert "An invented letter" in edda.locator("main").inner_text()
    edda.goto(f"{demonstration.address}/staff/cases/{ref}/comments")
    edda.get_by_label("About").select_option(label="The case as a whole")
    edda.get_by_label("Comment").fill("Who has the letter?")
    sends(edda, "Add the comment")
    sends(edda, "Mark as settled")
    edda.goto(f"{demonstration.address}/staff/cases/{ref}")
    edda.get_by_label("Hold back until").fill("2199-06-01T09:00")
    sends(edda, "Hold it back")
    assert "1 Jun 2199, 09:00" in edda.locator("#embargo").inner_text()
    sends(edda, "Ask for a review")
    edda.close()
    petra = demonstration.open("publisher", "scriptless")
    petra.goto(f"{demonstration.address}/staff/cases?state=in_review&q=Toxtash")
    petra.get_by_role("link", name="Sherin Toxtash").first.click()
    petra.locator("#review").get_by_label("Note").fill("Say which letter.")
    sends(petra, "Ask for changes")
    petra.goto(f"{demonstration.address}/staff/cases/{ref}")
    assert "Say which letter." in petra.locator("#review").inner_text()
    petra.close()


def test_what_the_desk_refuses_is_as_carefully_set_as_the_rest(demonstration: Demonstration) -> None:
    page, other = demonstration.open("editor"), demonstration.open("editor")
    ref = opened(page, demonstration, "Qeyser Chinar")
    other.goto(page.url)
    page.locator("[id='episodes']").get_by_role("button", name="Add a row to episodes of detention").click()
    page.locator("[id='episodes-0-held_place']").fill("No such place anywhere")
    answer = sends(page, "Save")
    assert answer.status == 422
    assert page.evaluate("document.activeElement.id") == "wrong"
    assert barriers(page) == []
    page.goto(f"{demonstration.address}/staff/cases/{ref}/edit")
    for tab, words in ((page, "Weaver"), (other, "Dyer")):
        tab.locator("[id='occupation']").fill(words)
        answer = sends(tab, "Save")
    assert answer.status == 409
    assert "Weaver" in other.locator("main").inner_text()
    assert barriers(other) == []
    other.get_by_label("Keep mine").check()
    sends(other, "Save what I chose")
    assert "Dyer" in other.locator("main").inner_text()
    page.close()
    other.close()


FORM_OF_BEFORE = """() => {
  const form = document.createElement("form"), fields = {kind: "update"};
  fields.csrf_token = document.querySelector("[name=csrf_token]").value;
  form.method = "post";
  form.action = location.pathname.replace("/preview", "/publish");
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
  }
  document.body.append(form);
  form.submit();
}"""


def test_a_refusal_of_the_desk_says_why_and_leads_back(demonstration: Demonstration) -> None:
    page = demonstration.open("publisher")
    heard = listen(page)
    page.goto(demonstration.at("/staff/cases/{review}/preview"))
    # What would be refused is not offered; a page from before is sent all the same.
    assert page.get_by_role("button", name="Publish", exact=True).count() == 0
    with page.expect_navigation() as arrival:
        page.evaluate(FORM_OF_BEFORE)
    answer = arrival.value
    assert answer is not None
    assert answer.status == 409
    assert "can't be published yet" in page.locator("main").inner_text()
    assert faults(page, heard, demonstration.address, answer) == []
    page.get_by_role("link", name="Back to").click()
    assert page.url == demonstration.at("/staff/cases/{review}")
    page.close()


def tabs_to(page: Page, selector: str) -> bool:
    """Whether the Tab key comes to what a selector names."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return True
    return False


def test_the_tab_key_comes_to_the_one_next_act(demonstration: Demonstration) -> None:
    page = demonstration.open("editor")
    page.goto(demonstration.at("/staff/cases/{draft}"))
    assert tabs_to(page, ".bar a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**#gate")
    assert tabs_to(page, "#gate a")
    page.close()


def test_keys_find_move_open_edit_and_save(demonstration: Demonstration) -> None:
    page = demonstration.open("editor")
    page.goto(f"{demonstration.address}/staff/cases")
    page.keyboard.press("/")
    expect(page.locator("#find, main #q").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("[data-moves] tbody tr").first.locator("a").first
    expect(first).to_be_focused()
    page.goto(demonstration.at("/staff/cases/{draft}"))
    page.keyboard.press("e")
    page.wait_for_url("**/edit")
    page.locator("[id='employer']").fill("A mill")
    page.keyboard.press("s")
    assert page.locator("[id='employer']").input_value() == "A mills"
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/cases/[A-Z]+-[0-9]{5}$"))
    assert "A mills" in page.locator("main").inner_text()
    page.close()


def test_the_question_mark_shows_every_key_with_and_without_script(demonstration: Demonstration) -> None:
    page = demonstration.open("editor")
    page.goto(f"{demonstration.address}/staff/cases")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    assert "edit the case" in page.locator("dialog#keys").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    page.close()
    plain = demonstration.open("editor", "scriptless")
    plain.goto(f"{demonstration.address}/staff/cases")
    plain.get_by_role("link", name="all keys").click()
    assert "edit the case" in plain.locator("main").inner_text()
    plain.close()

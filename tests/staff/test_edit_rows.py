"""Removing anything can be undone until the page is left; a source takes along the citations that lean on it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask

from campaign.cases.models import Case
from tests.staff.conftest import Opens, Person, controls
from tests.staff.test_edit import head
from tests.staff.writing import CITED, COMPLETE

TEXTS = {name: value for name, value in COMPLETE.items() if not name.startswith(("consents", "risks"))}


def presses(edo: Person, ref: str, sent: dict[str, object], button: str) -> str:
    return edo.posts(f"/cases/{ref}/edit", 200, **sent | {button: "1"}).text


def rows_named(page: str, rows: str) -> list[str]:
    return sorted(name for name in controls(page) if name.startswith(f"{rows}-") and name.endswith("-id"))


def carried(page: str) -> dict[str, Any]:
    """Return what a page sends, with every removed row that it carries."""

    gone = [unescape(value) for value in re.findall(r'name="gone" value="([^"]*)"', page)]
    return {**controls(page), "gone": gone}


def test_a_removed_row_is_put_back_as_it_was_typed(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    sent = edo.typed(ref) | {"texts-0-id": "f0000001", "texts-0-text": "A botanist.", "texts-1-id": "f0000002",
                             "texts-1-text": "A poet.", "texts-1-kind": "quote"}  # fmt: skip
    page = presses(edo, ref, sent, "remove-texts-0")
    assert rows_named(page, "texts") == ["texts-0-id"]
    assert "Removed: <bdi>A botanist.</bdi>" in page
    more = presses(edo, ref, carried(page), "add-episodes")
    back = presses(edo, ref, carried(more), "back-0")
    assert controls(back)["texts-0-text"] == "A botanist."
    assert "Removed:" not in back
    edo.posts(f"/cases/{ref}/edit", **controls(back))
    assert [text.text for text in head(app, ref).texts] == ["A botanist.", "A poet."]


def test_of_three_rows_the_right_ones_are_removed_one_after_the_other(edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    words = {f"texts-{n}-{field}": value for n, text in enumerate(("one", "two", "three"))
             for field, value in (("id", f"f000000{n}"), ("text", text))}  # fmt: skip
    page = presses(edo, ref, edo.typed(ref) | words, "remove-texts-0")
    assert [controls(page)[f"texts-{n}-text"] for n in range(2)] == ["two", "three"]
    page = presses(edo, ref, carried(page), "remove-texts-1")
    assert controls(page)["texts-0-text"] == "two"
    page = presses(edo, ref, carried(page), "back-1")
    page = presses(edo, ref, carried(page), "back-0")
    assert [controls(page)[f"texts-{n}-text"] for n in range(3)] == ["one", "two", "three"]


def test_a_row_comes_back_into_the_row_that_it_stood_in(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    sent = edo.typed(ref) | {"episodes-0-id": "90000001", "episodes-0-start": "2016", "episodes-0-end": "2017",
        "episodes-1-id": "90000002", "episodes-1-start": "2018", "episodes-1-events-0-id": "e0000001",
        "episodes-1-events-0-account": "She was taken."}  # fmt: skip
    page = presses(edo, ref, sent, "remove-episodes-1-events-0")
    page = presses(edo, ref, carried(page), "remove-episodes-0")
    page = presses(edo, ref, carried(page), "back-0")
    assert controls(page)["episodes-0-events-0-account"] == "She was taken."
    assert controls(page)["episodes-0-id"] == "90000002"


def test_a_source_takes_its_citations_along_and_brings_them_back(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | TEXTS)
    page = presses(edo, ref, edo.typed(ref), "remove-sources-0")
    assert (rows_named(page, "sources"), rows_named(page, "citations")) == ([], [])
    assert "An invented article" in page
    assert f"With it {len(CITED)} citations of what leaned on it" in page
    edo.posts(f"/cases/{ref}/edit", **controls(presses(edo, ref, carried(page), "back-0")))
    assert len(head(app, ref).citations) == len(CITED)
    edo.posts(f"/cases/{ref}/edit", **controls(page))
    assert (head(app, ref).sources, head(app, ref).citations) == ([], [])


def test_a_row_that_comes_back_takes_nobodys_place(edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    sent = edo.typed(ref) | {"texts-0-id": "f0000001", "texts-0-text": "A botanist."}
    page = presses(edo, ref, carried(presses(edo, ref, sent, "remove-texts-0")), "add-texts")
    typed = carried(page) | {"texts-0-text": "A poet."}
    back = controls(presses(edo, ref, typed, "back-0"))
    assert {value for name, value in back.items() if name.endswith("-text") and name.startswith("texts")} == {
        "A botanist.", "A poet.",
    }  # fmt: skip


NO_ROW = '{"rows":"texts","words":"","facts":[],"parts":[{"rows":"x","place":0,"within":"y","controls":[["z","1"]]}]}'


@pytest.mark.parametrize("gone", ["", "nothing", '{"rows":1}', NO_ROW])
@pytest.mark.parametrize("button", ["back-0", "back-7", "back-", "back-99999999999999999999", "back-x"])
def test_what_is_no_removed_row_is_passed_over(edo: Person, gone: str, button: str) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    page = presses(edo, ref, edo.typed(ref) | {"occupation": "poet", "gone": gone}, button)
    assert controls(page)["occupation"] == "poet"


def test_a_conflict_says_who_and_when_and_takes_a_third_text(
    app: Flask, edo: Person, noor: Person, opens: Opens, case_of: Callable[[str], Case]
) -> None:
    ref = opens("Mahire Bulaqbeg")
    mine = edo.typed(ref) | {"occupation": "botanist", "birth": "1967"}
    noor.posts(
        f"/cases/{ref}/edit", **noor.typed(ref) | {"occupation": "gardener", "birth": "1968", "reason": "He said."}
    )
    page = edo.posts(f"/cases/{ref}/edit", 409, **mine).text
    assert "<bdi>Noor</bdi></strong> saved" in page
    assert "<bdi>He said.</bdi>" in page
    assert ">botanist</textarea>" in page
    assert "You have unsaved work from" in edo.sees(f"/cases/{ref}/edit")
    chosen = {"choice-occupation": "third", "third-occupation": "botanist and gardener", "choice-birth": "third",
              "third-birth": "1967 or 1968", "seen_version": "2"}  # fmt: skip
    edo.posts(f"/cases/{ref}/edit", **mine | chosen)
    file = head(app, ref)
    assert (file.occupation, file.birth.written) == ("botanist and gardener", "1967 or 1968")
    assert "You have unsaved work from" not in edo.sees(f"/cases/{ref}/edit")

"""What the process keeps of its pages: never more than it may, and never a withdrawn person."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from campaign.public.caching import Page
from campaign.public.keeping import OVERHEAD, Kept
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw

SIZE = 600
HELD = SIZE + OVERHEAD


def test_what_was_not_asked_for_longest_goes_first() -> None:
    pages = Kept[str](3 * HELD + 100)
    for address in "abc":
        pages.get("1", address)
        pages.keep("1", address, "a page", SIZE)
    assert pages.get("1", "a") is not None
    pages.keep("1", "d", "a page", SIZE)
    assert [pages.get("1", address) is not None for address in "abcd"] == [True, False, True, True]
    assert pages.bytes == 3 * HELD


def test_what_is_kept_twice_counts_once_and_another_stamp_begins_anew() -> None:
    pages = Kept[str](10_000)
    pages.get("1", "a")
    pages.keep("1", "a", "a page", SIZE)
    pages.keep("1", "a", "a page", SIZE)
    assert pages.bytes == HELD
    assert pages.get("2", "a") is None
    assert pages.bytes == 0


def test_what_was_made_before_a_withdrawal_is_not_kept_after_it() -> None:
    pages = Kept[str](10_000)
    pages.get("1", "a")
    pages.get("2", "a")
    pages.keep("1", "a", "a page of somebody withdrawn", SIZE)
    assert pages.get("2", "a") is None
    assert pages.bytes == 0


def test_no_end_of_questions_fills_the_memory_or_pushes_out_a_page(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    visitor.get("/about")
    searches = app.extensions["public_searches"] = Kept[Page](100_000)
    for number in range(40):
        visitor.get(f"/profiles?q=nurlan&x={number}{'x' * 2_000}")
    held = sum(len(str(address)) + len(page.body) + OVERHEAD for address, (page, _) in searches.things.items())
    assert 0 < searches.bytes == held <= 100_000
    assert len(searches.things) < 40
    assert "/about?" in app.extensions["public_pages"].things


def test_a_kept_search_is_gone_with_the_person(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(name="Nurlan Example"))
    assert "Nurlan Example" in visitor.get("/profiles?q=nurlan").text
    withdraw(app, "FXD-40718")
    assert "Nurlan Example" not in visitor.get("/profiles?q=nurlan").text


def test_a_list_forgets_the_card_of_who_was_withdrawn(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(name="Nurlan Example"), a_profile(ref="FXD-40719", name="Serik Pattern"))
    visitor.get("/profiles")
    withdraw(app, "FXD-40718")
    text = visitor.get("/profiles?x=1").text
    assert ("Nurlan Example" in text, "Serik Pattern" in text) == (False, True)
    assert "Nurlan" not in str(app.extensions["public_cards"].things)


def test_a_card_among_the_first_is_fetched_at_once_and_the_same_card_further_down_later(
    app: Flask, visitor: FlaskClient
) -> None:
    people = [a_profile(ref=f"FXD-4071{number}", name=f"{letter} Example") for number, letter in enumerate("ABCDEFGH")]
    publish(app, *people)
    assert visitor.get("/profiles").text.count('loading="lazy"') == 2
    assert visitor.get("/profiles?after=FXD-40713").text.count('loading="lazy"') == 0


def test_answers_that_are_kept_count_for_nobody(app: Flask, visitor: FlaskClient) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], visitor_rate="2 per minute")
    assert [visitor.get("/profiles?q=nurlan").status_code for _ in range(4)] == [200] * 4
    answers = [visitor.get(f"/profiles?q=nurlan&x={number}") for number in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1].headers["Retry-After"]) > 0

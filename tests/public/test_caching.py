"""What the process keeps of its pages: never more than it may, and never a withdrawn person."""

from flask import Flask
from flask.testing import FlaskClient

from campaign.public.caching import Pages
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw


def a_page(size: int) -> tuple[int, bytes, str, str, str]:
    return (200, b"x" * size, "text/html", "etag", "")


def test_the_page_not_asked_for_longest_goes_first() -> None:
    pages = Pages(1_000)
    for address in "abc":
        pages.get("1", address)
        pages.keep("1", address, a_page(300))
    assert pages.get("1", "a") is not None
    pages.keep("1", "d", a_page(300))
    assert [pages.get("1", address) is not None for address in "abcd"] == [True, False, True, True]
    assert pages.bytes == 3 * 301


def test_a_page_kept_twice_counts_once_and_another_stamp_begins_anew() -> None:
    pages = Pages(1_000)
    pages.get("1", "a")
    pages.keep("1", "a", a_page(300))
    pages.keep("1", "a", a_page(300))
    assert pages.bytes == 301
    assert pages.get("2", "a") is None
    assert pages.bytes == 0


def test_no_end_of_questions_fills_the_memory_or_pushes_out_a_page(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    visitor.get("/about")
    searches = app.extensions["public_searches"] = Pages(100_000)
    for number in range(40):
        visitor.get(f"/profiles?q=nurlan&x={number}{'x' * 2_000}")
    held = sum(len(address) + len(page[1]) for address, page in searches.pages.items())
    assert 0 < searches.bytes == held <= 100_000
    assert len(searches.pages) < 40
    assert "/about?" in app.extensions["public_pages"].pages


def test_a_kept_search_is_gone_with_the_person(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(name="Nurlan Example"))
    assert "Nurlan Example" in visitor.get("/profiles?q=nurlan").text
    withdraw(app, "FXD-40718")
    assert "Nurlan Example" not in visitor.get("/profiles?q=nurlan").text

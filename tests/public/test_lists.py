"""The home page and the list: who is on them, in which order, and what the sentence of filters leaves."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Profile, Status
from tests.ledger.samples import a_place, a_profile, made
from tests.public.people import publish

FILTERS = [
    ("status", "disappeared"),
    ("from", "CN-XJ"),
    ("held_in", "CN-XJ"),
    ("ethnicity", "kazakh"),
    ("occupation_group", "education"),
    ("year", "2018"),
]


def refs_on(page: str) -> list[str]:
    """Return the references that a list links to, in order."""
    return re.findall(r'<li><a href="/profiles/(FXD-\d{5})', page)


def other(ref: str, **changes: object) -> Profile:
    """Return somebody who fits none of the filters."""
    fields = {"ethnicities": ["uyghur"], "occupation_group": "health", "origin": None, "held_at": None, "episodes": []}
    status = made(Status, code="released_unconditional", confidence="likely", basis="family")
    return a_profile(ref=ref, name="Other Person", **{**fields, "status": status, **changes})


def test_the_home_page_is_made_of_the_names_themselves(app: Flask, visitor: FlaskClient) -> None:
    assert visitor.get("/").status_code == 200
    publish(app, a_profile())
    page = visitor.get("/").text
    assert "نۇرلان" in page
    assert 'href="/profiles/FXD-40718-nurlan-example"' in page


def test_the_list_of_nobody_offers_a_way_on(visitor: FlaskClient) -> None:
    page = visitor.get("/profiles")
    assert page.status_code == 200
    assert "Nobody who is public here fits" in page.text


@pytest.mark.parametrize(("facet", "value"), FILTERS)
def test_each_filter_leaves_who_has_it_and_stays_chosen(
    app: Flask, visitor: FlaskClient, facet: str, value: str
) -> None:
    publish(app, a_profile(held_at=a_place()), other("FXD-50000"))
    assert sorted(refs_on(visitor.get("/profiles").text)) == ["FXD-40718", "FXD-50000"]
    page = visitor.get(f"/profiles?{facet}={value}").text
    assert refs_on(page) == ["FXD-40718"]
    assert "1 of 2 people" in page
    assert re.search(rf'<option value="{value}" selected>[^<]+ \(1\)', page)


def test_filters_combine(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(), other("FXD-50000", ethnicities=["kazakh", "uyghur"]))
    assert len(refs_on(visitor.get("/profiles?ethnicity=kazakh").text)) == 2
    assert refs_on(visitor.get("/profiles?ethnicity=kazakh&status=disappeared").text) == ["FXD-40718"]
    assert refs_on(visitor.get("/profiles?ethnicity=uyghur&status=disappeared").text) == []


@pytest.mark.parametrize("query", ["status=nothing", "from=%F0%9F%98%80", "year=19999999", "ethnicity='--"])
def test_a_value_that_nobody_has_finds_nobody(app: Flask, visitor: FlaskClient, query: str) -> None:
    publish(app, a_profile())
    answer = visitor.get(f"/profiles?{query}")
    assert (answer.status_code, refs_on(answer.text)) == (200, [])


def test_an_unknown_filter_is_passed_over(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    assert refs_on(visitor.get("/profiles?colour=red&after=FXD-00000").text) == ["FXD-40718"]


@pytest.mark.parametrize("query", ["", "ethnicity=kazakh"])
def test_paging_meets_everyone_once(app: Flask, visitor: FlaskClient, query: str) -> None:
    names = ("Aqan Sample", "Bota Example", "Aqan Sample")
    publish(app, *(a_profile(ref=f"FXD-{10000 + number}", name=names[number % 3]) for number in range(53)))
    address, met, pages = f"/profiles?{query}", [], 0
    while address:
        page = visitor.get(address).text
        met += refs_on(page)
        pages += 1
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found.group(1).replace("&amp;", "&") if found else ""
    assert pages == 3
    assert len(met) == 53
    assert set(met) == {f"FXD-{10000 + number}" for number in range(53)}


def test_one_visitor_asks_three_hundred_times_a_minute_and_no_more(visitor: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=UTC), tick=False):
        paths = [f"{page}{number}" for page in ("/feed.atom?", "/sitemap.xml?") for number in range(150)]
        assert {visitor.get(path).status_code for path in paths} == {200}
        refused = visitor.get("/profiles?q=nurlan")
        other = visitor.get("/profiles?q=nurlan", environ_base={"REMOTE_ADDR": "192.0.2.77"})
        about = visitor.get("/about")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert (other.status_code, about.status_code) == (200, 200)


def test_one_visitor_searches_sixty_times_a_minute_and_no_more(visitor: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, 0, tzinfo=UTC), tick=False):
        assert {visitor.get(f"/profiles?q=a{number}").status_code for number in range(60)} == {200}
        kept, refused, plain = (visitor.get(path) for path in ("/profiles?q=a1", "/profiles?q=b", "/profiles"))
    assert [answer.status_code for answer in (kept, refused, plain)] == [200, 429, 200]
    assert int(refused.headers["Retry-After"]) >= 1

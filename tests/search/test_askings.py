"""Forty invented people, each found by every name in any script, by one wrong letter, by place and by number: on the
list and in the JSON alike, in the same order, on both databases."""

import re
import secrets
from collections.abc import Iterator

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from campaign.ledger.documents import Name, Place, Profile
from campaign.ledger.parts import OutsideId
from campaign.places.current import gazetteer
from campaign.settings import read
from tests import cluster, tables
from tests.ledger.samples import a_place, a_profile, made
from tests.public.people import publish
from tests.search.askings import SCHEME, Asking, Invented, askings, invented

PEOPLE = {person.key: person for person in invented()}


def place_of(code: str) -> Place | None:
    if code not in gazetteer():
        return None
    within = [place.code for place in gazetteer().parents(code)]
    return a_place(code=code, names={"en": gazetteer().name(code)}, within=within)


def published(person: Invented, ref: str) -> Profile:
    """Return the document of an invented person: names, place, work and number, and nothing else that could answer."""
    names = [
        made(Name, text=text, kind="full", script=script, language=language, is_preferred=not at)
        for at, (text, script, language) in enumerate(person.names)
    ]
    changes = {
        "names": names,
        "origin": place_of(person.origin),
        "occupation": person.work,
        "summary": [],
        "outside_ids": [made(OutsideId, scheme=SCHEME, value=person.key)],
    }
    return msgspec.structs.replace(a_profile(ref=ref, name=person.latin), **changes)


REFS = {key: f"FXD-{30000 + number}" for number, key in enumerate(PEOPLE)}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site and the JSON, with the forty people on them."""
    home = tmp_path_factory.mktemp("askings")
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners"}
    if request.param == "postgres":
        folder = request.getfixturevalue("cluster_folder")
        environment["CAMPAIGN_DATABASE_URL"] = cluster.new_address(folder)
    app = create_app(read(environment))
    tables.create(app)
    publish(app, *(published(person, REFS[key]) for key, person in PEOPLE.items()))
    yield app
    tables.close(app)


def on_the_list(visitor: FlaskClient, query: str) -> list[str]:
    """Return whom the pages of the list show, in order, each page after the other."""
    found: list[str] = []
    address, arguments = "/profiles", {"q": query}
    while address:
        # Each page is another visitor's: the limit on one visitor is tested elsewhere.
        page = visitor.get(address, query_string=arguments, environ_base={"REMOTE_ADDR": secrets.token_hex(8)})
        assert page.status_code == 200
        found += re.findall(r'<li><a href="/profiles/(FXD-\d{5})', page.text)
        onward = re.search(r'href="([^"]+)" rel="next"', page.text)
        address, arguments = (onward.group(1).replace("&amp;", "&"), {}) if onward else ("", {})
    return found


def in_the_json(visitor: FlaskClient, query: str) -> list[str]:
    """Return whom the JSON gives, in order."""
    elsewhere = {"REMOTE_ADDR": secrets.token_hex(8)}
    answer = visitor.get("/api/v1/profiles", query_string={"q": query, "limit": 500}, environ_base=elsewhere).json
    assert [one["ref"] for one in answer["found"]] == [document["ref"] for document in answer["profiles"]]
    assert all(one["why"] for one in answer["found"])
    return [document["ref"] for document in answer["profiles"]]


def first_places(asking: Asking) -> int | None:
    """Return among how many the person must be: of a place there may be many, of a name or number not."""
    return {"number": 1, "name": 3, "letter": 3}.get(asking.what)


@pytest.mark.parametrize("key", PEOPLE)
def test_a_person_is_found_by_all_that_anybody_may_type(site: Flask, key: str) -> None:
    visitor = site.test_client()
    for asking in askings(PEOPLE[key]):
        listed = on_the_list(visitor, asking.query)
        assert REFS[key] in listed[: first_places(asking)], asking
        assert in_the_json(visitor, asking.query) == listed, asking

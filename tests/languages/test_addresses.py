"""Where a page in another language lives, and that whoever reads it stays in that language."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from campaign import languages
from campaign.settings import Unsafe, read
from tests import tables

PERSON = "/profiles/FXD-40792"


@pytest.fixture(scope="module")
def reader(spoken: Flask) -> FlaskClient:
    """Somebody before the site in three languages."""
    return spoken.test_client()


def html_tag(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found
    return found.group()


@pytest.mark.parametrize(
    ("prefix", "tag"),
    [("", '<html lang="en">'), ("/eo", '<html lang="eo">'), ("/dv", '<html lang="dv" dir="rtl">')],
)
@pytest.mark.parametrize(
    "path", ["/", "/profiles", PERSON, f"{PERSON}/history", "/about", "/data", "/profiles/FXD-40790", "/no"]
)
def test_a_page_says_its_language_and_its_direction(reader: FlaskClient, prefix: str, path: str, tag: str) -> None:
    assert html_tag(reader.get(prefix + path).text) == tag


@pytest.mark.parametrize("path", ["/", "/profiles?q=x", PERSON, "/about"])
def test_the_prefix_of_the_first_language_leads_to_the_address_without(reader: FlaskClient, path: str) -> None:
    answer = reader.get(f"/en{path}")
    assert (answer.status_code, answer.location) == (308, f"https://localhost{path}")


@pytest.mark.parametrize(
    "path", ["/ug/", "/ug/about", "/xx/profiles", "/eo/staff", "/eo/api/v1/profiles", "/eo/static/site.css"]
)
def test_a_language_that_is_not_on_and_what_is_no_page_have_no_address(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/profiles", PERSON, f"{PERSON}/history", "/about", "/methodology", "/data", "/privacy", "/no"]
)
def test_every_link_of_a_page_stays_in_its_language(reader: FlaskClient, path: str) -> None:
    page = re.sub(
        r'<nav class="tongues".*?</nav>|<link rel="alternate" hreflang[^>]*>', "", reader.get(f"/eo{path}").text
    )
    links = re.findall(r'<(?:a|form)[^>]* (?:href|action)="(/[^"]*)"', page)
    assert links
    assert [link for link in links if not link.startswith("/eo/")] == []


def test_a_page_names_itself_in_every_language(reader: FlaskClient) -> None:
    named = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', reader.get(f"/eo{PERSON}").text)
    assert named == [
        (code, f"https://localhost{at}{PERSON}") for code, at in (("en", ""), ("eo", "/eo"), ("dv", "/dv"))
    ]
    assert f'<link rel="canonical" href="https://localhost/eo{PERSON}">' in reader.get(f"/eo{PERSON}").text


def test_the_switch_offers_the_other_languages_in_their_own_words(reader: FlaskClient) -> None:
    switch = re.search(r'<nav class="tongues".*?</nav>', reader.get("/eo/about").text)
    assert switch
    assert re.findall(r'href="([^"]+)" lang="(\w+)"', switch.group()) == [("/about", "en"), ("/dv/about", "dv")]
    assert "ދިވެހިބަސް" in switch.group()


def test_nothing_speaks_of_languages_where_there_is_one(visitor: FlaskClient) -> None:
    page = visitor.get("/").text
    assert "hreflang" not in page
    assert "tongues" not in page


def test_the_json_is_the_same_under_every_language(reader: FlaskClient) -> None:
    answer = reader.get("/eo/nothing", headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["detail"] == "There is no page at this address."


def test_a_thread_speaks_english_again_after_a_page(reader: FlaskClient) -> None:
    reader.get("/dv/about")
    assert languages.current() is languages.SOURCE


def test_a_first_language_that_is_not_english_has_no_prefix(catalogues: Path, tmp_path: Path) -> None:
    environment = {
        "CAMPAIGN_HOME": str(tmp_path),
        "CAMPAIGN_CATALOGUES": str(catalogues),
        "CAMPAIGN_LANGUAGES": "eo,en",
    }
    app = create_app(read(environment | {"CAMPAIGN_EDGES": "public"}))
    tables.create(app)
    reader = app.test_client()
    assert html_tag(reader.get("/about").text) == '<html lang="eo">'
    assert html_tag(reader.get("/en/about").text) == '<html lang="en">'
    assert 'href="/en/profiles"' in reader.get("/en/about").text
    assert reader.get("/eo/about").location == "http://localhost/about"
    tables.close(app)


@pytest.mark.parametrize("named", ["", "en,en", "klingon", "ug", "en,de"])
def test_a_language_that_cannot_be_spoken_is_refused_at_start(tmp_path: Path, named: str) -> None:
    with pytest.raises(Unsafe, match="CAMPAIGN_LANGUAGES"):
        create_app(read({"CAMPAIGN_HOME": str(tmp_path), "CAMPAIGN_LANGUAGES": named}))


@pytest.mark.parametrize("prefix", ["", "/eo", "/dv"])
def test_the_page_cache_knows_the_parameters_of_a_page_in_every_language(spoken: Flask, prefix: str) -> None:
    known = spoken.extensions["page_cache"]
    assert known.canonical(f"{prefix}/profiles", "q=nurlan&after=") == (("q", "nurlan"),)
    assert known.canonical(f"{prefix}/profiles", "q=nurlan&nobody-knows=this") is None

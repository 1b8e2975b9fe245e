"""What was once published stays readable: codes that no list knows, odd characters, copies that are not kept."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from campaign.ledger.documents import Profile, Status
from campaign.public import outcome
from campaign.public.people import Person
from campaign.public.phrases import label, listed, plain, sentence, status_in_words, status_sentence
from campaign.public.sources import Evidence
from campaign.settings import read
from campaign.vocabulary.law import ACTIVITY
from tests.ledger.samples import a_profile, an_image, made
from tests.public.filled import CODES, Filled
from tests.public.people import a_rich_person, publish

ODD = "An odd \x00\x08\x1f\ufffe\ufffftale of \u202eNurlan\u2066"
ATOM = "{http://www.w3.org/2005/Atom}"


def unheard_of() -> Profile:
    """Return a document that has, in every field that holds a code, one that no list has ever had."""
    kept = dict(CODES)
    try:
        for path in CODES:
            CODES[path] = ("of_no_list_here", "Of no list here")
        return Filled().document()
    finally:
        CODES.clear()
        CODES.update(kept)


@pytest.mark.parametrize("tail", ["", "/history"])
def test_a_page_whose_codes_no_list_knows_is_readable(app: Flask, visitor: FlaskClient, tail: str) -> None:
    publish(app, unheard_of(), a_profile(ref="FXD-40719"))
    answer = visitor.get(f"/profiles/FXD-40718-somebody{tail}")
    assert answer.status_code == 200
    assert "of_no_list_here" not in answer.text
    assert tail or answer.text.count("Of no list here") > 12


@pytest.mark.parametrize("path", ["/", "/profiles", "/profiles?status=of_no_list_here", "/feed.atom", "/sitemap.xml"])
def test_lists_and_feeds_show_who_has_such_a_code(app: Flask, visitor: FlaskClient, path: str) -> None:
    publish(app, unheard_of())
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "FXD-40718" in answer.text


def test_the_partners_table_keeps_such_a_code_as_it_is(home: Any) -> None:
    from tests import tables

    edges = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_EDGES": "public,partners"}
    app = create_app(read(edges))
    tables.create(app)
    publish(app, unheard_of())
    rows = list(csv.DictReader(io.StringIO(app.test_client().get("/api/v1/export.csv").data.decode("utf-8-sig"))))
    assert [row["status"] for row in rows] == ["of_no_list_here"]
    tables.close(app)


def test_an_unknown_situation_is_said_in_its_own_words() -> None:
    status = made(Status, code="held_at_sea", confidence="confirmed")
    document = a_profile(status=status)
    assert (status_sentence(document), status_in_words(document)) == ("Held at sea.", "Held at sea")


def test_characters_that_xml_has_not_break_no_feed(app: Flask, visitor: FlaskClient) -> None:
    person = a_rich_person(ODD)
    names = [msgspec.structs.replace(name, text=f"{name.text} {ODD}") for name in person.names]
    publish(app, msgspec.structs.replace(person, names=names, display_name=ODD))
    feed = ElementTree.fromstring(visitor.get("/feed.atom").data)
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Nurlan Example An odd tale of Nurlan"
    ElementTree.fromstring(visitor.get("/sitemap.xml").data)


def test_nothing_that_turns_the_direction_stands_in_the_head(app: Flask, visitor: FlaskClient) -> None:
    person = a_rich_person(ODD, occupation=ODD)
    names = [msgspec.structs.replace(name, text=f"{name.text} {ODD}") for name in person.names]
    publish(app, msgspec.structs.replace(person, names=names, display_name=ODD))
    page = visitor.get(f"/profiles/{person.slug}").text
    head = page[: page.index("</head>")]
    assert [mark for mark in ("\u202e", "\u2066", "\x00", "\\u202e") if mark in head] == []
    told = json.loads(head[head.index('{"@context"') : head.index("</script>")])
    assert told["jobTitle"] == "An odd tale of Nurlan"


@pytest.mark.parametrize("size", ["list", "page", "print"])
def test_a_portrait_that_is_kept_in_one_size_is_shown_everywhere(app: Flask, visitor: FlaskClient, size: str) -> None:
    image = an_image("c" * 64)
    kept = msgspec.structs.replace(image, renditions=[msgspec.structs.replace(image.renditions[0], size=size)])
    publish(app, a_profile(images=[kept]))
    for path in ("/", "/profiles", "/profiles/FXD-40718-nurlan-example"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert f"/media/{'c' * 64}" in answer.text, path


def test_a_portrait_without_any_copy_is_a_cloth() -> None:
    assert Person(a_profile(images=[msgspec.structs.replace(an_image(), renditions=[])])).portrait is None


def test_a_freedom_that_only_the_authorities_tell_of_is_said_to_be_theirs_alone() -> None:
    claimed = msgspec.structs.replace(a_rich_person("They say so").state_responses[0], form="released_claim")
    document = a_profile(state_responses=[claimed])
    shown = outcome.responses(document, Evidence(document), name="Nurlan Example")
    assert shown[0].note == "The authorities say that Nurlan Example is free. Nobody independent could confirm it."


def test_words() -> None:
    assert label(ACTIVITY, "gone_for_good") == "Gone for good"
    assert listed(["Art or literature", "", "Teaching"]) == "Art or literature; teaching"
    assert [sentence(words) for words in ("", "So it is", "Is it?", "“So.”")] == ["", "So it is.", "Is it?", "“So.”"]
    assert plain("a\u202eb\x0bc\u0627") == "abc\u0627"

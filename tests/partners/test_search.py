"""`?q=` in the JSON: the people that the site's search shows, in its order, as stored bytes; why stands beside them."""

import json

import jsonschema
import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.documents import encode
from campaign.ledger.parts import OutsideId
from tests.ledger.samples import a_profile, made

PEOPLE = {
    "FXD-10001": a_profile(ref="FXD-10001", name="Nurlan Example"),
    "FXD-10002": a_profile(
        ref="FXD-10002", name="Aynur Sample", outside_ids=[made(OutsideId, scheme="sheet", value="SR 7")]
    ),
    "FXD-10003": a_profile(ref="FXD-10003", name="Nurlan Example"),
}


@pytest.fixture
def partner(app: Flask) -> FlaskClient:
    with app.app_context():
        for ref, person in PEOPLE.items():
            names = [name for name in person.names if name.script == "Latn"]
            PEOPLE[ref] = msgspec.structs.replace(person, names=names)
            writer.append("publish", ref, PEOPLE[ref])
        db.session.commit()
    return app.test_client()


def ask(partner: FlaskClient, **query: object):
    return partner.get("/api/v1/profiles", query_string=query, base_url="https://localhost")


def test_a_search_gives_stored_bytes_and_why_beside_them(partner: FlaskClient) -> None:
    answer = ask(partner, q="нурлан")
    told = answer.json
    assert [document["ref"] for document in told["profiles"]] == ["FXD-10001", "FXD-10003"]
    assert encode(PEOPLE["FXD-10001"]) in answer.data
    assert told["found"][0] == {
        "ref": "FXD-10001",
        "score": told["found"][1]["score"],
        "why": [{"code": "part_of_name", "sentence": "one of the names is Nurlan", "found": "Nurlan"}],
    }
    assert (told["matched"], told["total"], told["next"], told["head"]) == (2, 3, None, 3)


def test_a_number_in_another_list_finds_its_person_alone(partner: FlaskClient) -> None:
    told = ask(partner, q="SR 7").json
    assert [(one["ref"], one["score"]) for one in told["found"]] == [("FXD-10002", 2.0)]


def test_a_search_is_paged_in_its_own_order_and_narrowed_by_status(partner: FlaskClient) -> None:
    first = ask(partner, q="teacher", limit=2).json
    assert first["next"] == "FXD-10002"
    assert [one["ref"] for one in ask(partner, q="teacher", limit=2, after=first["next"]).json["found"]] == [
        "FXD-10003"
    ]
    assert ask(partner, q="teacher", status="in_exile").json["found"] == []


def test_nobody_found_is_an_empty_answer(partner: FlaskClient) -> None:
    told = ask(partner, q="Zzyxqua").json
    assert (told["profiles"], told["found"], told["matched"]) == ([], [], 0)


def test_an_empty_question_lists_everybody_in_order_of_refs(partner: FlaskClient) -> None:
    told = ask(partner, q=" ").json
    assert [document["ref"] for document in told["profiles"]] == list(PEOPLE)
    assert "found" not in told


def test_a_question_that_is_too_long_is_refused_with_a_sentence(partner: FlaskClient) -> None:
    answer = ask(partner, q="a" * 201)
    assert answer.status_code == 400
    assert json.loads(answer.data)["detail"] == "'q' must have at most 200 characters."


def test_the_description_tells_what_a_search_answers(partner: FlaskClient) -> None:
    described = partner.get("/api/v1/openapi.json", base_url="https://localhost").json
    operation = described["paths"]["/api/v1/profiles"]["get"]
    assert "q" in {parameter["name"] for parameter in operation["parameters"]}
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(ask(partner, q="teacher").json, {**schema, "components": described["components"]})

"""The filter by place on the public list: a prefecture lists the people of its counties. Invented people."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.browse import facets_of
from campaign.publishing.projection.values import public_place
from tests.ledger.samples import a_profile
from tests.public.people import publish

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def person(ref: str, name: str, *, origin: str = "", held_at: str = "") -> object:
    return a_profile(ref=ref, name=name, origin=public_place(origin), held_at=public_place(held_at))


@both_databases
def test_a_prefecture_lists_who_is_from_its_counties_and_apart_from_them_who_is_held_there(
    app: Flask, visitor: FlaskClient
) -> None:
    with app.app_context():
        people = [
            person("FXD-50001", "Serik Konasher", origin="653121"),
            person("FXD-50002", "Aygul Heldthere", origin="654002", held_at="653130"),
            person("FXD-50003", "Polat Ofthetown", origin="g13196618"),
            person("FXD-50004", "Dina Elsewhere", origin="652801"),
            person("FXD-50005", "Nur Prefecture", origin="6531"),
        ]
    publish(app, *people)

    def listed(place: str, facet: str = "from") -> set[str]:
        page = visitor.get(f"/profiles?{facet}={place}", base_url="https://localhost").text
        return {ref for ref in (f"FXD-5000{n}" for n in range(1, 6)) if f"/profiles/{ref}" in page}

    assert listed("6531") == {"FXD-50001", "FXD-50003", "FXD-50005"}
    assert listed("6531", "held_in") == listed("653130", "held_in") == {"FXD-50002"}
    assert listed("653121") == {"FXD-50001", "FXD-50003"}
    assert listed("65") == {f"FXD-5000{n}" for n in range(1, 6)}
    assert listed("6532") == set()


def test_an_added_place_stands_in_the_filter_with_its_parents_and_its_name(app: Flask, visitor: FlaskClient) -> None:
    own = app.extensions["settings"].home / "places.csv"
    own.write_text("code,level,parent,latin\nx-bahar,county,6540,Bahar;Almazar Bagh\nx-kent,town,x-bahar,Bahar Kent\n")
    with app.app_context():
        one = person("FXD-50001", "Serik Bahar", origin="x-kent")
        facets = facets_of(one)
    publish(app, one)

    assert {value for facet, value in facets if facet == "from"} == {"x-bahar", "6540", "65", "CN"}
    for place in ("x-bahar", "6540"):
        page = visitor.get(f"/profiles?from={place}", base_url="https://localhost").text
        assert "/profiles/FXD-50001" in page
    assert "Bahar County" in page
    # A spelling that only the gazetteer has: no published document carries it.
    found = visitor.get("/api/v1/profiles?q=Almazar+Bagh", base_url="https://localhost").get_data(as_text=True)
    assert "FXD-50001" in found

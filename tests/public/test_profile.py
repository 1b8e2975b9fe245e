"""The page of one person: where its address leads, and what stands there once it is gone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Change
from campaign.ledger.parts import OutsideId
from tests.ledger.samples import a_profile, made
from tests.public.people import a_rich_person, publish, withdraw

SLUG = "FXD-40718-nurlan-example"
ADDRESSES = [f"/profiles/{SLUG}", "/profiles/FXD-40718", "/profiles/fxd-40718-other", f"/profiles/{SLUG}/history"]


def test_every_section_of_a_rich_person_is_told(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_rich_person("What was seen."), a_profile(ref="FXD-40719", name="Serik Pattern"))
    page = visitor.get(f"/profiles/{SLUG}").text
    for heading in ("Nurlan Example", "نۇرلان", "Why", "What happened", "Health", "Violations", "Sources", "Serik"):
        assert heading in page
    assert "graphic: open it only if you wish" in page


def test_a_relative_who_is_not_public_is_not_told_of(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_rich_person(), a_profile(ref="FXD-40719", name="Serik Pattern"))
    withdraw(app, "FXD-40719")
    page = visitor.get(f"/profiles/{SLUG}").text
    assert "FXD-40719" not in page
    assert "Serik" not in page


@pytest.mark.parametrize("slug", ["FXD-40718", "fxd-40718", "FXD-40718-an-older-name", "fxd-40718-nurlan-example"])
def test_another_tail_leads_to_the_one_address(app: Flask, visitor: FlaskClient, slug: str) -> None:
    publish(app, a_profile())
    answer = visitor.get(f"/profiles/{slug}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/profiles/{SLUG}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_once_withdrawn_every_address_is_gone_and_says_no_name(app: Flask, visitor: FlaskClient, address: str) -> None:
    publish(app, a_rich_person("What was seen."))
    visitor.get(address)
    withdraw(app, "FXD-40718")
    answer = visitor.get(address)
    assert answer.status_code == 410
    for told in ("urlan", "نۇرلان", "What was seen", "Location"):
        assert told not in answer.text + str(answer.headers)


def test_who_is_withdrawn_is_on_no_list_feed_or_map(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    paths = ["/", "/profiles", "/feed.atom", "/sitemap.xml"]
    assert all("FXD-40718" in visitor.get(path).text for path in paths)
    withdraw(app, "FXD-40718")
    assert not any("FXD-40718" in visitor.get(path).text for path in paths)
    assert visitor.get("/qr/FXD-40718.svg").status_code == 404


@pytest.mark.parametrize("tail", ["", "/history"])
def test_a_merged_person_is_read_of_under_the_other_reference(app: Flask, visitor: FlaskClient, tail: str) -> None:
    publish(app, a_profile(), a_profile(ref="FXD-40719", name="Serik Pattern"))
    withdraw(app, "FXD-40718", merged_into="FXD-40719")
    answer = visitor.get(f"/profiles/{SLUG}{tail}", follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path == "/profiles/FXD-40719-serik-pattern"


def test_a_number_of_the_sheet_leads_to_the_person(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(outside_ids=[made(OutsideId, scheme="sheet", value="1042")]))
    answer = visitor.get("/profiles/1042", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, f"/profiles/{SLUG}")
    withdraw(app, "FXD-40718")
    assert visitor.get("/profiles/1042").status_code == 404


def test_nobody_was_ever_at_an_unknown_address(visitor: FlaskClient) -> None:
    for slug in ("FXD-99999", "nothing", "-", "--", "FXD-40718-x" * 30):
        assert visitor.get(f"/profiles/{slug}").status_code == 404
        assert visitor.get(f"/profiles/{slug}/history").status_code == 404


def test_history_lists_what_may_still_be_read_about(app: Flask, visitor: FlaskClient) -> None:
    correction = made(Change, kind="correction", note="The year was wrong.")
    publish(app, a_profile(), a_profile(version=2, change=correction))
    page = visitor.get(f"/profiles/{SLUG}/history").text
    assert page.count('class="number"') == 2
    assert "The year was wrong." in page


def test_a_narrowing_leaves_no_older_version_in_the_history(app: Flask, visitor: FlaskClient) -> None:
    first = made(Change, kind="correction", note="Names a neighbour.")
    publish(app, a_profile(change=first))
    publish(app, a_profile(version=2, change=made(Change, kind="narrowing")), hides_older=True)
    page = visitor.get(f"/profiles/{SLUG}/history").text
    assert page.count('class="number"') == 1
    assert "neighbour" not in page

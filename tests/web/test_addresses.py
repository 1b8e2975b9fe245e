"""Several addresses of one campaign: the same pages by every name, the desk by its own, each promise kept whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from campaign.settings import Unsafe, read
from tests import tables
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw

ONION = f"{'a2' * 28}.onion"
MAIN, MIRROR, BEHIND_TOR = "https://names.cc", "https://other-names.cc", f"http://{ONION}"
PERSON = f"/profiles/{a_profile().slug}"
NAMES = {"HOSTS": "names.cc,desk.names.cc", "STAFF_HOST": "desk.names.cc", "MIRRORS": "other-names.cc", "ONION": ONION}


@pytest.fixture
def site(home: Path) -> Iterator[Flask]:
    """A campaign with a mirror name and an onion address, and one public person."""
    given = {**NAMES, "HOME": str(home), "ADDRESS": MAIN, "STRICT_TRANSPORT": "preload"}
    app = create_app(read({f"CAMPAIGN_{name}": value for name, value in given.items()}))
    tables.create(app)
    publish(app, a_profile())
    yield app
    tables.close(app)


def asked(app: Flask, address: str, path: str = "/", **headers: str) -> TestResponse:
    """Return an answer as a server gives it that calls every visit https, as behind a proxy."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, base_url=address.replace("http:", "https:"), headers=given)


@pytest.mark.parametrize("address", [MAIN, MIRROR, BEHIND_TOR])
def test_every_name_shows_the_same_person_and_links_stay_on_it(site: Flask, address: str) -> None:
    for _ in range(2):
        page = asked(site, address, PERSON)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{MAIN}{PERSON}">' in page.text
        followed = re.findall(
            r'<(?:a|form|img|source|link rel="stylesheet")[^>]* (?:href|action|src)="([^"]+)"', page.text
        )
        assert len(followed) > 10
        others = [one for one in followed if "://" in one and not one.startswith("https://news")]
        assert others == []
    for path in ("/", "/profiles", "/data", "/about"):
        links = re.findall(r'<a [^>]*href="(https?://[^"/]+)', asked(site, address, path).text)
        assert set(links) <= {address}, path
    assert asked(site, address, f"/profiles/{a_profile().ref}").headers["Location"] == PERSON
    assert asked(site, address, f"/api/v1/profiles/{a_profile().ref}").status_code == 200


def test_a_feed_leads_to_the_name_it_was_taken_from_and_its_entries_are_the_same_everywhere(site: Flask) -> None:
    feeds = {address: asked(site, address, "/feed.atom").text for address in (MAIN, MIRROR, BEHIND_TOR)}
    for address, feed in feeds.items():
        assert f'<link href="{address}{PERSON}"/>' in feed
    assert len({tuple(re.findall("<id>(.*?)</id>", feed)) for feed in feeds.values()}) == 1


def test_pages_over_https_name_the_onion_address_and_nothing_else_does(site: Flask) -> None:
    assert asked(site, MAIN, PERSON).headers["Onion-Location"] == f"{BEHIND_TOR}{PERSON}"
    assert asked(site, MIRROR, "/profiles?q=Nurlan").headers["Onion-Location"] == f"{BEHIND_TOR}/profiles?q=Nurlan"
    for _ in range(2):
        assert asked(site, MAIN, "/about").headers["Onion-Location"] == f"{BEHIND_TOR}/about"
        assert "Onion-Location" not in asked(site, BEHIND_TOR, PERSON).headers
    for path in ("/feed.atom", "/api/v1", "/nowhere", "/healthz"):
        assert "Onion-Location" not in asked(site, MAIN, path).headers, path
    assert "Onion-Location" not in asked(site, "https://desk.names.cc", "/staff/sign-in").headers


@pytest.mark.parametrize("path", ["/", PERSON, "/api/v1/profiles/FXD-40718", "/nowhere", "/static/favicon.svg"])
def test_https_alone_is_asked_for_by_the_main_name_as_it_says_by_a_mirror_for_itself_and_never_behind_tor(
    site: Flask, path: str
) -> None:
    for _ in range(2):
        said = [asked(site, one, path).headers.get("Strict-Transport-Security") for one in (MAIN, MIRROR, BEHIND_TOR)]
        assert said == ["max-age=63072000; includeSubDomains; preload", "max-age=63072000", None]


@pytest.mark.parametrize("address", [MIRROR, BEHIND_TOR])
def test_the_desk_is_under_no_further_name_and_nobody_is_told_where_it_is(site: Flask, address: str) -> None:
    for path in ("/staff", "/staff/", "/staff/sign-in"):
        answer = asked(site, address, path)
        assert (answer.status_code, "desk.names.cc" in answer.text, "Set-Cookie" in answer.headers) == (
            404,
            False,
            False,
        )
    sign_in = asked(site, "https://desk.names.cc", "/staff/sign-in")
    assert sign_in.status_code == 200
    assert sign_in.headers["Set-Cookie"].startswith("__Host-session=")


def test_who_is_withdrawn_is_gone_by_every_name(site: Flask) -> None:
    for address in (MAIN, MIRROR, BEHIND_TOR):
        assert asked(site, address, PERSON).status_code == 200
    withdraw(site, a_profile().ref)
    assert [asked(site, address, PERSON).status_code for address in (MAIN, MIRROR, BEHIND_TOR)] == [410] * 3


def test_another_host_is_answered_by_nobody(site: Flask) -> None:
    for host in ("elsewhere.cc", f"{'b2' * 28}.onion", f"www.{ONION}"):
        assert asked(site, f"https://{host}").status_code == 400
    assert asked(site, "https://Other-Names.CC", "/staff").status_code == 404


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"MIRRORS": "names.cc"}, "CAMPAIGN_MIRRORS names names.cc, which CAMPAIGN_HOSTS has too"),
        ({"MIRRORS": "https://other.cc"}, "CAMPAIGN_MIRRORS is"),
        ({"ONION": "names.onion"}, "CAMPAIGN_ONION is"),
        ({"ONION": "https://" + ONION}, "CAMPAIGN_ONION is"),
    ],
)
def test_what_is_no_name_is_refused_in_a_sentence(home: Path, named: dict[str, str], told: str) -> None:
    given = {**NAMES, "HOME": str(home), "ADDRESS": MAIN, **named}
    with pytest.raises(Unsafe, match=told):
        read({f"CAMPAIGN_{name}": value for name, value in given.items()})

"""A published document of an unknown format, or a damaged one: named in words, nothing else shown for it, and the
rest of the site goes on."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, update

from app import create_app
from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.documents import encode
from campaign.ledger.models import Body, ListingCard
from campaign.settings import read
from tests import tables
from tests.ledger.samples import a_profile

WELL, OTHER = "FXD-10001", "FXD-10002"
OTHER_PAGE = f"/profiles/{OTHER}-nurlan-example"
NEWER = encode(a_profile(ref=OTHER)).replace(b'"profile/2"', b'"profile/9"')
PAGES = ("/", "/profiles", "/profiles?q=Nurlan", "/feed.atom", "/sitemap.xml", "/data", "/api/v1", "/api/v1/changes")


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """Everything that the public may ask, from a ledger in which one person can be read."""
    edges = {"CAMPAIGN_EDGES": "public,partners", "CAMPAIGN_ADDRESS": "https://localhost"}
    application = create_app(read({"CAMPAIGN_HOME": str(home), **edges}))
    tables.create(application)
    with application.app_context():
        writer.publish(a_profile(ref=WELL))
        db.session.commit()
    yield application
    tables.close(application)


@pytest.fixture
def newer(app: Flask) -> FlaskClient:
    """A visitor of a ledger in which newer code has published somebody else."""
    with app.app_context():
        session = db.session()
        entry = writer._add(session, kind="publish", ref=OTHER, format_="profile/9", body=NEWER)
        session.execute(insert(Body).values(number=entry.number, body=NEWER))
        writer.show(entry.number, a_profile(ref=OTHER), session)
        session.commit()
    return app.test_client()


def damaged(app: Flask, body: bytes) -> FlaskClient:
    """Return a visitor of a ledger in which the bytes of somebody else are other ones than were published."""
    with app.app_context():
        entry = writer.publish(a_profile(ref=OTHER))
        db.session.delete(db.session.get_one(Body, entry.number))
        db.session.flush()
        db.session.execute(insert(Body).values(number=entry.number, body=body))
        db.session.commit()
    return app.test_client()


def asked(visitor: FlaskClient, path: str):
    return visitor.get(path, base_url="https://localhost")


def table(visitor: FlaskClient) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(asked(visitor, "/api/v1/export.csv").data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("path", [OTHER_PAGE, f"{OTHER_PAGE}/history"])
def test_the_page_of_an_unknown_format_names_it(newer: FlaskClient, path: str) -> None:
    answer = asked(newer, path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    assert f"The document of {OTHER}, entry 2 has the format profile/9, which this version" in answer.text


def test_an_unknown_format_is_still_given_as_the_bytes_that_were_published(newer: FlaskClient) -> None:
    assert asked(newer, f"/api/v1/profiles/{OTHER}").data == NEWER
    assert asked(newer, "/api/v1/export.jsonl").data.splitlines() == [encode(a_profile(ref=WELL)), NEWER]


def test_a_table_has_the_reference_of_an_unknown_format_and_nothing_made_up(newer: FlaskClient) -> None:
    well, other = table(newer)
    assert (well["ref"], well["display_name"]) == (WELL, "Nurlan Example")
    assert {name: cell for name, cell in other.items() if cell} == {"ref": OTHER}


def test_lists_that_were_made_before_show_an_unknown_format_as_they_did(newer: FlaskClient) -> None:
    for path in ("/profiles", "/profiles?q=Nurlan"):
        assert OTHER in asked(newer, path).text


def test_lists_made_anew_leave_an_unknown_format_out_and_do_not_call_it_withdrawn(
    app: Flask, newer: FlaskClient
) -> None:
    with app.app_context():
        assert writer.rebuild() == 2
        db.session.commit()
    for path in PAGES:
        assert asked(newer, path).status_code == 200, path
    assert OTHER not in asked(newer, "/profiles").text
    assert asked(newer, OTHER_PAGE).status_code == 503
    assert asked(newer, f"/api/v1/profiles/{OTHER}").data == NEWER
    assert asked(newer, "/api/v1").json["counts"] == {"profiles": 2}


def test_the_check_of_the_ledger_names_an_unknown_format(app: Flask, newer: FlaskClient) -> None:
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert done.exit_code == 1
    assert "Entry 2 has the format profile/9, which this version does not know" in done.output


@pytest.mark.parametrize(
    "body",
    [encode(a_profile(ref=OTHER, name="Canary Other")), encode(a_profile(ref=OTHER))[:900], b"\xff\x00", b"", b"[]"],
    ids=["other words", "cut", "noise", "nothing", "a list"],
)
def test_a_damaged_body_is_named_and_never_shown(app: Flask, body: bytes) -> None:
    visitor = damaged(app, body)
    named = f"The document of {OTHER}, entry 2 is damaged: it does not match its digest."
    page, one = asked(visitor, OTHER_PAGE), asked(visitor, f"/api/v1/profiles/{OTHER}")
    assert (page.status_code, one.status_code, one.mimetype) == (503, 503, "application/problem+json")
    assert named in page.text
    assert named in one.json["detail"]
    for query in ("", "?q=Nurlan"):
        some = asked(visitor, f"/api/v1/profiles{query}").json
        assert [document["ref"] for document in some["profiles"]] == [WELL]
        assert some["damaged"] == [OTHER]
    change = asked(visitor, "/api/v1/changes?since=1").json["changes"][0]
    assert (change["kind"], change["ref"], change["is_damaged"]) == ("publish", OTHER, True)
    assert "document" not in change
    for path in PAGES:
        answer = asked(visitor, path)
        assert (answer.status_code, "Canary" in answer.text) == (200, False), path


@pytest.mark.parametrize("body", [b"\xff\x00", b"", b'{"schema":"profile/1"}'], ids=["noise", "nothing", "bare"])
def test_a_table_and_lists_made_anew_go_on_beside_a_damaged_body(app: Flask, body: bytes) -> None:
    visitor = damaged(app, body)
    assert [row["ref"] for row in table(visitor)] == [WELL, OTHER]
    with app.app_context():
        assert writer.rebuild() == 2
        db.session.commit()
    assert [asked(visitor, path).status_code for path in PAGES] == [200] * len(PAGES)


def test_a_card_that_other_code_cut_is_cut_anew(app: Flask) -> None:
    with app.app_context():
        db.session.execute(update(ListingCard).values(card=b'{"schema":"card/0","ref":"FXD-10001"}'))
        db.session.commit()
    for path in ("/", "/profiles", "/profiles?q=Nurlan"):
        assert "Nurlan Example" in asked(app.test_client(), path).text, path

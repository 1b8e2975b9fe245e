"""Past the instant that ends a consent nothing is told, though no sweep has run; and a 304 carries every header."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader, writer
from campaign.media.stores import public_store
from campaign.web import headers
from tests.ledger.samples import a_profile
from tests.public.people import a_rich_person, publish

SLUG = "FXD-40718-nurlan-example"
REF = "FXD-40718"
PICTURE = "b" * 64


@pytest.fixture
def ended(app: Flask) -> None:
    """Somebody with a history and a picture whose consent ended a minute ago; the file lies there still."""
    publish(app, a_profile(), a_rich_person(with_picture=True))
    with app.app_context():
        path = public_store().path(PICTURE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8picture")
        assert len(reader.history(REF)) == 2
        assert reader.shown_by(PICTURE) is not None
        writer.set_public_until(REF, now() - timedelta(minutes=1))
        db.session.commit()


@pytest.mark.usefixtures("ended")
def test_neither_history_nor_picture_is_told_after_the_end(app: Flask, visitor: FlaskClient) -> None:
    with app.app_context():
        assert reader.history(REF) == []
        assert reader.shown_by(PICTURE) is None
    assert visitor.get(f"/profiles/{SLUG}/history").status_code == 410
    assert visitor.get(f"/profiles/{SLUG}").status_code == 410
    assert visitor.get(f"/media/{PICTURE}").status_code == 404


@pytest.mark.usefixtures("ended")
def test_what_ended_is_not_confirmed_to_who_has_it_already(app: Flask, visitor: FlaskClient) -> None:
    for etag in (f'"{PICTURE}"', f'W/"{PICTURE}"', "*"):
        assert visitor.get(f"/media/{PICTURE}", headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("path", ["/", "/profiles", f"/profiles/{SLUG}", "/about", "/feed.atom", "/sitemap.xml",
                                  "/static/site.css", "/cloth/FXD-40718.svg"])  # fmt: skip
def test_an_answer_that_nothing_changed_carries_every_header(app: Flask, visitor: FlaskClient, path: str) -> None:
    publish(app, a_profile())
    first = visitor.get(path, base_url="https://localhost")
    etag = first.headers.get("ETag")
    assert etag, "these can be asked for again"
    again = visitor.get(path, base_url="https://localhost", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    for name in (
        *headers.ALWAYS,
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
        "Strict-Transport-Security",
    ):
        assert again.headers.get(name) == first.headers[name], name

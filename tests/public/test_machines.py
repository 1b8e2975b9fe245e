"""What machines read: feed, map, robots, security.txt; what caches may keep; what every answer carries."""

import datetime
import re
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient

from campaign.media.stores import public_store
from tests.ledger.samples import a_profile
from tests.public.people import a_rich_person, publish, withdraw

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SLUG = "FXD-40718-nurlan-example"
PAGES = [
    "/",
    "/profiles",
    f"/profiles/{SLUG}",
    f"/profiles/{SLUG}/history",
    "/about",
    "/methodology",
    "/data",
    "/privacy",
]
READ_BY_MACHINES = ["/feed.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]
DRAWINGS = ["/cloth/FXD-40718.svg", "/qr/FXD-40718.svg"]
MINUTE = "public, max-age=0, s-maxage=60, must-revalidate"
POLICY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; form-action 'self'; "
    "script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; media-src 'self'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def test_the_feed_is_atom_and_each_entry_has_what_the_standard_asks(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_rich_person("A & B <i>"), a_profile(ref="FXD-40719", name="Serik & <Pattern>"))
    answer = visitor.get("/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for part in (feed, *entries):
        assert part.findtext(f"{ATOM}id", "").startswith("https://localhost/")
        assert part.findtext(f"{ATOM}title")
        assert datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated", ""))
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_map_lists_every_public_page_once(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(), a_profile(ref="FXD-40719"))
    withdraw(app, "FXD-40719")
    found = [row.text or "" for row in ElementTree.fromstring(visitor.get("/sitemap.xml").data).iter(f"{MAP}loc")]
    assert f"https://localhost/profiles/{SLUG}" in found
    assert len(found) == len(set(found))
    assert [visitor.get(row.removeprefix("https://localhost")).status_code for row in found] == [200] * len(found)


def test_crawlers_are_kept_from_the_desk_alone(visitor: FlaskClient) -> None:
    lines = visitor.get("/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /staff", "Sitemap: https://localhost/sitemap.xml"]


def test_security_txt_has_a_contact_and_expires_within_a_year(visitor: FlaskClient) -> None:
    answer = visitor.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.mimetype == "text/plain"
    assert fields["Contact"].startswith(("mailto:", "https://"))
    ahead = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(0) < ahead < datetime.timedelta(days=365)
    assert fields["Canonical"] == "https://localhost/.well-known/security.txt"


def test_every_answer_may_be_kept_a_minute_and_sets_no_cookie(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    for path in (*PAGES, *READ_BY_MACHINES, *DRAWINGS):
        answer = visitor.get(path, base_url="https://localhost")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, MINUTE), path
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_every_page_has_the_exact_headers_of_its_zone(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(), a_profile(ref="FXD-40719"))
    withdraw(app, "FXD-40719")
    for path in (*PAGES, "/nothing", "/profiles/FXD-40719"):
        headers = dict(visitor.get(path, base_url="https://localhost").headers)
        assert headers.items() >= PAGE_HEADERS.items(), path
        assert not {"Access-Control-Allow-Origin", "Set-Cookie", "Server"} & set(headers), path


def test_who_has_a_page_is_told_that_nothing_changed(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    for path in (*PAGES, "/feed.atom", "/sitemap.xml"):
        first = visitor.get(path)
        again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        assert again.headers["Cache-Control"] == MINUTE


def test_a_page_that_changed_is_sent_anew(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    kept = {"If-None-Match": visitor.get(f"/profiles/{SLUG}").headers["ETag"]}
    publish(app, a_profile(version=2, occupation="painter"))
    answer = visitor.get(f"/profiles/{SLUG}", headers=kept)
    assert answer.status_code == 200
    assert "painter" in answer.text
    withdraw(app, "FXD-40718")
    assert visitor.get(f"/profiles/{SLUG}", headers=kept).status_code == 410


def test_a_picture_is_served_only_while_a_public_profile_shows_it(app: Flask, visitor: FlaskClient) -> None:
    folder = app.extensions["settings"].home / "media" / "public"
    publish(app, a_rich_person(with_picture=True))
    with app.app_context():
        place = public_store().path("b" * 64)
    assert place.is_relative_to(folder)
    for lacking in (visitor.get(f"/media/{'b' * 64}"), visitor.get(f"/media/{'b' * 64}.jpg")):
        assert (lacking.status_code, lacking.mimetype) == (404, "image/svg+xml")
        assert lacking.headers["Cache-Control"] == "no-store"
        assert lacking.data == visitor.get("/cloth/FXD-40718.svg").data
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"\xff\xd8picture")
    with visitor.get(f"/media/{'b' * 64}") as answer:
        assert answer.data == b"\xff\xd8picture"
    withdraw(app, "FXD-40718")
    assert visitor.get(f"/media/{'b' * 64}").status_code == 404


def test_every_link_of_every_page_leads_somewhere(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_rich_person(), a_profile(ref="FXD-40719", name="Serik Pattern"))
    seen: set[str] = set()
    waiting = ["/", "/nothing"]
    while waiting:
        path = waiting.pop()
        page = visitor.get(path).text
        for link in re.findall(r'(?:href|src)="([^"]+)"', page):
            address, _, place = link.removeprefix("https://localhost").partition("#")
            target = address or path
            if not target.startswith("/") or target.startswith(("/static/", "/fonts/", "/media/", "/api/")):
                continue
            answer = visitor.get(target)
            assert answer.status_code in {200, 301} or target == path, (path, link)
            assert not place or f'id="{place}"' in answer.text, (path, link)
            if target not in seen and answer.mimetype == "text/html" and "?" not in target:
                waiting.append(target)
            seen.add(target)
    assert len(seen) > 12

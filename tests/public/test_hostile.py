"""What somebody sends who means harm: markup in every text, controls of direction, bytes that are no text."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.ledger.documents import Profile
from tests.ledger.samples import a_place, a_profile
from tests.public.people import a_rich_person, a_source, names_of, publish

SLUG = "FXD-40718-nurlan-example"
MARKUP = """</script><script>alert(1)</script><!-- "'><img src=x onerror=alert(1)> {{7*7}} &lt;b&gt;"""
SHOWN = [f"/profiles/{SLUG}", "/", "/profiles", f"/profiles/{SLUG}/history"]
ROUTES = ["/", "/profiles", f"/profiles/{SLUG}", f"/profiles/{SLUG}/history", "/about", "/methodology", "/data",
          "/privacy",
          "/feed.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/cloth/FXD-40718.svg",
          "/qr/FXD-40718.svg", "/media/x"]  # fmt: skip


class Elements(HTMLParser):
    """The elements of a page with their attributes, as a browser would take them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile(words: str) -> Profile:
    return a_rich_person(words, with_picture=True, display_name=words, names=names_of(words))


@pytest.mark.parametrize("path", SHOWN)
def test_markup_in_any_text_stays_text(app: Flask, visitor: FlaskClient, path: str) -> None:
    publish(app, hostile(MARKUP))
    page = visitor.get(path).text
    for tag, attributes in Elements(page).found:
        assert tag != "script" or attributes == {"type": "application/ld+json"}
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("src") != "x"
    assert "<script>alert" not in page
    assert "{{7*7}}" in page or path.endswith("/history")


def test_linked_data_cannot_be_closed_from_inside(app: Flask, visitor: FlaskClient) -> None:
    publish(app, hostile(MARKUP))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', visitor.get(SHOWN[0]).text, re.DOTALL)
    assert len(found) == 1
    assert "<" not in found[0]
    assert MARKUP in json.loads(found[0])["name"]


@pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml"])
def test_markup_leaves_xml_well_formed(app: Flask, visitor: FlaskClient, path: str) -> None:
    publish(app, hostile(MARKUP + "]]>"))
    ElementTree.fromstring(visitor.get(path).data)


def test_a_source_is_linked_on_the_web_alone(app: Flask, visitor: FlaskClient) -> None:
    sources = [a_source("Bad", url="javascript:alert(1)", archive_url="data:text/html,x")]
    publish(app, a_rich_person(sources=sources))
    page = visitor.get(SHOWN[0]).text
    assert "javascript:" not in page
    assert "data:text" not in page


@pytest.mark.parametrize("path", SHOWN[:3])
def test_controls_of_direction_end_where_the_name_ends(app: Flask, visitor: FlaskClient, path: str) -> None:
    name = "Nurlan \u202eelpmaxE\u2066"
    publish(app, a_profile(names=names_of(name)))
    page = visitor.get(path).text
    body = page[page.index("<main") :]
    for found in re.finditer("\u202e", body):
        before = body[: found.start()]
        assert before.rfind("<bdi") > before.rfind("</bdi>"), body[found.start() - 80 : found.end()]


@pytest.mark.parametrize(
    "path", ["/profiles/%00", "/profiles?from=%00", "/profiles/%ff", "/profiles?after=%c3%28", "/cloth/%00.svg",
             "/media/..%2f..%2fcampaign.sqlite", "/media/%2e%2e%2fx", "/profiles/" + "a" * 3000]
)  # fmt: skip
def test_what_is_no_address_is_refused(visitor: FlaskClient, path: str) -> None:
    assert 400 <= visitor.get(path).status_code < 500


def test_nothing_here_can_be_written_to(visitor: FlaskClient) -> None:
    for path in ROUTES:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert visitor.open(path, method=method).status_code in {400, 405}, (method, path)


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(["' OR 1=1 --", "\x00", "%"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(ROUTES),
    query=st.dictionaries(st.sampled_from(["after", "status", "place", "year", "x"]) | NASTY, NASTY, max_size=3),
)
@example(path="/profiles", query={"after": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")})
def test_no_query_breaks_an_address(app: Flask, visitor: FlaskClient, path: str, query: dict[str, str]) -> None:
    assert visitor.get(path, query_string=query).status_code < 500


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=NASTY, room=st.sampled_from(["/profiles/", "/cloth/", "/qr/", "/media/"]))
def test_no_tail_breaks_an_address(app: Flask, visitor: FlaskClient, room: str, tail: str) -> None:
    assert visitor.get(room + tail.replace("?", "").replace("#", "")).status_code < 500


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_no_words_break_a_page(app: Flask, visitor: FlaskClient, words: str) -> None:
    publish(app, a_rich_person(words, names=names_of(words), origin=a_place(names={"en": words})))
    assert [visitor.get(path).status_code for path in SHOWN] == [200] * 4
    ElementTree.fromstring(visitor.get("/feed.atom").data)

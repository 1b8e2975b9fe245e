"""On no public page and in no feed does a charge stand as a fact: in quotation marks, as what the authorities say."""

import csv
import html
import io
import re

import msgspec
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Profile
from tests.public.people import a_rich_person, publish

CHARGE = "Gathering crowds to disturb order"
REASON = "Listening to a forbidden sermon"
PAGES = (
    "/", "/profiles", "/profiles?q=gathering", "/profiles/{slug}", "/profiles/{slug}/history", "/feed.atom",
    "/sitemap.xml", "/statistics", "/profiles/{slug}/act", "/updates", "/data",
)  # fmt: skip
THEIRS = re.compile(r"authorities say[^.]{0,60}[“\"]\s*$", re.IGNORECASE)


def charged() -> Profile:
    person = a_rich_person()
    episode = person.episodes[0]
    charge = msgspec.structs.replace(episode.charges[0], text=CHARGE, explanation="")
    told = msgspec.structs.replace(episode, charges=[charge], reason_stated=REASON, reason_is_verbatim=True)
    return msgspec.structs.replace(person, episodes=[told, *person.episodes[1:]])


def as_fact(page: str) -> list[str]:
    """Return what stands before each charge of a page that is not told as the authorities' words."""
    body = re.sub(r"(?s)<head>.*?</head>", lambda head: head[0].replace("<", " "), page)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    found = [text[max(0, hit.start() - 120) : hit.start()] for hit in re.finditer(f"{CHARGE}|{REASON}", text)]
    return [before for before in found if not THEIRS.search(before)]


def test_no_page_tells_a_charge_as_a_fact(app: Flask, visitor: FlaskClient) -> None:
    person = charged()
    publish(app, person)
    seen = 0
    for address in PAGES:
        answer = visitor.get(address.format(slug=person.slug), base_url="https://localhost")
        page = answer.get_data(as_text=True)
        seen += page.count(CHARGE)
        assert as_fact(page) == [], address
    assert seen > 0


def test_the_sheet_holds_it_in_the_column_of_what_is_stated_alone(app: Flask, visitor: FlaskClient) -> None:
    publish(app, charged())
    answer = visitor.get("/api/v1/export.csv", base_url="https://localhost")
    heading, row = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert [name for name, cell in zip(heading, row, strict=True) if CHARGE in cell or REASON in cell] == [
        "reason_stated"
    ]


def test_the_walk_sees_a_planted_offender() -> None:
    assert as_fact(f"<head><title>{CHARGE}</title></head>")
    assert as_fact(f"<p>Held for “{CHARGE}”.</p>")
    assert as_fact(f"<p>The authorities say: “{CHARGE}”.</p>") == []

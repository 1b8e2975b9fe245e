"""Two voices: what the authorities say stands in quotation marks, as theirs, and nowhere that looks like fact."""

import html
import re

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Charge, Death, Profile, Sentence, StateResponse
from campaign.public.sources import DEAD, EXILE, FREE, HELD, RESTRICTED, asked_of
from tests.ledger.samples import a_profile, an_episode, made
from tests.public.people import publish

PAGE = "/profiles/FXD-40718-nurlan-example"
CLAIM = "Plotting against everything"
ELSEWHERE = ["/", "/profiles", "/feed.atom", "/sitemap.xml", f"{PAGE}/history"]


def charged() -> Profile:
    """Return somebody of whom the authorities say one thing in every place where they can."""
    charge = made(Charge, id="000000c1", text=CLAIM)
    terms = dict.fromkeys(("years", "months", "days", "start", "expected_end"))
    passed = made(Sentence, kind="unknown", text=CLAIM, **terms)
    answer = made(StateResponse, id="000000f2", form="held_claim", claim=CLAIM, is_verbatim=True)
    died = made(Death, cause_stated=CLAIM, cause_is_verbatim=True)
    episode = an_episode(reason_stated=CLAIM, reason_is_verbatim=True, charges=[charge], sentence=passed)
    return a_profile(episodes=[episode], state_responses=[answer], death=died, legal_basis="terrorism_or_extremism")


def words(page: str) -> str:
    """Return what a reader sees of a page, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_every_claim_stands_in_quotation_marks_as_theirs(app: Flask, visitor: FlaskClient) -> None:
    publish(app, charged())
    told = words(visitor.get(PAGE).text)
    assert told.count(CLAIM) == 5
    assert told.count(f"“{CLAIM}") == 5
    assert told.count(f"The authorities say: “{CLAIM}") == 4
    assert f"What the authorities say“{CLAIM}”" in told
    assert "The legal basis that is claimed we read as: terrorism or extremism." in told
    assert "“Terrorism" not in told


def test_words_that_nobody_marked_as_theirs_stand_without_quotation_marks(app: Flask, visitor: FlaskClient) -> None:
    document = charged()
    episode = msgspec.structs.replace(
        document.episodes[0],
        reason_stated='Officials said "theft"',
        reason_is_verbatim=False,
        charges=[],
        sentence=None,
    )
    answer = msgspec.structs.replace(document.state_responses[0], is_verbatim=False)
    died = made(Death, cause_stated=CLAIM)
    publish(app, msgspec.structs.replace(document, episodes=[episode], state_responses=[answer], death=died))
    told = words(visitor.get(PAGE).text)
    assert 'As reported, the authorities say: Officials said "theft"Their claim' in told
    assert told.count(f"As reported, the authorities say: {CLAIM}.") == 2
    assert f"“{CLAIM}" not in told


def test_a_reason_that_says_that_there_is_none_is_none(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(episodes=[an_episode(reason_stated="No charge disclosed")]))
    told = words(visitor.get(PAGE).text)
    assert "The authorities have given no reason that we know of." in told
    assert "No charge disclosed" not in told


def test_no_claim_stands_in_a_title_a_card_or_what_machines_read(app: Flask, visitor: FlaskClient) -> None:
    publish(app, charged())
    page = visitor.get(PAGE).text
    head = page[: page.index("</head>")]
    assert CLAIM not in head
    assert "errorism" not in head
    assert not [level for level in re.findall(r"<h[1-6].*?</h[1-6]>", page, re.DOTALL) if CLAIM in level]
    for path in ELSEWHERE:
        assert CLAIM not in visitor.get(path).text, path


@pytest.mark.parametrize(
    ("code", "confidence", "asked"),
    [
        ("serving_sentence", "single_source", HELD),
        ("of_no_list", "confirmed", HELD),
        ("released_conditional", "single_source", FREE),
        ("in_exile", "single_source", EXILE),
        ("house_arrest", "single_source", RESTRICTED),
        ("released_unconditional", "contested", HELD),
        ("died_in_custody", "corroborated", DEAD),
        ("died_in_custody", "single_source", HELD),
    ],
)
def test_what_is_asked_fits_what_is_known(code: str, confidence: str, asked: object) -> None:
    document = a_profile()
    status = msgspec.structs.replace(document.status, code=code, confidence=confidence)
    assert asked_of(msgspec.structs.replace(document, status=status)) is asked


def test_the_code_on_paper_needs_no_style(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile())
    drawing = visitor.get("/qr/FXD-40718.svg").text
    assert drawing.startswith("<svg")
    assert "style" not in drawing

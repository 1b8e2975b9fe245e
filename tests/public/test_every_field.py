"""Whatever a published document carries stands on the page, or in this list with the reason why not."""

import html
import re

from flask import Flask
from flask.testing import FlaskClient

from campaign.ledger.documents import Whereabouts
from tests.ledger.samples import a_profile, an_episode, made
from tests.public.filled import Filled
from tests.public.people import a_source, publish

CODE = "the code of a place, for machines; its name is shown"
MAP = "coordinates and precision serve a map; the name says where"
IDENTITY = "ties citations to a fact inside the document"
IN_JSON_ALONE = {
    "display_name": "is the preferred name again, which heads the page",
    "names.is_preferred": "decides which name stands first",
    "salt": "makes the digest unguessable; says nothing of the person",
    "citations.fact": "is where the number of the source stands",
    "images.is_portrait": "decides which picture stands at the head",
    "images.id": IDENTITY,
    "images.renditions.size": "decides which copy is shown where",
    "images.renditions.digest": "the address of the copy; the test shows two of its own",
    "images.renditions.width": "room for the picture; the test shows copies of its own",
    "images.renditions.height": "room for the picture; the test shows copies of its own",
    "images.renditions.media_type": "stands in the header of the picture",
    "episodes.whereabouts.is_acknowledged": "shown as Yes, see test_whether_the_authorities_admit_it_is_answered",
    "episodes.whereabouts.is_location_disclosed": "shown as Yes",
    "episodes.whereabouts.has_family_contact": "shown as Yes",
    "episodes.whereabouts.has_counsel_contact": "shown as Yes",
    "episodes.proceedings.is_open": "shown as open to the public",
    "violations.is_graphic": "shown as a warning and a fold",
    "death.body_returned": "shown as Yes",
    "death.is_confirmed": "shown as a sentence",
    "status.last_verified_on": "not told under a death, which this person has",
    "status.last_verified_means": "not told under a death",
    "status.last_verified_list": "not told under a death",
    "status.last_news": "reckoned anew for the page, from the dates that it shows",
    "status.release_known": "for who counts; the page has a sentence",
    "status.sentence": "stays true whatever the day; the page has the sentence of today",
    "url": "is the address of the page",
    "terms": "is for who takes the data; /data says it",
    "write_to": "is for letters, which have no page yet",
    "images.may_be_reprinted": "is for who takes the data",
    "images.renditions.url": "the address of the copy; the test shows two of its own",
    "episodes.reason_is_verbatim": "decides about quotation marks",
    "state_responses.is_verbatim": "decides about quotation marks",
    "death.cause_is_verbatim": "decides about quotation marks",
    "sources.public_line": "stands instead of all else of a confidential source, which a test below shows",
}
for _place in ("origin", "held_at", "episodes.events.place", "episodes.stays.place", "death.place",
               "episodes.last_contact_place"):  # fmt: skip
    IN_JSON_ALONE |= {f"{_place}.code": CODE, f"{_place}.within": CODE, f"{_place}.precision": MAP}
    IN_JSON_ALONE |= {f"{_place}.latitude": MAP, f"{_place}.longitude": MAP}
for _place in ("origin", "death.place", "episodes.last_contact_place"):
    IN_JSON_ALONE |= {f"{_place}.facility": "a kind of place of detention, which this place is not"}
ROWS = [
    "episodes",
    "episodes.events",
    "episodes.stays",
    "episodes.charges",
    "episodes.proceedings",
    "violations",
    "summary",
    "story",
    "quote",
    "details",
    "testimonies",
    "state_responses",
    "un_work",
]
for _row in ROWS:
    IN_JSON_ALONE |= {f"{_row}.id": IDENTITY}
    IN_JSON_ALONE |= {f"{_row}.by": "only a quotation has a speaker"} if _row in {"summary", "story", "details"} else {}


def page_of(app: Flask, visitor: FlaskClient) -> tuple[Filled, str]:
    """Return what the filled document should show, and the page that shows it."""
    filled = Filled()
    document = filled.document()
    publish(app, document, a_profile(ref="FXD-40719", name="Serik Pattern"))
    answer = visitor.get(f"/profiles/{document.slug}")
    assert answer.status_code == 200
    return filled, html.unescape(answer.text)


def test_every_field_is_on_the_page_or_has_a_reason_not_to_be(app: Flask, visitor: FlaskClient) -> None:
    filled, page = page_of(app, visitor)
    missing = {path: words for path, words in filled.expected.items() if words not in page}
    assert {path: words for path, words in missing.items() if path not in IN_JSON_ALONE} == {}


def test_no_reason_is_kept_for_a_field_that_is_gone(app: Flask, visitor: FlaskClient) -> None:
    filled, _ = page_of(app, visitor)
    assert {path for path in IN_JSON_ALONE if path not in filled.expected} == set()


def test_every_translation_that_nobody_read_twice_says_so(app: Flask, visitor: FlaskClient) -> None:
    _, page = page_of(app, visitor)
    assert page.count("No second reader of this language has read it yet.") == 4


def test_whether_the_authorities_admit_it_is_answered(app: Flask, visitor: FlaskClient) -> None:
    told = made(
        Whereabouts,
        is_acknowledged=True,
        is_location_disclosed=False,
        has_family_contact=None,
        has_counsel_contact=True,
    )
    publish(app, a_profile(episodes=[an_episode(whereabouts=told)]))
    page = visitor.get("/profiles/FXD-40718-nurlan-example").text
    # Of who was last heard of years ago nothing is asked as of today.
    answers = re.findall(r"<dt>(Did|Had|Was)[^<]*</dt><dd><bdi>([^<]*)", page)
    assert answers == [("Did", "Yes."), ("Had", "No."), ("Was", "Not known to us."), ("Was", "Yes.")]
    assert not re.search(r"<dt>(Do|Have|Is) ", page)


def test_a_confidential_source_is_told_as_its_public_line_alone(app: Flask, visitor: FlaskClient) -> None:
    publish(app, a_profile(sources=[a_source("Aynur told us.", public_line="A person with knowledge of the case")]))
    page = visitor.get("/profiles/FXD-40718-nurlan-example").text
    assert "A person with knowledge of the case." in page
    assert "Aynur" not in page

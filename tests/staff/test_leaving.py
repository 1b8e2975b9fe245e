"""The preview of the public page, in words: no code, no path, no notation of a date."""

import datetime
import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from flask import Flask

from campaign.ledger import documents as doc
from campaign.publishing.context import Preview
from campaign.staff.publication_diff import CODES, lines_of, value_in_words
from tests.ledger.samples import made
from tests.public.people import a_rich_person
from tests.staff.conftest import Person
from tests.staff.writing import approved

# Words that people wrote, numbers, addresses and digests: told as they stand.
PLAIN = {
    doc.Profile: {
        "ref",
        "slug",
        "url",
        "terms",
        "display_name",
        "gender_words",
        "occupation",
        "employer",
        "health",
        "salt",
        "our_view",
    },
    doc.Name: {"text", "pronunciation"},
    doc.Place: {"code", "within", "names"},
    doc.When: {"edtf"},
    doc.Text: {"id", "text", "by"},
    doc.Rendition: {"size", "digest", "media_type", "url"},
    doc.Birth: {"qualifiers"},
    doc.Status: {"last_verified_list", "sentence"},
    doc.Image: {"id", "alt", "caption", "credit", "licence"},
    doc.Relative: {"ref"},
    doc.OutsideId: {"scheme", "value"},
    doc.Change: {"note"},
    doc.Event: {"id", "authority", "account"},
    doc.Stay: {"id", "how_known"},
    doc.Charge: {"id", "law", "article", "text", "explanation"},
    doc.Proceeding: {"id", "court", "counsel"},
    doc.Sentence: {"fine", "text", "appeal"},
    doc.Episode: {"id", "reason_stated", "reason_suspected"},
    doc.Violation: {"id", "account"},
    doc.Testimony: {"id", "text"},
    doc.StateResponse: {"id", "authority", "claim", "assessment"},
    doc.Source: {"title", "author", "publisher", "url", "archive_url", "sha256"},
    doc.Citation: {"fact", "page", "quote"},
    doc.Death: {"cause_stated", "cause_alleged"},
    doc.UnWork: {"id", "body", "opinion_number", "case_number"},
}


def parts_of(kind: Any, seen: set[Any]) -> Iterator[type[msgspec.Struct]]:
    """Yield every part of a published document."""
    for inner in (kind, *get_args(kind)):
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and inner not in seen:
            seen.add(inner)
            yield inner
            for hint in get_type_hints(inner).values():
                yield from parts_of(hint, seen)
        elif inner is not kind and get_origin(inner) is not None:
            yield from parts_of(inner, seen)


def texts_of(part: type[msgspec.Struct]) -> set[str]:
    """Return the fields of a part that hold text or lists of text."""
    return {name for name, hint in get_type_hints(part).items() if hint in (str, list[str], dict[str, str])}


def undecided(part: type[msgspec.Struct]) -> set[str]:
    """Return the text fields of a part of which nobody has said whether they are codes."""
    return texts_of(part) - set(CODES.get(part, {})) - PLAIN.get(part, set())


def test_of_every_text_of_the_document_somebody_has_said_whether_it_is_a_code() -> None:
    assert {part.__name__: undecided(part) for part in parts_of(doc.Profile, set()) if undecided(part)} == {}


def test_a_new_code_that_nobody_thought_of_is_seen() -> None:
    class Planted(msgspec.Struct):
        kind: str

    assert undecided(Planted) == {"kind"}


@pytest.mark.parametrize("part", CODES)
def test_every_code_stands_in_a_field_that_exists(part: type[msgspec.Struct]) -> None:
    assert set(CODES[part]) <= set(part.__struct_fields__)


def test_dates_places_and_answers_are_told_as_people_say_them(app: Flask) -> None:
    when = made(doc.When, edtf="2017-06/2017-07", earliest=datetime.date(2017, 6, 1), latest=datetime.date(2017, 7, 31))
    with app.app_context():
        assert value_in_words(doc.Event, "date", when) == "June to July 2017"
        assert value_in_words(doc.Event, "type", "family_visit") == "Visit by the family"
        assert value_in_words(doc.Episode, "activities", ["travel_abroad", "teaching"]) == "Travelling abroad, Teaching"
        assert value_in_words(doc.Death, "body_returned", False) == "no"
        assert value_in_words(doc.Status, "last_verified_on", datetime.date(2026, 5, 4)) == "4 May 2026"


def test_a_row_that_comes_whole_is_one_line_and_a_changed_field_names_its_row(app: Flask) -> None:
    now = a_rich_person("A botanist.")
    event = now.episodes[0].events[0]
    moved = msgspec.structs.replace(event, confidence="confirmed" if event.confidence != "confirmed" else "contested")
    episode = msgspec.structs.replace(now.episodes[0], events=[moved, *now.episodes[0].events[1:]])
    coming = msgspec.structs.replace(now, episodes=[episode, *now.episodes[1:]], sources=now.sources[1:])
    with app.app_context():
        lines = lines_of(Preview(coming, now, ()))
    changed = [line for line in lines if line.label.endswith(", confidence")]
    assert [line.public_now is not None and line.would_leave is not None for line in changed] == [True]
    assert changed[0].label.startswith("Event: ")
    gone = [line for line in lines if line.would_leave is None]
    assert [line.label for line in gone] == ["Source"]


def test_the_preview_shows_no_code_and_no_path(edo: Person, noor: Person, pia: Person, sana: Person) -> None:
    ref = approved(edo, sana, noor)
    page = pia.sees(f"/cases/{ref}/preview")
    table = page.partition('id="differences"')[2].partition("</section>")[0]
    words = re.sub(r"<[^>]+>", " ", table)
    assert "Arrest" in words
    assert "April 2018" in words
    assert "Event: Arrest, April 2018" in words
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|\b\d{4}-\d{2}\b|[0-9a-f]{8}/|653121", words) == []

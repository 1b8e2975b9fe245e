"""Invented people for the public edge: one who has everything a page can tell, and the verbs that publish."""

import datetime
from typing import Any

import msgspec
from flask import Flask

from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.documents import (
    Charge,
    Citation,
    Event,
    Name,
    Profile,
    Relative,
    Rendition,
    Sentence,
    Source,
    StateResponse,
    Stay,
    Testimony,
    Text,
    Violation,
)
from tests.ledger.samples import a_place, a_profile, an_episode, an_image, made, when

DAY = ("2019-05-03", (2019, 5, 3), (2019, 5, 3))


def publish(app: Flask, *people: Profile, **changes: Any) -> None:
    """Append people to the ledger as published, and commit."""
    with app.app_context():
        for person in people:
            writer.append("publish", person.ref, person, **changes)
        db.session.commit()


def withdraw(app: Flask, ref: str, merged_into: str | None = None) -> None:
    """Withdraw somebody, and commit."""
    with app.app_context():
        writer.append("withdraw", ref, merged_into=merged_into)
        db.session.commit()


def a_text(number: int, words: str, by: str = "") -> Text:
    return made(Text, id=f"0000000{number}", language="en", text=words, by=by, translation_state="original")


def a_picture(words: str) -> Any:
    """Return a portrait in both sizes whose every public line is these words."""
    sizes = [
        made(Rendition, size=size, digest=letter * 64, width=320, height=400, media_type="image/jpeg")
        for size, letter in (("list", "a"), ("page", "b"))
    ]
    return msgspec.structs.replace(
        an_image(), renditions=sizes, alt=words, caption=words, credit=words, licence=words, provenance=words
    )


def a_source(words: str, **changes: Any) -> Source:
    source = made(
        Source,
        number=1,
        type="media",
        title=words,
        author=words,
        publisher=words,
        date=when(*DAY),
        url="https://news.example/article",
        retrieved_on=datetime.date(2026, 1, 2),
        language="en",
    )
    return msgspec.structs.replace(source, **changes)


def eventful(words: str) -> Any:
    """Return an episode with an event, a stay, a charge and a sentence, its free texts being these words."""
    place = a_place(names={"en": words})
    event = made(
        Event,
        id="000000a1",
        type="arrest",
        date=when(*DAY),
        place=place,
        authority=words,
        account=words,
        confidence="likely",
    )
    stay = made(Stay, id="000000b1", place=place, start=when(*DAY), how_known=words)
    charge = made(Charge, id="000000c1", law=words, article=words, text=words, explanation=words, stage="indicted")
    sentence = made(
        Sentence,
        kind="fixed_term",
        years=14,
        fine=words,
        text=words,
        appeal=words,
    )
    return an_episode(
        events=[event],
        stays=[stay],
        charges=[charge],
        sentence=sentence,
        reason_stated=words,
        reason_suspected=words,
    )


def a_rich_person(words: str = "Words that were read twice.", *, with_picture: bool = False, **changes: Any) -> Profile:
    """Return a person of whom every section of the page tells something; every free text is `words`."""
    fields: dict[str, Any] = {
        "gender_words": words,
        "origin": a_place(names={"en": words}),
        "held_at": a_place(names={"en": words}),
        "occupation": words,
        "employer": words,
        "episodes": [eventful(words)],
        "violations": [
            made(Violation, id="000000d1", kind="torture_or_ill_treatment", account=words, is_graphic=True),
            made(Violation, id="000000d2", kind="torture_or_ill_treatment", account=words),
        ],
        "health": words,
        "summary": [a_text(1, words)],
        "story": [a_text(2, words)],
        "quote": [a_text(3, words, by=words)],
        "details": [a_text(4, words)],
        "relatives": [made(Relative, relation="sibling", ref="FXD-40719")],
        "testimonies": [made(Testimony, id="000000f1", relation=words, language="en", text=words)],
        "state_responses": [
            made(StateResponse, id="000000f2", authority=words, form="statement", claim=words, assessment=words)
        ],
        "sources": [a_source(words)],
        "citations": [made(Citation, source=1, fact="texts/00000001", page=words, quote=words)],
        "images": [a_picture(words)] if with_picture else [],
    }
    return a_profile(**(fields | changes))


def names_of(text: str) -> list[Name]:
    """Return a preferred Latin spelling and an Arabic one, both holding this text."""
    return [
        made(Name, text=text, kind="full", script="Latn", is_preferred=True, pronunciation=text),
        made(Name, text=text + "نۇرلان", kind="alias", script="Arab", language="ug"),
    ]

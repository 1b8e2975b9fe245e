"""Invented people as published documents. A builder fills what a test does not care about."""

import datetime
from typing import Any

import msgspec

from campaign.ledger.documents import Birth, Change, Episode, Image, Name, Place, Profile, Rendition, Status, Text, When

MORNING = datetime.datetime(2026, 5, 4, 10, 20, 30, tzinfo=datetime.UTC)


def when(edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> When:
    return When(edtf=edtf, earliest=datetime.date(*first), latest=datetime.date(*last))


def a_place(code: str = "CN-XJ-1", **changes: Any) -> Place:
    place = Place(
        code=code,
        names={"en": "Amber Valley", "zh": "琥珀谷"},
        within=["CN-XJ"],
        precision="prefecture",
        latitude=43.5,
        longitude=81.5,
        facility="",
    )
    return msgspec.structs.replace(place, **changes)


def an_image(digest: str = "a" * 64) -> Image:
    rendition = Rendition(size="list", digest=digest, width=320, height=400, media_type="image/jpeg")
    return Image(
        id="0000000a",
        renditions=[rendition],
        is_portrait=True,
        alt="A drawn face",
        caption="",
        credit="Drawn for a test",
        licence="",
        provenance="Drawn by the campaign",
    )


def an_episode(**changes: Any) -> Episode:
    episode = Episode(
        id="000000e1",
        start=when("2018-03", (2018, 3, 1), (2018, 3, 31)),
        end=None,
        end_reason="",
        events=[],
        stays=[],
        last_contact=None,
        last_contact_place=None,
        reason_stated="",
        reason_suspected="Taught his language to children",
        activities=["teaching"],
        charges=[],
        proceedings=[],
        sentence=None,
        whereabouts=None,
    )
    return msgspec.structs.replace(episode, **changes)


def a_profile(ref: str = "FXD-40718", name: str = "Nurlan Example", **changes: Any) -> Profile:
    """Return the document of an invented person, with whatever a test wants otherwise."""
    profile = Profile(
        ref=ref,
        version=1,
        slug=f"{ref}-{name.lower().replace(' ', '-')}",
        display_name=name,
        names=[
            Name(text=name, kind="primary", script="Latn", language="", is_preferred=True, pronunciation=""),
            Name(text="نۇرلان", kind="alias", script="Arab", language="ug", is_preferred=False, pronunciation=""),
        ],
        gender="not_stated",
        gender_words="",
        birth=Birth(year_earliest=1970, year_latest=1971, age_earliest=46, age_latest=48),
        origin=a_place(),
        held_at=None,
        ethnicities=["Kazakh"],
        occupation="teacher",
        occupation_group="education",
        employer="",
        status=Status(
            code="disappeared",
            as_of=when("2021-01", (2021, 1, 1), (2021, 1, 31)),
            confidence="single_source",
            basis="relative",
            last_verified_on=datetime.date(2026, 5, 1),
        ),
        episodes=[an_episode()],
        legal_basis="none_known",
        violations=[],
        health="",
        summary=[Text(id="00000001", language="en", text="A teacher.", by="", translation_state="original")],
        story=[],
        quote=[],
        details=[],
        relatives=[],
        testimonies=[],
        state_responses=[],
        sources=[],
        citations=[],
        our_view=["status"],
        images=[],
        death=None,
        un_work=[],
        outcomes=[],
        tags=[],
        outside_ids=[],
        salt="00112233445566778899aabbccddeeff",
        first_published_at=MORNING,
        published_at=MORNING,
        change=Change(kind="first", note=""),
    )
    return msgspec.structs.replace(profile, **changes)

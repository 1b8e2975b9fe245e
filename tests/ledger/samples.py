"""Invented people as published documents. `made` fills what a test does not care about, in every kind of part alike:
a field that a document is given tomorrow is written here once at most.
"""

import datetime
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from campaign.ledger.documents import Birth, Change, Episode, Image, Name, Place, Profile, Rendition, Status, Text, When

MORNING = datetime.datetime(2026, 5, 4, 10, 20, 30, tzinfo=datetime.UTC)
Struct = TypeVar("Struct", bound=msgspec.Struct)


def made(kind: type[Struct], /, **given: Any) -> Struct:
    """Return a part of a document with the fields that are given; the others say that nothing is known."""
    return kind(**{field.name: _unknown(field.type) for field in msgspec.structs.fields(kind)} | given)


def _unknown(kind: Any) -> Any:
    """Return what a projection writes in a field of a type of which it knows nothing: null, "", [], the first code."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if types.NoneType in get_args(kind) else _unknown(get_args(kind)[0])
    if origin is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return made(kind)
    if kind in (datetime.datetime, datetime.date):
        return MORNING if kind is datetime.datetime else MORNING.date()
    return (origin or kind)()


def when(edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> When:
    return When(edtf=edtf, earliest=datetime.date(*first), latest=datetime.date(*last))


def a_place(code: str = "CN-XJ-1", **changes: Any) -> Place:
    place = made(
        Place,
        code=code,
        names={"en": "Amber Valley", "zh": "琥珀谷"},
        within=["CN-XJ"],
        precision="prefecture",
        latitude=43.5,
        longitude=81.5,
    )
    return msgspec.structs.replace(place, **changes)


def an_image(digest: str = "a" * 64) -> Image:
    rendition = made(Rendition, size="list", digest=digest, width=320, height=400, media_type="image/jpeg")
    return made(
        Image,
        id="0000000a",
        renditions=[rendition],
        is_portrait=True,
        alt="A drawn face",
        credit="Drawn for a test",
        provenance="Drawn by the campaign",
    )


def an_episode(**changes: Any) -> Episode:
    episode = made(
        Episode,
        id="000000e1",
        start=when("2018-03", (2018, 3, 1), (2018, 3, 31)),
        reason_suspected="Taught his language to children",
        activities=["teaching"],
    )
    return msgspec.structs.replace(episode, **changes)


def a_profile(ref: str = "FXD-40718", name: str = "Nurlan Example", **changes: Any) -> Profile:
    """Return the document of an invented person, with whatever a test wants otherwise."""
    profile = made(
        Profile,
        ref=ref,
        version=1,
        slug=f"{ref}-{name.lower().replace(' ', '-')}",
        display_name=name,
        names=[
            made(Name, text=name, kind="full", script="Latn", is_preferred=True),
            made(Name, text="نۇرلان", kind="alias", script="Arab", language="ug"),
        ],
        gender="not_stated",
        birth=made(Birth, year_earliest=1970, year_latest=1971, age_earliest=46, age_latest=48),
        origin=a_place(),
        ethnicities=["kazakh"],
        occupation="teacher",
        occupation_group="education",
        status=made(
            Status,
            code="disappeared",
            as_of=when("2021-01", (2021, 1, 1), (2021, 1, 31)),
            confidence="single_source",
            basis="family",
            last_verified_on=datetime.date(2026, 5, 1),
        ),
        episodes=[an_episode()],
        legal_basis="none_known",
        summary=[made(Text, id="00000001", language="en", text="A teacher.")],
        our_view=["status"],
        salt="00112233445566778899aabbccddeeff",
        first_published_at=MORNING,
        published_at=MORNING,
        change=made(Change, kind="first"),
    )
    return msgspec.structs.replace(profile, **changes)

"""The parts of a published document that tell who a person is and what is shown of them."""

import datetime
from typing import Literal

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of a document inherits: it never changes, is written by name, and knows all its fields."""


class When(Part, frozen=True):
    """A date as far as it is known; `earliest` and `latest` are the first and last day it may mean, null if open."""

    edtf: str
    earliest: datetime.date | None
    latest: datetime.date | None


class Place(Part, frozen=True):
    """A place no finer than may be told. `names` by language; `within` holds the codes of what contains it, nearest
    first; coordinates are degrees, rounded to the precision, null where hidden. `facility` is a facility type or ""."""

    code: str
    names: dict[str, str]
    within: list[str]
    precision: str
    latitude: float | None
    longitude: float | None
    facility: str


class Name(Part, frozen=True):
    """One name. `script` is an ISO 15924 code, `language` a BCP 47 tag or "" where nobody knows."""

    text: str
    kind: str
    script: str
    language: str
    is_preferred: bool
    pronunciation: str


class Birth(Part, frozen=True):
    """When the person was born, in years only, and how old at detention; null bounds are open."""

    year_earliest: int | None
    year_latest: int | None
    age_earliest: int | None
    age_latest: int | None


class Status(Part, frozen=True):
    """What is known of the person's situation, as of when, how surely, and how it is known."""

    code: str
    as_of: When | None
    confidence: str
    basis: str
    last_verified_on: datetime.date | None


class Text(Part, frozen=True):
    """A text in one language. `by` says who speaks (quotes); the translation state whether a second reader saw it."""

    id: str
    language: str
    text: str
    by: str
    translation_state: str


class Rendition(Part, frozen=True):
    """One re-encoded copy of a picture: its use ("list", "page", "print"), SHA-256, pixels and media type."""

    size: str
    digest: str
    width: int
    height: int
    media_type: str


class Image(Part, frozen=True):
    """A picture. `provenance` is the public line on where it came from; `alt` and `caption` are in the site's words."""

    id: str
    renditions: list[Rendition]
    is_portrait: bool
    alt: str
    caption: str
    credit: str
    licence: str
    provenance: str


class Relative(Part, frozen=True):
    """A link to another profile, where both are public and both consents cover it."""

    relation: str
    ref: str


class OutsideId(Part, frozen=True):
    """The person's entry elsewhere, where the campaign chose to link it."""

    scheme: str
    value: str


class Change(Part, frozen=True):
    """Why this version was published: "first", "update", "correction" (with a public note) or "narrowing"."""

    kind: Literal["first", "update", "correction", "narrowing"]
    note: str

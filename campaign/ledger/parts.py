"""The structs that a published document is made of.

They tell who a person is and what is shown of them; one deprivation of liberty, from arrest to release; and what was
done and who says so. What each field means, in which unit and from where, stands in dictionary.py.
"""

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
    """A place no finer than may be told. `within` holds the codes of what contains it; `facility` a facility type."""

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
    """When the person was born, in years only, and how old at detention by those years; null bounds are open."""

    year_earliest: int | None
    year_latest: int | None
    age_earliest: int | None
    age_latest: int | None
    qualifiers: list[str]


class Status(Part, frozen=True):
    """The person's situation when last heard of, not today: `sentence` says it in words that stay true."""

    code: str
    as_of: When | None
    confidence: str
    basis: str
    last_verified_on: datetime.date | None
    last_verified_means: str
    last_verified_list: str
    kinds_of_place: list[str]
    last_news: When | None
    release_known: bool
    sentence: str


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
    url: str


class Image(Part, frozen=True):
    """A picture. `provenance` is the public line on where it came from; `alt` and `caption` are in the site's words."""

    id: str
    renditions: list[Rendition]
    is_portrait: bool
    alt: str
    caption: str
    credit: str
    licence: str
    may_be_reprinted: bool
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


class Event(Part, frozen=True):
    """One dated fact inside an episode. Citations name it as "episodes/<id>/events/<id>"."""

    id: str
    type: str
    date: When | None
    place: Place | None
    authority: str
    account: str
    confidence: str


class Stay(Part, frozen=True):
    """A time in one place of detention, and how it is known."""

    id: str
    place: Place | None
    start: When | None
    end: When | None
    how_known: str


class Charge(Part, frozen=True):
    """What the authorities charge the person with, in their words and in plain ones. Their claim, never a fact."""

    id: str
    law: str
    article: str
    text: str
    explanation: str
    date: When | None
    stage: str


class Proceeding(Part, frozen=True):
    """A court's proceeding; `is_open` is whether the public may attend, null where nobody knows."""

    id: str
    court: str
    kind: str
    next_hearing: When | None
    is_open: bool | None
    counsel: str


class Sentence(Part, frozen=True):
    """A sentence as passed; `text` is its wording, `appeal` what became of an appeal."""

    kind: str
    years: int | None
    months: int | None
    days: int | None
    fine: str
    text: str
    start: When | None
    expected_end: When | None
    appeal: str


class Whereabouts(Part, frozen=True):
    """Whether the authorities admit the detention, say where, and let the person be reached; null: not known."""

    is_acknowledged: bool | None
    is_location_disclosed: bool | None
    has_family_contact: bool | None
    has_counsel_contact: bool | None


class Episode(Part, frozen=True):
    """One deprivation of liberty. What the authorities state, what the campaign suspects, and the activities
    that the campaign believes were the cause are three fields and never mixed."""

    id: str
    start: When | None
    end: When | None
    end_reason: str
    events: list[Event]
    stays: list[Stay]
    last_contact: When | None
    last_contact_place: Place | None
    reason_stated: str
    reason_is_verbatim: bool
    reason_suspected: str
    activities: list[str]
    charges: list[Charge]
    proceedings: list[Proceeding]
    sentence: Sentence | None
    whereabouts: Whereabouts | None


class Violation(Part, frozen=True):
    """A violation of the person's rights; a graphic account belongs behind a warning."""

    id: str
    kind: str
    date: When | None
    account: str
    is_graphic: bool


class Testimony(Part, frozen=True):
    """What a witness told, anonymised."""

    id: str
    relation: str
    date: When | None
    language: str
    text: str


class StateResponse(Part, frozen=True):
    """What the authorities claim. Shown as their claim; it moves no status."""

    id: str
    date: When | None
    authority: str
    form: str
    claim: str
    is_verbatim: bool
    assessment: str


class Source(Part, frozen=True):
    """A source, numbered as readers see it. A confidential one carries `public_line` and its type alone."""

    number: int
    type: str
    title: str
    author: str
    publisher: str
    date: When | None
    url: str
    archive_url: str
    retrieved_on: datetime.date | None
    language: str
    reliability: str
    sha256: str
    public_line: str


class Citation(Part, frozen=True):
    """Ties a source, by its number, to the fact that it supports, by the fact's path in this document."""

    source: int
    fact: str
    page: str
    quote: str


class Death(Part, frozen=True):
    """A death. Only where the next of kin know and two independent sources agree is it confirmed."""

    date: When | None
    place: Place | None
    cause_stated: str
    cause_is_verbatim: bool
    cause_alleged: str
    body_returned: bool | None
    is_confirmed: bool


class UnWork(Part, frozen=True):
    """What UN bodies did: categories are our view (WGAD I-V), numbers are theirs."""

    id: str
    body: str
    categories: list[str]
    opinion_number: str
    case_number: str

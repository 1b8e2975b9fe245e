"""What the world may know: the published documents, the contract with partners.

Frozen structs; canonical UTF-8 JSON (sorted keys, no spaces). The body is stored once and served as the same bytes
everywhere. A document replaces all earlier ones of its reference entirely. Whoever audits "what can leak?" reads
`publishing` and this file.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

Code = Annotated[str, msgspec.Meta(description="A code of a vocabulary; labels are translated, codes are stable.")]
Edtf = Annotated[str, msgspec.Meta(description="A date as EDTF (ISO 8601-2): 2017, 2017-06, 2017-06/2017-07, 2017~.")]
Language = Annotated[str, msgspec.Meta(description="BCP 47; empty where no language is assumed.")]
Cited = Annotated[tuple[int, ...], msgspec.Meta(description="Numbers of the sources that support this; see sources.")]


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """What every part of a published document is: unchangeable, written out in full."""


class Name(Document):
    """One spelling of a person's name."""

    text: str
    kind: Code
    script: Annotated[str, msgspec.Meta(description="ISO 15924")]
    language: Language = ""
    pronunciation: str = ""


class Place(Document):
    """A place no finer than its stated precision; never finer than a county."""

    code: Annotated[str, msgspec.Meta(description="Code of the gazetteer; empty for a place outside it.")] = ""
    names: dict[str, str] = {}
    precision: Code = ""
    latitude: float | None = None
    longitude: float | None = None


class Text(Document):
    """A text in one language."""

    language: Language
    text: str
    is_our_view: bool = False
    cited: Cited = ()


class Birth(Document):
    """Year of birth as bounds, and age when last heard of: never a day or a month."""

    year_from: int | None = None
    year_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    place: Place | None = None


class Status(Document):
    """What is known of the person's situation now, as of a date."""

    code: Code
    as_of: Edtf
    confidence: Code
    basis: Code = ""
    last_verified_on: Edtf = ""
    cited: Cited = ()


class Event(Document):
    """A dated fact inside an episode."""

    type: Code
    date: Edtf
    place: Place | None = None
    facility: str = ""
    authority: str = ""
    account: str = ""
    confidence: Code = "unknown"
    is_our_view: bool = False
    cited: Cited = ()


class Stay(Document):
    """Where the person was held, from when to when."""

    place: Place | None = None
    facility_type: Code = "unknown"
    facility: str = ""
    start: Edtf = ""
    end: Edtf = ""
    how_known: str = ""
    cited: Cited = ()


class Charge(Document):
    """What the authorities charge: shown in quotation marks after "The authorities say", never as fact."""

    law: str = ""
    article: str = ""
    text: str = ""
    explanation: str = ""
    date: Edtf = ""
    stage: Code = ""
    cited: Cited = ()


class Proceeding(Document):
    """A trial or hearing."""

    court: str = ""
    kind: Code = ""
    next_hearing: Edtf = ""
    is_open: bool | None = None
    cited: Cited = ()


class Sentence(Document):
    """A sentence as far as it is known."""

    kind: Code
    years: int | None = None
    months: int | None = None
    days: int | None = None
    fine: str = ""
    text: str = ""
    start: Edtf = ""
    expected_end: Edtf = ""
    appeal: str = ""
    cited: Cited = ()


class Whereabouts(Document):
    """What the authorities have disclosed: yes, no or unknown."""

    acknowledged: Code = "unknown"
    location_disclosed: Code = "unknown"
    contact_family: Code = "unknown"
    contact_counsel: Code = "unknown"


class Reasons(Document):
    """The three reasons, never mixed: what they say, what we believe, the activities behind it in our view."""

    stated: str = ""
    stated_cited: Cited = ()
    suspected: str = ""
    suspected_cited: Cited = ()
    activities: tuple[Code, ...] = ()


class Episode(Document):
    """One deprivation of liberty, from arrest to release."""

    start: Edtf = ""
    end: Edtf = ""
    end_reason: Code = ""
    events: tuple[Event, ...] = ()
    stays: tuple[Stay, ...] = ()
    last_contact: Edtf = ""
    last_contact_place: Place | None = None
    held_place: Place | None = None
    held_facility_types: tuple[Code, ...] = ()
    reasons: Reasons = Reasons()
    charges: tuple[Charge, ...] = ()
    legal_basis: Code = ""
    proceedings: tuple[Proceeding, ...] = ()
    sentence: Sentence | None = None
    whereabouts: Whereabouts | None = None


class Violation(Document):
    """A violation, cleared to be told."""

    kind: Code
    date: Edtf = ""
    account: str = ""
    is_graphic: bool = False
    cited: Cited = ()


class Death(Document):
    """A death; `is_confirmed` only with the next of kin's knowledge and two independent sources."""

    date: Edtf = ""
    place: Place | None = None
    cause_stated: str = ""
    cause_alleged: str = ""
    body_returned: Code = "unknown"
    is_confirmed: bool = False
    cited: Cited = ()


class Testimony(Document):
    """What a witness said, anonymised."""

    relation: str = ""
    date: Edtf = ""
    language: Language = ""
    text: str = ""


class StateResponse(Document):
    """What the authorities claim: never a status."""

    date: Edtf = ""
    authority: str = ""
    form: Code = ""
    claim: str = ""
    assessment: str = ""
    cited: Cited = ()


class Relative(Document):
    """A relative whose own profile is public."""

    relation: Code
    ref: str


class Source(Document):
    """A source, numbered; a confidential one carries a public line and nothing else."""

    number: int
    type: Code
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: Edtf = ""
    url: str = ""
    archive_url: str = ""
    retrieved_on: Edtf = ""
    language: Language = ""
    reliability: Code = "not_known"
    is_confidential: bool = False
    public_line: str = ""


class Rendition(Document):
    """One size of a picture, found at /media/<digest>.jpg."""

    digest: str
    width: int
    height: int


class Image(Document):
    """A picture in three sizes, with where it came from."""

    list: Rendition
    page: Rendition
    print: Rendition
    alt: str
    caption: str = ""
    credit: str = ""
    licence: str = ""
    provenance: str = ""
    is_portrait: bool = True


class OutsideId(Document):
    """The person's number in somebody else's list."""

    scheme: str
    value: str


class UnWork(Document):
    """What UN bodies have said of the case."""

    body: str = ""
    categories: tuple[Code, ...] = ()
    opinion: str = ""
    case_number: str = ""
    date: Edtf = ""


class Profile(Document):
    """All that the world may know of one person, from one reviewed revision."""

    schema: Literal["profile/1"] = "profile/1"
    ref: str
    version: int
    slug: str
    kind: Literal["first", "update", "correction", "narrowing"]
    note: str = ""
    display_name: str
    names: tuple[Name, ...]
    gender: Code = "not_stated"
    gender_words: str = ""
    birth: Birth = Birth()
    origin: Place | None = None
    ethnicities: tuple[str, ...] = ()
    occupation: str = ""
    occupation_group: Code = ""
    employer: str = ""
    status: Status
    episodes: tuple[Episode, ...] = ()
    violations: tuple[Violation, ...] = ()
    health_line: str = ""
    death: Death | None = None
    summary: tuple[Text, ...] = ()
    story: tuple[Text, ...] = ()
    quote: tuple[Text, ...] = ()
    details: tuple[Text, ...] = ()
    relatives: tuple[Relative, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    state_responses: tuple[StateResponse, ...] = ()
    sources: tuple[Source, ...] = ()
    images: tuple[Image, ...] = ()
    un_work: tuple[UnWork, ...] = ()
    outcomes: tuple[str, ...] = ()
    groups: tuple[Code, ...] = ()
    outside_ids: tuple[OutsideId, ...] = ()
    public_until: date | None = None
    first_published_at: datetime
    published_at: datetime
    salt: Annotated[str, msgspec.Meta(description="128 random bits: nobody can guess a document that is gone.")]


FORMATS: dict[str, type[Profile]] = {"profile/1": Profile}
_encoder = msgspec.json.Encoder(order="deterministic")


def encode(document: Profile) -> bytes:
    """Return the canonical bytes of a document: UTF-8 JSON, keys sorted, no spaces."""
    return _encoder.encode(msgspec.to_builtins(document))


def decode(body: bytes, schema: str = "profile/1") -> Profile:
    """Return the document that stored bytes hold, of any format ever written. Raises msgspec.ValidationError."""
    return msgspec.json.decode(body, type=FORMATS[schema])


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of a profile, made from the structs."""
    return msgspec.json.schema(Profile)

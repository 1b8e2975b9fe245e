"""What a published document carries: the contract with partners, and all that can leave by the one door.

Every field is written by whoever projects a case; none has a default, so that a missing fact is an error and never
a silence. Codes are those of the vocabulary; dates are EDTF with two bounds; unknown text is "", unknown values null.

The program knows the newest format only; PROFILES reads every one ever published. To change a field: tag Profile with
the next number, add the upgrade to PROFILES, keep the schema in schemas/ and a sample in tests/rules/samples.
"""

import datetime
from pathlib import Path
from typing import Any

import msgspec

from campaign.formats import Fields, Formats
from campaign.ledger import dictionary
from campaign.ledger.parts import (
    Birth,
    Change,
    Charge,
    Citation,
    Death,
    Episode,
    Event,
    Image,
    Name,
    OutsideId,
    Part,
    Place,
    Proceeding,
    Relative,
    Rendition,
    Sentence,
    Source,
    StateResponse,
    Status,
    Stay,
    Testimony,
    Text,
    UnWork,
    Violation,
    When,
    Whereabouts,
)
from campaign.vocabulary.status import SITUATION_OF, SUFFICIENT

__all__ = [
    "PROFILES",
    "RESTORATIONS",
    "TERMS",
    "WITHDRAWALS",
    "Birth",
    "Change",
    "Charge",
    "Citation",
    "Death",
    "Document",
    "Episode",
    "Event",
    "Image",
    "Name",
    "OutsideId",
    "Part",
    "Place",
    "Proceeding",
    "Profile",
    "Relative",
    "Rendition",
    "Restoration",
    "Sentence",
    "Source",
    "StateResponse",
    "Status",
    "Stay",
    "Testimony",
    "Text",
    "UnWork",
    "Violation",
    "When",
    "Whereabouts",
    "Withdrawal",
    "encode",
    "json_schema",
    "kept_schema",
    "profile",
]


class Profile(Part, frozen=True, tag_field="schema", tag="profile/2"):
    """What the world may know of one person. It replaces every earlier document of its `ref` entirely.

    `url` is the page of the person, `terms` what whoever shows this agrees to, `write_to` who may be written to.
    `our_view` lists the paths of facts that the campaign holds without citing a source. `salt` is 128 random bits
    in hex: it makes the digest of the document unguessable once the document is gone.
    """

    ref: str
    version: int
    slug: str
    url: str
    terms: str
    display_name: str
    names: list[Name]
    gender: str
    gender_words: str
    birth: Birth
    origin: Place | None
    held_at: Place | None
    ethnicities: list[str]
    occupation: str
    occupation_group: str
    employer: str
    status: Status
    episodes: list[Episode]
    legal_basis: str
    violations: list[Violation]
    health: str
    summary: list[Text]
    story: list[Text]
    quote: list[Text]
    details: list[Text]
    relatives: list[Relative]
    testimonies: list[Testimony]
    state_responses: list[StateResponse]
    sources: list[Source]
    citations: list[Citation]
    our_view: list[str]
    write_to: list[str]
    images: list[Image]
    death: Death | None
    un_work: list[UnWork]
    tags: list[str]
    outside_ids: list[OutsideId]
    salt: str
    first_published_at: datetime.datetime
    published_at: datetime.datetime
    change: Change


class Withdrawal(Part, frozen=True, tag_field="schema", tag="withdrawal/1"):
    """Delete everything of `ref`; of a merge, read on at `merged_into`. It never says why."""

    ref: str
    number: int
    at: datetime.datetime
    merged_into: str | None


class Restoration(Part, frozen=True, tag_field="schema", tag="restoration/1"):
    """A copy of the ledger was put back: `ref` is its id from here on, and numbers before this one may be missing."""

    ref: str
    number: int
    at: datetime.datetime


def _profile_2(fields: Fields) -> Fields:
    """Return a profile of the first format with what it knows of the fields of the second: mostly nothing."""
    status = fields["status"]
    fields["status"] = status | {
        "last_verified_means": "",
        "last_verified_list": "",
        "kinds_of_place": [],
        "last_news": None,
        "release_known": SITUATION_OF.get(status["code"]) == "free" and status["confidence"] in SUFFICIENT,
        "sentence": "",
    }
    fields["birth"] |= {"qualifiers": []}
    for image in fields["images"]:
        image["may_be_reprinted"] = False
        image["renditions"] = [copy | {"url": ""} for copy in image["renditions"]]
    fields["episodes"] = [episode | {"reason_is_verbatim": False} for episode in fields["episodes"]]
    fields["state_responses"] = [row | {"is_verbatim": False} for row in fields["state_responses"]]
    if fields["death"] is not None:
        fields["death"] |= {"cause_is_verbatim": False}
    fields.pop("outcomes")
    return fields | {"url": "", "terms": "", "write_to": []}


# Terms that can be taken back, never a licence that cannot (domain.md, Sentences).
TERMS = (
    "You may show this while our ledger shows it; follow /changes at least daily and delete what is withdrawn. "
    "What the authorities say is their claim: print it as theirs."
)
Document = Profile | Withdrawal | Restoration
PROFILES = Formats(Profile, _profile_2)
WITHDRAWALS = Formats(Withdrawal)
RESTORATIONS = Formats(Restoration)
SCHEMAS = Path(__file__).parent / "schemas"

_encoder = msgspec.json.Encoder(order="sorted")


def encode(document: Document) -> bytes:
    """Return the canonical bytes of a document: JSON in UTF-8, keys sorted, no spaces."""
    return _encoder.encode(document)


def profile(body: bytes, name: str = "") -> Profile:
    """Return the profile of a body, of any format ever published; `name` says whose it is where it can't be read.

    Raises formats.UnreadableDocument.
    """
    return PROFILES.read(body, name)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the newest profile, as schemas/ must hold it: each field described, codes as enums."""
    title = f"Profile, version {len(PROFILES.every)}"
    described = dictionary.described(msgspec.json.schema(Profile))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **described}


def kept_schema(number: int) -> dict[str, Any] | None:
    """Return the JSON Schema of `profile/<number>`, without an address; None for a format that never was.

    Kept as it was served first: what reads an old body goes on reading it.
    """
    if not 1 <= number <= len(PROFILES.every):
        return None
    schema: dict[str, Any] = msgspec.json.decode((SCHEMAS / f"profile-{number}.json").read_bytes())
    return schema

# ruff: noqa: RUF012 - msgspec gives every instance its own copy of an empty list
"""The case file: all that the campaign knows of one person, as one typed document.

Its fields are the contract of the room: forms, the gate, the projection and the import name them as they stand here.
Content is decoded strictly; a wrong shape is refused with a sentence that names the field as people know it.

The program knows the newest format only; FILES reads every one ever stored. To add, rename or remove a field: tag
CaseFile with the next number, add the upgrade to FILES, and keep a sample in tests/rules/samples.
"""

import hashlib
import re
from typing import Annotated, Any, TypeVar

import msgspec

from campaign.cases import file_upgrades
from campaign.cases.classification import Part, Row, c, fields_of, new_id, p, s
from campaign.cases.file_detention import (
    Charge,
    Death,
    Episode,
    Event,
    Perpetrator,
    Proceeding,
    Sentence,
    StateResponse,
    Stay,
    Violation,
    Whereabouts,
)
from campaign.cases.file_person import (
    TEXT_KINDS,
    Citation,
    Image,
    Name,
    OutsideId,
    Relative,
    Source,
    Testimony,
    Text,
    UnWork,
)
from campaign.cases.file_safety import Consent, Contact, Decision, Note, Risk
from campaign.cases.fingerprints import FORMAT
from campaign.dates.edtf import PartialDate
from campaign.formats import NOT_JSON, Damaged, Formats
from campaign.text import entered, is_entered
from campaign.vocabulary.people import CAMPAIGN_GROUP, CIVIL_STATUS, ETHNICITY, GENDER, OCCUPATION_GROUP
from campaign.vocabulary.protection import CHECK_MEANS
from campaign.vocabulary.status import CONFIDENCE, STATUS, STATUS_BASIS

S = TypeVar("S", bound=msgspec.Struct)
_WHERE = re.compile(r" - at `\$(?P<where>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+|\.\.\.)\]")
_WRONG_TYPE = re.compile(r"Expected `(?P<expected>[^`]+)`(?:, got `(?P<got>[^`]+)`)?")
_KIND = {"str": "text", "int": "a whole number", "bool": "yes or no", "array": "a list", "object": "a group of fields"}


class Malformed(Damaged):
    """Content that is no case file: `path` says where, `sentence` what is wrong there."""

    def __init__(self, path: str, sentence: str, name: str = "") -> None:
        super().__init__(f"The file of {name} is damaged. {sentence}" if name else sentence)
        self.path = path
        self.sentence = sentence


def sentence_for(fault: Damaged, struct: type[msgspec.Struct], name: str = "") -> Malformed:
    """Return the refusal that says where and what, never quoting the content: it may be confidential."""
    error = fault.__cause__
    if not isinstance(error, NOT_JSON):
        return Malformed("", "This is not a case file of the format that it says.", name)
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return Malformed("", "This is not a case file: it cannot be read as JSON in UTF-8.", name)
    found = _WHERE.search(text)
    steps = list(_STEP.finditer(found["where"])) if found else []
    path = "/".join(step["name"] or step["index"] for step in steps)
    label = _label(struct, [step["name"] or "" for step in steps])
    return Malformed(path, f"{label}: {_reason(_WHERE.sub('', text))}", name)


def _label(struct: type[msgspec.Struct], steps: list[str]) -> str:
    labels: list[str] = []
    here: type[msgspec.Struct] | None = struct
    for name in filter(None, steps):
        field = next((field for field in fields_of(here) if field.name == name), None) if here else None
        labels.append(field.label if field else name)
        here = field.struct if field else None
    return ", ".join(labels) or "Case file"


def _reason(text: str) -> str:
    wrong = _WRONG_TYPE.match(text)
    if wrong:
        expected = " or ".join(_KIND.get(part.strip(), "nothing") for part in wrong["expected"].split("|"))
        return f"this must be {expected}."
    if text.startswith("Object contains unknown field"):
        return f"there is no field called {text.split('`')[1]!r} here."
    return f"{text.rstrip('.')}."


__all__ = [
    "FILES", "TEXT_KINDS", "CaseFile", "Charge", "Citation", "Consent", "Contact", "Death", "Decision", "Episode",
    "Event", "Image", "Malformed", "Name", "Note", "OutsideId", "Perpetrator", "Proceeding", "Relative", "Risk", "Row",
    "Sentence", "Source", "StateResponse", "Stay", "Testimony", "Text", "UnWork", "Violation", "Whereabouts",
    "as_entered", "content_digest", "decode", "display_name", "encode", "is_same_content", "new_id",
]  # fmt: skip


class CaseFile(Part, kw_only=True, tag_field="format", tag=FORMAT):
    """What the campaign knows of one person. Codes of places are the gazetteer's; accounts are numbers."""

    names: Annotated[list[Name], p("Names")] = []
    gender: Annotated[str, p("Gender", vocabulary=GENDER)] = "not_stated"
    gender_words: Annotated[str, p("Gender, in their own words", "Public only by their own consent")] = ""
    birth: Annotated[PartialDate, p("Born", "Public as a year only")] = PartialDate()
    age_reported: Annotated[str, p("Age as reported", "Such as: early seventies, 30-35")] = ""
    age_reported_on: Annotated[PartialDate, p("Age reported on")] = PartialDate()
    birth_place: Annotated[str, p("Place of birth")] = ""

    origin_place: Annotated[str, p("From", "Region, prefecture or county")] = ""
    origin_words: Annotated[str, s("From, in the words told to us")] = ""
    last_address: Annotated[str, c("Last address")] = ""

    ethnicities: Annotated[list[str], p("Ethnicity", "Several if so", vocabulary=ETHNICITY)] = []
    nationalities: Annotated[list[str], s("Nationalities")] = []
    religion: Annotated[str, s("Religion")] = ""
    languages: Annotated[list[str], s("Languages")] = []

    occupation: Annotated[str, p("Occupation", "In plain words")] = ""
    occupation_group: Annotated[str, p("Field of work", vocabulary=OCCUPATION_GROUP)] = ""
    employer: Annotated[str, p("Employer")] = ""

    civil_status: Annotated[str, c("Civil status", vocabulary=CIVIL_STATUS)] = ""
    children_count: Annotated[int | None, c("Children")] = None
    relatives: Annotated[list[Relative], p("Relatives")] = []

    images: Annotated[list[Image], p("Pictures")] = []
    texts: Annotated[list[Text], p("Texts")] = []

    episodes: Annotated[list[Episode], p("Episodes of detention")] = []

    status_override: Annotated[str, p("Situation, set by hand", vocabulary=STATUS)] = ""
    status_override_reason: Annotated[str, s("Why it is set by hand")] = ""
    status_as_of: Annotated[PartialDate, p("Situation as of")] = PartialDate()
    status_confidence: Annotated[str, p("How sure we are", vocabulary=CONFIDENCE)] = "unknown"
    status_basis: Annotated[str, p("What it rests on", vocabulary=STATUS_BASIS)] = ""
    status_basis_words: Annotated[str, s("What it rests on, in our words")] = ""
    last_verified_on: Annotated[PartialDate, p("Last checked by us")] = PartialDate()
    last_verified_means: Annotated[
        str, c("How it was checked", "Without it no date of a check is public", vocabulary=CHECK_MEANS)
    ] = ""
    last_verified_list: Annotated[str, p("Which list", "Its public name, where a list was looked through")] = ""
    verified_by: Annotated[str, s("Checked by")] = ""
    next_review_on: Annotated[PartialDate, s("Check again on")] = PartialDate()

    violations: Annotated[list[Violation], p("Treatment")] = []
    perpetrators: Annotated[list[Perpetrator], c("Said to have done it", n=True)] = []
    health_line: Annotated[str, p("Health, public line")] = ""
    health_condition: Annotated[str, c("Condition")] = ""
    health_medication: Annotated[str, c("Medication")] = ""
    health_urgency: Annotated[str, c("Urgency")] = ""
    death: Annotated[Death, p("Death")] = msgspec.field(default_factory=Death)

    testimonies: Annotated[list[Testimony], p("Testimonies")] = []
    state_responses: Annotated[list[StateResponse], p("Answers of the authorities")] = []
    sources: Annotated[list[Source], p("Sources")] = []
    citations: Annotated[list[Citation], p("Citations")] = []
    our_view: Annotated[list[str], p("Facts marked as our view")] = []

    consents: Annotated[list[Consent], c("Consents", n=True)] = []
    risks: Annotated[list[Risk], c("Risks", n=True)] = []
    decisions: Annotated[list[Decision], c("Signed decisions", n=True)] = []

    un_work: Annotated[list[UnWork], p("UN work")] = []
    outside_ids: Annotated[list[OutsideId], p("Records elsewhere")] = []
    tags: Annotated[list[str], s("Desk tags")] = []
    groups: Annotated[list[str], p("Campaign groups", vocabulary=CAMPAIGN_GROUP)] = []
    notes: Annotated[list[Note], s("Notes", n=True)] = []
    contacts: Annotated[list[Contact], c("Contacts", n=True)] = []
    # Makes the digest of a file that is gone, or sealed, unguessable; given once, when the case is created.
    salt: Annotated[str, s("Salt", n=True)] = ""


# Files stored before they said a format are of the first.
FILES = Formats(CaseFile, file_upgrades.case_2, unmarked="case/1")
_encoder = msgspec.json.Encoder(order="sorted")
_MARK = f'"format":"{FILES.newest}",'.encode()


def encode(file: CaseFile) -> bytes:
    """Return the canonical bytes of a file: JSON in UTF-8, keys sorted, every field written, and the format."""
    return _encoder.encode(file)


def decode(content: bytes, name: str = "") -> CaseFile:
    """Return the file that bytes of any format hold; `name` says which it is where it can't be read.

    Raises formats.UnknownFormat, and Malformed, with a path and a sentence, for any other shape.
    """
    try:
        return FILES.read(content, name)
    except Damaged as fault:
        raise sentence_for(fault, CaseFile, name) from fault


def content_digest(file: CaseFile) -> str:
    """Return the SHA-256 of what a reviewer reads: the file without consents, risks and what two decided.

    Saving one of those therefore leaves an approval as it is; everything else undoes it. The mark of the format is left
    out, as it was before there was one.
    """
    return hashlib.sha256(_encoder.encode(_reviewed(file)).replace(_MARK, b"", 1)).hexdigest()


def is_same_content(one: CaseFile, other: CaseFile) -> bool:
    """Whether a reviewer reads the same in two files."""
    return _reviewed(one) == _reviewed(other)


def _reviewed(file: CaseFile) -> CaseFile:
    return msgspec.structs.replace(file, consents=[], risks=[], decisions=[])


def display_name(file: CaseFile) -> str:
    """Return the preferred name, else the first one, else ""."""
    preferred = [name.text for name in file.names if name.is_preferred and name.text]
    return (preferred or [name.text for name in file.names if name.text] or [""])[0]


def as_entered(file: S, before: S | None = None) -> S:
    """Return `file` with each text in its normal form (text.entered); every save passes through it.

    What is the same in `before` stays byte for byte as it was stored, and so does an approval of it.
    """
    return file if is_entered(msgspec.json.encode(file).decode()) else _entered(file, before)


def _entered(one: S, before: object) -> S:
    changes: dict[str, Any] = {}
    for field in fields_of(type(one)):
        value, stored = getattr(one, field.name), getattr(before, field.name, None)
        if value != stored:
            changes[field.name] = _value(value, stored)
    return msgspec.structs.replace(one, **changes)


def _value(value: Any, stored: Any) -> Any:
    if isinstance(value, str):
        return entered(value)
    if isinstance(value, list):
        rows = {row.id: row for row in stored or () if isinstance(row, Row)}
        return [_value(one, rows.get(one.id) if isinstance(one, Row) else None) for one in value]
    if isinstance(value, PartialDate):
        return msgspec.structs.replace(value, written=entered(value.written))
    return _entered(value, stored) if isinstance(value, msgspec.Struct) else value

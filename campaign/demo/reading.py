"""The parser of people/: one file for each invented person, what becomes of their case and the case file itself.

Strict, so that a misspelt field is an error and not a silence. A date is written as its notation alone,
`{ edtf = "2017-10" }`; its bounds are reckoned here. The picture of a person lies in portraits/ under the same key.
"""

import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import msgspec

from campaign.cases.dates import facts_with_dates
from campaign.cases.file import CaseFile, Citation, Image, Source, decode
from campaign.dates.edtf import PartialDate, parse
from campaign.dates.parse import read
from campaign.dates.reckoning import is_before
from campaign.media import copies
from campaign.media.decode import Reencoded, reencode
from campaign.publishing.gate.sources import facts, surely
from campaign.publishing.projection.independence import NOT_RELIED_ON, independent
from campaign.vocabulary.protection import BASIS_OF

NO_DATE = PartialDate()
PEOPLE_TELL = frozenset(
    {"relative", "testimony", "released_detainee", "letter", "photo_or_video", "media", "ngo_report"}
)
INSIDE = frozenset({"released_detainee", "testimony", "relative", "ngo_report"})
# Which kinds of source tell of an event of a kind, and of what a text says.
FITS = {
    "texts": PEOPLE_TELL,
    "sighting": INSIDE,
    "ill_treatment": INSIDE,
    "call_or_letter": frozenset({"relative", "testimony", "media", "ngo_report"}),
    "family_visit": frozenset({"relative", "testimony", "media", "ngo_report"}),
    "conviction": PEOPLE_TELL | {"court_document"},
    "sentence": PEOPLE_TELL | {"court_document"},
    "state_statement": frozenset({"official_statement", "official_database", "media"}),
}
PEOPLE = Path(__file__).parent / "people"
PUBLIC_ONCE = ("published", "withdrawn", "consent_withdrawn")
Stage = Literal["published", "withdrawn", "consent_withdrawn", "in_review", "changes_asked", "draft"]


class Description(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One file of people/. `case` is a case file that says its format; `sheet_says` is another place of origin.

    `answers` is the reviewer's answer to what the check finds in the texts.
    """

    stage: Stage
    case: dict[str, Any]
    is_restricted: bool = False
    is_checked: bool = True
    checked_again: bool = False
    sheet_says: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Person:
    """One invented person: the key that names their files, what becomes of their case, and the case file.

    Consents and risks in the file lack the days and the accounts of who confirmed them; relatives name another
    person's key where a case has its reference.
    """

    key: str
    description: Description
    file: CaseFile

    @property
    def stage(self) -> Stage:
        """How far the case has come."""
        return self.description.stage


def people() -> list[Person]:
    """Return the invented people in the order of their keys.

    Raises msgspec.ValidationError, or Malformed for what is no case file.
    """
    return [_person(path) for path in sorted(PEOPLE.glob("*.toml"))]


def _person(path: Path) -> Person:
    description = msgspec.convert(tomllib.loads(path.read_text()), Description)
    file = decode(msgspec.json.encode(_with_bounds(description.case)), path.name)
    _cite(file)
    return Person(path.stem, description, file)


def _with_bounds(value: Any) -> Any:
    """Return a part of a file with the bounds of every date that is given as its notation alone."""
    if isinstance(value, list):
        return [_with_bounds(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"edtf"}:
        return msgspec.to_builtins(parse(value["edtf"]))
    return {key: _with_bounds(one) for key, one in value.items()}


def _cite(file: CaseFile) -> None:
    """Tie every fact that cites nothing yet to one of the other sources, in turn, and mark what we believe as ours.

    No source is older than its fact, and each is of a kind that tells of such a thing; what is called corroborated or
    confirmed cites two that are independent, what is contested two.
    """
    paths = list(facts(file))
    file.our_view = [path for path in paths if path.endswith("/reason_suspected")]
    ours = {*file.our_view, *(f"texts/{text.id}" for text in file.texts if text.our_view)}
    cited = [path for path in paths if path not in ours]
    cited += [f"episodes/{episode.id}" for episode in file.episodes]
    cited += ["death"] if file.death.is_reported else []
    given = {citation.fact: citation for citation in file.citations}
    dated, sure = dict(facts_with_dates(file)), {path for path, _ in surely(file)}
    named = {citation.source_id for citation in file.citations}
    kinds, contested = _kinds_of_events(file), _contested(file)
    file.citations = [given[path] for path in cited if path in given]
    for number, path in enumerate(path for path in cited if path not in given):
        able = [
            row for row in file.sources if row.id not in named and not is_before(row.date, dated.get(path, NO_DATE))
        ]
        fitting = _fitting(able, "texts" if path.startswith("texts/") else kinds.get(path, ""))
        start = number % len(fitting) if fitting else 0
        turned = fitting[start:] + fitting[:start] + [row for row in able if row not in fitting]
        chosen = _of_basis(file, turned) if path == "status" else turned[: 2 if path in contested else 1]
        if path in sure | {"death"}:
            chosen = _two_of(file, turned)
        file.citations += [Citation(source_id=row.id, fact=path) for row in chosen]


def _kinds_of_events(file: CaseFile) -> dict[str, str]:
    return {
        f"episodes/{episode.id}/events/{event.id}": event.type for episode in file.episodes for event in episode.events
    }


def _contested(file: CaseFile) -> set[str]:
    events = ((episode, event) for episode in file.episodes for event in episode.events)
    return {f"episodes/{episode.id}/events/{event.id}" for episode, event in events if event.confidence == "contested"}


def _fitting(sources: list[Source], kind: str) -> list[Source]:
    """Return the sources that may tell of such a thing, all of them where none does; who is doubtful comes last."""
    able = [row for row in sources if row.reliability not in NOT_RELIED_ON] or sources
    return [row for row in able if row.type in FITS.get(kind, {row.type})] or able


def _of_basis(file: CaseFile, sources: list[Source]) -> list[Source]:
    """Return the first source that is of the kind on which the status rests, else the first one."""
    kinds = BASIS_OF.get(file.status_basis, frozenset())
    fitting = [row for row in sources if row.type in kinds] or sources
    return (
        _two_of(file, fitting + [row for row in sources if row not in fitting]) if file.status_override else fitting[:1]
    )


def _two_of(file: CaseFile, sources: list[Source]) -> list[Source]:
    """Return the first two sources that do not depend on one another, or the first."""
    for one, other in combinations(sources, 2):
        if len(independent(file, [one.id, other.id])) == 2:
            return [one, other]
    return sources[:1]


PORTRAITS = Path(__file__).parent / "portraits"
ALT = "A drawing, in place of a photograph. Invented for the demonstration."


@dataclass(frozen=True)
class Portrait:
    """A portrait: the file as it would be uploaded, and what is made of it."""

    content: bytes
    copies: Reencoded


def portraits_of(keys: Iterable[str]) -> dict[str, Portrait]:
    """Return the portraits by the keys of those who have one."""
    return {key: _read(path) for key in keys if (path := PORTRAITS / f"{key}.webp").exists()}


def _read(path: Path) -> Portrait:
    content = path.read_bytes()
    return Portrait(content, reencode(content))


def store(picture: Portrait) -> Image:
    """Return the row of a portrait whose copies and original now lie sealed in the vault."""
    original = copies.vault().put(io.BytesIO(picture.content))
    drawn = (picture.copies.for_list, picture.copies.for_page, picture.copies.for_print)
    small, page, large = (copies.keep(one.content) for one in drawn)
    return Image(
        digest_list=small,
        digest_page=page,
        digest_print=large,
        vault_name=original.name,
        sha256=original.sha256,
        credit="A drawing, in place of a photograph",
        licence="Invented for the demonstration, free to use",
        provenance="campaign",
        likeness_confirmed_by="A relative",
        likeness_confirmed_on=read("2025-09"),
        others_cleared=True,
        alt=ALT,
        is_portrait=True,
    )

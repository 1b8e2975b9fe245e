"""A row of cells as a case file, told truthfully: no cell says more than it does.

`arrest_last_contact_*` is the last contact and never an arrest; a prison is a kind of place and never a sentence;
"Unknown" means not known to us; no language is assumed of a name. Ids of rows come from the row's key and what they
hold, so that the same cells give the same file and two readings of a row can be compared (campaign.cases.merge).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from campaign import dates, names, places
from campaign.cases.file import CaseFile, Citation, Consent, Episode, Name, Note, OutsideId, Risk, Source
from campaign.dates import PartialDate
from campaign.intake.mapping import BadMap, Map
from campaign.vocabulary import ETHNICITY, GENDER

UNKNOWN = re.compile(r"(?i)^(unknown|not known|n/?a|none|no data|不详|未知|-+|\?+)\.?$")
ADULT = 18
S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True)
class Warned:
    """Something that a person should look at: where it stands, what it says, why."""

    row: int
    column: str
    value: str
    message: str


@dataclass
class Draft:
    """A row on its way to a file."""

    key: str
    number: int
    map: Map
    file: CaseFile
    episode: Episode
    cited: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    age: str = ""

    def id_for(self, what: str) -> str:
        """Return the id of a row of the file: the same for the same key and kind, in every reading."""
        return hashlib.sha256(f"{self.map.scheme}:{self.key}:{what}".encode(errors="replace")).hexdigest()[:8]

    def warn(self, column: str, value: str, message: str) -> None:
        """Report something for a person to look at."""
        self.warnings.append(Warned(self.number, column, value, message))

    def keep(self, column: str, value: str) -> None:
        """Keep a cell on the case as a note, with the column that it stood in."""
        self.file.notes.append(Note(id=self.id_for(f"note {column}"), text=value, came_from=column))

    def fill(self, path: str) -> None:
        """Remember a fact that this row states: the sheet's source is cited for it."""
        self.cited.append(path)


def build(cells: Mapping[str, str], mapping: Map, *, key: str, number: int, sheet_year: int | None) -> Draft:
    """Return the file that a row's cells (by header) make, with what a person should look at.

    `sheet_year` is the year for which ages seem to be given, None where that can't be told.
    """
    draft = Draft(key, number, mapping, CaseFile(), Episode())
    draft.episode.id = draft.id_for("episode")
    for header, raw in cells.items():
        value = clean(raw)
        target = mapping.columns.get(header, "note")
        if value and target != "ignore":
            READERS[target](draft, header, value)
    if draft.episode != Episode(id=draft.episode.id):
        draft.file.episodes.append(draft.episode)
    _check_age(draft, sheet_year)
    state_for_all(draft)
    return draft


def clean(raw: str) -> str:
    """Return a cell without blanks around it, runs of blanks as one, zero-width and control characters gone."""
    kept = "".join(letter for letter in raw if letter.isprintable() or letter.isspace())
    return " ".join(re.sub("[\u200b\u2060\ufeff]", "", kept).split())


def _id(draft: Draft, column: str, value: str) -> None:
    draft.file.outside_ids.append(
        OutsideId(id=draft.id_for(f"id {column}"), scheme=draft.map.scheme, value=value, is_public=True)
    )


def _name(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    script = names.script_of(value)
    row = Name(id=draft.id_for(f"name {column}"), text=value, script=script, is_preferred=not draft.file.names)
    draft.file.names.append(row)
    draft.fill(f"names/{row.id}")
    if any("GREEK" in name or "CYRILLIC" in name for name in _foreign_letters(value, script)):
        draft.warn(column, value, "The name mixes letters of two scripts; one may be a slip of the keyboard.")


def _foreign_letters(value: str, script: str) -> list[str]:
    blocks = [unicodedata.name(letter, "") for letter in value if letter.isalpha()]
    return [name for name in blocks if script == "Latn" and not name.startswith("LATIN")]


def _birth(draft: Draft, column: str, value: str) -> None:
    draft.file.birth = dates.read(value)
    if draft.file.birth.edtf:
        draft.fill("birth")
    elif not draft.file.birth.unknown:
        draft.warn(column, value, "No date could be read from this. The words are kept as written.")


def _age(draft: Draft, column: str, value: str) -> None:
    draft.age = value
    if UNKNOWN.match(value):
        return
    draft.file.age_reported = value
    draft.fill("age_reported")
    if dates.parse_age(value) is None:
        draft.warn(column, value, "No age could be read from this. The words are kept as written.")


def _ethnicity(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    by_label = {term.label.lower(): term.code for term in ETHNICITY}
    for word in re.split(r"\s*[/,;]\s*|\s+and\s+", value):
        code = by_label.get(word.lower()) or (word.lower() if word.lower() in ETHNICITY else "")
        if code:
            draft.file.ethnicities.append(code)
        else:
            draft.keep(column, value)
            draft.warn(column, value, f"“{word}” is not in the list of peoples. The cell is kept as a note.")
    if draft.file.ethnicities:
        draft.fill("ethnicities")


def _gender(draft: Draft, column: str, value: str) -> None:
    code = {"m": "male", "f": "female", "男": "male", "女": "female"}.get(value.lower(), value.lower())
    if code in GENDER:
        draft.file.gender = code
        draft.fill("gender")
    elif not UNKNOWN.match(value):
        draft.keep(column, value)
        draft.warn(column, value, "Gender stays not stated; the cell is kept as a note.")


def _occupation(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.file.occupation = value
        draft.fill("occupation")


def _home_town(draft: Draft, column: str, value: str) -> None:
    reading = places.parse(value)
    if reading.is_unknown:
        return
    if reading.is_sentence:
        draft.keep(column, value)
        draft.warn(column, value, "This is a sentence, not a place. It is kept as a note for staff.")
        return
    draft.file.origin_place = reading.code
    if reading.code:
        draft.fill("origin_place")
    if reading.finer or reading.facility_name:
        draft.file.last_address = value
        draft.warn(column, value, "Finer than a county: the whole goes to the confidential address.")
    else:
        draft.file.origin_words = value
    _warn_of_place(draft, column, value, reading)


def _warn_of_place(draft: Draft, column: str, value: str, reading: places.PlaceReading) -> None:
    if not reading.code and not reading.facility_types:
        draft.warn(column, value, "No place of the gazetteer was found in this. The words are kept.")
    elif reading.is_ambiguous:
        others = ", ".join(places.gazetteer().label(code) for code in reading.alternatives)
        draft.warn(column, value, f"Read as {places.gazetteer().label(reading.code)}; it may as well mean {others}.")
    elif reading.is_near:
        draft.warn(column, value, "Near the place, not in it.")


def _stated(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.episode.reason_stated = value
        draft.fill(f"episodes/{draft.episode.id}/reason_stated")


def _suspected(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.episode.reason_suspected = value
        draft.fill(f"episodes/{draft.episode.id}/reason_suspected")


def _contact_date(draft: Draft, column: str, value: str) -> None:
    read = dates.read(value)
    draft.episode.last_contact = read
    if read.edtf:
        draft.fill(f"episodes/{draft.episode.id}/last_contact")
    elif not read.unknown:
        draft.warn(column, value, "No date could be read from this. The words are kept as written.")


def _contact_place(draft: Draft, column: str, value: str) -> None:
    reading = places.parse(value)
    if reading.is_unknown:
        return
    if reading.is_sentence or not reading.code:
        draft.keep(column, value)
        message = "This is a sentence, not a place." if reading.is_sentence else "No place of the gazetteer is in this."
        draft.warn(column, value, f"{message} It is kept as a note for staff.")
        return
    draft.episode.last_contact_place = reading.code
    draft.fill(f"episodes/{draft.episode.id}/last_contact_place")
    if reading.finer or reading.facility_name or reading.facility_types:
        draft.episode.last_contact_how = value


def _held(draft: Draft, column: str, value: str) -> None:
    reading = places.parse(value)
    if reading.is_unknown:
        return
    draft.episode.held_words = value
    if reading.is_sentence:
        draft.keep(column, value)
        draft.warn(column, value, "This is a sentence, not a place. It is kept as a note for staff.")
        return
    draft.episode.held_place = reading.code
    draft.episode.held_facility_types = list(reading.facility_types)
    draft.fill(f"episodes/{draft.episode.id}/held_place")
    draft.fill(f"episodes/{draft.episode.id}/held_facility_types")
    _warn_of_place(draft, column, value, reading)


def _note(draft: Draft, column: str, value: str) -> None:
    draft.keep(column, value)


READERS: dict[str, Callable[[Draft, str, str], None]] = {
    "id": _id,
    "name": _name,
    "birth": _birth,
    "age": _age,
    "gender": _gender,
    "ethnicity": _ethnicity,
    "home_town": _home_town,
    "occupation": _occupation,
    "reason_stated": _stated,
    "reason_suspected": _suspected,
    "last_contact_date": _contact_date,
    "last_contact_place": _contact_place,
    "held_place": _held,
    "note": _note,
}


def _check_age(draft: Draft, sheet_year: int | None) -> None:
    age = dates.parse_age(draft.age) if draft.age else None
    if age is not None and age.low < ADULT:
        draft.file.tags.append("minor")
        draft.warn(
            "age", draft.age, "This person may be under 18: no portrait, birth date or exact place may be public."
        )
    if age is None or sheet_year is None or not draft.file.birth.edtf:
        return
    middle = PartialDate(edtf=f"{sheet_year}").edtf
    on = dates.parse(middle).latest
    if on is not None and dates.age_agrees(age, draft.file.birth, on.replace(month=7, day=1)) is False:
        message = f"The age does not fit the date of birth ({draft.file.birth.written}), counted in {sheet_year}."
        draft.warn("age", draft.age, message)


def state_for_all(draft: Draft) -> None:
    """Write on a file what the map states for the whole sheet: source and citations, status, consent, risk."""
    if draft.map.tag:
        draft.file.tags.append(draft.map.tag)
    if draft.map.source:
        source = _row(Source, draft, "source", draft.map.source)
        draft.file.sources.append(source)
        facts = [*draft.cited, *([f"episodes/{draft.episode.id}"] if draft.file.episodes else [])]
        facts += ["status"] if draft.map.status else []
        for fact in facts:
            draft.file.citations.append(Citation(id=draft.id_for(f"cite {fact}"), source_id=source.id, fact=fact))
    if draft.map.consent:
        draft.file.consents.append(_row(Consent, draft, "consent", draft.map.consent))
    if draft.map.risk:
        draft.file.risks.append(_row(Risk, draft, "risk", draft.map.risk))
    if draft.map.status:
        draft.file = _row(CaseFile, draft, "", msgspec.structs.asdict(draft.file) | _status_fields(draft.map.status))


def _status_fields(status: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a file that a map's [status] states, dates read from words."""
    fields: dict[str, object] = {f"status_{name}": value for name, value in status.items() if name != "value"}
    fields["status_override"] = status.get("value", "unknown")
    fields.setdefault("status_override_reason", "Stated for the whole sheet by the map of its import.")
    if "last_verified_on" in status:
        fields["last_verified_on"] = fields.pop("status_last_verified_on")
    return fields


def _row(kind: type[S], draft: Draft, what: str, fields: Mapping[str, object]) -> S:
    """Return a part of a file with the fields that a map gives it. Raises BadMap for what it does not know."""
    known = {one.name: one for one in msgspec.structs.fields(kind)}
    values: dict[str, object] = {}
    for name, value in fields.items():
        if name not in known:
            raise BadMap(f"[{what or 'status'}] has no field {name}; it has {', '.join(known)}.")
        is_date = isinstance(known[name].default, PartialDate) and isinstance(value, str)
        values[name] = dates.read(value) if is_date and isinstance(value, str) else value
    if what:
        values["id"] = draft.id_for(what)
    return kind(**values)

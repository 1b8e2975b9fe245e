"""Parsers of single cells, by what their column means: one reader a target, and no cell says more than it does.

`arrest_last_contact_*` is the last contact and never an arrest; a prison is a kind of place and never a sentence;
"Unknown" means not known to us; no language is assumed of a name.
A `Draft` is a row on its way to a file: what it fills, what it cites, what a person should look at.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from campaign.cases.file import CaseFile, Episode, Name, Note, OutsideId
from campaign.dates import ages, parse
from campaign.duplicates.search import Warned
from campaign.imports.mapping import Map
from campaign.names.scripts import script_of
from campaign.places import current as current_places
from campaign.places import gazetteer
from campaign.places import reading as place_reading
from campaign.places.index import REGION
from campaign.text import UNREADABLE, entered
from campaign.vocabulary.people import ETHNICITY, GENDER
from campaign.vocabulary.sentences import says_nothing

UNKNOWN = re.compile(r"(?i)^(unknown|not known|n/?a|none|no data|不详|未知|-+|\?+)\.?$")
_PEOPLES = {term.label.lower(): term.code for term in ETHNICITY}


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
    age_column: str = ""

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


def clean(raw: str) -> str:
    """Return a cell as texts are kept, without blanks around it, runs of blanks as one, controls gone."""
    if not (raw.isascii() and raw.isprintable()):
        raw = entered("".join(letter for letter in raw if _is_kept(letter)))
    return " ".join(raw.split())


def _is_kept(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in UNREADABLE


def _place(value: str) -> place_reading.PlaceReading:
    return _read_by(current_places.gazetteer(), value)


@lru_cache(maxsize=2_000)
def _read_by(known: gazetteer.Gazetteer, value: str) -> place_reading.PlaceReading:
    # A sheet says the same few places on thousands of rows.
    return place_reading.parse(value, known)


def _id(draft: Draft, column: str, value: str) -> None:
    draft.file.outside_ids.append(
        OutsideId(id=draft.id_for(f"id {column}"), scheme=draft.map.scheme, value=value, is_public=True)
    )


def _name(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    script = script_of(value)
    row = Name(id=draft.id_for(f"name {column}"), text=value, script=script, is_preferred=not draft.file.names)
    draft.file.names.append(row)
    draft.fill(f"names/{row.id}")
    if any("GREEK" in name or "CYRILLIC" in name for name in _foreign_letters(value, script)):
        draft.warn(column, value, "The name mixes letters of two scripts; one may be a slip of the keyboard.")


def _foreign_letters(value: str, script: str) -> list[str]:
    blocks = [unicodedata.name(letter, "") for letter in value if letter.isalpha()]
    return [name for name in blocks if script == "Latn" and not name.startswith("LATIN")]


def _birth(draft: Draft, column: str, value: str) -> None:
    draft.file.birth = parse.read(value)
    if draft.file.birth.edtf:
        draft.fill("birth")
    elif not draft.file.birth.unknown:
        draft.warn(column, value, "No date could be read from this. The words are kept as written.")


def _age(draft: Draft, column: str, value: str) -> None:
    draft.age, draft.age_column = value, column
    if UNKNOWN.match(value):
        return
    draft.file.age_reported = value
    draft.fill("age_reported")
    if ages.parse_age(value) is None:
        draft.warn(column, value, "No age could be read from this. The words are kept as written.")


def _ethnicity(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    for word in re.split(r"\s*[/,;]\s*|\s+and\s+", value):
        code = _PEOPLES.get(word.lower()) or (word.lower() if word.lower() in ETHNICITY else "")
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
    reading = _place(value)
    if reading.is_unknown:
        return
    if reading.is_sentence:
        draft.keep(column, value)
        draft.warn(column, value, "This is a sentence, not a place. It is kept as a note for staff.")
        return
    draft.file.origin_place = reading.certain
    if reading.certain:
        draft.fill("origin_place")
    if reading.finer or reading.facility_name:
        draft.file.last_address = value
        draft.warn(column, value, "Finer than a county: the whole goes to the confidential address.")
    else:
        draft.file.origin_words = value
    _warn_of_place(draft, column, value, reading)


def _warn_of_place(draft: Draft, column: str, value: str, reading: place_reading.PlaceReading) -> None:
    if not reading.code and not reading.facility_types:
        draft.warn(column, value, "No place of the gazetteer was found in this. The words are kept.")
    elif reading.is_ambiguous:
        draft.warn(column, value, _open_question(reading))
    elif reading.is_near:
        draft.warn(column, value, "Near the place, not in it.")


def _open_question(reading: place_reading.PlaceReading) -> str:
    """Return the sentence of a cell that may mean several places: which, and what is certain all the same."""
    known = current_places.gazetteer()
    meant = " or ".join(known.words(code) for code in dict.fromkeys((reading.code, *reading.alternatives)) if code)
    if not reading.certain:
        return f"This may mean {meant}. No place is taken; choose one in the case."
    return f"This may mean {meant}. Read as {known.words(reading.certain)} until somebody chooses in the case."


def _stated(draft: Draft, column: str, value: str) -> None:
    if UNKNOWN.match(value):
        return
    if says_nothing(value):
        draft.keep(column, value)
        return
    draft.episode.reason_stated = value
    draft.fill(f"episodes/{draft.episode.id}/reason_stated")


def _suspected(draft: Draft, column: str, value: str) -> None:
    if not UNKNOWN.match(value):
        draft.episode.reason_suspected = value
        draft.fill(f"episodes/{draft.episode.id}/reason_suspected")


def _contact_date(draft: Draft, column: str, value: str) -> None:
    read = parse.read(value)
    draft.episode.last_contact = read
    if read.edtf:
        draft.fill(f"episodes/{draft.episode.id}/last_contact")
    elif not read.unknown:
        draft.warn(column, value, "No date could be read from this. The words are kept as written.")


def _contact_place(draft: Draft, column: str, value: str) -> None:
    reading = _place(value)
    if reading.is_unknown:
        return
    if reading.is_sentence or not reading.code:
        draft.keep(column, value)
        message = "This is a sentence, not a place." if reading.is_sentence else "No place of the gazetteer is in this."
        draft.warn(column, value, f"{message} It is kept as a note for staff.")
        return
    draft.episode.last_contact_place = reading.certain
    if reading.certain:
        draft.fill(f"episodes/{draft.episode.id}/last_contact_place")
    if reading.is_ambiguous:
        draft.keep(column, value)
    _warn_of_place(draft, column, value, reading)
    if reading.finer or reading.facility_name or reading.facility_types:
        draft.episode.last_contact_how = value


def _held(draft: Draft, column: str, value: str) -> None:
    reading = _place(value)
    if reading.is_unknown:
        return
    draft.episode.held_words = value
    if reading.is_sentence:
        draft.keep(column, value)
        draft.warn(column, value, "This is a sentence, not a place. It is kept as a note for staff.")
        return
    draft.episode.held_place = reading.certain
    draft.episode.held_facility_types = _kinds(draft, column, value, reading)
    draft.fill(f"episodes/{draft.episode.id}/held_place")
    draft.fill(f"episodes/{draft.episode.id}/held_facility_types")
    _warn_of_place(draft, column, value, reading)


def _kinds(draft: Draft, column: str, value: str, reading: place_reading.PlaceReading) -> list[str]:
    """Return the kinds of place of a cell. A camp is one of internment in the region, and nowhere else."""
    kinds = list(reading.facility_types)
    known = current_places.gazetteer()
    is_elsewhere = not known.lies_in(reading.code, REGION) if reading.code else bool(reading.finer)
    if "internment_camp" not in kinds or not is_elsewhere:
        return kinds
    draft.keep(column, value)
    draft.warn(column, value, "A camp outside the region is no internment camp: its kind is not known. Choose one.")
    return [kind for kind in kinds if kind != "internment_camp"] or ["unknown"]


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

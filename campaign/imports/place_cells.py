"""Parsers of cells that tell a place: where somebody comes from, was last heard of.

What is finer than a county is confidential; a prison is a kind of place and never a sentence; a story is a note.
"""

import re
from functools import lru_cache

from campaign.imports.draft import Draft
from campaign.names.beside import tells_held, tells_no_longer_held
from campaign.places import current as current_places
from campaign.places import gazetteer
from campaign.places import reading as place_reading
from campaign.places.index import REGION

NO_PLACE = (
    "This tells what became of the person, not where they are held. No place is taken; the cell is kept as a note."
)
SENTENCE = "This is a sentence, not a place."
NOWHERE = "No place of the gazetteer is in this."
_PART = re.compile(r"\s*[,;:()（）\[\]，；：،؛]\s*|\s+[-–—]\s*|[-–—]\s+")
_OF_ANY_CAMP = frozenset(
    {"camp", "camps", "no", "nr", "number", "the", "a", "an", "in", "at", "of", "new", "old", "re", "education",
     "reeducation", "internment", "concentration", "detention", "political", "training", "transformation", "study",
     "centre", "center", "vocational", "school", "through"}
)  # fmt: skip


def place_of(value: str) -> place_reading.PlaceReading:
    """Return what a cell says of a place."""
    return _read_by(current_places.gazetteer(), value)


@lru_cache(maxsize=2_000)
def _read_by(known: gazetteer.Gazetteer, value: str) -> place_reading.PlaceReading:
    # A sheet says the same few places on thousands of rows.
    return place_reading.parse(value, known)


def as_note(draft: Draft, column: str, value: str, why: str) -> None:
    """Keep a cell that names no place as a note, and tell why."""
    draft.keep(column, value)
    draft.warn(column, value, f"{why} It is kept as a note for staff.")


def home_town(draft: Draft, column: str, value: str) -> None:
    """Read where somebody comes from: a county or coarser for the public, anything finer is confidential."""
    reading = place_of(value)
    if reading.is_unknown:
        return
    if reading.is_sentence:
        as_note(draft, column, value, SENTENCE)
        return
    draft.file.origin_place = reading.certain
    if reading.certain:
        draft.fill("origin_place")
    if reading.finer or reading.facility_name:
        draft.file.last_address = value
        why = "Finer than a county" if reading.code else "It may be finer than a county"
        draft.warn(column, value, f"{why}: the whole goes to the confidential address.")
    else:
        draft.file.origin_words = value
    warn_of_place(draft, column, value, reading)


def warn_of_place(draft: Draft, column: str, value: str, reading: place_reading.PlaceReading) -> None:
    """Report a cell of which no place, or not one place, is certain."""
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


def contact_place(draft: Draft, column: str, value: str) -> None:
    """Read where somebody was when last heard of; a sentence, or no known place, is a note."""
    reading = place_of(value)
    if reading.is_unknown:
        return
    if reading.is_sentence or not reading.code:
        as_note(draft, column, value, SENTENCE if reading.is_sentence else NOWHERE)
        return
    draft.episode.last_contact_place = reading.certain
    if reading.certain:
        draft.fill(f"episodes/{draft.episode.id}/last_contact_place")
    if reading.is_ambiguous:
        draft.keep(column, value)
    warn_of_place(draft, column, value, reading)
    if reading.finer or reading.facility_name or reading.facility_types:
        draft.episode.last_contact_how = value


def tells_situation(value: str, reading: place_reading.PlaceReading) -> bool:
    """Say whether a cell, or a part of it, tells that the person is held no longer, or only that they are held."""
    if "abroad" in reading.facility_types:
        return False
    is_no_place = not reading.code and not reading.facility_types
    return any(tells_no_longer_held(part) for part in _PART.split(value)) or (is_no_place and tells_held(value))


def kinds_of(draft: Draft, column: str, value: str, reading: place_reading.PlaceReading) -> list[str]:
    """Return the kinds of place of a cell. A camp is one of internment in the region, and nowhere else."""
    kinds = list(reading.facility_types)
    known = current_places.gazetteer()
    is_elsewhere = not known.lies_in(reading.code, REGION) if reading.code else _names_a_place(reading)
    if "internment_camp" not in kinds or not is_elsewhere:
        return kinds
    draft.keep(column, value)
    draft.warn(column, value, "A camp outside the region, or at a place that is not known, is not taken for one of "
                              "internment: its kind is not known. Choose one.")  # fmt: skip
    return [kind for kind in kinds if kind != "internment_camp"] or ["unknown"]


def _names_a_place(reading: place_reading.PlaceReading) -> bool:
    """Say whether a camp is named by words that may be a place: "Camp Bucca" is, "Camp No. 6" is not."""
    words = re.findall(r"[^\W\d_]+", reading.facility_name.casefold())
    return bool(reading.finer) or ("camp" in words and not set(words) <= _OF_ANY_CAMP)

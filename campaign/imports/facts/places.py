"""Places of a row: where somebody is held, in which prison, where they were born.

A cell that tells a situation where a place should stand is told, and is no place.
"""

from campaign.cases.file import Stay
from campaign.imports.draft import Draft
from campaign.imports.facts import situation
from campaign.imports.place_cells import (
    NO_PLACE,
    NOWHERE,
    SENTENCE,
    as_note,
    kinds_of,
    place_of,
    tells_situation,
    warn_of_place,
)
from campaign.places.reading import PlaceReading


def read_place(draft: Draft, column: str, value: str) -> PlaceReading | None:
    """Return what a cell says of a place, None where it says none; what no public place holds is kept as a note."""
    reading = place_of(value)
    if reading.is_unknown:
        return None
    if reading.is_sentence or not (reading.code or reading.facility_types):
        as_note(draft, column, value, SENTENCE if reading.is_sentence else NOWHERE)
        return None
    if reading.finer or reading.facility_name or reading.is_ambiguous:
        draft.keep(column, value)
    if reading.finer or reading.facility_name:
        draft.warn(column, value, "Finer than a county: the whole is kept as a note for staff.")
    warn_of_place(draft, column, value, reading)
    return reading


def held_place(draft: Draft, column: str, value: str) -> None:
    """Read where somebody is held: a place, kinds of place, and the words; news of the person is no place."""
    code, reading = situation.gone_by(value), place_of(value)
    if reading.is_unknown and not code:
        return
    if code or tells_situation(value, reading):
        draft.keep(column, value)
        draft.warn(column, value, NO_PLACE)
        if code:
            situation.state(draft, column, value, code, is_beside=True)
        return
    draft.episode.held_words = value
    if reading.is_sentence:
        as_note(draft, column, value, SENTENCE)
        return
    draft.episode.held_place = reading.certain
    draft.episode.held_facility_types = kinds_of(draft, column, value, reading)
    draft.fill(f"episodes/{draft.episode.id}/held_place")
    draft.fill(f"episodes/{draft.episode.id}/held_facility_types")
    warn_of_place(draft, column, value, reading)


def facility(draft: Draft, column: str, value: str) -> None:
    """Read the name of a prison or camp. Its name stays at the desk; the kind of place may be told."""
    reading = place_of(value)
    if reading.is_unknown:
        return
    if reading.is_sentence:
        as_note(draft, column, value, SENTENCE)
        return
    kinds = kinds_of(draft, column, value, reading)
    stay = Stay(id=draft.id_for(f"stay {column}"), facility=kinds[0] if len(kinds) == 1 else "", facility_name=value)
    draft.episode.stays.append(stay)
    draft.fill(f"episodes/{draft.episode.id}/stays/{stay.id}")


def birth_place(draft: Draft, column: str, value: str) -> None:
    """Read where somebody was born; what is finer than a county stays at the desk."""
    reading = read_place(draft, column, value)
    if reading is not None and reading.certain:
        draft.file.birth_place = reading.certain
        draft.fill("birth_place")

"""The detention as a row tells it: arrest, release and death as dated events, and what we believe was the cause.

An arrest is the start of the episode and never a last contact.
"""

import re

from campaign.cases.file import Episode, Event
from campaign.imports.cells import UNKNOWN
from campaign.imports.date_cells import date_or_note, dated
from campaign.imports.draft import Draft
from campaign.imports.facts.places import read_place
from campaign.imports.facts.words import comparable, parts
from campaign.imports.place_cells import kinds_of
from campaign.vocabulary.law import ACTIVITY

_ACTIVITIES = {comparable(word): term.code for term in ACTIVITY for word in (term.code, term.label)}


def event_of(draft: Draft, kind: str) -> Event:
    """Return the row's event of a kind, made where there is none yet. One list says so: a single source."""
    row_id = draft.id_for(f"event {kind}")
    found = next((event for event in draft.episode.events if event.id == row_id), None)
    if found is None:
        found = Event(id=row_id, type=kind, confidence="single_source")
        draft.episode.events.append(found)
        draft.fill(f"episodes/{draft.episode.id}/events/{row_id}")
    return found


def arrest_date(draft: Draft, column: str, value: str) -> None:
    """Read when somebody was taken: an event, and the start of the episode."""
    draft.episode.start = dated(draft, column, value)
    if draft.episode.start.edtf:
        event_of(draft, "arrest").date = draft.episode.start
        draft.fill(f"episodes/{draft.episode.id}/start")


def arrest_place(draft: Draft, column: str, value: str) -> None:
    """Read where somebody was taken; what is finer than a county stays at the desk."""
    reading = read_place(draft, column, value)
    if reading is None:
        return
    arrest = event_of(draft, "arrest")
    kinds = kinds_of(draft, column, value, reading)
    arrest.place, arrest.facility_name = reading.certain, reading.facility_name
    arrest.facility = kinds[0] if len(kinds) == 1 else ""


def arrest_authority(draft: Draft, column: str, value: str) -> None:
    """Read the body that took somebody."""
    if not UNKNOWN.match(value):
        event_of(draft, "arrest").authority = value


def release_date(draft: Draft, column: str, value: str) -> None:
    """Read when somebody came free: an event and the end of the episode; without a date there is neither."""
    date = date_or_note(draft, column, value)
    if date is not None:
        event_of(draft, "release").date = date
        draft.episode.end, draft.episode.end_reason = date, "released"
        draft.fill(f"episodes/{draft.episode.id}/end")


def death_date(draft: Draft, column: str, value: str) -> None:
    """Read when somebody died. A death is reported by that; confirming it is the gate's work."""
    read = dated(draft, column, value)
    if read.edtf:
        draft.own.is_dead, draft.file.death.date = True, read
    elif not read.unknown:
        draft.keep(column, value)
        draft.own.withholds.add("status")


def death_place(draft: Draft, column: str, value: str) -> None:
    """Read where somebody died."""
    reading = read_place(draft, column, value)
    if reading is not None:
        draft.own.is_dead, draft.file.death.place = True, reading.certain


def put_death_together(draft: Draft) -> None:
    """Report the death, and tell it as an event where the row tells of a detention at all."""
    if not draft.own.is_dead:
        return
    draft.file.death.is_reported = True
    draft.fill("death")
    if draft.episode != Episode(id=draft.episode.id):
        death = event_of(draft, "death")
        death.date, death.place = draft.file.death.date, draft.file.death.place
    message = "A death is reported. Nothing leaves before the next of kin know; two sources confirm it."
    draft.warn(draft.own.status_column, draft.own.status_words or draft.file.death.date.written, message)


def activity(draft: Draft, column: str, value: str) -> None:
    """Read what we believe was the cause, by the terms of the list."""
    for word in (one for part in parts(value) for one in re.split(r"\s*,\s*", part)):
        code = _ACTIVITIES.get(comparable(word), "")
        if code:
            draft.episode.activities += [code] if code not in draft.episode.activities else []
        elif not UNKNOWN.match(word):
            draft.keep(column, value)
            draft.warn(column, word, "This is not in the list of activities. The cell is kept as a note.")
    if draft.episode.activities:
        draft.fill(f"episodes/{draft.episode.id}/activities")

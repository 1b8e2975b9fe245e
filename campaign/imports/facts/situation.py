"""The situation of a row in its own words. What the map states for the whole sheet is given only to rows that agree.

A cell is read as a whole, by a table of words; what is not read is kept, told, and the sheet's situation withheld.
"""

import re
from typing import Any

from campaign.cases.file import Episode
from campaign.cases.status import derived
from campaign.clock import now
from campaign.dates import parse
from campaign.dates.edtf import PartialDate
from campaign.dates.reckoning import is_before
from campaign.imports.date_cells import date_or_note
from campaign.imports.draft import Draft
from campaign.imports.facts.words import meaning, opening
from campaign.imports.mapping import STATUS_FIELDS, status_of
from campaign.names.beside import may_begin_a_name
from campaign.text import folded_words
from campaign.vocabulary.status import SITUATION_OF, STATUS

DEAD = "dead"  # a death of which the words do not say where
GONE = frozenset({"free", "dead"})
ENDS = {"died_in_custody": "died", "executed": "died", "in_exile": "exiled"}
MOST_WORDS = 5
_SEGMENTS = re.compile(r"[,،;；؛/|()（）\[\]\n]|\s[-–—]\s")


def situation_of(code: str) -> str:
    """Return whether a code says held, restricted, free, dead or unknown."""
    return "dead" if code == DEAD else SITUATION_OF.get(code, "unknown")


def gone_by(cell: str) -> str:
    """Return the code by which a cell about a place says that somebody is free or dead, "" where none of it does.

    "Released from Kashgar prison" and "Prison (died 2018)" do; "abroad" is a place where people are held too.
    """
    for segment in _SEGMENTS.split(cell):
        words = segment.split()
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            said = " ".join(words[:count])
            code = meaning("status", said)
            is_gone = bool(code) and code != "in_exile" and situation_of(code) in GONE
            if is_gone and not may_begin_a_name(folded_words(said), segment):
                return code
    return ""


def status(draft: Draft, column: str, value: str) -> None:
    """Read the situation of a row."""
    code, rest = opening("status", value)
    if not code:
        draft.own.withholds.add("status")
        draft.keep(column, value)
        message = "This situation could not be read. It is kept as a note"
        draft.warn(
            column, value, f"{message}{', and the list’s is not given to this row' if draft.map.status else ''}."
        )
        return
    state(draft, column, value, code)
    if rest and parse.read(rest).edtf and not draft.own.status_date.edtf:
        draft.own.status_date = parse.read(rest)
    elif rest:
        draft.keep(column, value)
        draft.warn(column, value, f"Only “{label(code)}” was read from this. The cell is kept as a note.")


def state(draft: Draft, column: str, words: str, code: str, *, is_beside: bool = False) -> None:
    """Take a code as the row's own situation. One that stands beside, in another column, only where there is none."""
    own = draft.own
    if own.status and situation_of(own.status) != situation_of(code):
        draft.warn(column, words, f"Two cells of this row say otherwise: “{own.status_words}” and “{words}”.")
    if not (is_beside and own.status):
        own.status, own.status_words, own.status_column = code, words, column
    own.is_dead = own.is_dead or situation_of(code) == "dead"


def status_date(draft: Draft, column: str, value: str) -> None:
    """Read the day of the situation."""
    date = date_or_note(draft, column, value)
    if date is not None:
        draft.own.status_date = date


def status_source(draft: Draft, column: str, value: str) -> None:
    """Keep who says so of the situation: a confidential source, cited for it alone."""
    draft.own.status_sources.append(value)


def label(code: str) -> str:
    """Return a situation in words."""
    return "Dead" if code == DEAD else STATUS.label(code)


def put_status_together(draft: Draft) -> bool:
    """Write the situation on the file and return whether one is stated, by the row or by the map for all rows."""
    own, stated = draft.own, draft.map.status
    code = own.status
    released = [event.date for event in draft.episode.events if event.type == "release"]
    _tell_what_differs(draft, is_released=bool(released))
    if own.is_dead or released or code:
        own.withholds.add("status")
    if not code or code in {DEAD, "unknown"}:
        if "status" in own.withholds or not stated:
            return False
        _write(draft, status_of(stated))
        return True
    _end_episode(draft, code)
    fields = _own_fields(draft, code, released)
    found = derived(draft.file, now().date())
    as_of = fields["status_as_of"]
    # What follows from the row's own events is not set by hand.
    if found.code == code and (not as_of.edtf or (found.as_of and not is_before(parse.read(found.as_of), as_of))):
        return False
    _write(draft, fields)
    return True


def _write(draft: Draft, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(draft.file, name, value)


def _own_fields(draft: Draft, code: str, released: list[PartialDate]) -> dict[str, Any]:
    """Return the fields of a row's own situation; the map's stand where it says the same, its day and basis else."""
    stated = draft.map.status
    is_same = stated.get("value") == code
    kept = {name: stated[name] for name in STATUS_FIELDS if name in stated and (is_same or name in {"as_of", "basis"})}
    fields = status_of({"value": code, "confidence": "single_source", **kept})
    fields["status_override_reason"] = f"The row’s own words: “{draft.own.status_words}”."
    if draft.own.status_date.edtf:
        fields["status_as_of"] = draft.own.status_date
    elif situation_of(code) in GONE and (dated := _dates_of_going(draft, released)):
        fields["status_as_of"] = dated[-1]
    return {"status_as_of": PartialDate(), **fields}


def _dates_of_going(draft: Draft, released: list[PartialDate]) -> list[PartialDate]:
    dates = [*released, draft.file.death.date] if draft.own.is_dead else released
    return [date for date in dates if date.edtf]


def _end_episode(draft: Draft, code: str) -> None:
    """Say how the episode ended where the situation says that it has and no date does."""
    episode = draft.episode
    if episode == Episode(id=episode.id) or episode.end_reason or situation_of(code) not in GONE:
        return
    if code != "died_after_release":
        episode.end_reason = ENDS.get(code, "released")
        draft.fill(f"episodes/{episode.id}/end_reason")


def _tell_what_differs(draft: Draft, *, is_released: bool) -> None:
    own, value = draft.own, str(draft.map.status.get("value", ""))
    theirs = situation_of(value) if value else ""
    mine = "dead" if own.is_dead else situation_of(own.status) if own.status else "free" if is_released else ""
    if theirs and mine and mine != theirs:
        words = own.status_words or ("a release" if is_released else "a death")
        message = f"The list says “{label(value)}”; this row says otherwise and outweighs it."
        draft.warn(own.status_column, words, message)
    if own.status and situation_of(own.status) in {"held", "restricted"} and (is_released or own.is_dead):
        what = "a death" if own.is_dead else "a release"
        draft.warn(own.status_column, own.status_words, f"The row tells of {what} as well: look which came last.")

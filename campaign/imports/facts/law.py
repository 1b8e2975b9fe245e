"""Charges, articles, court, hearing and sentence of a row, and texts about the person."""

from campaign.cases.file import Charge, Event, Proceeding, Text
from campaign.clock import now
from campaign.imports.cells import UNKNOWN
from campaign.imports.date_cells import date_or_note
from campaign.imports.draft import Draft
from campaign.imports.facts import terms
from campaign.vocabulary.sentences import says_nothing

LANGUAGE_NOT_KNOWN = "und"


def charge(draft: Draft, column: str, value: str) -> None:
    """Read a charge in the words of the sheet; "No charge disclosed" is a note."""
    if says_nothing(value):
        draft.keep(column, value)
        return
    _charge_without(draft, "text").text = value


def article(draft: Draft, column: str, value: str) -> None:
    """Read an article of law, of the charge of the same place."""
    if not (UNKNOWN.match(value) or says_nothing(value)):
        _charge_without(draft, "article").article = value


def _charge_without(draft: Draft, name: str) -> Charge:
    """Return the row's first charge of which a field is empty, made where there is none."""
    found = next((one for one in draft.episode.charges if not getattr(one, name)), None)
    if found is None:
        found = Charge(id=draft.id_for(f"charge {len(draft.episode.charges)}"))
        draft.episode.charges.append(found)
        draft.fill(f"episodes/{draft.episode.id}/charges/{found.id}")
    return found


def sentence(draft: Draft, column: str, value: str) -> None:
    """Read a sentence: a term, life, death; a cell of which a word is not understood is a note."""
    if UNKNOWN.match(value):
        return
    found = terms.read(value, column)
    if found is None or found.rest or found.kind == "none":
        draft.keep(column, value)
    if found is None:
        draft.warn(column, value, "No sentence could be read from this. It is kept as a note.")
        return
    if found.rest:
        draft.warn(column, value, f"Only the words before “{found.rest}” were read. The cell is kept as a note.")
    if found.kind == "none":
        return
    passed = draft.episode.sentence
    passed.kind, passed.years, passed.months, passed.days = found.kind, found.years, found.months, found.days
    draft.fill(f"episodes/{draft.episode.id}/sentence")


def court(draft: Draft, column: str, value: str) -> None:
    """Read the court."""
    if not UNKNOWN.match(value):
        _proceeding(draft).court = value


def _proceeding(draft: Draft) -> Proceeding:
    if not draft.episode.proceedings:
        row = Proceeding(id=draft.id_for("proceeding"))
        draft.episode.proceedings.append(row)
        draft.fill(f"episodes/{draft.episode.id}/proceedings/{row.id}")
    return draft.episode.proceedings[0]


def hearing_date(draft: Draft, column: str, value: str) -> None:
    """Read the day of a hearing: one that has passed is an event, one to come the next of the proceeding."""
    read = date_or_note(draft, column, value)
    if read is None:
        return
    if read.latest is not None and read.latest < now().date():
        row = Event(id=draft.id_for("event hearing"), type="hearing", date=read, confidence="single_source")
        draft.episode.events.append(row)
        draft.fill(f"episodes/{draft.episode.id}/events/{row.id}")
    else:
        _proceeding(draft).next_hearing = read


def summary(draft: Draft, column: str, value: str) -> None:
    """Read a text about the person, in the language that the map states for the list, else in one not known."""
    row = Text(
        id=draft.id_for(f"text {column}"), kind="summary", language=draft.map.language or LANGUAGE_NOT_KNOWN, text=value
    )
    draft.file.texts.append(row)
    draft.fill(f"texts/{row.id}")

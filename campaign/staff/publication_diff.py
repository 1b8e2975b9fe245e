"""Difference between what is public and what would be published, in words: codes as labels, dates and places as told.

A row that comes or goes whole is one line.
One rule: every code of the document stands in CODES with its vocabulary; a new one fails a test until it does.
"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from campaign.dates.phrases import public_words
from campaign.ledger import documents as doc
from campaign.places.current import gazetteer
from campaign.publishing.context import NOT_SHOWN, Preview
from campaign.vocabulary import events, law, people, protection, status, table

# Which vocabulary each code of the document belongs to, by struct and field.
CODES: dict[type[msgspec.Struct], dict[str, table.Vocabulary]] = {
    doc.Profile: {
        "gender": people.GENDER,
        "ethnicities": people.ETHNICITY,
        "occupation_group": people.OCCUPATION_GROUP,
        "legal_basis": law.LEGAL_BASIS,
        "tags": people.CAMPAIGN_GROUP,
        "write_to": protection.CONSENT_SCOPE,
    },
    doc.Name: {"kind": people.NAME_KIND, "script": people.SCRIPT, "language": people.LANGUAGE},
    doc.Place: {"precision": events.PRECISION, "facility": events.FACILITY_TYPE},
    doc.Status: {
        "code": status.STATUS,
        "confidence": status.CONFIDENCE,
        "basis": status.STATUS_BASIS,
        "last_verified_means": protection.CHECK_MEANS,
        "kinds_of_place": events.FACILITY_TYPE,
    },
    doc.Text: {"language": people.LANGUAGE, "translation_state": people.TRANSLATION_STATE},
    doc.Image: {"provenance": protection.IMAGE_PROVENANCE},
    doc.Relative: {"relation": people.RELATION},
    doc.Episode: {"end_reason": events.EPISODE_END, "activities": law.ACTIVITY},
    doc.Event: {"type": events.EVENT_TYPE, "confidence": status.CONFIDENCE},
    doc.Charge: {"stage": law.STAGE},
    doc.Proceeding: {"kind": law.COURT_KIND},
    doc.Sentence: {"kind": law.SENTENCE_KIND},
    doc.Violation: {"kind": law.VIOLATION},
    doc.Testimony: {"relation": people.RELATION, "language": people.LANGUAGE},
    doc.StateResponse: {"form": law.STATE_RESPONSE},
    doc.Source: {
        "type": protection.SOURCE_TYPE,
        "reliability": protection.RELIABILITY,
        "language": people.LANGUAGE,
        "public_line": protection.PUBLIC_SOURCE_LINE,
    },
    doc.UnWork: {"categories": law.WGAD_CATEGORY},
    doc.Change: {"kind": people.VERSION_KIND},
}
ANSWERS = {True: "yes", False: "no"}


def value_in_words(struct: type[msgspec.Struct], field: str, value: Any) -> str:
    """Return what one field of a part says, "" for one that says nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return ANSWERS[value]
    if isinstance(value, list):
        return ", ".join(filter(None, (value_in_words(struct, field, one) for one in value)))
    if isinstance(value, msgspec.Struct):
        return _part(value)
    vocabulary = CODES.get(struct, {}).get(field)
    if vocabulary is not None and value in vocabulary:
        return vocabulary.label(value)
    return _day(value) if isinstance(value, datetime.date) else str(value)


def _part(part: msgspec.Struct) -> str:
    """Return a part that is told in one breath: a date, a place, a birth, the copy of a picture."""
    if isinstance(part, doc.When):
        return public_words(part.edtf)
    if isinstance(part, doc.Place):
        return _place(part)
    if isinstance(part, doc.Birth):
        years = " ".join(filter(None, (*part.qualifiers, _span(part.year_earliest, part.year_latest))))
        ages = _span(part.age_earliest, part.age_latest)
        return ", ".join(filter(None, (years, f"aged {ages} at detention" if ages else "")))
    if isinstance(part, doc.Rendition):
        return f"{part.size} {part.width} × {part.height}, file {part.digest[:8]}"
    raise TypeError(f"{type(part).__name__} is told field by field")


def _place(place: doc.Place) -> str:
    """Return a place as readers are told it, with how finely where that is not exact."""
    named = gazetteer().words(place.code) if place.code in gazetteer() else next(iter(place.names.values()), "")
    kind = events.FACILITY_TYPE.label(place.facility) if place.facility in events.FACILITY_TYPE else ""
    told = ", ".join(filter(None, (kind, named))) or "a place"
    if place.precision not in events.PRECISION or place.precision in {"exact", "hidden"}:
        return told
    return f"{told} (as far as the {events.PRECISION.label(place.precision).lower()})"


def _span(first: int | None, last: int | None) -> str:
    if first == last:
        return "" if first is None else str(first)
    if first is None:
        return f"{last} or before"
    return f"{first} or later" if last is None else f"{first} to {last}"


def _day(day: datetime.date) -> str:
    return public_words(f"{day:%Y-%m-%d}")


# What a document carries besides what it says of the person.
NOT_OF_THE_PERSON = NOT_SHOWN | {"slug", "url", "terms", "change"}
# Parts that are told in one breath; every other part is told field by field.
IN_ONE = (doc.When, doc.Place, doc.Birth, doc.Rendition)


# What people call the steps of a path where the field's own name is not enough; a row is called in the singular.
CALLED = {
    "names": "name", "episodes": "episode", "events": "event", "stays": "stay", "charges": "charge",
    "proceedings": "proceeding", "violations": "violation", "testimonies": "testimony", "sources": "source",
    "state_responses": "answer of the authorities", "relatives": "relative", "citations": "citation",
    "images": "picture", "un_work": "UN work", "outside_ids": "number elsewhere",
    "our_view": "our view, without a source", "code": "situation", "is_preferred": "shown first",
    "is_portrait": "portrait", "is_graphic": "graphic", "renditions": "copies",
    "origin": "from", "held_at": "held at", "health": "health line",
}  # fmt: skip


class Line(NamedTuple):
    """One fact that would be otherwise: what it is called, and both sides in words; None for a side without it."""

    label: str
    public_now: str | None
    would_leave: str | None


Rows = dict[str, dict[str, str]]


def lines_of(preview: Preview) -> list[Line]:
    """Return every fact in which the preview differs from what is public now, in the order of the document."""
    documents = [one for one in (preview.public_now, preview.document) if one is not None]
    facts = {path: words for one in documents for path, words in _facts(one, "")}
    old, new = ({}, *(rows_of(one, facts) for one in documents))[-2:]
    paths = [*new, *(path for path in old if path not in new)]
    return [line for path in paths for line in _row(facts.get(path, ""), path, old.get(path), new.get(path))]


def rows_of(document: doc.Profile, facts: dict[str, str]) -> Rows:
    """Return what a document says as rows: the path of each part, and its fields in words. The person's own is ""."""
    rows: Rows = {}
    for path, field, words in _fields(document, "", facts):
        if path.partition("/")[0] not in NOT_OF_THE_PERSON and (path or field not in NOT_OF_THE_PERSON):
            rows.setdefault(path, {})[field] = words
    return rows


def _fields(part: msgspec.Struct, path: str, facts: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if field in {"id", "number"} and path:
            continue
        if isinstance(value, msgspec.Struct) and not isinstance(value, IN_ONE):
            yield from _fields(value, _join(path, field), facts)
        elif _is_rows(value):
            for place, row in enumerate(value):
                yield from _fields(row, _join(path, f"{field}/{key_of(row, place)}"), facts)
        elif words := _words(part, field, value, facts):
            yield path, field, words


def _words(part: msgspec.Struct, field: str, value: Any, facts: dict[str, str]) -> str:
    """Return a field in words; the path of a fact as what people call it, a source by its number."""
    if field == "our_view" or (isinstance(part, doc.Citation) and field == "fact"):
        return "; ".join(facts.get(path, path) for path in ([value] if isinstance(value, str) else value))
    if isinstance(part, doc.Citation) and field == "source":
        return f"number {value}"
    return value_in_words(type(part), field, value)


def _facts(part: msgspec.Struct, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path of every fact a citation may name, with what people call it: "Events: Arrest, April 2018"."""
    for field in part.__struct_fields__:
        value, here = getattr(part, field), _join(path, field)
        yield here, in_short(here)
        if _is_rows(value):
            for place, row in enumerate(value):
                at = f"{here}/{key_of(row, place)}"
                told = [value_in_words(type(row), name, getattr(row, name)) for name in _brief(row)]
                yield at, f"{in_short(here)}: {shortened(', '.join(filter(None, told)))}"
                yield from _facts(row, at)
        elif isinstance(value, msgspec.Struct) and not isinstance(value, IN_ONE):
            yield from _facts(value, here)


def shortened(words: str, most: int = 70) -> str:
    """Return words cut to a length, with a sign where something is cut."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _brief(row: msgspec.Struct) -> list[str]:
    plain = [name for name in row.__struct_fields__ if name not in {"id", "number"}]
    return [name for name in plain if not _is_rows(getattr(row, name)) and not _is_part(getattr(row, name))][:2]


def _row(named: str, path: str, old: dict[str, str] | None, new: dict[str, str] | None) -> Iterator[Line]:
    if path and (old is None or new is None):
        whole = "; ".join(f"{in_short(field).lower()}: {words}" for field, words in (new or old or {}).items())
        label = named.partition(":")[0]
        yield Line(label, None if old is None else whole, None if new is None else whole)
        return
    before, after = old or {}, new or {}
    for field in [*after, *(name for name in before if name not in after)]:
        if before.get(field) != after.get(field):
            label = f"{named}, {in_short(field).lower()}" if path else in_short(field)
            yield Line(label, before.get(field), after.get(field))


def key_of(row: msgspec.Struct, place: int) -> str:
    """Return what a row is known by in paths: its id, number, reference or text, else its place."""
    keys = (getattr(row, name, None) for name in ("id", "number", "ref", "text"))
    return str(next((key for key in keys if key), place))


def in_short(path: str) -> str:
    """Return the last step of a path as people say it: "Last contact place"."""
    step = path.rpartition("/")[2]
    words = CALLED.get(step, step.replace("_", " "))
    return words[:1].upper() + words[1:]


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and _is_part(value[0])


def _is_part(value: object) -> bool:
    return isinstance(value, msgspec.Struct) and not isinstance(value, IN_ONE)


def _join(path: str, step: str) -> str:
    return f"{path}/{step}" if path else step

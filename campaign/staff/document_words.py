"""What a value of the published document says, in words for the desk: codes as labels, dates and places as told.

One rule: every code of the document stands in CODES with its vocabulary; a new one fails a test until it does.
"""

import datetime
from typing import Any

import msgspec

from campaign import vocabulary as words
from campaign.dates import public_words
from campaign.ledger import documents as doc
from campaign.places import gazetteer

# Which vocabulary each code of the document belongs to, by struct and field.
CODES: dict[type[msgspec.Struct], dict[str, words.Vocabulary]] = {
    doc.Profile: {
        "gender": words.GENDER,
        "ethnicities": words.ETHNICITY,
        "occupation_group": words.OCCUPATION_GROUP,
        "legal_basis": words.LEGAL_BASIS,
        "tags": words.CAMPAIGN_GROUP,
    },
    doc.Name: {"kind": words.NAME_KIND, "script": words.SCRIPT, "language": words.LANGUAGE},
    doc.Place: {"precision": words.PRECISION, "facility": words.FACILITY_TYPE},
    doc.Status: {"code": words.STATUS, "confidence": words.CONFIDENCE, "basis": words.STATUS_BASIS},
    doc.Text: {"language": words.LANGUAGE, "translation_state": words.TRANSLATION_STATE},
    doc.Image: {"provenance": words.IMAGE_PROVENANCE},
    doc.Relative: {"relation": words.RELATION},
    doc.Episode: {"end_reason": words.EPISODE_END, "activities": words.ACTIVITY},
    doc.Event: {"type": words.EVENT_TYPE, "confidence": words.CONFIDENCE},
    doc.Charge: {"stage": words.STAGE},
    doc.Proceeding: {"kind": words.COURT_KIND},
    doc.Sentence: {"kind": words.SENTENCE_KIND},
    doc.Violation: {"kind": words.VIOLATION},
    doc.Testimony: {"relation": words.RELATION, "language": words.LANGUAGE},
    doc.StateResponse: {"form": words.STATE_RESPONSE},
    doc.Source: {
        "type": words.SOURCE_TYPE,
        "reliability": words.RELIABILITY,
        "language": words.LANGUAGE,
        "public_line": words.PUBLIC_SOURCE_LINE,
    },
    doc.UnWork: {"categories": words.WGAD_CATEGORY},
    doc.Outcome: {"impact": words.IMPACT},
    doc.Change: {"kind": words.VERSION_KIND},
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
        years = _span(part.year_earliest, part.year_latest)
        ages = _span(part.age_earliest, part.age_latest)
        return ", ".join(filter(None, (years, f"aged {ages} at detention" if ages else "")))
    if isinstance(part, doc.Rendition):
        return f"{part.size} {part.width} × {part.height}, file {part.digest[:8]}"
    raise TypeError(f"{type(part).__name__} is told field by field")


def _place(place: doc.Place) -> str:
    """Return a place as readers are told it, with how finely where that is not exact."""
    named = gazetteer().words(place.code) if place.code in gazetteer() else next(iter(place.names.values()), "")
    kind = words.FACILITY_TYPE.label(place.facility) if place.facility in words.FACILITY_TYPE else ""
    told = ", ".join(filter(None, (kind, named))) or "a place"
    if place.precision not in words.PRECISION or place.precision in {"exact", "hidden"}:
        return told
    return f"{told} (as far as the {words.PRECISION.label(place.precision).lower()})"


def _span(first: int | None, last: int | None) -> str:
    if first == last:
        return "" if first is None else str(first)
    if first is None:
        return f"{last} or before"
    return f"{first} or later" if last is None else f"{first} to {last}"


def _day(day: datetime.date) -> str:
    return public_words(f"{day:%Y-%m-%d}")

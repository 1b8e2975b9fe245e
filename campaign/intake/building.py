"""A row of cells as a case file.

Ids of the file's rows come from the sheet row's key and what they hold, so that the same cells give the same file and
two readings of a row can be compared (campaign.cases.merge).
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from campaign import dates
from campaign.cases.file import CaseFile, Citation, Consent, Episode, Risk, Source
from campaign.dates import PartialDate
from campaign.intake.cells import READERS
from campaign.intake.draft import Draft, clean
from campaign.intake.mapping import BadMap, Map

ADULT = 18
MINOR = "This person may be under 18: no portrait, birth date or exact place may be public."
S = TypeVar("S", bound=msgspec.Struct)


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


def _check_age(draft: Draft, sheet_year: int | None) -> None:
    age = dates.parse_age(draft.age) if draft.age else None
    if age is not None and age.low < ADULT:
        draft.file.tags.append("minor")
        draft.warn(
            draft.age_column,
            draft.age,
            "This person may be under 18: no portrait, birth date or exact place may be public.",
        )
    if age is None or sheet_year is None or not draft.file.birth.edtf:
        return
    middle = PartialDate(edtf=f"{sheet_year}").edtf
    on = dates.parse(middle).latest
    if on is not None and dates.age_agrees(age, draft.file.birth, on.replace(month=7, day=1)) is False:
        message = f"The age does not fit the date of birth ({draft.file.birth.written}), counted in {sheet_year}."
        draft.warn(draft.age_column, draft.age, message)


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

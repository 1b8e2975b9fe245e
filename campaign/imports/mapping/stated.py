"""What a map states for the whole sheet: a source, a status, a consent, a risk, checked before a row is read."""

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from campaign.cases.classification import Field, fields_of
from campaign.cases.file import CaseFile, Consent, Risk, Source
from campaign.dates import parse
from campaign.dates.edtf import PartialDate
from campaign.imports.mapping.maps import BadMap

S = TypeVar("S", bound=msgspec.Struct)
PARTS: dict[str, type[msgspec.Struct]] = {"source": Source, "consent": Consent, "risk": Risk}
STATUS_FIELDS = {
    "value": "status_override",
    "reason": "status_override_reason",
    "as_of": "status_as_of",
    "confidence": "status_confidence",
    "basis": "status_basis",
    "basis_words": "status_basis_words",
    "last_verified_on": "last_verified_on",
}
# What the proposal offers of each part, to be filled in: field, an example.
OFFERED: dict[str, dict[str, Any]] = {
    "source": {"type": "ngo_report", "title": "", "author": "", "publisher": "", "date": "", "url": ""},
    "status": {
        "value": "detained_form_unknown", "as_of": "2021", "confidence": "single_source", "basis": "organisation",
    },
    "consent": {
        "giver": "", "giver_kind": "relative", "basis": "family", "obtained_by": "", "obtained_on": "2021-05-01",
        "how": "signed", "scopes": ["store", "publish_name", "publish_story"], "limits": "",
    },
    "risk": {"to": "person", "level": "low", "mitigation": "", "assessed_on": "2021-05-01", "review_by": "2022-05-01"},
}  # fmt: skip


def offered() -> str:
    """Return the four parts as TOML comments: each field, an example, and the codes it takes."""
    lines = []
    for part, examples in OFFERED.items():
        lines += ["", f"# [{part}]"]
        for name, example in examples.items():
            codes = vocabulary_codes(part, name)
            lines.append(f"# {name} = {msgspec.json.encode(example).decode()}{f'  # {codes}' if codes else ''}")
    return "\n".join(lines) + "\n"


def vocabulary_codes(part: str, name: str) -> str:
    """Return the codes that a field takes, "" for free words."""
    kind: type[msgspec.Struct] = PARTS.get(part, CaseFile)
    known = {field.name: field for field in fields_of(kind)}
    field = known.get(STATUS_FIELDS.get(name, name) if part == "status" else name)
    return ", ".join(field.mark.vocabulary.codes) if field and field.mark.vocabulary else ""


def check_part(part: str, stated: Mapping[str, Any]) -> None:
    """Raise BadMap for what a part states and nobody knows."""
    status_of(stated) if part == "status" else values_of(PARTS[part], part, stated)


def row_of(kind: type[S], part: str, stated: Mapping[str, Any], *, row_id: str) -> S:
    """Return a row of a case file with the fields that a map states. Raises BadMap for what it does not know."""
    return kind(id=row_id, **values_of(kind, part, stated))


def status_of(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a case file that [status] states. Raises BadMap for what it does not know."""
    unknown = set(stated) - set(STATUS_FIELDS)
    if unknown:
        raise BadMap(f"[status] has no field {', '.join(sorted(unknown))}; it has {', '.join(STATUS_FIELDS)}.")
    reason = {"reason": "Stated for the whole sheet by the map of its import."}
    return values_of(CaseFile, "status", {STATUS_FIELDS[name]: value for name, value in {**reason, **stated}.items()})


def values_of(kind: type[msgspec.Struct], part: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return stated values as the fields take them: dates read, codes checked. Raises BadMap."""
    known = {field.name: field for field in fields_of(kind)}
    unknown = set(stated) - set(known)
    if unknown:
        raise BadMap(f"[{part}] has no field {', '.join(sorted(unknown))}; it has {', '.join(known)}.")
    return {name: _value(part, known[name], value) for name, value in stated.items()}


def _value(part: str, field: Field, value: Any) -> Any:
    if field.type is PartialDate or field.type == PartialDate:
        words = value.isoformat() if isinstance(value, datetime.date) else str(value)
        read = parse.read(words)
        if words and not read.edtf:
            raise BadMap(f"[{part}] {field.name}: no date could be read from “{words}”.")
        return read
    vocabulary = field.mark.vocabulary
    for code in value if isinstance(value, list) else [value]:
        if vocabulary is not None and code not in vocabulary:
            raise BadMap(f"[{part}] {field.name}: {code!r} is none of {', '.join(vocabulary.codes)}.")
    try:
        return msgspec.convert(value, field.type)
    except msgspec.ValidationError as error:
        raise BadMap(f"[{part}] {field.name}: {error}.") from error

"""The map of a sheet: what each column means, proposed from headers and contents, written as TOML, edited by a person.

It may state things for the whole sheet, a source, a status, a consent, a risk: checked before a row is read.
"""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import msgspec

from campaign.cases.classification import Field, fields_of
from campaign.cases.file import CaseFile, Consent, Risk, Source
from campaign.dates import edtf, parse
from campaign.dates.columns import Reading
from campaign.dates.edtf import PartialDate
from campaign.imports.targets import TARGETS
from campaign.sheets import Sheet

# Target of a column | words of its header, any of which may name it. Order matters: the first that fits wins.
HEADERS = (
    ("id", r"case.?id|^id$|^no\.?$|case.?(no|number|ref)|record.?(id|no)|reference|编号"),
    ("reason_stated", r"(reason|charge|accus).*(official|stated|authorit)|official.*(reason|charge)|^charges?$|罪名"),
    ("reason_suspected", r"reason.*(suspect|believ|alleg|presum)|(suspect|believ|presum).*reason|^reason"),
    ("last_contact_date", r"(arrest|det(ain|ent)|contact|disappear).*(date|when|year)|date.*(arrest|detent|contact)"),
    ("last_contact_place", r"(arrest|detain|last.?contact|disappear).*(locat|place|where)|place.*(arrest|contact)"),
    ("held_place", r"held|detained?.?(at|in)|current.*(locat|place)|(prison|facility|camp).*(name|locat)?$|关押"),
    ("birth", r"birth.?date|date.*birth|^dob$|born|year.*birth|birth.*year|出生"),
    ("age", r"^age"),
    ("gender", r"gender|^sex$|性别"),
    ("ethnicity", r"ethnic|民族"),
    ("home_town", r"home.?town|origin|place.*birth|birth.?place|residence|^from$|address|籍贯"),
    ("occupation", r"profession|occupation|work|job|职业"),
    ("name", r"name|姓名"),
    ("note", r"note|comment|remark"),
)  # fmt: skip
SINGLE = frozenset(code for code, target in TARGETS.items() if target.joined != "each")
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


class BadMap(Exception):
    """A map that can't be followed; str() says what to change."""


@dataclass(frozen=True)
class Map:
    """What the columns mean (header to target), what names a row's person again, what holds for the whole sheet.

    `gathers` says that a person may have several rows, which become one (gathering.py). `source`, `status`, `consent`
    and `risk` are field values of the file's rows of that kind, as in the case file.
    """

    columns: dict[str, str]
    key: tuple[str, ...] = ()
    gathers: bool = False
    scheme: str = "sheet"
    tag: str = ""
    as_of: str = ""
    dates: dict[str, Reading] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    status: dict[str, Any] = field(default_factory=dict)
    consent: dict[str, Any] = field(default_factory=dict)
    risk: dict[str, Any] = field(default_factory=dict)


def propose(sheet: Sheet) -> Map:
    """Return what the columns seem to mean; one that nobody understands is kept as a note."""
    columns: dict[str, str] = {}
    for header in sheet.headers:
        target = target_of(header)
        if target in SINGLE and target in columns.values():
            target = "note"
        columns[header] = target
    if "id" not in columns.values():
        columns |= dict.fromkeys(_by_contents(sheet, columns)[:1], "id")
    keys = tuple(header for header, target in columns.items() if target == "id")
    return Map(columns=columns, key=keys)


def target_of(header: str) -> str:
    """Return what a header means, by its words; "note" where none is known."""
    words = re.sub(r"[_\-./]+", " ", header.lower()).strip()
    return next((target for target, pattern in HEADERS if re.search(pattern.replace(".?", " ?"), words)), "note")


def not_understood(mapping: Map) -> list[str]:
    """Return the headers that are kept as notes though they do not say so: nobody knew what they mean."""
    return [header for header, target in mapping.columns.items() if target == "note" and not _says_note(header)]


def _says_note(header: str) -> bool:
    return re.search(dict(HEADERS)["note"], header.lower()) is not None


def _by_contents(sheet: Sheet, columns: dict[str, str]) -> list[str]:
    """Return the columns that look like numbers of cases: short, all there, all different."""
    found = []
    for header, target in columns.items():
        cells = [cell.strip() for cell in sheet.column(header)]
        is_id = all(re.fullmatch(r"[A-Za-z]{1,5}[- ]?\d{1,8}", cell) for cell in cells) and len(set(cells)) == len(
            cells
        )
        if target == "note" and is_id:
            found.append(header)
    return found


def written(mapping: Map) -> str:
    """Return a map as TOML, to be edited."""
    lines = ["# What each column means. Targets: " + ", ".join(TARGETS) + ".", "[columns]"]
    lines += [f"{_quoted(header)} = {_quoted(target)}" for header, target in mapping.columns.items()]
    lines += ["", "# The columns that name the same person again in the next sheet.", "[rows]"]
    lines += [f"key = [{', '.join(_quoted(key) for key in mapping.key)}]"]
    lines += [
        "# Instead of key, where one person has several rows, such as one a year: they come in as one.",
        "# person = []",
    ]
    lines += [f"scheme = {_quoted(mapping.scheme)}"]
    lines += ['tag = ""', 'as_of = ""', "", "# For the whole sheet, if so: [source], [status], [consent], [risk]."]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parsed(text: str, sheet: Sheet) -> Map:
    """Return the map that a TOML text states, columns it leaves out as proposed. Raises BadMap."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMap(f"The map is no TOML: {error}.") from error
    proposed = propose(sheet)
    rows = stated.get("rows", {})
    columns = stated.get("columns", {})
    unknown = sorted({str(target) for target in columns.values()} - set(TARGETS))
    person = tuple(rows.get("person", ()))
    missing = sorted({*rows.get("key", ()), *person} - set(sheet.headers))
    if unknown or missing:
        wrong = f"unknown targets: {', '.join(unknown)}" if unknown else f"missing columns: {', '.join(missing)}"
        raise BadMap(f"The map names {wrong}. Targets are: {', '.join(TARGETS)}.")
    if rows.get("as_of"):
        edtf.parse(rows["as_of"])
    return replace(
        proposed,
        columns=proposed.columns | {key: value for key, value in columns.items() if key in sheet.headers},
        key=person or tuple(rows.get("key", proposed.key)),
        gathers=bool(person),
        scheme=str(rows.get("scheme", proposed.scheme)),
        tag=str(rows.get("tag", "")),
        as_of=str(rows.get("as_of", "")),
        **{part: dict(stated.get(part, {})) for part in ("source", "status", "consent", "risk")},
    )


def decisions(text: str) -> dict[str, str]:
    """Return what a TOML text decides of rows, by their keys (imports.steps). Raises BadMap."""
    decided = tomllib.loads(text).get("decisions", {})
    if not all(isinstance(choice, str) for choice in decided.values()):
        raise BadMap("[decisions] has a choice in quotes for each row, as the report offers them.")
    return dict(decided)


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

"""Import of a sheet of facilities: each is created once, then brought to what the sheet says.

One rule: nothing may be told more finely than somebody stated. A row that states no precision is told as its county at
most, whatever coordinates it has.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import select

from campaign.cases import facilities
from campaign.cases.facilities import Facility
from campaign.database import db
from campaign.duplicates.search import Warned
from campaign.imports.draft import clean
from campaign.imports.importing import Report
from campaign.imports.mapping import BadMap
from campaign.places.facilities import Facility as Read
from campaign.places.facilities import facilities_of
from campaign.places.scanning import fold
from campaign.sheets import Sheet
from campaign.vocabulary.events import PRECISION

# Target of a column | headers that mean it. Several columns of names, one a script, are all names.
HEADERS = (
    ("id", r"id|code|no|number|ref|key|编号"),
    ("name", r"(name|title|facility|site)s?( [a-z]+)?|[a-z]+ names?|名称"),
    ("type", r"(facility )?(type|kind)|category"),
    ("tier", r"tier|security tier"),
    ("county", r"county|district|city|县"),
    ("prefecture", r"prefecture|province|region"),
    ("place", r"place|location|where"),
    ("lat", r"lat|latitude|y"),
    ("lon", r"lon|lng|long|longitude|x"),
    ("precision", r"precision|accuracy"),
    ("source", r"source|credit|origin"),
)
TARGETS = frozenset(target for target, _ in HEADERS) | {"ignore"}
FINEST_UNSTATED = "county"
NO_FINER = {"home": "county"}  # domain.md: exact is for facilities, never for a home


@dataclass(frozen=True)
class FacilityMap:
    """What the columns mean (header to target), and what holds for the whole sheet.

    `scheme` names the list whose numbers the rows carry; `precision` is what rows that state none may be told by.
    """

    columns: Mapping[str, str]
    scheme: str = "sheet"
    source: str = ""
    precision: str = ""


@dataclass
class FacilityReport(Report):
    """What the import did; `coarsened` are the references of facilities that may now be told less finely."""

    coarsened: list[str] = field(default_factory=list)


def propose(sheet: Sheet) -> FacilityMap:
    """Return what the columns seem to mean; what nobody understands is ignored."""
    return FacilityMap({header: target_of(header) for header in sheet.headers})


def target_of(header: str) -> str:
    """Return what a header means, by its words; "ignore" where none is known."""
    words = re.sub(r"[_\-./]+", " ", header.casefold()).strip()
    return next((target for target, pattern in HEADERS if re.fullmatch(pattern, words)), "ignore")


def parsed(text: str, sheet: Sheet) -> FacilityMap:
    """Return the map of a TOML text: [columns] header = target, [sheet] scheme, source, precision. Raises BadMap."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMap(f"The map is no TOML: {error}.") from error
    columns = {str(header): str(target) for header, target in stated.get("columns", {}).items()}
    whole = {key: str(value) for key, value in stated.get("sheet", {}).items()}
    if unknown := sorted(set(columns.values()) - TARGETS):
        raise BadMap(f"The map names unknown targets: {', '.join(unknown)}. Targets are: {', '.join(sorted(TARGETS))}.")
    if missing := sorted(set(columns) - set(sheet.headers)):
        raise BadMap(f"The map names columns that the sheet has not: {', '.join(missing)}.")
    if unknown := sorted(set(whole) - {"scheme", "source", "precision"}):
        raise BadMap(f"[sheet] takes scheme, source and precision, not {', '.join(unknown)}.")
    if whole.get("precision", "county") not in PRECISION:
        raise BadMap(f"The precision {whole['precision']!r} is none of {', '.join(PRECISION.codes)}.")
    return FacilityMap(dict(propose(sheet).columns) | columns, **whole)


def take(sheet: Sheet, chosen: FacilityMap, *, by: int) -> FacilityReport:
    """Keep the facilities of a sheet, and say what came of each row. The caller commits, or rolls back a trial."""
    read = facilities_of(_rows(sheet, chosen), source=chosen.source)
    report = FacilityReport(rows=len(sheet.rows), refused=len(read.refused))
    report.warnings = [Warned(one.row, "", "", one.reason) for one in (*read.refused, *read.doubts)]
    for number, facility in zip(read.rows, read.facilities, strict=True):
        _keep(facility, number, chosen, report, by=by)
    report.warnings.sort(key=lambda warning: warning.row)
    db.session.flush()
    return report


def _rows(sheet: Sheet, chosen: FacilityMap) -> list[tuple[int, dict[str, str]]]:
    found = []
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        row: dict[str, str] = {}
        for header, raw in zip(sheet.headers, cells, strict=True):
            target, value = chosen.columns.get(header, "ignore"), clean(raw)
            if value and target != "ignore":
                row[target] = f"{row[target]};{value}" if target == "name" and "name" in row else value
        found.append((number, row))
    return found


def _keep(read: Read, number: int, chosen: FacilityMap, report: FacilityReport, *, by: int) -> None:
    key = read.code if read.code != f"row {number}" else f"{fold(read.names[0])}@{read.place}"
    read, doubt = _as_stated(read, chosen)
    known = _known(chosen.scheme, key[:200])
    if known is not None and _is_another(known, read):
        report.refused += 1
        words = f"The number {key!r} of the list {chosen.scheme!r} is {known.ref} {known.name}. Is it another list? "
        report.warnings.append(Warned(number, "", read.names[0], words + "Give it a scheme of its own in the map."))
        return
    if doubt:
        report.warnings.append(Warned(number, "", read.names[0], doubt))
    before = known.precision if known is not None else ""
    outcome = facilities.keep(read, scheme=chosen.scheme, key=key[:200], by=by)
    setattr(report, outcome, getattr(report, outcome) + 1)
    if known is not None and _order(known.precision) > _order(before):
        report.coarsened.append(known.ref)


def _known(scheme: str, key: str) -> Facility | None:
    return db.session.scalar(select(Facility).where(Facility.scheme == scheme, Facility.outside_id == key))


def _as_stated(read: Read, chosen: FacilityMap) -> tuple[Read, str]:
    """Return the row with the precision that somebody stated, the county at most where nobody did."""
    if not read.is_precision_stated:
        stated = chosen.precision or max(read.precision, FINEST_UNSTATED, key=_order)
        read = replace(read, precision=stated, is_precision_stated=bool(chosen.precision))
    limit = NO_FINER.get(read.type, "exact")
    if _order(read.precision) >= _order(limit):
        return read, ""
    return replace(read, precision=limit), f"A {read.type} is told no finer than its {limit}."


def _is_another(known: Facility, read: Read) -> bool:
    """Tell whether a number was given to something else: no name and no place in common."""
    names = {fold(name) for name in known.names} & {fold(name) for name in read.names}
    return not names and bool(read.place) and bool(known.place) and read.place != known.place


def _order(precision: str) -> int:
    return PRECISION.codes.index(precision)

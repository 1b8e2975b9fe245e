"""Further sheets: rows beside the list that belong to its people by a number, such as KoboToolbox's repeat groups.

A row of a further sheet travels with the cells of its person, each cell under a name that says sheet, place and column:
"children 2 → age". What its columns mean is said by their headers alone, read as those of a relative or of a source.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from campaign.imports.mapping.headers import meanings, targets_of
from campaign.sheets import Sheet

KINDS: Final = {"relative": "Relatives of the person", "source": "Sources of the person", "ignore": "Not taken"}
# KoboToolbox's columns of the further sheet and of the list; the first of them stays the same in the next export.
KOBO: Final = (("_submission__id", "_id"), ("_submission__uuid", "_uuid"), ("_parent_index", "_index"))
PARENT: Final = "_parent_table_name"
OF_RELATIVES: Final = frozenset({"name", "name_given", "name_patronymic", "name_family", "birth", "age"})
OF_SOURCES: Final = frozenset({"source_title", "source_kind", "source_url", "source_date", "source_person"})
_KIN: Final = frozenset({"relative", "family", "father", "mother", "spouse", "child", "sibling"})
_NAMED = re.compile(r"(?P<sheet>.+) (?P<place>[1-9]\d*) → (?P<column>.+)", re.DOTALL)


class Further(NamedTuple):
    """How a further sheet is taken (KINDS): its `column` says whose row it is, by the `number` column of the list."""

    kind: str
    column: str = ""
    number: str = ""


class Place(NamedTuple):
    """A row of a further sheet among those of its person."""

    sheet: str
    place: int

    def __str__(self) -> str:
        return f"{self.sheet} {self.place}"

    def cell(self, column: str) -> str:
        """Return the name under which a cell travels with the row of its person."""
        return f"{self} → {column}"


def is_further(name: str, sheets: Mapping[str, Further]) -> bool:
    """Whether a cell's name is that of a further sheet's row."""
    found = _NAMED.fullmatch(name) if sheets else None
    return found is not None and found["sheet"] in sheets and sheets[found["sheet"]].kind != "ignore"


def rows_in(cells: Mapping[str, str], sheets: Mapping[str, Further]) -> dict[Place, dict[str, str]]:
    """Return the rows of further sheets among a person's cells, in order: their cells by column."""
    rows: dict[Place, dict[str, str]] = {}
    for name, cell in cells.items():
        found = _NAMED.fullmatch(name) if is_further(name, sheets) else None
        if found:
            rows.setdefault(Place(found["sheet"], int(found["place"])), {})[found["column"]] = cell
    return {place: rows[place] for place in sorted(rows)}


@lru_cache(maxsize=4096)
def of_relative(header: str) -> str:
    """Return the target of a column of relatives, "" for none: "Child's name" is a name there, "child_age" an age."""
    for form in _forms(header):
        said = meanings(form)
        rest = said.concepts - _KIN
        found = [code for code in said.targets if code in OF_RELATIVES] or [*targets_of(rest)]
        found = ["name"] if said.concepts and not rest else found
        if code := next((code for code in found if code in OF_RELATIVES), ""):
            return code
    return ""


@lru_cache(maxsize=4096)
def of_source(header: str) -> str:
    """Return the target of a column of sources, "" for none: "Date" is the date of the source there."""
    for form in _forms(header):
        alone, beside = meanings(form), meanings(f"source {form}")
        # A word that says nothing ("of") leaves the added one alone, which then says nothing either.
        targets = alone.targets + (beside.targets if beside.concepts != {"source"} else ())
        if code := next((code for code in targets if code in OF_SOURCES), ""):
            return code
    return ""


def _forms(header: str) -> tuple[str, ...]:
    """Return a header, and what stands behind the names of its groups: "children/age" is an age."""
    behind = header.rpartition("/")[2]
    return (header, behind) if behind and behind != header else (header,)


def proposed(sheet: Sheet, key: tuple[str, ...]) -> dict[str, Further]:
    """Return the further sheets that seem to tell of relatives or sources, each with what links it to the list."""
    found = {}
    for other in sheet.others:
        kind, link = kind_of(other), None if other.is_hidden else link_of(sheet, other, key)
        if kind and link:
            found[other.name] = Further(kind, *link)
    return found


def kind_of(other: Sheet) -> str:
    """Return what the rows of a sheet seem to be, "" where neither relatives nor sources: kinship must be said."""
    columns = [header for header in other.headers if not header.startswith("_")]
    if {"source_url", "source_title"} & {of_source(header) for header in columns}:
        return "source"
    has_names = any(of_relative(header).startswith("name") for header in columns)
    is_of_kin = any(_KIN & meanings(name).concepts for name in (other.name.replace("_", " "), *columns))
    return "relative" if has_names and is_of_kin else ""


def link_of(sheet: Sheet, other: Sheet, key: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the columns by which the rows of a sheet belong to the list's, None where that is not certain."""
    for column, number in KOBO:
        if column in other.headers and number in sheet.headers and _is_of_list(sheet, other, column):
            return column, number
    if len(key) != 1:
        return None
    known = {folded_number(cell) for cell in sheet.column(key[0])} - {""}
    found = [header for header in other.headers if (said := _numbers(other, header)) and said <= known]
    return (found[0], key[0]) if len(found) == 1 else None


def _is_of_list(sheet: Sheet, other: Sheet, column: str) -> bool:
    """Whether numbers of parents are those of the list: in a group within a group they are another sheet's."""
    is_nested = column == "_parent_index" and PARENT in other.headers
    return not is_nested or {cell.strip() for cell in other.column(PARENT)} <= {sheet.name, ""}


def _numbers(other: Sheet, header: str) -> set[str]:
    return {folded_number(cell) for cell in other.column(header)} - {""}


def folded_number(cell: str) -> str:
    """Return a number of the list as two sheets are compared: without blanks, letter case aside."""
    return "".join(letter for letter in cell if letter.isprintable() and letter != " ").casefold()


def told(sheet: Sheet, sheets: Mapping[str, Further]) -> Iterator[str]:
    """Yield a sentence for each sheet beside the list: that it is taken, and how, or that it is not."""
    for name, one in taken(sheets).items():
        what = "a relative" if one.kind == "relative" else "a source"
        yield (
            f"Sheet “{name}” is taken too: each of its rows is {what} of the person whose “{one.number}” stands in "
            f"its “{one.column}”."
        )
    for other in sheet.others:
        yield from (f"Sheet “{other.name}”: {one}" for one in other.told if other.name in taken(sheets))
    yield from sheet.not_taken(taken(sheets))


def taken(sheets: Mapping[str, Further]) -> dict[str, Further]:
    """Return the further sheets that are taken."""
    return {name: one for name, one in sheets.items() if one.kind != "ignore"}

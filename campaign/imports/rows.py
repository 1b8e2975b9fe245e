"""Rows of a sheet as case files, one for each person.

Ids of the file's rows come from the sheet row's key and what they hold, so that the same cells give the same file and
two readings of a row can be compared (campaign.cases.merge).
Several rows of one person, such as one a year, are gathered into one: the map says which columns name the person. The
first row that fills a cell is believed. What later rows say otherwise is kept beside it as a note, never dropped.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campaign.cases.age import has_signs_of_minor
from campaign.cases.file import CaseFile, Episode
from campaign.clock import now
from campaign.dates import ages
from campaign.imports.cells import KEEPS_LINES
from campaign.imports.draft import Draft, clean, paragraphs
from campaign.imports.facts.comments import target_of, with_beside
from campaign.imports.facts.further import further
from campaign.imports.facts.readers import READERS, put_together, state
from campaign.imports.further_rows import belonging
from campaign.imports.mapping import Map, arranged
from campaign.imports.set_aside import by_row
from campaign.imports.targets import NAME_PARTS, NAMES, TARGETS
from campaign.sheets import CellNote, Sheet

LATER = " (later rows)"
BETWEEN = "; "


def build(
    cells: Mapping[str, str],
    mapping: Map,
    *,
    key: str,
    number: int,
    sheet_year: int | None,
    letters: frozenset[str] = frozenset(),
) -> Draft:
    """Return the file that a row's cells (by header) make, with what a person should look at.

    `sheet_year` is the year for which ages seem to be given, None where that can't be told; `letters` are the single
    letters that the sheet's column of genders holds.
    """
    draft = Draft(key, number, mapping, CaseFile(), Episode(), letters=letters)
    draft.episode.id = draft.id_for("episode")
    for header, value, target in _cells_of(cells, mapping):
        READERS[target](draft, header, value)
    further(draft, cells)
    put_together(draft)
    _check_age(draft, sheet_year)
    state(draft)
    return draft


def _cells_of(cells: Mapping[str, str], mapping: Map) -> Iterator[tuple[str, str, str]]:
    """Yield column, words and target of each filled cell; several columns of one fact are one, where the first stands.

    Parts of a name stay apart: those of one script are joined to one name by their reader.
    """
    found: dict[str, tuple[list[str], list[str], str]] = {}
    for column, meant, raw in arranged(cells, mapping):
        target = target_of(column, meant, mapping.columns)
        value = paragraphs(raw) if target in KEEPS_LINES else clean(raw)
        if value and target != "ignore":
            is_joined = TARGETS[target].joined not in {"", "each"} and target not in NAME_PARTS
            columns, words, _ = found.setdefault(target if is_joined else f"each {column}", ([], [], target))
            columns.append(column)
            words.append(value)
    for columns, words, target in found.values():
        yield " + ".join(columns), TARGETS[target].joined.join(words), target


def _check_age(draft: Draft, sheet_year: int | None) -> None:
    age = ages.parse_age(draft.age) if draft.age else None
    if (age is not None and age.low < ages.GROWN_UP) or has_signs_of_minor(draft.file, now().date()):
        born = draft.file.birth.written or draft.file.birth.edtf
        draft.mark_minor(draft.age_column, draft.age or born or draft.file.occupation)
    if age is None or sheet_year is None or not draft.file.birth.edtf:
        return
    if ages.age_agrees(age, draft.file.birth, datetime.date(sheet_year, 7, 1)) is False:
        message = f"The age does not fit the date of birth ({draft.file.birth.written}), counted in {sheet_year}."
        draft.warn(draft.age_column, draft.age, message)


class Row(NamedTuple):
    """The cells of one person by header, the number of the first row, how many rows there were, the notes on them."""

    number: int
    cells: dict[str, str]
    row_count: int = 1
    notes: Sequence[CellNote] = ()


def rows_of(sheet: Sheet, mapping: Map) -> Iterator[Row]:
    """Yield each person's row; where the map gathers, rows of one key become one, in the place of the first.

    Rows of further sheets stand among the cells of the person that they belong to.
    """
    joined, beside = belonging(sheet, mapping), by_row(sheet)
    single = (
        Row(number, with_beside(dict(zip(sheet.headers, row, strict=True)), notes), notes=notes)
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        for notes in [beside.get(number, ())]
    )
    merged = _under_one_name(sheet, mapping)
    if not mapping.gathers and not merged:
        yield from (row._replace(cells=joined.beside(row.cells, [row.number])) for row in single)
        return
    persons: dict[str, list[Row]] = {}
    for row in single:
        # A row without a key is a person of its own.
        key = key_of(row.cells, mapping) if mapping.gathers else ""
        persons.setdefault(key or f"row {merged.get(row.number, row.number)}", []).append(row)
    for rows in persons.values():
        person = _gathered(rows)
        yield person._replace(cells=joined.beside(person.cells, [row.number for row in rows]))


def _under_one_name(sheet: Sheet, mapping: Map) -> dict[int, int]:
    """Return the rows that a name is merged over, by number, and the first of them: they tell of one person."""
    found: dict[int, int] = {}
    for note in sheet.notes:
        # A range over one row is merged to the right.
        last = int(note.words.rpartition(" ")[2]) if note.kind == "merged" and note.words else 0
        if last and mapping.columns.get(note.column) in NAMES:
            found |= dict.fromkeys(range(note.row, last + 1), note.row)
    return found


def key_of(cells: dict[str, str], mapping: Map) -> str:
    """Return what names the row's person again, folded; "" where a part of it is missing."""
    # Keys are stored: were a cell folded otherwise, its person would be opened a second time.
    parts = ["".join(filter(_is_of_key, cells.get(header, ""))).casefold() for header in mapping.key]
    return "|".join(parts)[:200] if parts and all(parts) else ""


def _is_of_key(letter: str) -> bool:
    return letter.isprintable() and letter != " "


def warn_of_later(draft: Draft, row: Row) -> None:
    """Report on a draft each column in which later rows said something else."""
    for header, value in row.cells.items():
        column = header.removesuffix(LATER)
        if column != header and draft.map.columns.get(column, "note") not in {"note", "ignore"}:
            draft.warn(
                column, value, "Later rows of this person say otherwise. The first stands; this is kept as a note."
            )


def _gathered(rows: list[Row]) -> Row:
    cells: dict[str, str] = {}
    for header in dict.fromkeys(header for row in rows for header in row.cells):
        said = list(dict.fromkeys(value for row in rows if (value := clean(row.cells.get(header, "")))))
        cells[header] = said[0] if said else ""
        if said[1:]:
            cells[header + LATER] = BETWEEN.join(said[1:])
    return Row(rows[0].number, cells, len(rows), [note for row in rows for note in row.notes])

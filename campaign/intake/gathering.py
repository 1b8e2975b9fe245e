"""Several rows of one person, such as one a year, gathered into one: the map says which columns name the person.

The first row that fills a cell is believed. What later rows say otherwise is kept beside it as a note, never dropped.
"""

from collections.abc import Iterator
from typing import NamedTuple

from campaign.intake.draft import Draft, clean
from campaign.intake.mapping import Map
from campaign.intake.sheet import Sheet

LATER = " (later rows)"
BETWEEN = "; "


class Row(NamedTuple):
    """The cells of one person by header, the number of the first row, how many rows there were."""

    number: int
    cells: dict[str, str]
    row_count: int = 1


def rows_of(sheet: Sheet, mapping: Map) -> Iterator[Row]:
    """Yield each person's row; where the map gathers, rows of one key become one, in the place of the first."""
    single = (
        Row(number, dict(zip(sheet.headers, row, strict=True)))
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
    )
    if not mapping.gathers:
        yield from single
        return
    persons: dict[str, list[Row]] = {}
    for row in single:
        # A row without a key is a person of its own.
        persons.setdefault(key_of(row.cells, mapping) or f"row {row.number}", []).append(row)
    yield from (_gathered(rows) for rows in persons.values())


def key_of(cells: dict[str, str], mapping: Map) -> str:
    """Return what names the row's person again, folded; "" where a part of it is missing."""
    parts = [clean(cells.get(header, "")).replace(" ", "").casefold() for header in mapping.key]
    return "|".join(parts)[:200] if parts and all(parts) else ""


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
    for header in rows[0].cells:
        said = list(dict.fromkeys(value for row in rows if (value := clean(row.cells[header]))))
        cells[header] = said[0] if said else ""
        if said[1:]:
            cells[header + LATER] = BETWEEN.join(said[1:])
    return Row(rows[0].number, cells, len(rows))

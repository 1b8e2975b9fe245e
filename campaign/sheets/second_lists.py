"""A second list in one sheet, beside the first or below it: told, and never read as facts of the first one's people."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaign.sheets.telling import quoted
from campaign.sheets.workbook import CellNote

if TYPE_CHECKING:
    from campaign.sheets.tables import Row

_COUNTED = re.compile(r" \(\d+\)$")  # what tells a header apart that is said twice


def without_one_beside(names: list[str], rows: list["Row"], told: list[str]) -> tuple[list[str], list["Row"]]:
    """Return the headers and rows of the first list, where another one with the same headers stands right of it."""
    start = _start_beside(names, rows)
    if not start:
        _tell_of_a_gap(names, rows, told)
        return names, rows
    words = ", ".join(name for name in map(_bare, names[start:]) if not name.startswith("column "))
    first = [row._replace(cells=row.cells[:start], filled=_filled(row.cells[:start])) for row in rows]
    count = sum(any(cell.strip() for cell in row.cells[start:]) for row in rows)
    told[:] = [one for one in told if not any(f"is “{name}” here" in one for name in names[start:])]
    told.append(
        f"Beside the list, from its column {start + 1} on, a second one stands (“{words}”, {count:,} "
        f"{'row' if count == 1 else 'rows'}); it was not read. Put it below the first, or on a sheet of its own."
    )
    return names[:start], [row for row in first if row.filled]


def _tell_of_a_gap(names: Sequence[str], rows: Sequence["Row"], told: list[str]) -> None:
    """Tell of columns behind an empty one that some rows have nothing in: they may be a list of their own."""
    for gap in range(2, len(names) - 1):
        is_empty = names[gap].startswith("column ") and not any(_filled(row.cells[gap : gap + 1]) for row in rows)
        if is_empty and any(_filled(row.cells[:gap]) and not _filled(row.cells[gap:]) for row in rows):
            told.append(
                f"Behind an empty column stand “{', '.join(names[gap + 1 :])}”: read as facts of the person in the "
                "same row. If they are a list of their own, put it on a sheet of its own."
            )
            return


def _bare(name: str) -> str:
    return _COUNTED.sub("", name)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _start_beside(names: Sequence[str], rows: Sequence["Row"]) -> int:
    """Return the place where headers begin to be said again, all of them or behind an empty column; 0 for nowhere."""
    bare = [_bare(name) for name in names]
    for start in range(2, len(bare) - 1):
        left, right = bare[:start], bare[start:]
        is_apart = left[-1].startswith("column ") and not any(
            row.cells[start - 1].strip() for row in rows if len(row.cells) >= start
        )
        again = [name for name in right if name in left and not name.startswith("column ")]
        if right[0] != next((name for name in left if not name.startswith("column ")), ""):
            continue
        if len(again) >= 2 and (is_apart or (again == left[: len(again)] and len(again) == len(right))):
            return start
    return 0


def without_one_below(rows: list["Row"], notes: list[CellNote], told: list[str]) -> list["Row"]:
    """Return the rows of the first list, where after an empty row another one begins with headers of its own."""
    for place in range(1, len(rows) - 1):
        row, last = rows[place], rows[place - 1]
        if row.number - last.number > 1 and _is_other_header(rows, place):
            words = quoted([words_of(row.cells)])
            told.append(
                f"In row {row.number} a second list begins ({words}); it was not read. Put it on a sheet, or in "
                "a file, of its own."
            )
            notes += [CellNote(other.number, "", "unread", words_of(other.cells)) for other in rows[place:]]
            return rows[:place]
    return rows


def _is_other_header(rows: list["Row"], place: int) -> bool:
    """Tell whether a row reads like headers: words alone where the rows above it hold values, and others below it."""
    row, above, below = rows[place], rows[:place], rows[place + 1 : place + 6]
    if row.filled < 2 or any(any(letter.isdigit() for letter in cell) for cell in row.cells):
        return False
    columns = [column for column, cell in enumerate(row.cells) if cell.strip()]

    def share(some: Sequence["Row"], column: int) -> float:
        held = [other.cells[column] for other in some if column < len(other.cells) and other.cells[column].strip()]
        return sum(any(letter.isdigit() for letter in cell) for cell in held) / len(held) if held else 0.0

    has_values_above = any(share(above, column) > 0.7 for column in columns)
    has_values_below = any(share(below, column) > 0.7 for column in columns)
    usual = Counter(one.filled for one in above).most_common(1)[0][0]
    return has_values_above and (has_values_below or row.filled != usual)


def words_of(cells: Sequence[str]) -> str:
    """Return the cells of a row in one line."""
    return ", ".join(" ".join(cell.split()) for cell in cells if cell.strip())

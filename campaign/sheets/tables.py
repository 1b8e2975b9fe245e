"""Lines of cells as headers and rows: what stands above, between and below the rows of a list is told, and no row."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campaign.sheets import damage
from campaign.sheets.headers import Headers, count_filled, headers_of
from campaign.sheets.limits import MAX_AREA
from campaign.sheets.second_lists import without_one_below, without_one_beside, words_of
from campaign.sheets.telling import listed, quoted, sentences
from campaign.sheets.workbook import CellNote, Grid, Sheet

# The first word of a row of sums, in the languages that lists are kept in.
TOTAL = re.compile(
    r"(grand |sub)?total(es)?\b|sum\b|count\b|gesamt|summe\b|toplam|jami|итог|всего\b|жами|барлығы|合计|总计|总数|共计|"
    r"المجموع|مجموع|إجمالي|جمع\b"
)
REMARK = re.compile(
    r"[*†‡§©]|\[?\d+[\])]|(source|note|nb|n\.b|remark|key|legend|updated|источник|примеч|注|来源|资料来源)s?\b",
    re.IGNORECASE,
)
LONG = 60  # letters of a cell that is rather a sentence below the list


class Row(NamedTuple):
    """A row by its number in the file, and how many of its cells hold something."""

    number: int
    cells: list[str]
    filled: int


def sheet_of(grid: Grid) -> Sheet:
    """Return the list in a grid; without rows where there are only headers, without headers where there is nothing."""
    found = headers_of(grid)
    if found is None:
        return Sheet((), (), (), grid.name, told=tuple(grid.told), is_hidden=grid.is_hidden)
    notes = [_as_title(grid, place) for place in range(found.start - found.above) if any(grid.lines[place])]
    told = [*grid.told, *found.told]
    rows = _filled_down(grid, found, notes)
    names, rows = _cut_rightly(grid, found, rows, notes, told)
    names, rows = without_one_beside(names, rows, told)
    rows = _without_repeats(rows, found, told)
    rows = without_one_below(rows, notes, told)
    rows = _without_footers(rows, len(names), notes)
    for row in rows:
        row.cells.extend([""] * (len(names) - len(row.cells)))
    damage.look(rows, names, notes)
    kept = [
        place
        for place in range(len(names))
        if not rows or any(row.cells[place] and not row.cells[place].isspace() for row in rows)
    ]
    of_list = {row.number for row in rows}
    beside = (note for note in _by_header(grid.notes, names) if note.kind != "coloured" or note.row in of_list)
    notes = sorted([*notes, *beside], key=lambda note: note.row)
    return Sheet(
        headers=tuple(names[place] for place in kept),
        rows=tuple(tuple([row.cells[place] for place in kept]) for row in rows),
        numbers=tuple(row.number for row in rows),
        name=grid.name,
        notes=tuple(notes),
        told=(*told, *sentences(notes)),
        is_hidden=grid.is_hidden,
        unfilled=tuple(names[place] for place in range(len(names)) if place not in kept),
    )


def _as_title(grid: Grid, place: int) -> CellNote:
    return CellNote(grid.first + place, "", "title", words_of(grid.lines[place]))


def _filled_down(grid: Grid, found: Headers, notes: list[CellNote]) -> list[Row]:
    """Return the rows below the headers that hold something, each with the value of a range merged over it."""
    lines, room = grid.lines, MAX_AREA
    for top, left, bottom, _ in grid.merged:
        start, end = top - grid.first, min(bottom - grid.first, len(lines) - 1)
        room -= max(0, end - start)
        if start < found.below or room < 0 or left >= len(lines[start]) or not lines[start][left].strip():
            continue
        for place in range(start + 1, end + 1):
            if any(lines[place]) and not lines[place][left]:
                lines[place][left] = lines[start][left]
        notes.append(CellNote(top, _name(found.names, left), "merged", f"{top} to {bottom}" if bottom > top else ""))
    below = enumerate(lines[found.below :], grid.first + found.below)
    return [Row(number, line, count) for number, line in below if (count := count_filled(line))]


def _name(names: Sequence[str], place: int) -> str:
    return names[place] if 0 <= place < len(names) else f"column {place + 1}"


def _cut_rightly(
    grid: Grid, found: Headers, rows: list[Row], notes: list[CellNote], told: list[str]
) -> tuple[list[str], list[Row]]:
    """Return the headers and the rows that fit them.

    A line of a CSV with more cells than headers was cut wrongly, unless nearly all have as many.
    """
    lengths = [_length(row.cells) for row in rows]
    width = max((len(found.names), *lengths))
    named = _length(["" if name.startswith("column ") else name for name in found.names])
    names = [*found.names, *(f"column {place}" for place in range(len(found.names) + 1, width + 1))]
    if not grid.is_text:
        return names, rows
    usual, count = Counter(lengths).most_common(1)[0] if lengths else (0, 0)
    limit = max(named, usual) if count >= 0.8 * len(rows) else named
    long = [row for row, length in zip(rows, lengths, strict=True) if length > limit]
    short = [row.number for row in rows if 1 < len(row.cells) < named and row.filled > 1]
    if long:
        told.append(
            f"{listed([row.number for row in long])} more cells than there are headers, so that nobody can tell which "
            "belongs where: not read. Put quotation marks around cells that hold a separator."
        )
        notes += [CellNote(row.number, "", "unread", words_of(row.cells)) for row in long]
    if short:
        told.append(f"{listed(short)} fewer cells than there are headers; the last ones were read as empty.")
    if named < limit and named > 1:
        more = next(row for row in rows if _length(row.cells) > named)
        told.append(
            f"Most rows have more cells than there are headers, such as row {more.number} "
            f"({quoted([words_of(more.cells)])}): the last ones were read as columns without a header. Look whether a "
            "cell was cut at a separator inside it; then put quotation marks around such cells."
        )
    wrong = {row.number for row in long}
    fitting = [Row(row.number, row.cells[:limit], row.filled) for row in rows if row.number not in wrong]
    return names[:limit], fitting


def _length(cells: Sequence[str]) -> int:
    length = len(cells)
    while length and not cells[length - 1].strip():
        length -= 1
    return length


def _without_repeats(rows: list[Row], found: Headers, told: list[str]) -> list[Row]:
    """Return the rows that do not say the headers again, as every page of a printed list does."""
    first = {" ".join(name.split()) for name in found.names}
    again = [
        row.number
        for row in rows
        if row.filled > 1 and all(not cell.strip() or " ".join(cell.split()) in first for cell in row.cells)
    ]
    if not again:
        return rows
    told.append(f"{listed(again)} the headers again: no row of the list.")
    return [row for row in rows if row.number not in set(again)]


def _without_footers(rows: list[Row], width: int, notes: list[CellNote]) -> list[Row]:
    """Return the rows of the list without the sums, sources and remarks below it."""
    end = len(rows)
    while end > 1 and width > 1 and _is_footer(rows, end - 1, width):
        end -= 1
    notes += [CellNote(row.number, "", "footer", words_of(row.cells)) for row in rows[end:]]
    return rows[:end]


def _is_footer(rows: list[Row], place: int, width: int) -> bool:
    row = rows[place]
    first = next(cell.strip() for cell in row.cells if cell.strip())
    if row.filled <= max(2, width // 2) and TOTAL.match(first.casefold()):
        return True
    is_apart = row.number - rows[place - 1].number > 1
    is_sentence = len(first) > LONG or first.isdecimal() or first.startswith("http")
    return row.filled == 1 and width > 2 and bool(is_apart or is_sentence or REMARK.match(first))


def _by_header(notes: Iterable[CellNote], names: Sequence[str]) -> list[CellNote]:
    """Return the notes of a grid with the header of their column instead of its place."""
    return [
        CellNote(note.row, _name(names, int(note.column)) if note.column else "", note.kind, note.words)
        for note in notes
    ]

"""What reading a sheet told, as what is to be looked at: each note at its cell and its case, the rest at the import.

Comments and links come in as cells (facts.comments). A row that is none of the list is kept here with its words: it may
be news of somebody on it, and a mark that it begins with ("* released in 2023") is looked for in the rows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from campaign.duplicates.search import Warned
from campaign.imports.draft import Draft
from campaign.imports.facts.comments import AS_CELLS
from campaign.names.beside import is_news
from campaign.sheets import CellNote, Sheet, beyond_notes

OF_CELLS: Final = {
    "formula": "A formula whose result the file does not hold: read as empty. Open the file in a spreadsheet, save it, "
    "and bring it again.",
    "error": "An error instead of a value: read as empty.",
    "hidden": "The sheet hides this; it was read like the rest. Look whether it should be taken.",
    "struck": "This is struck through in the sheet, and was read like the rest. Look whether it should be taken.",
    "coloured": "A colour sets this apart ({}). What it says is not read: look whether it means something.",
    "first_day": "This may be meant as a month or a year alone: the file does not say whether the day is shown.",
    "merged": "This cell is merged over rows {}: its value was read for each of them.",
    "inexact": "This number is longer than a workbook keeps: its last digits are lost. Ask for it as text.",
    "encoding": "These letters look encoded twice, or lost. They were read as they stand.",
    "pdf": "Arabic letters stand here in the order or the shapes of a PDF. They were read as they stand.",
}
OF_ROWS: Final = {
    "title": "This stands above the headers: no row of the list.",
    "footer": "This stands below the list: no row of it, and not read.",
    "unread": "This row was not read.",
}
NEWS: Final = "It may be news of somebody on the list: enter it in their case."
_MARK = re.compile(r"[*†‡§※#]+|[\[(]\d{1,2}[\])]|[¹²³⁴⁵⁶⁷⁸⁹]")


def by_row(sheet: Sheet) -> dict[int, list[CellNote]]:
    """Return the notes of each row of a sheet; a merged range at every row that took its value from above."""
    found: dict[int, list[CellNote]] = {}
    for one in sheet.notes:
        if one.kind == "merged":
            for number in _below(one, sheet.numbers):
                found.setdefault(number, []).append(one)
        else:
            found.setdefault(one.row, []).append(one)
    return found


def _below(merged: CellNote, numbers: Sequence[int]) -> Sequence[int]:
    last = int(merged.words.rpartition(" ")[2] or merged.row)
    return numbers[bisect_right(numbers, merged.row) : bisect_left(numbers, last + 1)]


def of_sheet(sheet: Sheet) -> Iterator[Warned]:
    """Yield what is told of the file, the sheet and its columns, and each row that was set aside with its words."""
    yield from (Warned(1, "", "", sentence) for sentence in beyond_notes(sheet))
    numbers = frozenset(sheet.numbers)
    for one in sheet.notes:
        if one.kind in OF_ROWS and one.row not in numbers:
            news = f" {NEWS}" if one.kind == "footer" and is_news(one.words) else ""
            yield Warned(one.row, "", one.words, OF_ROWS[one.kind] + news)
        elif not one.row and one.kind in OF_CELLS:
            yield Warned(1, one.column, "", OF_CELLS[one.kind])


def footnotes(sheet: Sheet) -> dict[str, str]:
    """Return the rows below the list that begin with a mark, by that mark."""
    found = ((_MARK.match(one.words), one.words) for one in sheet.notes if one.kind == "footer")
    return {mark[0]: words for mark, words in found if mark and words != mark[0]}


def tell(draft: Draft, cells: Mapping[str, str], notes: Sequence[CellNote], below: Mapping[str, str]) -> None:
    """Tell what stands beside the cells of a row, and what stands below the list for a mark in them."""
    for one in notes:
        if one.kind in OF_CELLS and one.kind not in AS_CELLS:
            words = cells.get(one.column, "") if one.kind in {"merged", "struck", "coloured"} else one.words
            draft.warn(one.column, words, OF_CELLS[one.kind].format(one.words))
    for header, raw in cells.items() if below else ():
        cell = raw.rstrip()
        mark = next((mark for mark in below if cell.endswith(mark) and cell.strip(mark)), "")
        if mark and not cell[: -len(mark)].endswith(mark[0]):
            draft.warn(header, cell, f"Below the list stands for this mark: “{below[mark]}”. Enter it in the case.")

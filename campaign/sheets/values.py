"""The values of a workbook's cells as text, by python-calamine; of an .xlsx with what stands beside them."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

import python_calamine as calamine

from campaign.sheets.beside import Beside, beside
from campaign.sheets.kinds import BROKEN, LOCKED
from campaign.sheets.limits import refuse_extent
from campaign.sheets.number_formats import is_inexact, plain, shown
from campaign.sheets.package import Package
from campaign.sheets.styles import Styles, styles_of
from campaign.sheets.workbook import CellNote, Grid, Unreadable

VALUES_ALONE = (
    "Of a .{kind} file only the values are read: comments, links, colours, errors, the formats of numbers and dates, "
    "and what is {merged}hidden or struck through are not. Save it as .xlsx to have them told."
)


class Part(NamedTuple):
    """A sheet of a workbook: its name, whether it is a sheet of cells, whether it is hidden."""

    name: str
    has_cells: bool
    is_hidden: bool


class Book:
    """A workbook whose sheets are read one by one. Raises Unreadable for what is locked, damaged or too large."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        self.package = Package(content) if kind in {"xlsx", "xlsb", "ods"} else None
        try:
            self.values = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        except calamine.PasswordError as error:
            raise Unreadable(LOCKED) from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise Unreadable(BROKEN) from error
        self.parts = [
            Part(
                one.name,
                one.typ == calamine.SheetTypeEnum.WorkSheet,
                one.visible != calamine.SheetVisibleEnum.Visible,
            )
            for one in self.values.sheets_metadata
        ]
        self.told = (
            () if kind == "xlsx" else (VALUES_ALONE.format(kind=kind, merged="" if kind == "xls" else "merged, "),)
        )
        self._styles: Styles | None = None
        self._files: Mapping[str, str] = {}
        if kind == "xlsx" and self.package is not None:
            self._files, self._styles = _files(self.package)

    def grid(self, part: Part) -> Grid:
        """Return the cells of a sheet. Raises TooLarge, Unreadable."""
        found = Beside()
        if self.package is not None and self._styles is not None and part.name in self._files:
            found = beside(self.package, self._files[part.name], self._styles)
        try:
            sheet = self.values.get_sheet_by_name(part.name)
            refuse_extent(rows=sheet.height, columns=sheet.width)
            values = sheet.to_python(skip_empty_area=True)
            if self._styles is None:
                # Of an old .xls the merged ranges are known; of .xlsb and .ods they are not.
                ranges = sheet.merged_cell_ranges or []
                found.merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
        except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
            raise Unreadable(BROKEN) from error
        start = sheet.start or (0, 0)
        notes = [*found.notes, *_inexact(values, start), *(_first_days(values, start) if self._styles is None else ())]
        # Columns that are empty before the first are part of no header.
        lines = [[cell if cell.__class__ is str else plain(cell) for cell in row] for row in values]
        for (row, column), code in found.formats.items():
            line, place = row - 1 - start[0], column - start[1]
            if 0 <= line < len(lines) and 0 <= place < len(lines[line]):
                lines[line][place] = shown(values[line][place], code)
        return Grid(
            part.name, lines, start[0] + 1, _moved(notes, start[1]),
            [(top, left - start[1], bottom, right - start[1]) for top, left, bottom, right in found.merged],
            is_hidden=part.is_hidden,
        )  # fmt: skip


def _moved(notes: list[CellNote], by: int) -> list[CellNote]:
    if not by:
        return notes
    return [
        CellNote(note.row, str(int(note.column) - by) if note.column else "", note.kind, note.words) for note in notes
    ]


def _inexact(values: Sequence[Sequence[object]], start: tuple[int, int]) -> Iterator[CellNote]:
    for number, row in enumerate(values, start[0] + 1):
        for place, cell in enumerate(row, start[1]):
            if cell.__class__ is float and is_inexact(cell):
                yield CellNote(number, str(place), "inexact", plain(cell))


def _first_days(values: Sequence[Sequence[object]], start: tuple[int, int]) -> Iterator[CellNote]:
    """Yield the dates of a file without formats that may be shown as a month or a year."""
    for number, row in enumerate(values, start[0] + 1):
        for place, cell in enumerate(row, start[1]):
            if isinstance(cell, datetime.date) and cell.day == 1:
                yield CellNote(number, str(place), "first_day", plain(cell))


def _files(package: Package) -> tuple[dict[str, str], Styles]:
    """Return the part of each sheet by the sheet's name, and the styles."""
    relations = package.relations("xl/workbook.xml")
    files: dict[str, str] = {}

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            target = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            if relations.get(target, ("", ""))[0] == "worksheet":
                files[attributes.get("name", "")] = relations[target][1]

    package.scan("xl/workbook.xml", started)
    parts = {kind: part for kind, part in relations.values() if kind in {"styles", "sharedStrings"}}
    return files, styles_of(package, parts.get("styles", "xl/styles.xml"), parts.get("sharedStrings", ""))

"""Sheets: a list in a file as cells of text, truthfully; what a cell means is another room's.

Nothing is dropped in silence: what was passed over, joined, refused or assumed is told in sentences.

    workbook                 what is read: workbook, sheet, notes on cells; the refusals
    reading                  the way in: the kind of the file, then its reader
    kinds                    what a file is by its first bytes, and what to do with one that is no list
    encodings, csv_lines     text: how it is encoded, how its lines are cut into cells
    values, beside           workbooks: the values of cells, and what xlsx says beside them
    number_formats           numbers and dates as their cells show them
    tables                   lines of cells as headers and rows: titles, totals, a second list
    damage                   letters broken before the file was made
"""

from pathlib import Path

from campaign.sheets.workbook import KINDS, Candidate, CellNote, EncodingAsked, Sheet, Unreadable, Workbook

__all__ = ["KINDS", "Candidate", "CellNote", "EncodingAsked", "Sheet", "Unreadable", "Workbook", "read"]


def read(
    path_or_bytes: Path | bytes, name: str = "", *, sheet: str | None = None, encoding: str | None = None
) -> Workbook:
    """Return what is in a file, the sheet to take first: the one named `sheet`, else the first shown that holds a list.

    `encoding` is what a person says of a text file. Raises Unreadable, in one sentence that says what to do, and
    EncodingAsked where the encoding must be said.
    """
    # A process that reads no sheet need not carry what reads workbooks.
    from campaign.sheets import reading

    return reading.read(path_or_bytes, name, sheet=sheet, encoding=encoding)

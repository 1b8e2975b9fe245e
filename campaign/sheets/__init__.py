"""Sheets: a list in a file as cells of text, truthfully; what a cell means is another room's.

Nothing is dropped in silence: what was passed over, joined, refused or assumed is told in sentences.

    workbook                 what is read: workbook, sheet, notes on cells; the refusals
    reading                  the way in: the kind of the file, then its reader
    kinds                    what a file is by its first bytes, and what to do with one that is no list
    encodings, csv_lines     text: how it is encoded, how its lines are cut into cells
    values, beside           workbooks: the values of cells, and what xlsx says beside them
    styles, colours          number formats, what is struck through, colours that set few rows apart
    number_formats           numbers and dates as their cells show them
    headers, tables          lines of cells as headers and rows: titles, totals
    second_lists             a second list in one sheet, beside the first or below it
    damage                   letters broken before the file was made
    writing                  tables written as CSV that no spreadsheet runs
"""

from pathlib import Path

import msgspec

from campaign import sandbox
from campaign.sheets.limits import refuse_size
from campaign.sheets.telling import beyond_notes
from campaign.sheets.workbook import (
    KINDS,
    Answer,
    Candidate,
    CellNote,
    EncodingAsked,
    Question,
    Sheet,
    Unreadable,
    Workbook,
)

__all__ = ["KINDS", "Candidate", "CellNote", "EncodingAsked", "Sheet", "Unreadable", "Workbook", "beyond_notes", "read"]
# What is told of a file that the process apart (campaign.sandbox) could not open.
STOPPED = {
    "time": "Opening the file takes longer than a list may. Split it, or copy the list alone into a new workbook.",
    "memory": "Opening the file takes more memory than a list may. Split it, or copy the list alone into a new one.",
    "crash": "The file can't be opened: it is damaged, or far larger than it looks. Open it in a spreadsheet, copy the "
    "list alone into a new workbook, and bring that.",
}


def read(
    path_or_bytes: Path | bytes, name: str = "", *, sheet: str | None = None, encoding: str | None = None
) -> Workbook:
    """Return what is in a file, the sheet to take first: the one named `sheet`, else the first shown that holds a list.

    The file is opened in a process apart, which must run (campaign.sandbox): the server has one, a command starts it.
    `encoding` is what a person says of a text file. Raises Unreadable, in one sentence that says what to do, and
    EncodingAsked where the encoding must be said.
    """
    if isinstance(path_or_bytes, bytes):
        content, name = path_or_bytes, name or "The file"
    else:
        name = name or path_or_bytes.name
        if not path_or_bytes.is_file():
            raise Unreadable(f"There is no file {name}.")
        refuse_size(path_or_bytes.stat().st_size, name)
        content = path_or_bytes.read_bytes()
    refuse_size(len(content), name)
    try:
        answer = sandbox.call("sheet", content, msgspec.msgpack.encode(Question(name, sheet, encoding)))
    except sandbox.Stopped as stopped:
        raise Unreadable(STOPPED[stopped.reason]) from stopped
    return msgspec.msgpack.decode(answer, type=Answer).opened()

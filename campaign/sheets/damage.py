"""Letters that were broken before the file was made: encoded twice, lost, or in the order of a PDF; and error values.

What is broken is told and read as it stands: what was meant is for a person to say.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from campaign.sheets.workbook import CellNote

if TYPE_CHECKING:
    from campaign.sheets.tables import Row

ERRORS = frozenset({"#NAME?", "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "Err:508"})
# Arabic: alef before an alef with hamza, or lam-lam-alef after heh, are in no word; they come of turned ligatures.
TURNED = re.compile("هللا|ا[أإآ]|[ﭐ-﷿ﹰ-ﻼ]")
# UTF-8 read as Windows 1252: a letter that begins two bytes, and one that continues them.
TWICE = re.compile("[ÃÂÄÅÐÑØÙÚÛ×Ö][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
# A letter of any of them: most rows have none, and are looked at no further.
SUSPECT = re.compile("[هأإآﭐ-﷿ﹰ-ﻼÃÂÄÅÐÑØÙÚÛ×Öâ\ufffd]")


def look(rows: Iterable["Row"], names: Sequence[str], notes: list[CellNote]) -> None:
    """Note the damaged cells of rows, and empty those that hold an error."""
    for row in rows:
        joined = "\x1f".join(row.cells)
        if "#" in joined or "Err:" in joined:
            _empty_errors(row, names, notes)
        if not joined.isascii() and SUSPECT.search(joined):
            _note_letters(row, names, notes)


def _empty_errors(row: "Row", names: Sequence[str], notes: list[CellNote]) -> None:
    for place, cell in enumerate(row.cells):
        if cell.strip() in ERRORS:
            notes.append(CellNote(row.number, names[place], "error", cell.strip()))
            row.cells[place] = ""


def _note_letters(row: "Row", names: Sequence[str], notes: list[CellNote]) -> None:
    for place, cell in enumerate(row.cells):
        if TURNED.search(cell):
            notes.append(CellNote(row.number, names[place], "pdf", cell))
        elif "\ufffd" in cell:
            notes.append(CellNote(row.number, names[place], "encoding", cell))
        elif TWICE.search(cell) and (meant := meant_by(cell)):
            notes.append(CellNote(row.number, names[place], "encoding", f"{cell}, perhaps {meant}"))


def meant_by(cell: str) -> str:
    """Return what a text says that was encoded twice, "" for one that was not."""
    try:
        return b"".join(map(_byte, cell)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def _byte(letter: str) -> bytes:
    # Windows 1252 leaves five bytes open, which come through as they are.
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")

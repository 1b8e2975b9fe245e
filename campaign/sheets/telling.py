"""What is told of a sheet's notes, in sentences for whoever brings it in: the first of each kind, and how many."""

from collections.abc import Iterable, Sequence

from campaign.sheets.workbook import CellNote, Sheet

SHOWN = 8  # rows or notes named in one sentence
LONGEST = 200  # letters of a file's own words in a sentence


def listed(numbers: Sequence[int]) -> str:
    """Return "Row 3 has", "Rows 3, 5 have", "Rows 3, 5 and 20 more have", for a sentence to go on."""
    if len(numbers) == 1:
        return f"Row {numbers[0]} has"
    more = f" and {len(numbers) - SHOWN:,} more" if len(numbers) > SHOWN else ""
    return f"Rows {', '.join(map(str, numbers[:SHOWN]))}{more} have"


def quoted(words: Sequence[str]) -> str:
    """Return words of a file between marks, the first of them."""
    more = f" and {len(words) - SHOWN:,} more" if len(words) > SHOWN else ""
    return "; ".join(f"“{_short(one)}”" for one in words[:SHOWN]) + more


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def beyond_notes(sheet: Sheet) -> tuple[str, ...]:
    """Return what is told of a sheet that stands in none of its notes."""
    of_notes = set(sentences(sheet.notes))
    return tuple(sentence for sentence in sheet.told if sentence not in of_notes)


def sentences(notes: Iterable[CellNote]) -> list[str]:
    """Return a sentence for each kind of note that nobody told otherwise."""
    by_kind: dict[str, list[CellNote]] = {}
    for note in notes:
        by_kind.setdefault(note.kind, []).append(note)
    rows = [OF_ROWS[kind].format(quoted([note.words for note in by_kind[kind]])) for kind in OF_ROWS if kind in by_kind]
    return rows + [TELLING[kind].format(_cells(some)) for kind, some in by_kind.items() if kind in TELLING]


OF_ROWS = {
    "title": "Above the headers stands {}: no row of the list.",
    "footer": "Below the list stands {}: no row of it, and not read.",
}
TELLING = {
    "comment": "The sheet has comments on cells: {}.",
    "link": "There are addresses behind cells: {}.",
    "formula": (
        "These cells are formulas whose results the file does not hold, and were read as empty: {}. Open the file in a "
        "spreadsheet, save it, and bring it again."
    ),
    "error": "These cells hold an error instead of a value and were read as empty: {}.",
    "hidden": "The sheet hides this, and it was read like the rest: {}. Look whether it should be taken.",
    "struck": "These cells are struck through, and were read like the rest: {}. Look whether they should be taken.",
    "coloured": "Colours set these apart: {}. What a colour says is not read: look whether it means anything.",
    "first_day": (
        "These dates are the first day of a month, and the file does not say whether the day is shown: {}. Look "
        "whether only a month or a year is meant."
    ),
    "merged": "Merged cells were read for every row that they span: {}.",
    "inexact": (
        "These numbers are longer than a workbook keeps, so that their last digits are lost: {}. Ask for the list with "
        "them as text."
    ),
    "encoding": "These cells look as if their letters were encoded twice, or lost: {}. They were read as they stand.",
    "pdf": (
        "In these cells Arabic letters stand in the order or the shapes of a PDF, not as they are written: {}. They "
        "were read as they stand."
    ),
}


def _cells(notes: Sequence[CellNote]) -> str:
    more = f"; and {len(notes) - SHOWN:,} more" if len(notes) > SHOWN else ""
    return "; ".join(map(_cell, notes[:SHOWN])) + more


def _cell(note: CellNote) -> str:
    where = ", ".join(part for part in (f"row {note.row}" if note.row else "", note.column) if part)
    return f"{where} (“{_short(note.words)}”)" if note.words else where

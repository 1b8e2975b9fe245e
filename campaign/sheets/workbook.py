"""What is read of a file: a workbook of sheets, all cells text, with what stands beside them; and its refusals."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec


class Unreadable(Exception):
    """A file that is no list we can read whole; str() is one sentence that says what to do."""


class Candidate(msgspec.Struct, frozen=True):
    """An encoding that a file may have: its name for `--encoding`, what it is called, the first cells under it."""

    encoding: str
    label: str
    samples: tuple[str, ...]


class EncodingAsked(Unreadable):
    """A file whose encoding nobody can be certain of; `candidates` show its first cells, the likeliest first."""

    def __init__(self, sentence: str, candidates: Sequence[Candidate]) -> None:
        super().__init__(sentence)
        self.candidates = tuple(candidates)


class CellNote(msgspec.Struct, frozen=True):
    """What a file says beside the text of a cell, or why a cell or row is not among the rows.

    `row` is the row's number in the file, `column` the header, "" for the whole row. `kind` is one of KINDS; `words`
    are the file's own (the comment, the address of the link, the cells that were not read), "" where it has none.
    """

    row: int
    column: str
    kind: str
    words: str = ""


KINDS = {
    "comment": "a comment on the cell",
    "link": "the address behind the cell",
    "formula": "a formula whose result the file does not hold",
    "error": "an error instead of a value",
    "hidden": "a hidden row or column",
    "struck": "a cell that is struck through",
    "coloured": "a colour that few rows have",
    "first_day": "a date on the first day of a month, in a file that does not say what of it is shown",
    "merged": "a merged range, whose value was read for every row of it",
    "inexact": "a number that lost its last digits in the file",
    "encoding": "letters that look encoded twice, or lost",
    "pdf": "Arabic letters in the order of a PDF",
    "title": "a row above the headers",
    "footer": "a row below the list that is no row of it",
    "unread": "a row that was not read",
}


class Sheet(msgspec.Struct, frozen=True):
    """Headers without blanks around them, rows of as many cells, and the rows' numbers in the file.

    `unfilled` are headers under which no cell holds anything: no columns of the list. `told` are sentences for the
    person who brings the file in, `notes` the same and more by cell. `others` are the workbook's other sheets.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    name: str = ""
    notes: tuple[CellNote, ...] = ()
    told: tuple[str, ...] = ()
    is_hidden: bool = False
    unfilled: tuple[str, ...] = ()
    others: tuple["Sheet", ...] = ()

    def column(self, header: str) -> list[str]:
        """Return the cells of a column."""
        place = self.headers.index(header)
        return [row[place] for row in self.rows]

    def not_taken(self, joined: Collection[str] = ()) -> Iterator[str]:
        """Yield a sentence for each other sheet but those `joined` to this one, with how to choose it."""
        for one in self.others:
            if one.name in joined or not (one.headers or one.told):
                continue
            rows = "1 row" if len(one.rows) == 1 else f"{len(one.rows):,} rows"
            hidden = ", hidden" if one.is_hidden else ""
            yield (
                f"Sheet “{self.name}” is taken; “{one.name}” ({rows}{hidden}) is not. To take it instead, choose it "
                f"(in a command: --sheet “{one.name}”)."
            )


class Workbook(msgspec.Struct, frozen=True):
    """A file that was read: its kind (csv, xlsx, xls, xlsb, ods), its encoding ("" for a workbook), its sheets.

    The first sheet is the one to take: the one that was asked for, else the first that is shown and holds a list.
    `told` are sentences about the file as a whole.
    """

    kind: str
    encoding: str
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = ()

    @property
    def sheet(self) -> Sheet:
        """The sheet to take, with what is told of the file, and the others beside it."""
        first = self.sheets[0]
        return msgspec.structs.replace(first, told=(*self.told, *first.told), others=self.sheets[1:])

    @property
    def all_told(self) -> tuple[str, ...]:
        """What is told of the file, of the sheet to take, and of those that are not."""
        return (*self.sheet.told, *self.sheet.not_taken())


class Question(msgspec.Struct, frozen=True, array_like=True):
    """How a file is to be read: its name, the sheet and the encoding that were stated."""

    name: str
    sheet: str | None = None
    encoding: str | None = None


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of reading a file: a workbook, else the sentence of a refusal and the encodings that are asked."""

    workbook: Workbook | None = None
    refusal: str = ""
    candidates: tuple[Candidate, ...] = ()

    def opened(self) -> Workbook:
        """Return the workbook. Raises Unreadable or EncodingAsked."""
        if self.workbook is None:
            raise EncodingAsked(self.refusal, self.candidates) if self.candidates else Unreadable(self.refusal)
        return self.workbook


class Grid(NamedTuple):
    """A sheet as it lies in its file: lines of text cells, the number of the first line, and what stands beside them.

    The notes of a grid name columns by their place (0 is the first), "" for the whole row; `merged` are ranges as
    (first row, first column, last row, last column), rows by number, columns by place. Of `is_text`, a CSV, lines that
    have more cells than the headers were cut wrongly.
    """

    name: str
    lines: list[list[str]]
    first: int = 1
    notes: Sequence[CellNote] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    told: Sequence[str] = ()
    is_hidden: bool = False
    is_text: bool = False

"""The way in: the bytes of a file become a workbook of sheets, or are refused in one sentence."""

from contextlib import suppress

import msgspec

from campaign.sheets.csv_lines import grid_of
from campaign.sheets.encodings import decoded
from campaign.sheets.kinds import kind_of
from campaign.sheets.limits import TooLarge, refuse_size
from campaign.sheets.rehearsal import small_files
from campaign.sheets.tables import sheet_of
from campaign.sheets.values import Book
from campaign.sheets.workbook import Answer, EncodingAsked, Question, Sheet, Unreadable, Workbook


def answer(content: bytes, arguments: bytes) -> bytes:
    """Return an Answer to a Question about a file, both as MessagePack: what the process apart calls."""
    asked = msgspec.msgpack.decode(arguments, type=Question)
    try:
        said = Answer(workbook_of(content, asked.name, sheet=asked.sheet, encoding=asked.encoding))
    except EncodingAsked as error:
        said = Answer(None, str(error), error.candidates)
    except Unreadable as error:
        said = Answer(None, str(error))
    return msgspec.msgpack.encode(said)


def rehearse() -> None:
    """Read small lists, so that nothing need be loaded when one comes from outside."""
    for content in small_files():
        with suppress(Unreadable):
            workbook_of(content, "a list")


def workbook_of(content: bytes, name: str, *, sheet: str | None = None, encoding: str | None = None) -> Workbook:
    """Return the workbook in some bytes, as sheets.read does."""
    refuse_size(len(content), name)
    kind = kind_of(content)
    if kind != "csv":
        return _of_book(Book(content, kind), name, sheet)
    if sheet:
        raise Unreadable(f"{name} is a CSV and has no sheets to choose from.")
    text, read_as, told = decoded(content, encoding)
    found = sheet_of(grid_of(text))
    _refuse_empty(found, name)
    return Workbook("csv", read_as, (found,), told)


def _refuse_empty(found: Sheet, name: str) -> None:
    if not found.numbers:
        what = f"There are headers in {name}, but no rows under them" if found.headers else f"{name} is empty"
        raise Unreadable(f"{what}. Choose the file that holds the list.")


def _of_book(book: Book, name: str, asked: str | None) -> Workbook:
    told = list(book.told)
    shown = [part for part in book.parts if part.has_cells]
    told += [f"“{part.name}” is a chart, no list." for part in book.parts if not part.has_cells]
    if asked is not None and asked not in {part.name for part in shown}:
        names = ", ".join(f"“{part.name}”" for part in shown)
        raise Unreadable(f"{name} has no sheet “{asked}”. Its sheets are: {names}.")
    shown.sort(key=lambda part: (part.name != asked, part.is_hidden))
    sheets: list[Sheet] = []
    cells = 0
    for part in shown:
        try:
            found = sheet_of(book.grid(part))
        except TooLarge as error:
            if part.name == asked or not any(one.numbers for one in sheets):
                raise
            found = Sheet((), (), (), part.name, told=(str(error),), is_hidden=part.is_hidden)
        sheets.append(found)
        cells += len(found.headers) * len(found.rows)
    if not sheets:
        raise Unreadable(f"{name} holds no sheet of cells. Choose the file that holds the list.")
    chosen = next((one for one in sheets if one.numbers), sheets[0]) if asked is None else sheets[0]
    _refuse_empty(chosen, f"sheet “{chosen.name}” of {name}" if len(shown) > 1 else name)
    others = [one for one in sheets if one is not chosen]
    return Workbook(book.kind, "", (chosen, *others), tuple(told))

"""Reading a sheet: headers and cells, all text, from CSV in any common encoding or from XLSX."""

import csv
import datetime
import io
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

MAX_BYTES = 50_000_000
DELIMITERS = ",;\t"


class Unreadable(Exception):
    """A file that is no sheet we can read; str() says what to do."""


@dataclass(frozen=True)
class Sheet:
    """Headers without blanks around them, and rows of as many cells; `numbers` are the rows' numbers in the file."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def column(self, header: str) -> list[str]:
        """Return the cells of a column."""
        place = self.headers.index(header)
        return [row[place] for row in self.rows]


def read(path: Path) -> Sheet:
    """Return the sheet in a file. Raises Unreadable, saying what to do, for anything else."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path.name}.")
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
    content = path.read_bytes()
    lines = xlsx_lines(content) if content[:2] == b"PK" else csv_lines(content)
    return sheet_of(lines, path.name)


def csv_lines(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV; the separator is what the first line uses most, the encoding what fits."""
    text = decoded(content).replace("\x00", "")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(f"The file is no table that we can read ({error}). Save it as CSV in UTF-8.") from error


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8 (with or without mark), UTF-16 by its mark, else the encoding that fits best."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    with suppress(UnicodeDecodeError):
        return content.decode(encoding)
    best = from_bytes(content).best()
    if best is None:
        raise Unreadable("The encoding of the file is not known. Save it as CSV in UTF-8.")
    return str(best)


def xlsx_lines(content: bytes) -> list[list[str]]:
    """Return the lines of the first sheet of a workbook, as text."""
    # Half a second of every start otherwise, for what few processes ever read.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [[shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        raise Unreadable(
            "The workbook can't be opened. Save it again as .xlsx without a password, or as CSV."
        ) from error


def shown(value: object, number_format: str | None = None) -> str:
    """Return a cell as a person sees it: a month that the sheet shows as Mar-18 is not turned into a day."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        has_day = "d" in (number_format or "d").lower()
        return value.strftime("%Y-%m-%d") if has_day else value.strftime("%b-%y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def sheet_of(lines: list[list[str]], name: str) -> Sheet:
    """Return lines as a sheet: the first that is not empty holds the headers; empty lines and columns are left out."""
    start = next((place for place, line in enumerate(lines) if any(cell.strip() for cell in line)), None)
    if start is None:
        raise Unreadable(f"{name} is empty.")
    width = max(len(line) for line in lines[start:])
    padded = [[*line, *[""] * (width - len(line))] for line in lines[start:]]
    body = [(number, row) for number, row in enumerate(padded[1:], start + 2) if any(cell.strip() for cell in row)]
    headers = unique_headers(padded[0])
    kept = [place for place in range(width) if any(row[place].strip() for _, row in body)]
    return Sheet(
        headers=tuple(headers[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for _, row in body),
        numbers=tuple(number for number, _ in body),
    )


def unique_headers(cells: list[str]) -> list[str]:
    """Return headers that are all different and none empty."""
    seen: dict[str, int] = {}
    headers = []
    for place, cell in enumerate(cells, 1):
        header = " ".join(cell.split()) or f"column {place}"
        seen[header] = seen.get(header, 0) + 1
        headers.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return headers

"""Tables written as CSV, in cells that no spreadsheet will run as a formula."""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from typing import Final

# Spreadsheets take these at the start of a cell for a formula, and fold the full-width forms into the plain ones.
DANGEROUS = re.compile(r"\A'*[=+\-@\t\r\n＝＋－＠﹢﹣﹦]")
SAFE_AGAIN = re.compile(r"\A'+[=+\-@\t\r\n＝＋－＠﹢﹣﹦]")
MARK: Final = BOM_UTF8  # by which a spreadsheet knows UTF-8


def guarded(cell: str) -> str:
    """Return a cell with an apostrophe before it where a spreadsheet might run it. `unguarded` takes it off."""
    return f"'{cell}" if DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what a guarded cell held."""
    return cell[1:] if SAFE_AGAIN.match(cell) else cell


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()

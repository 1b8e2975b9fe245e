"""How large a list may be: asked before lines are made equally long, and before a workbook is loaded whole."""

from campaign.sheets.workbook import Unreadable

MAX_BYTES = 50_000_000  # as stored, and unpacked
MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
MAX_CELLS = 1_000_000  # that hold something
MAX_AREA = 4_000_000  # cells of the smallest rectangle around them


class TooLarge(Unreadable):
    """A file, or a sheet of it, that is larger than a list of people may be."""


def refuse_size(byte_count: int, what: str = "The file") -> None:
    """Raise TooLarge for more bytes than are read."""
    if byte_count > MAX_BYTES:
        raise TooLarge(f"{what} is larger than {MAX_BYTES // 1_000_000} MB. Split it.")


def refuse_extent(*, rows: int = 0, columns: int = 0, cells: int = 0) -> None:
    """Raise TooLarge for more rows, columns, cells, or empty room between them than are read."""
    if rows > MAX_ROWS:
        raise TooLarge(f"The sheet has more than {MAX_ROWS:,} rows. Delete those that hold nobody, or split it.")
    if columns > MAX_COLUMNS:
        raise TooLarge(f"The sheet has more than {MAX_COLUMNS:,} columns. Delete those that hold nothing.")
    if cells > MAX_CELLS or rows * columns > MAX_AREA:
        raise TooLarge(f"The sheet has more than {MAX_CELLS:,} cells. Delete what holds nothing, or split it.")

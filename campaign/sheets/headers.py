"""Where the headers of a list stand: below its title, in one row or in two, and each called by a name of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from campaign.sheets.workbook import Grid

LOOKED_AT = 60  # lines from the first that is not empty
TITLES = 30  # of them, how many may stand above the headers
# A number, a date, a span of years: nothing a column is called by.
VALUE = re.compile(r"[^\w]*\d[\d\W_]*")


class Headers(NamedTuple):
    """The headers, by place; the places in the lines of the first of their rows and of the first row below them."""

    names: list[str]
    start: int
    below: int
    told: list[str]


def headers_of(grid: Grid) -> Headers | None:
    """Return the headers of a list, None where no line holds anything."""
    lines = grid.lines
    filled = {place: count for place, count in enumerate(map(count_filled, lines[: LOOKED_AT + 1000])) if count}
    first = dict(list(filled.items())[:LOOKED_AT])
    if not first:
        return None
    start = _start(lines, first)
    names, told = [_one_line(cell) for cell in lines[start]], []
    below = start + 1
    if joined := _joined(grid, start, names):
        rows = f"Rows {grid.first + start} and {grid.first + start + 1}"
        told.append(f"{rows} were read together as headers, such as “{joined[1]}”.")
        names, below = joined[0], below + 1
    elif any(map(VALUE.fullmatch, names)):
        value = next(name for name in names if VALUE.fullmatch(name))
        told.append(
            f"Row {grid.first + start} was read as the headers, though “{value}” looks like a value. If the list has "
            "no headers, write a row of them above it."
        )
    return Headers(_called(names, told), start, below, told)


def count_filled(line: Sequence[str]) -> int:
    """Return how many cells of a line hold something."""
    return len(line) - sum(not cell or cell.isspace() for cell in line)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _start(lines: Sequence[Sequence[str]], filled: dict[int, int]) -> int:
    """Return the first line that is about as wide as the list is, and holds no values if an earlier one holds none."""
    widths = Counter(filled.values())
    usual = max(widths, key=lambda width: (widths[width], width))
    places = list(filled)[:TITLES]
    if usual < 2:
        return places[0]
    enough = max(2, (usual + 1) // 2)
    found = next((place for place in places if filled[place] >= enough), places[0])
    if any(map(VALUE.fullmatch, map(_one_line, lines[found]))):
        # The headers may be fewer than the columns of the list.
        return next((place for place in places if filled[place] > 1 and place <= found), found)
    return found


def _joined(grid: Grid, start: int, names: list[str]) -> tuple[list[str], str] | None:
    """Return the headers of two rows and one of those joined, where a second row of them stands below the first.

    It does where it names what the first leaves open beside a wider header, and leaves open what the first names.
    """
    if start + 2 >= len(grid.lines):
        return None
    second = [_one_line(cell) for cell in grid.lines[start + 1]][: len(names)]
    second += [""] * (len(names) - len(second))
    gaps = [place for place, (one, other) in enumerate(zip(names, second, strict=True)) if other and not one]
    alone = [place for place, (one, other) in enumerate(zip(names, second, strict=True)) if one and not other]
    row = grid.first + start
    is_merged = any(top == bottom == row and left < right for top, left, bottom, right in grid.merged)
    if not gaps or not (alone or is_merged) or any(map(VALUE.fullmatch, second)):
        return None
    third = grid.lines[start + 2]
    is_filled_below = is_merged or any(place < len(third) and third[place].strip() for place in alone)
    # A wider header has a name of its own below, and whatever is open has one too.
    if not is_filled_below or any(not second[place] and not names[place] for place in range(gaps[-1])):
        return None
    if any(not second[gap - 1] for gap in gaps):
        return None
    joined, group = list(names), ""
    for place, other in enumerate(second):
        group = names[place] or (group if other else "")
        joined[place] = " ".join(part for part in (group, other) if part)
    return joined, joined[gaps[0]]


def _called(names: list[str], told: list[str]) -> list[str]:
    """Return headers that are all different and none empty; what was called otherwise is told."""
    seen: Counter[str] = Counter()
    called = []
    for place, name in enumerate(names, 1):
        header = name or f"column {place}"
        seen[header] += 1
        called.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
        if name and seen[header] > 1:
            told.append(f"More than one column is called “{header}”; this one is “{called[-1]}” here.")
    return called

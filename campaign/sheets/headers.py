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
    above: int = 0  # rows above the first that say what groups of headers are of


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
    elif grouped := _grouped(grid, start, names):
        rows = f"Rows {grid.first + start - 1} and {grid.first + start}"
        told.append(f"{rows} were read together as headers, such as “{grouped[1]}”.")
        return Headers(_called(grouped[0], told), start, below, told, above=1)
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
    if filled[found] < usual and (whole := _whole_below(lines, filled, found, usual)):
        return whole
    if any(map(VALUE.fullmatch, map(_one_line, lines[found]))):
        # The headers may be fewer than the columns of the list.
        return next((place for place in places if filled[place] > 1 and place <= found), found)
    return found


def _whole_below(lines: Sequence[Sequence[str]], filled: dict[int, int], first: int, usual: int) -> int:
    """Return the line of headers below a title of several cells: as wide as the list, words alone, values below it."""
    for place in [place for place in filled if first < place <= first + TITLES and filled[place] >= usual]:
        if any(any(letter.isdigit() for letter in cell) for cell in lines[place]):
            return 0
        below = [lines[other] for other in filled if place < other <= place + 10]
        columns = [column for column, cell in enumerate(lines[place]) if cell.strip()]
        is_apart = place - first > 1 or any(not cell.strip() for cell in lines[place])
        if is_apart and any(_share_of_values(below, column) > 0.7 for column in columns):
            return place
    return 0


def _share_of_values(lines: Sequence[Sequence[str]], column: int) -> float:
    """Return how many of the cells of a column that hold something hold digits, from 0 to 1."""
    held = [line[column] for line in lines if column < len(line) and line[column].strip()]
    return sum(any(letter.isdigit() for letter in cell) for cell in held) / len(held) if held else 0.0


def _grouped(grid: Grid, start: int, names: list[str]) -> tuple[list[str], str] | None:
    """Return the headers with what the row above says of groups of them, and one of those; None where it says nothing.

    "Arrest" merged above "date" and "place" does; without a merge, only where the headers are said twice below it.
    """
    if not start or not any(cell.strip() for cell in grid.lines[start - 1]):
        return None
    above = [_one_line(cell) for cell in grid.lines[start - 1]][: len(names)]
    row = grid.first + start - 1
    spans = {left: right for top, left, bottom, right in grid.merged if top == bottom == row and left < right}
    is_title = count_filled(above) < 2 and any(right - left + 1 >= count_filled(names) for left, right in spans.items())
    is_twice = len({name for name in names if name}) < count_filled(names)
    if is_title or not (spans or (is_twice and count_filled(above) > 1)) or any(map(VALUE.fullmatch, above)):
        return None
    joined, group, end = list(names), "", -1
    for place, name in enumerate(names):
        if place < len(above) and above[place]:
            group, end = above[place], spans.get(place, place if spans else len(names))
        elif place > end:
            group = ""
        joined[place] = " ".join(part for part in (group, name) if part and name)
    return (
        (joined, next(one for one, name in zip(joined, names, strict=True) if one != name)) if joined != names else None
    )


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

"""Colours of cells and letters in words, and which of them may mean something: those that set a few rows apart."""

import colorsys
from collections.abc import Iterator, Mapping
from itertools import pairwise

# The colours that a workbook calls by number, from the eighth on (ECMA-376 part 1, 18.8.27), as far as people choose
# them: black, white, red, green, blue, yellow, magenta, cyan.
INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
# Of a theme: the papers and inks of every workbook, and the colours of links.
PLAIN_THEME = frozenset({"0", "1", "2", "3", "10", "11"})
# The end of a part of the circle of hues, in degrees, and what it is called.
HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (200, "turquoise"), (260, "blue"), (335, "violet"))
SHARE = 0.5  # of the rows: a colour that more of them have is decoration


def colour_of(attributes: Mapping[str, str]) -> str:
    """Return what a colour is called, "" for black, white and what nobody chose."""
    if theme := attributes.get("theme"):
        return "" if theme in PLAIN_THEME else "a colour"
    index = attributes.get("indexed", "")
    place = int(index) % 8 if index.isdecimal() and int(index) < 16 else -1
    code = INDEXED[place] if place >= 0 else attributes.get("rgb", "")[-6:]
    try:
        red, green, blue = (int(code[start : start + 2], 16) / 255 for start in (0, 2, 4))
    except ValueError:
        return ""
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness < 0.1 or lightness > 0.98:
        return ""
    if saturation < 0.12:
        return "grey"
    return next((name for end, name in HUES if hue * 360 < end), "red")


def telling_rows(
    coloured: Mapping[str, Mapping[int, list[int]]], row_count: int
) -> Iterator[tuple[str, Mapping[int, list[int]]]]:
    """Yield each colour that sets some rows apart, with its cells by row: not a decoration of all or of every second.

    `coloured` are the places of columns by row, by colour; `row_count` counts the rows that hold something.
    """
    for words, cells in coloured.items():
        rows = sorted(cells)
        steps = {after - before for before, after in pairwise(rows)}
        is_banded = len(rows) > 2 and steps <= {2}
        if not is_banded and (len(rows) <= SHARE * row_count or row_count < 3):
            yield words, cells

"""Cuts the faces of fonts.py out of their packages: `python -m campaign.media.cutting [FOLDER [NAME...]]`.

Run as a program of its own; nothing that serves imports it.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from campaign.media.files import written
from campaign.media.fonts import CUTS, Cut, folder

FIGURES = ("lnum", "tnum")  # tables and dates ask for them by name


def cut_all(into: Path, names: list[str]) -> None:
    """Cut the named faces into a folder, several at once; what is there already stays."""
    missing = [name for name in names if not (into / name).exists()]
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(partial(cut_one, into), missing))


def cut_one(into: Path, name: str) -> None:
    """Write one cut, whole or not at all."""
    font = carved(CUTS[name])
    with written(into / name, mode=0o644) as out:
        font.save(out)


def carved(cut: Cut) -> TTFont:
    """Return a face with the characters and the axes of a cut alone, to be packed as woff2."""
    font = TTFont(cut.source)
    options = Options()
    options.layout_features = [*options.layout_features, *FIGURES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters(cut.characters))
    subsetter.subset(font)
    narrow = instantiateVariableFont(font, {axis: _limit(*ends) for axis, ends in cut.axes.items()})
    narrow.flavor = "woff2"
    return narrow


def _limit(low: float, high: float) -> float | tuple[float, float]:
    return low if low == high else (low, high)


def characters(ranges: str) -> set[int]:
    """Return the code points of "U+0041-005A, U+0131"."""
    return {point for part in ranges.split(",") for point in _points(part.strip().removeprefix("U+"))}


def _points(part: str) -> Iterator[int]:
    first, _, last = part.partition("-")
    return iter(range(int(first, 16), int(last or first, 16) + 1))


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:2]]
    cut_all((given or [folder()])[0], sys.argv[2:] or list(CUTS))

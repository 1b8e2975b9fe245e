"""The result table of the benchmarks, and a line of it."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec


class Took(NamedTuple):
    """How long something took: on the wall, where others on the machine count, and of the processor."""

    wall: float
    cpu: float


class Figure(msgspec.Struct, frozen=True):
    """What was measured, beside its anchor (in the same unit, from the same run), and what is wanted of it."""

    what: str
    value: float
    unit: str
    anchor: str = ""
    anchor_value: float | None = None
    ratio: float | None = None
    goal: str = ""


COLUMNS = ("what", "measured", "anchor of the same run", "ratio", "goal")


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table, columns aligned."""
    rows = [COLUMNS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    anchor = figure.anchor
    if figure.anchor_value is not None:
        anchor = f"{figure.anchor}: {_number(figure.anchor_value)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.what, f"{_number(figure.value)} {figure.unit}", anchor, ratio, figure.goal


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"

"""The map of a sheet: what each column means, and what holds for the whole sheet; columns split, joined, then read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from campaign.dates.columns import Reading
from campaign.imports.mapping.further import Further, is_further
from campaign.imports.targets import NAMES, TARGETS
from campaign.names.scripts import script_of

BRACKETS = "()"
_UNSPACED = frozenset({"Hani", "Hang", "Hira", "Kana", "Jpan"})


class BadMap(Exception):
    """A map that can't be followed; str() says what to change."""


class Split(NamedTuple):
    """One column taken apart: its cells parted at `at`, the pieces named `into`; "()" parts off what is in brackets."""

    at: str
    into: tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """What the columns mean (header to target), what names a row's person again, what holds for the whole sheet.

    `splits` (by header) and `joins` (by the name of the column that they make, in order) make columns of other columns;
    what they use is read only through them. `dates` are answers by column. `gathers` says that a person may have
    several rows, which become one. `scheme` names the list: a number belongs to it. `source`, `status`, `consent` and
    `risk` are field values of the file's rows of that kind. `further` are sheets beside the list whose rows belong to
    its people. `sheet` and `encoding` say how the file is read.
    `remarks` say, by header, what a person should know of how a column is read; no file of a map holds them.
    """

    columns: dict[str, str]
    key: tuple[str, ...] = ()
    gathers: bool = False
    scheme: str = "sheet"
    tag: str = ""
    as_of: str = ""
    language: str = ""
    splits: dict[str, Split] = field(default_factory=dict)
    joins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, Reading] = field(default_factory=dict)
    sheet: str = ""
    encoding: str = ""
    further: dict[str, Further] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    status: dict[str, Any] = field(default_factory=dict)
    consent: dict[str, Any] = field(default_factory=dict)
    risk: dict[str, Any] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def used(self) -> frozenset[str]:
        """The columns that are read only through a split or a join."""
        return frozenset(self.splits) | {part for parts in self.joins.values() for part in parts}

    @property
    def read_columns(self) -> dict[str, str]:
        """The columns whose cells are read, and their targets: those of the sheet and those that are made of them."""
        return {column: target for column, target in self.columns.items() if column not in self.used}

    @property
    def has_name(self) -> bool:
        """Whether a column is read as the name of the person, or as a part of it."""
        return not NAMES.isdisjoint(self.read_columns.values())


def arranged(cells: Mapping[str, str], chosen: Map) -> Iterator[tuple[str, str, str]]:
    """Yield column, target and cell of each column of a row that is read, after splits and joins.

    Cells of further sheets are rows of their own, and are left out.
    """
    held = dict(cells)
    for header, split in chosen.splits.items():
        held |= dict(zip(split.into, pieces(held.get(header, ""), split), strict=True))
    for made, parts in chosen.joins.items():
        held[made] = joined([held.get(part, "") for part in parts], chosen.columns.get(made, "note"))
    for column, cell in held.items():
        if column not in chosen.used and not is_further(column, chosen.further):
            yield column, chosen.columns.get(column, "note"), cell


def pieces(cell: str, split: Split) -> list[str]:
    """Return as many pieces of a cell as a split names; the last holds whatever is left, missing ones are empty."""
    count = len(split.into)
    if split.at == BRACKETS:
        outside, _, inside = cell.partition("(")
        inside, _, after = inside.rpartition(")") if ")" in inside else (inside, "", "")
        found = [" ".join((outside + after).split()), inside.strip()]
    else:
        found = [piece.strip() for piece in cell.split(split.at, count - 1)]
    return [*found, *[""] * count][:count]


def joined(cells: list[str], target: str) -> str:
    """Return cells as one, in their order, with what stands between several columns of the target; blank ones out."""
    said = [cell.strip() for cell in cells if cell.strip()]
    if target in NAMES:
        return ("" if said and all(script_of(cell) in _UNSPACED for cell in said) else " ").join(said)
    between = TARGETS[target].joined
    return ("; " if between in {"", "each"} else between).join(said)

"""How each column of a sheet was read: what it means, and what some of its cells came to.

An example is read as a row of that one cell: what it fills, the column fills by itself.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from campaign.cases.diff import Change, differences
from campaign.cases.file import CaseFile
from campaign.imports.mapping import Map
from campaign.imports.mapping.looks import sample
from campaign.imports.rows import build
from campaign.imports.targets import TARGETS
from campaign.sheets import Sheet

EXAMPLES: Final = 3
# Cells that are taken as they stand, so that an example would tell nothing.
PLAIN: Final = frozenset({"id", "ignore", "name", "note", "occupation", "employer", "summary", "tag", "source_url"})
# Fields that do not come of the cell, but stand beside what does.
BESIDE: Final = frozenset({
    "citations", "notes", "salt", "is_preferred", "is_public", "is_confidential", "script", "scheme", "confidence",
    "status_confidence", "status_override_reason", "reliability", "public_line", "needs_second", "confirmed_by",
    "confirmed_on", "assessed_by", "assessed_on", "stated_by", "source_id", "fingerprint",
})  # fmt: skip


class Example(NamedTuple):
    """A cell, and the fields that it fills."""

    cell: str
    fields: tuple[Change, ...]


class ColumnRead(NamedTuple):
    """A column: its header, its target and what that is called, how many cells are filled, examples of what was read.

    `target` is "" where the column is read only through another that was made of it (a split or a join).
    """

    header: str
    target: str
    label: str
    filled: int
    examples: tuple[Example, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the column as `--json` prints it."""
        examples = [
            {
                "cell": one.cell,
                "read": {field.path.rpartition("/")[2]: msgspec.to_builtins(field.after) for field in one.fields},
            }
            for one in self.examples
        ]
        told = {"header": self.header, "target": self.target, "label": self.label, "filled": self.filled}
        return {**told, "examples": examples}


def columns_read(sheet: Sheet, mapping: Map) -> Iterator[ColumnRead]:
    """Yield how each column of a sheet is read."""
    for header in sheet.headers:
        cells = [cell for cell in sheet.column(header) if cell.strip()]
        target = "" if header in mapping.used else mapping.columns.get(header, "note")
        label = TARGETS[target].label if target else "Read together with another column, or in parts"
        some = () if target in PLAIN or not target else _examples(cells, header, mapping)
        yield ColumnRead(header, target, label, len(cells), tuple(some))


def _examples(cells: list[str], header: str, mapping: Map) -> Iterator[Example]:
    for cell in sample(cells)[:EXAMPLES]:
        draft = build({header: cell}, _alone(mapping), key="", number=0, sheet_year=None)
        yield Example(cell, tuple(_told(differences(CaseFile(), draft.file))))


def _alone(mapping: Map) -> Map:
    """Return a map that says only what the columns mean."""
    return Map(mapping.columns, language=mapping.language, dates=mapping.dates)


def _told(changes: Iterable[Change]) -> Iterator[Change]:
    return (one for one in changes if BESIDE.isdisjoint({one.path.split("/")[0], one.path.rpartition("/")[2]}))

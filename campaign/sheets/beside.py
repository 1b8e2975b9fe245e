"""What an .xlsx says beside the values of its cells, read in one pass over each sheet.

Formats, comments, links, colours, hidden and struck rows and cells, merged ranges, formulas without results, errors.
The pass also counts rows, columns and cells before anything loads the sheet whole; its own `dimension` is not believed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from campaign.sheets.colours import telling_rows
from campaign.sheets.limits import TooLarge, refuse_extent
from campaign.sheets.package import Package, new_parser
from campaign.sheets.styles import Styles
from campaign.sheets.workbook import CellNote

REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
LINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"\s*[,)]', re.IGNORECASE)  # a piece of an address is none
TRUE = frozenset({"1", "true", "on"})
MOST_ELEMENTS = 2_500_000  # rows and cells that hold nothing included
MOST_NOTES = 200_000
WHOLE_ROW = 3  # struck or coloured cells of a row from which on it is the row that is


def place_of(ref: str) -> tuple[int, int]:
    """Return the row number and the place of the column (A is 0) of a reference; (0, 0) for what is none."""
    found = REF.match(ref)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def range_of(ref: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row, last column of a range or a single cell."""
    first, _, last = ref.partition(":")
    return (*place_of(first), *place_of(last or first))


@dataclass
class Beside:
    """What stands beside the values of one sheet; rows by number, columns by place."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[CellNote] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class _Pass:
    """One pass over the XML of a sheet. The names of elements bear the prefix of the first one, if it has one."""

    def __init__(self, styles: Styles) -> None:
        self.styles, self.telling = styles, styles.telling
        # Of texts only those are looked at that are struck in part, if there are any.
        self.telling_types = {"e", "s"} if styles.struck_texts else {"e"}
        self.found = Beside()
        self.links: list[tuple[str, str, str]] = []
        self.struck: dict[int, list[int]] = {}
        self.coloured: dict[str, dict[int, list[int]]] = {}
        self.filled_rows = 0
        self.tags: dict[str, str] = {}
        self.row = self.column = self.elements = self.cells = 0
        self.first_row = self.last_row = self.width = 0
        self.is_hidden = self.has_value = self.has_result = False
        self.cell: Mapping[str, str] = {}
        self.formula = self.error = self.inside = ""
        self.parser = new_parser()
        self.parser.StartElementHandler = self.root

    def root(self, tag: str, _: Mapping[str, str]) -> None:
        prefix = tag[: -len("worksheet")] if tag.endswith("worksheet") else ""
        names = ("row", "c", "f", "v", "is", "col", "mergeCell", "hyperlink", "strike")
        self.tags = {prefix + name: name for name in names}
        self.parser.StartElementHandler = self.started

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        # Most of all elements are cells and their values: whatever can wait is left for the few that say more.
        name = self.tags.get(tag)
        if name == "c":
            if self.formula:
                self.ended_formula()
            self.cell = attributes
            self.column += 1
        elif name == "v" or name == "is":
            self.cells += 1
            self.has_value = True
            cell = self.cell
            if self.formula or cell.get("s") in self.telling or cell.get("t") in self.telling_types:
                self.value(cell.get("t", "n"), cell.get("s", ""))
        elif name == "f":
            self.begun_formula()
        elif name == "row":
            self.begun_row(attributes)
        elif name is not None:
            self.other(name, attributes)

    def here(self) -> tuple[int, int]:
        """Return the place of the cell, by its reference or, where it has none, by counting."""
        ref = self.cell.get("r")
        row, column = place_of(ref) if ref else (self.row, self.column - 1)
        self.column = max(self.column, column + 1)
        return row or self.row, column

    def begun_row(self, attributes: Mapping[str, str]) -> None:
        if self.formula:
            self.ended_formula()
        self.ended_row()
        stated = attributes.get("r", "")
        self.row = int(stated) if stated.isdecimal() else self.row + 1
        self.column, self.has_value, self.cell = 0, False, {}
        self.is_hidden = attributes.get("hidden") in TRUE or _is_nothing(attributes.get("ht"))

    def ended_row(self) -> None:
        """Count a row that held something; its last cell says how wide it is."""
        self.count(1 + self.column)
        if not self.has_value:
            return
        _, column = self.here()
        self.filled_rows += 1
        self.first_row = self.first_row or self.row
        self.last_row, self.width = max(self.last_row, self.row), max(self.width, column + 1)
        refuse_extent(rows=self.last_row - self.first_row + 1, columns=self.width, cells=self.cells)
        refuse_notes(self.found.notes)
        if self.is_hidden:
            self.found.notes.append(CellNote(self.row, "", "hidden"))

    def count(self, elements: int) -> None:
        self.elements += elements
        if self.elements > MOST_ELEMENTS:
            raise TooLarge(f"The sheet has more than {MOST_ELEMENTS:,} rows and cells. Delete those that hold nothing.")

    def value(self, kind: str, style: str) -> None:
        """Take what the cell says beside its value."""
        if self.formula:
            self.inside = "v"
        if kind == "e":
            self.inside, self.formula = "e", self.formula or "="
            self.parser.CharacterDataHandler = self.said
            return
        if kind == "s" and self.styles.struck_texts and not self.formula:
            self.inside = "s"
            self.parser.CharacterDataHandler = self.said
        if style in self.telling:
            row, column = self.here()
            if style in self.styles.struck:
                self.struck.setdefault(row, []).append(column)
            if style in self.styles.veiled:
                self.found.notes.append(CellNote(row, str(column), "hidden"))
            if words := self.styles.coloured.get(style):
                self.coloured.setdefault(words, {}).setdefault(row, []).append(column)
            if kind == "n" and (shown_as := self.styles.formats.get(style)):
                self.found.formats[row, column] = shown_as

    def add_struck(self) -> None:
        row, column = self.here()
        if column not in self.struck.setdefault(row, []):
            self.struck[row].append(column)

    def begun_formula(self) -> None:
        self.formula, self.inside, self.has_result = "=", "f", False
        self.parser.CharacterDataHandler = self.said

    def said(self, text: str) -> None:
        if self.inside == "v":
            self.has_result = True
        elif self.inside == "e":
            self.error += text
        elif self.inside == "s":
            self.inside = ""
            if text in self.styles.struck_texts:
                self.add_struck()
        elif self.inside == "f":
            self.formula += text

    def ended_formula(self) -> None:
        self.parser.CharacterDataHandler = None
        row, column = self.here()
        if self.error:
            self.found.notes.append(CellNote(row, str(column), "error", self.error[:20]))
        elif not self.has_result and self.cell.get("t") != "str":
            self.has_value = True
            self.found.notes.append(CellNote(row, str(column), "formula", self.formula[:200]))
        if link := LINK.search(self.formula):
            self.found.notes.append(CellNote(row, str(column), "link", link[1]))
        self.formula = self.inside = self.error = ""

    def other(self, name: str, attributes: Mapping[str, str]) -> None:
        self.count(1)
        if name == "strike" and attributes.get("val", "1") in TRUE:
            self.add_struck()
        elif name == "col" and (attributes.get("hidden") in TRUE or _is_nothing(attributes.get("width"))):
            self.found.hidden_columns.append((_number(attributes, "min") - 1, _number(attributes, "max") - 1))
        elif name == "mergeCell":
            self.found.merged.append(range_of(attributes.get("ref", "")))
        elif name == "hyperlink":
            target = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.links.append((attributes.get("ref", ""), target, attributes.get("location", "")))


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _is_nothing(size: str | None) -> bool:
    """Tell whether a height or a width is none, by which people hide rows and columns too."""
    return size is not None and not size.strip("0.")


def beside(package: Package, part: str, styles: Styles) -> Beside:
    """Return what stands beside the values of a sheet. Raises TooLarge for one that is larger than is read."""
    one = _Pass(styles)
    package.feed(one.parser, part)
    if one.formula:
        one.ended_formula()
    one.ended_row()
    found, relations = one.found, package.relations(part)
    ranges = [range(first, min(last + 1, one.width)) for first, last in found.hidden_columns[:1000]]
    rows = telling_rows(one.coloured, one.filled_rows)
    coloured = chain.from_iterable(_of_cells(cells, "coloured", words) for words, cells in rows)
    later = chain(
        _of_cells(one.struck, "struck"), coloured, _links(one.links, relations), _comments(package, relations)
    )
    found.notes += [CellNote(0, str(column), "hidden") for column in sorted(set(chain(*ranges)))]
    found.notes += islice(later, MOST_NOTES)
    refuse_notes(found.notes)
    return found


def refuse_notes(notes: Sequence[CellNote]) -> None:
    """Raise TooLarge for more comments, links and the like than a person could ever look at."""
    if len(notes) >= MOST_NOTES:
        raise TooLarge(f"The sheet has more than {MOST_NOTES:,} comments, links and the like. Copy its cells alone.")


def _of_cells(cells: Mapping[int, list[int]], kind: str, words: str = "") -> Iterator[CellNote]:
    for row, columns in cells.items():
        if len(columns) >= WHOLE_ROW:
            yield CellNote(row, "", kind, words)
        else:
            yield from (CellNote(row, str(column), kind, words) for column in columns)


def _links(links: list[tuple[str, str, str]], relations: Mapping[str, tuple[str, str]]) -> Iterator[CellNote]:
    for ref, target, location in links:
        row, column, last, _ = range_of(ref)
        address = relations.get(target, ("", ""))[1]
        words = f"{address}#{location}" if address and location else address or location
        for number in range(row, min(last, row + 1000) + 1):
            if words:
                yield CellNote(number, str(column), "link", words)


def _comments(package: Package, relations: Mapping[str, tuple[str, str]]) -> Iterator[CellNote]:
    """Yield the comments of a sheet; of a conversation, what was said in it and not the notice beside it."""
    said: dict[str, list[str]] = {}
    for kind in ("threadedComment", "comments"):
        of_kind: dict[str, list[str]] = {}
        for part in [part for type_, part in relations.values() if type_ == kind]:
            _gather(package, part, of_kind)
        said = {**of_kind, **said}
    for ref, words in said.items():
        row, column = place_of(ref)
        yield CellNote(row, str(column), "comment", " ".join("".join(words).split()))


def _gather(package: Package, part: str, said: dict[str, list[str]]) -> None:
    current: list[str] = []
    is_text = False

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal current, is_text
        if tag in {"comment", "threadedComment"}:
            current = said.setdefault(attributes.get("ref", ""), [])
            current.append(" ")
        is_text = tag in {"t", "text"}

    def text(words: str) -> None:
        if is_text:
            current.append(words)

    package.scan(part, started, text)

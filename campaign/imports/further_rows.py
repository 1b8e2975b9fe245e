"""Rows of further sheets, laid beside the cells of the people that they belong to, and told where they are nobody's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campaign.duplicates.search import Warned
from campaign.imports.draft import clean
from campaign.imports.mapping import Map
from campaign.imports.mapping.further import Further, Place, folded_number, rows_in, taken
from campaign.sheets import Sheet

ALIKE = 0.5  # share of their cells by which two rows of different readings are one


class Belonging(NamedTuple):
    """The rows of further sheets, by the number of the list's row that they belong to; and what is told of the rest."""

    rows: dict[int, list[tuple[str, dict[str, str]]]]
    strays: list[Warned]

    def beside(self, cells: Mapping[str, str], numbers: Sequence[int]) -> dict[str, str]:
        """Return the cells of a person and, under names of their own, those of the rows that belong to them."""
        found, counts = dict(cells), defaultdict[str, int](int)
        for name, row in (one for number in numbers for one in self.rows.get(number, ())):
            counts[name] += 1
            place = Place(name, counts[name])
            found |= {place.cell(column): cell for column, cell in row.items()}
        return found


def belonging(sheet: Sheet, mapping: Map) -> Belonging:
    """Return whose row each row of the further sheets is, as the map says."""
    rows: dict[int, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    strays: list[Warned] = []
    for other in sheet.others:
        further = mapping.further.get(other.name, Further("ignore"))
        if further.kind == "ignore":
            continue
        owners = _owners(sheet, further.number, mapping)
        for number, cells in zip(other.numbers, other.rows, strict=True):
            row = dict(zip(other.headers, cells, strict=True))
            said = row[further.column]
            found = owners.get(folded_number(said), [])
            if len(found) == 1:
                rows[found[0]].append((other.name, _taken(row, further)))
            else:
                strays.append(_stray(other.name, number, further, said, len(found)))
    return Belonging(rows, strays)


def not_taken(sheet: Sheet, mapping: Map) -> Iterator[Warned]:
    """Yield the rows of further sheets that are nobody's for certain, and each sheet that is not taken."""
    yield from belonging(sheet, mapping).strays
    yield from (Warned(1, "", "", sentence) for sentence in sheet.not_taken(taken(mapping.further)))


def _owners(sheet: Sheet, header: str, mapping: Map) -> dict[str, list[int]]:
    """Return the rows of the list by their number; of several rows of one person the first."""
    found: dict[str, dict[object, int]] = defaultdict(dict)
    places = [sheet.headers.index(one) for one in mapping.key] if mapping.gathers else []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        said = folded_number(row[sheet.headers.index(header)])
        person = tuple(folded_number(row[place]) for place in places) or number
        if said:
            found[said].setdefault(person, number)
    return {said: [*rows.values()] for said, rows in found.items()}


def _taken(row: Mapping[str, str], further: Further) -> dict[str, str]:
    """Return the cells of a row that say something; what only links and counts moves from export to export."""
    said = ((column, clean(cell)) for column, cell in row.items())
    return {column: cell for column, cell in said if cell and column != further.column and not column.startswith("_")}


def _stray(name: str, number: int, further: Further, said: str, count: int) -> Warned:
    why = f"{count} rows of the list have this “{further.number}”" if count else f"no row has this “{further.number}”"
    message = f"Row {number} of sheet “{name}” belongs to nobody for certain: {why}. It is not taken."
    return Warned(number, f"{name} → {further.column}", said.strip(), message)


def placed(cells: Mapping[str, str], before: Mapping[str, str], mapping: Map) -> dict[str, str]:
    """Return a person's cells, rows of further sheets in the places that they had in the last reading.

    A row that is not there any more leaves its place empty, and a new one takes a new place: nothing is mistaken for
    something else because a row was put in or taken out.
    """
    now, then = rows_in(cells, mapping.further), rows_in(before, mapping.further)
    if not now:
        return dict(cells)
    places = dict(_pairs(now, then))
    taken = {*then, *places.values()}
    for place in now:
        if place not in places:
            places[place] = _free(place.sheet, taken)
            taken.add(places[place])
    renamed = {place.cell(column): places[place].cell(column) for place, row in now.items() for column in row}
    return {renamed.get(name, name): cell for name, cell in cells.items()}


def _pairs(now: Mapping[Place, dict[str, str]], then: Mapping[Place, dict[str, str]]) -> Iterator[tuple[Place, Place]]:
    """Yield each row with the earlier one that it surely is: the most alike first."""
    likeness = [
        (-share, one, other)
        for one, row in now.items()
        for other, earlier in then.items()
        if one.sheet == other.sheet and (share := _share(row, earlier)) >= ALIKE
    ]
    used: set[tuple[str, Place]] = set()
    for _, one, other in sorted(likeness):
        if not {("now", one), ("then", other)} & used:
            used |= {("now", one), ("then", other)}
            yield one, other


def _share(row: Mapping[str, str], earlier: Mapping[str, str]) -> float:
    columns = row.keys() | earlier.keys()
    return sum(row.get(column) == earlier.get(column) for column in columns) / len(columns)


def _free(sheet: str, taken: set[Place]) -> Place:
    count = 1 + max((one.place for one in taken if one.sheet == sheet), default=0)
    return Place(sheet, count)

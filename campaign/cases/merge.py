"""Three-way merge of two people's changes to one case file, field by field.

What only one side changed is taken without asking. What both changed, each otherwise, is a conflict in which a person
chooses a side. Rows are the same row where their ids are, wherever they stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from campaign.cases.classification import Field, Row, Visibility, closest, fields_of
from campaign.cases.file import CaseFile

S = TypeVar("S", bound=msgspec.Struct)
Side = Literal["theirs", "mine"]


@dataclass(frozen=True)
class Conflict:
    """A field that both sides changed, or a row that one changed and the other removed (then that side is None)."""

    path: str
    label: str
    before: Any
    theirs: Any
    mine: Any
    visibility: Visibility


class Merged(NamedTuple):
    """The file put together, and the conflicts left to a person; until then `file` holds theirs in those places."""

    file: CaseFile
    conflicts: list[Conflict]


def merge(before: CaseFile, theirs: CaseFile, mine: CaseFile, choices: Mapping[str, Side] | None = None) -> Merged:
    """Put two descendants of `before` together. `choices` says, by path, which side holds where both changed."""
    merging = _Merging(choices or {})
    return Merged(merging.struct(before, theirs, mine, _ROOT), merging.conflicts)


class _Place(NamedTuple):
    """Where in the file: path with its final slash, labels so far, the visibility of what lies above."""

    path: str
    labels: tuple[str, ...]
    visibility: Visibility

    def at(self, field: Field) -> "_Place":
        visibility = closest(self.visibility, field.mark.visibility)
        return _Place(f"{self.path}{field.name}", (*self.labels, field.label), visibility)

    def inside(self, row_id: str = "") -> "_Place":
        return self._replace(path=f"{self.path}/{row_id}/" if row_id else f"{self.path}/")


_ROOT = _Place("", (), Visibility.PUBLIC)


@dataclass
class _Merging:
    choices: Mapping[str, Side]
    conflicts: list[Conflict] = field(default_factory=list)

    def struct(self, before: S, theirs: S, mine: S, place: _Place) -> S:
        changes: dict[str, Any] = {}
        for one in fields_of(type(theirs)):
            three = (getattr(before, one.name), getattr(theirs, one.name), getattr(mine, one.name))
            changes[one.name] = self.field(one, three, place.at(one))
        return msgspec.structs.replace(theirs, **changes)

    def field(self, one: Field, three: tuple[Any, Any, Any], place: _Place) -> Any:
        before, theirs, mine = three
        if theirs == mine or mine == before:
            return theirs
        if theirs == before:
            return mine
        if one.shape == "part":
            return self.struct(before, theirs, mine, place.inside())
        if one.shape == "rows":
            return self.rows(before, theirs, mine, place)
        return self.decide(before, theirs, mine, place)

    def decide(self, before: Any, theirs: Any, mine: Any, place: _Place) -> Any:
        side = self.choices.get(place.path)
        if side is None:
            label = ", ".join(place.labels)
            self.conflicts.append(Conflict(place.path, label, before, theirs, mine, place.visibility))
        return mine if side == "mine" else theirs

    def rows(self, before: list[Row], theirs: list[Row], mine: list[Row], place: _Place) -> list[Row]:
        sides = [{row.id: row for row in rows} for rows in (before, theirs, mine)]
        ids = _order(before, theirs, mine)
        merged = (self.row(sides[0].get(one), sides[1].get(one), sides[2].get(one), place) for one in ids)
        return [row for row in merged if row is not None]

    def row(self, before: Row | None, theirs: Row | None, mine: Row | None, place: _Place) -> Row | None:
        if theirs is not None and mine is not None:
            before = before or type(theirs)(id=theirs.id)
            return self.struct(before, theirs, mine, place.inside(theirs.id))
        if before is None:
            return theirs or mine
        kept = theirs or mine
        if kept is None or kept == before:
            return None
        closed = place._replace(path=f"{place.path}/{kept.id}", visibility=_closest_in(type(kept), place.visibility))
        decided: Row | None = self.decide(before, theirs, mine, closed)
        return decided


def _closest_in(struct: type[msgspec.Struct], above: Visibility) -> Visibility:
    for one in fields_of(struct):
        above = closest(above, one.mark.visibility)
        above = _closest_in(one.struct, above) if one.struct else above
    return above


def _order(before: Sequence[Row], theirs: Sequence[Row], mine: Sequence[Row]) -> list[str]:
    """Return every id once: in the order of the side that moved rows, the other's new rows after their neighbours."""
    ids = [[row.id for row in rows] for rows in (before, theirs, mine)]
    kept = [row_id for row_id in ids[1] if row_id in ids[0]]
    theirs_moved = kept != [row_id for row_id in ids[0] if row_id in kept]
    order, other = (list(ids[1]), ids[2]) if theirs_moved else (list(ids[2]), ids[1])
    for position, row_id in enumerate(other):
        if row_id not in order:
            after = next((order.index(near) + 1 for near in reversed(other[:position]) if near in order), 0)
            order.insert(after, row_id)
    return order

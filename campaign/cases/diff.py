"""Diff of two case files, field by field, and the paths of the facts that a citation may point at."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import msgspec

from campaign.cases.classification import Field, Row, Visibility, closest, default_of, fields_of
from campaign.cases.file import CaseFile

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True)
class Change:
    """One field that differs; None on the side where its row does not exist."""

    path: str
    label: str
    before: Any
    after: Any
    visibility: Visibility


def differences(before: CaseFile, after: CaseFile) -> list[Change]:
    """Return every field that differs, in the order of the form. A new or removed row is told by its filled fields.

    Rows that only changed places are one change at the list, with the ids in their order.
    """
    return list(_struct(before, after, "", (), Visibility.PUBLIC))


def _struct(
    before: msgspec.Struct, after: msgspec.Struct, path: str, labels: tuple[str, ...], above: Visibility
) -> Iterator[Change]:
    for field in fields_of(type(after)):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        here, names = f"{path}{field.name}", (*labels, field.label)
        seen = closest(above, field.mark.visibility)
        if field.shape == "part":
            yield from _struct(old, new, f"{here}/", names, seen)
        elif field.shape == "rows":
            yield from _rows(old, new, here, names, seen)
        else:
            yield Change(here, ", ".join(names), old, new, seen)


def _rows(
    before: list[Row], after: list[Row], path: str, labels: tuple[str, ...], above: Visibility
) -> Iterator[Change]:
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    common = [[row_id for row_id in side if row_id in old and row_id in new] for side in (old, new)]
    if common[0] != common[1]:
        yield Change(path, ", ".join((*labels, "order")), common[0], common[1], above)
    for row in after:
        if row.id in old:
            yield from _struct(old[row.id], row, f"{path}/{row.id}/", labels, above)
        else:
            yield from _whole(row, f"{path}/{row.id}", labels, above, is_new=True)
    for row in before:
        if row.id not in new:
            yield from _whole(row, f"{path}/{row.id}", labels, above, is_new=False)


def _whole(row: Row, path: str, labels: tuple[str, ...], above: Visibility, *, is_new: bool) -> Iterator[Change]:
    """Tell a row that exists on one side only, by its filled fields; an empty one by itself."""
    told = [Change(path, ", ".join(labels), *_sides(row.id, is_new), above)]
    filled = list(_filled(row, f"{path}/", labels, above, is_new))
    yield from filled or told


def _filled(
    struct: msgspec.Struct, path: str, labels: tuple[str, ...], above: Visibility, is_new: bool
) -> Iterator[Change]:
    for field in fields_of(type(struct)):
        value = getattr(struct, field.name)
        if not _is_filled(struct, field, value):
            continue
        here, names = f"{path}{field.name}", (*labels, field.label)
        seen = closest(above, field.mark.visibility)
        if field.shape == "part":
            yield from _filled(value, f"{here}/", names, seen, is_new)
        elif field.shape == "rows":
            for row in value:
                yield from _whole(row, f"{here}/{row.id}", names, seen, is_new=is_new)
        else:
            yield Change(here, ", ".join(names), *_sides(value, is_new), seen)


def _is_filled(struct: msgspec.Struct, field: Field, value: object) -> bool:
    return bool(value != default_of(type(struct), field.name))


def _sides(value: Any, is_new: bool) -> tuple[Any, Any]:
    return (None, value) if is_new else (value, None)


# What does not come back with an earlier file: a consent that was withdrawn, above all.
STAY = ("consents", "risks", "decisions", "contacts")


def put_back(now: S, then: S, path: str) -> S:
    """Return a struct with what an earlier one says at the path of a change.

    A row that was added since goes as a whole, one that was removed comes back as a whole, last of its list; at the
    path of a list its rows take their places of then. Raises AttributeError for a path of no field.
    """
    name, _, rest = path.partition("/")
    mine, theirs = getattr(now, name), getattr(then, name)
    if any(field.name == name and field.shape == "rows" for field in fields_of(type(now))):
        value: Any = _rows_put_back(mine, theirs, rest) if rest else _ordered(mine, theirs)
    else:
        value = put_back(mine, theirs, rest) if rest else theirs
    return msgspec.structs.replace(now, **{name: value})


def _rows_put_back(mine: list[Row], theirs: list[Row], path: str) -> list[Row]:
    row_id, _, deeper = path.partition("/")
    old = next((row for row in theirs if row.id == row_id), None)
    if old is None:
        return [row for row in mine if row.id != row_id]
    if all(row.id != row_id for row in mine):
        return [*mine, old]
    return [row if row.id != row_id else put_back(row, old, deeper) if deeper else old for row in mine]


def _ordered(mine: list[Row], theirs: list[Row]) -> list[Row]:
    place = {row.id: n for n, row in enumerate(theirs)}
    return sorted(mine, key=lambda row: place.get(row.id, len(place)))


# What does not state anything about the person, or never leaves, is cited by nobody.
_NOT_FACTS = {"sources", "citations", "our_view", "consents", "risks", "decisions", "notes", "contacts", "tags", "salt"}


def fact_paths(file: CaseFile) -> list[str]:
    """Return the path of every field, part and row that may be cited, and "status", in the order of the file.

    Such as "birth", "names/3fa9c1d2", "episodes/07b1e4aa/reason_stated", "episodes/07b1e4aa/events/51c0de77".
    """
    found = ["status"]
    _add_paths(file, "", _NOT_FACTS, found)
    return found


def _add_paths(struct: msgspec.Struct, path: str, leave_out: set[str], found: list[str]) -> None:
    # No generator: an import asks for the paths of thousands of files, a hundred and more of each.
    for field in fields_of(type(struct)):
        if field.name in leave_out:
            continue
        here = f"{path}{field.name}"
        if field.shape == "rows":
            for row in getattr(struct, field.name):
                found.append(f"{here}/{row.id}")
                _add_paths(row, f"{here}/{row.id}/", set(), found)
            continue
        found.append(here)
        if field.shape == "part":
            _add_paths(getattr(struct, field.name), f"{here}/", set(), found)


def row_ids(struct: msgspec.Struct) -> Iterator[str]:
    """Yield the id of every row of a file, at every depth."""
    for field in _groups_of(type(struct)):
        value = getattr(struct, field.name)
        if field.shape == "part":
            yield from row_ids(value)
        else:
            for row in value:
                yield row.id
                yield from row_ids(row)


@cache
def _groups_of(kind: type[msgspec.Struct]) -> tuple[Field, ...]:
    # Parts and rows: few beside the values of a file, of which thousands are looked through in an import.
    return tuple(field for field in fields_of(kind) if field.shape != "value")

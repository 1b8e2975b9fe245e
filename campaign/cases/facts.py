"""The facts of a file that a citation may point at, by their paths."""

from collections.abc import Iterator
from functools import cache

import msgspec

from campaign.cases.classification import Field, fields_of
from campaign.cases.file import CaseFile

# What does not state anything about the person, or never leaves, is cited by nobody.
_NOT_FACTS = {"sources", "citations", "our_view", "consents", "risks", "decisions", "notes", "contacts", "tags", "salt"}


def fact_paths(file: CaseFile) -> list[str]:
    """Return the path of every field, part and row that may be cited, and "status", in the order of the file.

    Such as "birth", "names/3fa9c1d2", "episodes/07b1e4aa/reason_stated", "episodes/07b1e4aa/events/51c0de77".
    """
    return ["status", *_paths(file, "", _NOT_FACTS)]


def _paths(struct: msgspec.Struct, path: str, leave_out: set[str]) -> Iterator[str]:
    for field in fields_of(type(struct)):
        if field.name in leave_out:
            continue
        value = getattr(struct, field.name)
        here = f"{path}{field.name}"
        if field.shape == "rows":
            for row in value:
                yield f"{here}/{row.id}"
                yield from _paths(row, f"{here}/{row.id}/", set())
            continue
        yield here
        if field.shape == "part":
            yield from _paths(value, f"{here}/", set())


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

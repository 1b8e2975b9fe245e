"""Who may see each field of the case file, said in the field's type.

    text: Annotated[str, p("Name", "In the script it is written in")] = ""

P may be published (where the gate lets it), S is for staff, C is confidential: read only by roles that may, and every
reading is logged. A field without a mark is an error as soon as anybody walks the file.
"""

import secrets
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from campaign.vocabulary.table import Vocabulary

S = TypeVar("S", bound=msgspec.Struct)
# What the program keeps beside the words of a row: people are shown what follows from it instead.
MACHINE_MADE = frozenset({"fingerprint", "second_fingerprint", "amends", "form", "form_sha256"})
Shape = Literal["value", "rows", "part"]


class Visibility(StrEnum):
    """How far a field may go, from the most open to the most closed."""

    PUBLIC = "P"
    STAFF = "S"
    CONFIDENTIAL = "C"


_CLOSEDNESS = {visibility: place for place, visibility in enumerate(Visibility)}


@dataclass(frozen=True)
class Mark:
    """What the type of a field says of it. `never_leaves` is N of the domain: in no form, to no partner."""

    visibility: Visibility
    label: str
    hint: str = ""
    vocabulary: Vocabulary | None = None
    never_leaves: bool = False


def p(label: str, hint: str = "", *, vocabulary: Vocabulary | None = None) -> Mark:
    """Mark a field that may be published."""
    return Mark(Visibility.PUBLIC, label, hint, vocabulary)


def s(label: str, hint: str = "", *, vocabulary: Vocabulary | None = None, n: bool = False) -> Mark:
    """Mark a field for staff only."""
    return Mark(Visibility.STAFF, label, hint, vocabulary, n)


def c(label: str, hint: str = "", *, vocabulary: Vocabulary | None = None, n: bool = False) -> Mark:
    """Mark a confidential field: kept sealed, shown to roles that may read it, each reading logged."""
    return Mark(Visibility.CONFIDENTIAL, label, hint, vocabulary, n)


class Unclassified(TypeError):
    """A field whose type does not say who may see it."""


@dataclass(frozen=True)
class Field:
    """One field of a struct: its mark, and its shape.

    `shape` is "rows" for a list of structs with ids, "part" for one struct inside another, else "value";
    `struct` is the struct of rows and parts.
    """

    name: str
    mark: Mark
    shape: Shape
    struct: type[msgspec.Struct] | None
    type: Any

    @property
    def label(self) -> str:
        """Return what people call the field."""
        return self.mark.label


@cache
def fields_of(struct: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Return the fields of a struct in order, the row's own `id` aside. Raises Unclassified, naming the field."""
    hints = get_type_hints(struct, include_extras=True)
    return tuple(_field(struct, name, hints[name]) for name in struct.__struct_fields__ if name != "id")


def _field(struct: type[msgspec.Struct], name: str, hint: object) -> Field:
    marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Mark)]
    if get_origin(hint) is not Annotated or len(marks) != 1:
        raise Unclassified(f"{struct.__name__}.{name} does not say who may see it: give its type one of p, s, c")
    inner = get_args(hint)[0]
    shape, part = _shape(inner)
    return Field(name, marks[0], shape, part, inner)


def _shape(inner: Any) -> tuple[Shape, type[msgspec.Struct] | None]:
    if get_origin(inner) is list and _is_struct(get_args(inner)[0]):
        return "rows", get_args(inner)[0]
    if _is_struct(inner):
        return "part", inner
    if get_origin(inner) in (Union, types.UnionType) and any(map(_is_struct, get_args(inner))):
        raise Unclassified(f"{inner} may be nothing or a struct: give the field an empty struct instead")
    return "value", None


def _is_struct(inner: Any) -> bool:
    # Frozen structs (a partial date) are values: they change as a whole.
    return isinstance(inner, type) and issubclass(inner, msgspec.Struct) and not inner.__struct_config__.frozen


@dataclass(frozen=True)
class Leaf:
    """One value of a file: where it lies ("episodes/3fa9c1d2/reason_stated"), what it is called, how far it may go."""

    path: str
    label: str
    visibility: Visibility
    never_leaves: bool
    field: Field
    value: Any


def walk(struct: msgspec.Struct) -> Iterator[Leaf]:
    """Yield every value of a file, rows and parts opened. What lies in a closed group is at least as closed."""
    yield from _walk(struct, "", (), Visibility.PUBLIC, False)


def _walk(struct: msgspec.Struct, path: str, labels: tuple[str, ...], above: Visibility, never: bool) -> Iterator[Leaf]:
    for field in fields_of(type(struct)):
        value = getattr(struct, field.name)
        here = f"{path}{field.name}"
        names = (*labels, field.label)
        seen = closest(above, field.mark.visibility)
        stays = never or field.mark.never_leaves
        if field.shape == "rows":
            for row in value:
                yield from _walk(row, f"{here}/{row.id}/", names, seen, stays)
        elif field.shape == "part":
            yield from _walk(value, f"{here}/", names, seen, stays)
        else:
            yield Leaf(here, ", ".join(names), seen, stays, field, value)


def closest(first: Visibility, second: Visibility) -> Visibility:
    """Return the more closed of two visibilities."""
    return first if _CLOSEDNESS[first] >= _CLOSEDNESS[second] else second


def redact(file: S, *, may_read_confidential: bool) -> S:
    """Return the file as somebody may read it: as it is, or a copy with every confidential value emptied.

    A redacted copy is for reading: saved as it is, it would empty what it hides.
    """
    return file if may_read_confidential else _without_confidential(file)


def _without_confidential(struct: S) -> S:
    changes: dict[str, Any] = {}
    for field in fields_of(type(struct)):
        value = getattr(struct, field.name)
        if field.mark.visibility is Visibility.CONFIDENTIAL:
            changes[field.name] = default_of(type(struct), field.name)
        elif field.shape == "rows":
            changes[field.name] = [_without_confidential(row) for row in value]
        elif field.shape == "part":
            changes[field.name] = _without_confidential(value)
    return msgspec.structs.replace(struct, **changes)


def default_of(struct: type[msgspec.Struct], name: str) -> Any:
    """Return the value that a field has when nobody filled it: fresh where it is a list."""
    field = _defaults(struct)[name]
    return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()


@cache
def _defaults(struct: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(struct)}


def is_empty(part: msgspec.Struct) -> bool:
    """Whether nobody filled any field of a part: most parts of a file are so, and need no walk."""
    return bool(part == _nothing(type(part)))


@cache
def _nothing(struct: type[msgspec.Struct]) -> msgspec.Struct:
    return struct()


def new_id() -> str:
    """Return eight random hex digits, by which a row is found again in every revision and cited."""
    return secrets.token_hex(4)


class Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing inside a file that is always there, empty or not, such as a sentence."""


class Row(Part, kw_only=True):
    """One of several things of a kind, such as a name. Its id stays with it for good."""

    id: str = msgspec.field(default_factory=new_id)

"""Exactly what would leave, beside what is public now, with what stays behind and why."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from campaign.cases.models import Case
from campaign.cases.revisions import head
from campaign.ledger.documents import Profile
from campaign.publishing.asking import is_listed, next_kind, projection_of
from campaign.publishing.meta import Withheld
from campaign.publishing.narrow import BOOKKEEPING
from campaign.publishing.taking import listed_document

NOT_SHOWN = BOOKKEEPING | {"first_published_at", "ref"}


@dataclass(frozen=True)
class Difference:
    """One fact that is otherwise in the document that would leave; None where one side does not have it."""

    path: str
    public_now: object
    would_leave: object


@dataclass(frozen=True)
class Preview:
    """What a publication would do. `public_now` is None where nothing is public."""

    document: Profile
    public_now: Profile | None
    differences: tuple[Difference, ...]
    withheld: tuple[Withheld, ...]


def preview(case: Case) -> Preview:
    """Return what would leave if the newest file of a case were published now. Raises CannotProject."""
    projection = projection_of(case, head(case), kind=next_kind(case.ref))
    public = listed_document(case.ref) if is_listed(case.ref) else None
    return Preview(projection.document, public, tuple(differences(public, projection.document)), projection.withheld)


def differences(public: Profile | None, coming: Profile) -> Iterator[Difference]:
    """Yield each fact in which two documents differ, by its path; rows are matched by id or number."""
    old, new = _flat(public) if public else {}, _flat(coming)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield Difference(path, old.get(path), new.get(path))


def _flat(document: Profile) -> dict[str, object]:
    plain = msgspec.to_builtins(document)
    return dict(_leaves({field: value for field, value in plain.items() if field not in NOT_SHOWN}, ""))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}/{key}" if path else str(key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}/{_key(inner, place)}")
    elif value not in (None, ""):
        yield path, value


def _key(row: object, place: int) -> object:
    if not isinstance(row, dict):
        return place
    return row.get("id") or row.get("number") or row.get("ref") or row.get("text") or place

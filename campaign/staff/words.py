"""Values of the case file in words: codes as labels, dates as written and as read."""

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

import msgspec

from campaign.cases.classification import Field, Visibility, closest, fields_of, walk
from campaign.cases.file import CaseFile
from campaign.dates.edtf import PartialDate
from campaign.dates.phrases import public_words
from campaign.places.current import gazetteer
from campaign.vocabulary.people import LANGUAGE
from campaign.vocabulary.table import Vocabulary

# The fields of the case file that hold the code of a place.
PLACES = {"birth_place", "origin_place", "held_place", "last_contact_place", "place"}
# How the fields are called that hold the number of an account.
ACCOUNTS = ("_by", "_signature")
NOBODY: Mapping[int, str] = MappingProxyType({})


def accounts_in(*files: CaseFile) -> set[int]:
    """Return the numbers of the accounts that stand in case files: who confirmed, assessed, signed, wrote or read."""
    return {leaf.value for file in files for leaf in walk(file) if _is_account(leaf.field, leaf.value)}


def in_words(field: Field | None, value: Any, people: Mapping[int, str] = NOBODY) -> str:
    """Return a value as people read it; "" for one that nobody filled. `people` are the names of accounts."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field is not None and _is_account(field, value):
        return people.get(value, f"account {value}")
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if isinstance(value, list):
        return ", ".join(_one(field, item) for item in value)
    if isinstance(value, msgspec.Struct):
        return row_in_words(value, people)
    return _one(field, value)


def _is_account(field: Field, value: Any) -> bool:
    return field.name.endswith(ACCOUNTS) and isinstance(value, int) and not isinstance(value, bool)


def date_in_words(date: PartialDate) -> str:
    """Return a date as written and, where that differs, as it is read: "mid Oct. 2017 (read as October 2017)"."""
    read = public_words(date.edtf)
    if not date.written or date.written in {date.edtf, read}:
        return read
    return f"{date.written} ({'read as ' + read if read else 'not read as a date'})"


def row_in_words(row: msgspec.Struct, people: Mapping[int, str] = NOBODY) -> str:
    """Return the filled values of a row or a part, in order."""
    told = ((field.label, in_words(field, getattr(row, field.name), people)) for field in fields_of(type(row)))
    return "; ".join(f"{label}: {words}" for label, words in told if words and words != "No")


def _one(field: Field | None, value: Any) -> str:
    vocabulary: Vocabulary | None = field.mark.vocabulary if field else None
    if vocabulary is not None and value in vocabulary:
        return vocabulary.label(value)
    if field and field.name == "language" and value in LANGUAGE:
        return LANGUAGE.label(value)
    if field and field.name in PLACES and value in gazetteer():
        return gazetteer().words(value)
    return str(value)


def field_at(path: str) -> Field | None:
    """Return the field that a path such as "episodes/3fa9c1d2/start" ends at, None where there is none.

    The path of a row gives the field of its list.
    """
    here: type[msgspec.Struct] | None = CaseFile
    found: Field | None = None
    for step in path.split("/"):
        if found is not None and found.shape == "rows" and here is not found.struct:
            here = found.struct
            continue
        if found is not None and found.shape == "part":
            here = found.struct
        field = next((one for one in fields_of(here) if one.name == step), None) if here else None
        if field is None:
            return None
        found = field
    return found


def visibility_at(path: str) -> Visibility:
    """Return how far what lies at a path may go: as far as the most closed step of it."""
    steps = path.split("/")
    found = (field_at("/".join(steps[: n + 1])) for n in range(len(steps)))
    return reduce(closest, (field.mark.visibility for field in found if field is not None), Visibility.PUBLIC)


def value_at(file: CaseFile, path: str) -> Any:
    """Return what lies at a path, None where there is nothing."""
    here: Any = file
    for step in path.split("/"):
        if isinstance(here, list):
            here = next((row for row in here if getattr(row, "id", None) == step), None)
        else:
            here = getattr(here, step, None)
        if here is None:
            return None
    return here


def named(path: str) -> str:
    """Return the labels along a path, such as "Episodes of detention, Start"."""
    steps = path.split("/")
    fields = [field_at("/".join(steps[: n + 1])) for n in range(len(steps))]
    labels = list(dict.fromkeys(field.label for field in fields if field is not None))
    return ", ".join(labels[1:] or labels) if labels else path

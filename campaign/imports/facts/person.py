"""Numbers of the person in lists, and the smaller facts of a person."""

import re

from campaign.cases.file import OutsideId
from campaign.imports.cells import UNKNOWN
from campaign.imports.date_cells import dated
from campaign.imports.draft import Draft
from campaign.imports.facts.words import parts

IDENTITY = re.compile(r"\d{10,}[XxХх]?|\d{17}[XxХх]")
_BETWEEN = re.compile(r"\s*[/,]\s*|\s+and\s+")


def list_number(draft: Draft, column: str, value: str) -> None:
    """Read the row's number in its list. It names the row again, and is public only where a person says so."""
    _keep_number(draft, column, value, draft.map.scheme)


def outside_id(draft: Draft, column: str, value: str) -> None:
    """Read a number in another list, which the header names."""
    if not UNKNOWN.match(value):
        _keep_number(draft, column, value, " ".join(column.split())[:40])


def _keep_number(draft: Draft, column: str, value: str, scheme: str) -> None:
    row = OutsideId(id=draft.id_for(f"id {column}"), scheme=scheme, value=value, is_public=False)
    draft.file.outside_ids.append(row)
    if IDENTITY.fullmatch(re.sub(r"[\s.-]", "", value)):
        draft.warn(column, value, "This looks like an identity number. It stays at the desk and is never public.")


def tag(draft: Draft, column: str, value: str) -> None:
    """Read desk tags."""
    found = [word for part in parts(value) for word in re.split(r"\s*,\s*", part)]
    draft.file.tags += [word for word in dict.fromkeys(found) if word and word not in draft.file.tags]


def age_on(draft: Draft, column: str, value: str) -> None:
    """Read when the age was reported."""
    draft.file.age_reported_on = dated(draft, column, value)
    if draft.file.age_reported_on.edtf:
        draft.fill("age_reported_on")


def nationality(draft: Draft, column: str, value: str) -> None:
    """Read nationalities, in the words of the sheet."""
    for part in parts(value):
        draft.file.nationalities += [word for word in _BETWEEN.split(part) if word and not UNKNOWN.match(word)]
    if draft.file.nationalities:
        draft.fill("nationalities")


def religion(draft: Draft, column: str, value: str) -> None:
    """Read the religion, in the words of the sheet."""
    if not UNKNOWN.match(value):
        draft.file.religion = value
        draft.fill("religion")


def employer(draft: Draft, column: str, value: str) -> None:
    """Read who employs the person."""
    if not UNKNOWN.match(value):
        draft.file.employer = value
        draft.fill("employer")


def address(draft: Draft, column: str, value: str) -> None:
    """Keep an address until the home is read, which may go to the same field."""
    if not UNKNOWN.match(value):
        draft.own.address.append(value)


def put_address_together(draft: Draft) -> None:
    """Write the address beside what the home town left for it."""
    words = [word for word in (draft.file.last_address, *draft.own.address) if word]
    draft.file.last_address = "; ".join(dict.fromkeys(words))
    if draft.own.address:
        draft.fill("last_address")

"""The invented people as their files have them: strict, so that a misspelt field is an error and not a silence.

Short lists are written as one line each, with | between the cells; `cells` takes such a line apart.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parent / "people"
PUBLIC_ONCE = ("published", "withdrawn", "consent_withdrawn")
Stage = Literal["published", "withdrawn", "consent_withdrawn", "in_review", "changes_asked", "draft"]


class Passed(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence that was passed."""

    kind: str
    years: int | None = None
    months: int | None = None
    days: int | None = None
    text: str = ""
    start: str = ""
    end: str = ""
    appeal: str = ""


class Died(msgspec.Struct, forbid_unknown_fields=True):
    """A death; `sources` are the keys of those that know of it independently."""

    date: str
    sources: list[str] = []
    stated: str = ""
    alleged: str = ""
    returned: str = ""


class Earlier(msgspec.Struct, forbid_unknown_fields=True):
    """An episode before the present one. `events` as in Person."""

    start: str
    end: str
    end_reason: str
    events: list[str]


class Person(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One invented person.

    `names`: script language | name. `events`: date | type | place | kind of place | confidence | account.
    `held`: place | kinds of place. `relatives`: relation | key of the other person | name. `charge`: law | article |
    wording | stage. `status`: code | as of | confidence | why it is set by hand. `responses`: date | authority |
    form | claim | assessment. `violations`: kind | date | account. `un`: body | opinion | categories.
    `sources` are keys of sources.toml; the first one carries the status. The quote has its own where
    `quote_source` names one.
    """

    key: str
    names: list[str]
    sources: list[str]
    stage: Stage = "published"
    is_restricted: bool = False
    aliases: list[str] = []
    pronunciation: str = ""
    gender: str = "not_stated"
    birth: str = ""
    age: str = ""
    origin: str = ""
    peoples: list[str] | None = None
    work: str = ""
    field: str = "unknown"
    groups: list[str] = []
    portrait: str = ""
    summary: str = ""
    summary_ug: str = ""
    story: str = ""
    quote: str = ""
    quote_by: str = ""
    quote_source: str = ""
    details: str = ""
    start: str = ""
    end: str = ""
    end_reason: str = ""
    events: list[str] = []
    earlier: list[Earlier] = []
    last_contact: str = ""
    last_contact_place: str = ""
    stated: str = ""
    suspected: str = ""
    activities: list[str] = []
    legal_basis: str = ""
    charge: str = ""
    sentence: Passed | None = None
    whereabouts: list[str] = []
    held: str = ""
    status: str = ""
    as_of: str = ""
    status_basis: str = "family"
    is_checked: bool = True
    checked_again: bool = False
    violations: list[str] = []
    health: str = ""
    death: Died | None = None
    responses: list[str] = []
    un: list[str] = []
    relatives: list[str] = []
    consent: str = "family"
    consent_by: str = ""
    scopes: list[str] = []
    risk: str = "moderate"
    tags: list[str] = []
    note: str = ""
    sheet_says: str = ""


class Origin(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One invented source."""

    type: str
    title: str
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    reliability: str = "usually_reliable"
    is_confidential: bool = False
    public_line: str = "person_with_knowledge"


def people() -> list[Person]:
    """Return the invented people, in the order of their files. Raises msgspec.ValidationError for a misspelt field."""
    return list(_read_people())


def origins() -> dict[str, Origin]:
    """Return the invented sources by their keys."""
    return msgspec.convert(tomllib.loads((FOLDER / "sources.toml").read_text()), dict[str, Origin])


def cells(line: str, count: int) -> list[str]:
    """Return the cells of a line, as many as `count`, the missing ones empty. Raises ValueError for more."""
    found = [cell.strip() for cell in line.split("|")]
    if len(found) > count:
        raise ValueError(f"{line!r} has {len(found)} cells, not {count}")
    return found + [""] * (count - len(found))


def _read_people() -> Iterator[Person]:
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != "sources.toml":
            yield from msgspec.convert(tomllib.loads(path.read_text())["person"], list[Person])

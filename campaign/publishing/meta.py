"""What the projection is told besides the case file: all of it public, or deciding what is."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from campaign.ledger.documents import Rendition
from campaign.publishing.clearance import Clearance

# A translation by what it says: kind of text, language, words.
Outdated = tuple[str, str, str]
Kind = Literal["first", "update", "correction", "narrowing"]


@dataclass(frozen=True)
class Site:
    """A facility that a case names: its kind, the code of its place, and how finely it may be told."""

    ref: str
    type: str
    place: str
    precision: str


@dataclass(frozen=True)
class Meta:
    """One publication: which version of whom, when, on what clearance.

    `linkable` holds the references of profiles that are public and whose own consents cover the family.
    `facilities` are those that the file names, by its own words for them.
    `renditions` gives the re-encoded copies of each picture by the digest of its page copy. `day` is today in the
    campaign's time zone. `salt` is 128 random bits in hex. `outdated` are the translations that are older than a fix.
    """

    ref: str
    version: int
    slug: str
    kind: Kind
    note: str
    clearance: Clearance
    day: datetime.date
    salt: str
    first_published_at: datetime.datetime
    published_at: datetime.datetime
    linkable: frozenset[str]
    renditions: Mapping[str, list[Rendition]]
    facilities: Mapping[str, Sequence[Site]] = field(default_factory=dict)
    outdated: frozenset[Outdated] = frozenset()


@dataclass(frozen=True)
class Withheld:
    """A part of the case that may be public and does not leave, by its path, and why: a sentence for the desk."""

    path: str
    reason: str

"""The values of a profile: dates, births, addresses and places as they may be told, and the input besides the file.

A date leaves as its notation and its bounds, never in the words as written. A place is no finer than a county (a town
becomes its county before anything of it is looked at), coordinates are rounded to what is told. The address of a
profile is decided by its reference alone; the tail that a reader may recognise may change, be shared or be missing.
All of `Meta` is public, or decides what is.
"""

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from anyascii import anyascii

from campaign.cases.file import CaseFile
from campaign.dates.ages import age_between, parse_age, year_range
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import Birth, Place, Rendition, When
from campaign.places.current import gazetteer
from campaign.publishing.consent.scopes import Clearance

# A translation by what it says: kind of text, language, words.
Outdated = tuple[str, str, str]
Kind = Literal["first", "update", "correction", "narrowing"]
LONGEST_TAIL = 60
_OTHER = re.compile(r"[^a-z0-9]+")
LANGUAGES = ("en", "ug", "zh", "ru", "kk")
# Decimals of a degree for each level: a county's seat to about a kilometre, what is wider to about eleven.
DECIMALS = {"county": 2, "prefecture": 1, "region": 0, "country": 0}


def when(date: PartialDate) -> When | None:
    """Return a date as the document carries it, None where nothing could be read."""
    return When(edtf=date.edtf, earliest=date.earliest, latest=date.latest) if date.edtf else None


def birth(file: CaseFile) -> Birth:
    """Return the years of birth and the age when the detention began: never a day, a month or the words.

    Where no birth is known, the age comes from the age as reported and the date on which it was reported.
    """
    known = file.birth if file.birth.edtf else reckoned_birth(file)
    detained = next((episode.start for episode in file.episodes if episode.start.edtf), PartialDate())
    age = age_between(known, detained) if known.edtf else reported_then(file, known, detained)
    first, last = year_range(known)
    low, high = age or (None, None)
    return Birth(year_earliest=first, year_latest=last, age_earliest=low, age_latest=high)


def reckoned_birth(file: CaseFile) -> PartialDate:
    """Return the years in which somebody was born who was of the reported age when it was reported."""
    age = parse_age(file.age_reported) if file.age_reported else None
    first, last = file.age_reported_on.earliest, file.age_reported_on.latest
    if age is None or first is None or last is None:
        return PartialDate()
    return PartialDate(
        earliest=datetime.date(first.year - age.high - 1, 1, 1), latest=datetime.date(last.year - age.low, 12, 31)
    )


def reported_then(file: CaseFile, known: PartialDate, detained: PartialDate) -> tuple[int, int] | None:
    """Return the age at detention where only a reported age is known, as narrow as the words allow."""
    age = parse_age(file.age_reported) if file.age_reported else None
    if age is None or known.earliest is None or not detained.edtf:
        return None
    if file.age_reported_on.edtf == detained.edtf:
        return age.low, age.high
    return age_between(known, detained)


def day_of(date: PartialDate) -> datetime.date | None:
    """Return the day that a date names, None where it names a month or a year: no day is made up."""
    return date.earliest if date.earliest == date.latest else None


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


def slug_of(ref: str, file: CaseFile) -> str:
    """Return the reference with the preferred public name in Latin letters, or the reference alone."""
    tail = tail_of(_name(file))
    return f"{ref}-{tail}" if tail else ref


def tail_of(name: str) -> str:
    """Return a name in small Latin letters with hyphens, "" where nothing of it can be written so."""
    latin = anyascii(unicodedata.normalize("NFC", name)).lower().replace("'", "")
    return _OTHER.sub("-", latin)[:LONGEST_TAIL].strip("-")


def _name(file: CaseFile) -> str:
    """Return the public name to make an address of: a Latin one where there is one, the preferred one first."""
    public = [name for name in file.names if name.is_public and name.text]
    ranked = sorted(public, key=lambda name: (name.script != "Latn", not name.is_preferred))
    return ranked[0].text if ranked else ""


def public_place(code: str, *, facility: str = "") -> Place | None:
    """Return what may be told of the place `code`, None where nobody stated one and no facility either.

    Raises KeyError, with the code, for a place that the gazetteer does not hold.
    """
    if not code:
        return _unplaced(facility) if facility else None
    known = gazetteer()
    place = known.public(code)
    decimals = DECIMALS[place.level]
    return Place(
        code=place.code,
        names={language: known.name(place.code, language) for language in LANGUAGES},
        within=[parent.code for parent in known.parents(place.code)],
        precision=place.level,
        latitude=None if place.lat is None else round(place.lat, decimals),
        longitude=None if place.lon is None else round(place.lon, decimals),
        facility=facility,
    )


def _unplaced(facility: str) -> Place:
    return Place(code="", names={}, within=[], precision="hidden", latitude=None, longitude=None, facility=facility)

"""The values of a profile: dates, births, status, addresses and places as they may be told.

A date leaves as its notation and its bounds, never in the words as written. A place is no finer than a county (a town
becomes its county before anything of it is looked at), coordinates are rounded to what is told. The address of a
profile is decided by its reference alone; the tail that a reader may recognise may change, be shared or be missing.
All of `Meta` is public, or decides what is.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from campaign.cases.age import age_facts, is_shown_grown_up
from campaign.cases.file import CaseFile, Episode, Source
from campaign.dates.ages import parse_age
from campaign.dates.edtf import PartialDate, span_of
from campaign.dates.reckoning import year_range
from campaign.ledger.documents import Birth, Place, Rendition, When
from campaign.ledger.situation import age_at
from campaign.names.reading import slug_tail
from campaign.places.current import gazetteer
from campaign.publishing.consent import signatures
from campaign.publishing.consent.scopes import Clearance
from campaign.publishing.projection import independence
from campaign.vocabulary.status import SITUATION_OF

# A translation by what it says: kind of text, language, words.
Outdated = tuple[str, str, str]
Kind = Literal["first", "update", "correction", "narrowing"]
LANGUAGES = ("en", "ug", "zh", "ru", "kk")
# Decimals of a degree for each level: a county's seat to about a kilometre, what is wider to about eleven.
DECIMALS = {"county": 2, "prefecture": 1, "region": 0, "country": 0}


def when(date: PartialDate) -> When | None:
    """Return a date as the document carries it, None where nothing could be read."""
    return When(edtf=date.edtf, earliest=date.earliest, latest=date.latest) if date.edtf else None


def birth(file: CaseFile) -> Birth:
    """Return the years of birth and the age when the detention began: never a day, a month or the words.

    The age comes from the years that are public, so that it tells no more than they do. Where no birth is known it is
    the age as reported, where it was reported of the day of the detention.
    """
    known = file.birth if file.birth.edtf else reckoned_birth(file)
    detained = next((episode.start for episode in file.episodes if episode.start.edtf), PartialDate())
    first, last = year_range(known)
    told = Birth(
        year_earliest=first, year_latest=last, age_earliest=None, age_latest=None, qualifiers=qualifiers(file, known)
    )
    reported = None if file.birth.edtf else reported_then(file, known, detained)
    low, high = reported or age_at(told, when(detained)) or (None, None)
    return msgspec.structs.replace(told, age_earliest=low, age_latest=high)


def qualifiers(file: CaseFile, known: PartialDate) -> list[str]:
    """Return what makes the years of a birth doubtful: about, perhaps, before, after."""
    if not known.edtf:
        age = parse_age(file.age_reported) if file.age_reported and known.earliest else None
        return ["about"] if age and age.approximate else []
    span = span_of(known.edtf)
    marks = {point.mark for point in (span.start, span.end) if point}
    said = [("about", {"~", "%"} & marks), ("perhaps", {"?", "%"} & marks)]
    said += [("before", {"open"} if span.start is None else set()), ("after", {"open"} if span.end is None else set())]
    return [name for name, found in said if found]


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
    """Return the age that was reported of the very date of the detention, None where none was."""
    age = parse_age(file.age_reported) if file.age_reported else None
    if age is None or known.earliest is None or not detained.edtf or file.age_reported_on.edtf != detained.edtf:
        return None
    return age.low, age.high


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
    `facilities` are those that the file names, by its own words for them. `address` is that of the site.
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
    address: str = ""
    outdated: frozenset[Outdated] = frozenset()


@dataclass(frozen=True)
class Withheld:
    """A part of the case that may be public and does not leave, by its path, and why: a sentence for the desk."""

    path: str
    reason: str


def slug_of(ref: str, file: CaseFile) -> str:
    """Return the reference with the preferred public name in Latin letters, or the reference alone."""
    tail = slug_tail(_name(file))
    return f"{ref}-{tail}" if tail else ref


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
        names={language: name for language in LANGUAGES if (name := known.name(place.code, language))},
        within=[parent.code for parent in known.parents(place.code)],
        precision=place.level,
        latitude=None if place.lat is None else round(place.lat, decimals),
        longitude=None if place.lon is None else round(place.lon, decimals),
        facility=facility,
    )


def _unplaced(facility: str) -> Place:
    return Place(code="", names={}, within=[], precision="hidden", latitude=None, longitude=None, facility=facility)


DEATH_EVENTS = frozenset({"death", "burial"})


def is_death_known(file: CaseFile) -> bool:
    """Whether the file records a death anywhere, told or not; what the authorities claim is asked by itself."""
    events = (event.type for episode in file.episodes for event in episode.events)
    ends = (episode.end_reason for episode in file.episodes)
    stated = SITUATION_OF.get(file.status_override, "unknown") == "dead"
    stated = stated or any(row.kind == "death_in_custody" for row in file.violations)
    return file.death.is_reported or stated or "died" in ends or any(kind in DEATH_EVENTS for kind in events)


def may_tell_death(file: CaseFile) -> bool:
    """Whether anything of a death may leave: never before the family knows."""
    return file.death.is_reported and file.death.next_of_kin_know


def is_confirmed_dead(file: CaseFile) -> bool:
    """Whether a death may be told as a fact: the next of kin know, and two independent sources agree."""
    return may_tell_death(file) and len(independent(file)) >= 2


def independent(file: CaseFile) -> list[Source]:
    """Return those of the sources named for a death that depend on none before them, doubtful ones left out."""
    return independence.independent(file, file.death.independent_sources)


def newest_episode(file: CaseFile) -> Episode | None:
    """Return the last episode as the desk ordered them."""
    return file.episodes[-1] if file.episodes else None


def may_be_minor(file: CaseFile, day: datetime.date) -> bool:
    """Whether the person may be under 18 on a day: everybody who is not shown to be grown up.

    A writer and a reviewer may each say otherwise, in a decision that stands while the file says the same of an age.
    """
    return not is_shown_grown_up(file, day) and not is_called_grown_up(file)


def is_called_grown_up(file: CaseFile) -> bool:
    """Whether a writer and a reviewer have each signed that the person is grown up, of what the file says now."""
    return any(age_facts(file) in decision.stands_on for decision in signatures.in_force(file, "grown_up"))

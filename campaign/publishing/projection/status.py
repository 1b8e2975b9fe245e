"""Where a person stands, as far as it may be told: status, minority, death.

Pure functions of the case file and the day.
"""

import datetime

import msgspec

from campaign.cases.file import CaseFile, Episode, Source
from campaign.cases.status import AUTHORITIES
from campaign.cases.status import status as case_status
from campaign.dates.ages import age_between, parse_age
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import Status
from campaign.publishing.projection.values import day_of, when
from campaign.vocabulary.status import SITUATION_OF

DEATH_EVENTS = frozenset({"death", "burial"})
GROWN_UP = 18


def status(file: CaseFile, day: datetime.date) -> Status:
    """Return the status as it may be told on a day: a death only where it is confirmed."""
    told = file if is_confirmed_dead(file) else without_death(file)
    found = case_status(told, day)
    return Status(
        code=found.code,
        as_of=when(found.as_of),
        confidence=found.confidence,
        basis=file.status_basis,
        last_verified_on=day_of(file.last_verified_on),
    )


def without_death(file: CaseFile) -> CaseFile:
    """Return the file as if nobody had reported a death: what may be told while it is not confirmed."""
    episodes = [
        msgspec.structs.replace(episode, events=[event for event in episode.events if event.type not in DEATH_EVENTS])
        for episode in file.episodes
    ]
    is_stated = SITUATION_OF.get(file.status_override) == "dead"
    return msgspec.structs.replace(file, episodes=episodes, status_override="" if is_stated else file.status_override)


def is_free(file: CaseFile, day: datetime.date) -> bool:
    """Whether the person is told to be free or dead: no present place is told then."""
    return SITUATION_OF[case_status(file, day).code] in {"free", "dead"}


def is_death_known(file: CaseFile) -> bool:
    """Whether the file speaks of a death anywhere, told or not."""
    events = (event.type for episode in file.episodes for event in episode.events)
    stated = SITUATION_OF.get(file.status_override, "unknown") == "dead"
    return file.death.is_reported or stated or any(kind in DEATH_EVENTS for kind in events)


def may_tell_death(file: CaseFile) -> bool:
    """Whether anything of a death may leave: never before the family knows."""
    return file.death.is_reported and file.death.next_of_kin_know


def is_confirmed_dead(file: CaseFile) -> bool:
    """Whether a death may be told as a fact: the next of kin know, and two independent sources agree."""
    return may_tell_death(file) and len(independent(file)) >= 2


def independent(file: CaseFile) -> list[Source]:
    """Return those of the sources named for a death that depend on none before them.

    Two of one author, of one publisher or at one address are one source; the authorities are one between them.
    """
    found: list[Source] = []
    for source in file.sources:
        if source.id in file.death.independent_sources and not any(_is_one(source, other) for other in found):
            found.append(source)
    return found


def _is_one(source: Source, other: Source) -> bool:
    if {source.type, other.type} <= AUTHORITIES:
        return True
    pairs = ((getattr(source, field), getattr(other, field)) for field in ("author", "publisher", "url"))
    return any(ours.strip() and ours.strip().casefold() == theirs.strip().casefold() for ours, theirs in pairs)


def newest_episode(file: CaseFile) -> Episode | None:
    """Return the last episode as the desk ordered them."""
    return file.episodes[-1] if file.episodes else None


def may_be_minor(file: CaseFile, day: datetime.date) -> bool:
    """Whether what is known of the person's age leaves it possible that they are under 18 on a day."""
    today = PartialDate(earliest=day, latest=day)
    reckoned = age_between(file.birth, today)
    if reckoned is not None:
        return reckoned[0] < GROWN_UP
    reported = parse_age(file.age_reported) if file.age_reported else None
    if reported is None:
        return False
    on = file.age_reported_on.latest
    return reported.low + (max(day.year - on.year - 1, 0) if on else 0) < GROWN_UP

"""Places as they may be told: facilities by kind, no finer than their precision; of a possible child coarser still.

One rule: a place that would give a facility away is made coarse in the file itself, before anything of it is told. A
facility's name is never told. Of a detained person under 18 no place is finer than a prefecture, and no kind of
institution is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import msgspec
from msgspec.structs import replace

from campaign.cases.facilities import words_of
from campaign.cases.file import CaseFile, Death, Episode, Event, Stay
from campaign.ledger.documents import Place, Profile
from campaign.ledger.situation import with_words
from campaign.places.current import gazetteer
from campaign.places.gazetteer import Gazetteer
from campaign.places.index import LEVELS
from campaign.publishing.projection.values import Site, Withheld, public_place
from campaign.vocabulary.events import PRECISION

COARSE = ("prefecture", "region", "country")
# The finest level of the gazetteer that may be told of a facility of each precision. What is exact or a town is told
# as its county, as every place of a profile is (publishing.projection.values); of what is hidden the region alone.
LEVEL = {"exact": "county", "town": "county", "county": "county", "prefecture": "prefecture"}
COARSEST = "region"
Sites = Mapping[str, Sequence[Site]]


def without_exact_places(document: Profile) -> Profile:
    """Return a document whose places are none finer than a prefecture."""
    return cast(Profile, _with_coarse_places(document))


def coarse(place: Place) -> Place | None:
    """Return the prefecture, or what is wider, in which a place lies; None where only a kind of place is known."""
    known = gazetteer()
    for code in (place.code, *place.within):
        if code and known.public(code).level in COARSE:
            return public_place(code)
    return None


def _with_coarse_places(part: object) -> object:
    if isinstance(part, Place):
        return coarse(part)
    if isinstance(part, list):
        return [_with_coarse_places(row) for row in part]
    if isinstance(part, msgspec.Struct):
        return msgspec.structs.replace(
            part, **{name: _with_coarse_places(getattr(part, name)) for name in part.__struct_fields__}
        )
    return part


def as_facilities_allow(file: CaseFile, sites: Sites, withheld: list[Withheld]) -> CaseFile:
    """Return the file with the places that its facilities allow, and the kinds that they are.

    `sites` are the facilities that the file names, by its own words for them. Of an episode that names one, its other
    events and stays at such a kind of place, and where the person is held, are told no finer either: they would
    say where it is. Raises KeyError for a place that the gazetteer does not hold.
    """
    if not sites:
        return file
    episodes = [_episode(episode, sites, withheld) for episode in file.episodes]
    return replace(file, episodes=episodes, death=_death(file, sites, withheld))


def coarser(old: Profile, file: CaseFile, sites: Sites) -> Profile:
    """Return a public document with its places as coarse as its facilities ask for now, and nothing else changed.

    `file` is the one that was published. A place that is coarse enough already stays as it is.
    """
    told = as_facilities_allow(file, sites, [])
    rows = {event.id: event.place for episode in told.episodes for event in episode.events}
    rows |= {stay.id: stay.place for episode in told.episodes for stay in episode.stays}
    episodes = [
        replace(
            episode,
            events=[replace(row, place=_wider(row.place, rows.get(row.id, ""))) for row in episode.events],
            stays=[replace(row, place=_wider(row.place, rows.get(row.id, ""))) for row in episode.stays],
        )
        for episode in old.episodes
    ]
    held = told.episodes[-1].held_place if told.episodes else ""
    death = replace(old.death, place=_wider(old.death.place, told.death.place)) if old.death else None
    return with_words(replace(old, episodes=episodes, held_at=_wider(old.held_at, held), death=death))


def _wider(place: Place | None, code: str) -> Place | None:
    return public_place(code, facility=place.facility) if place and code in place.within else place


def _episode(episode: Episode, sites: Sites, withheld: list[Withheld]) -> Episode:
    around = _named(CaseFile(episodes=[episode]), sites)
    path = f"episodes/{episode.id}"
    held = [one for one in around if _is_told_by(episode.held_facility_types, one)]
    return replace(
        episode,
        events=[_event(event, sites, around, f"{path}/events/{event.id}", withheld) for event in episode.events],
        stays=[_stay(stay, sites, around, f"{path}/stays/{stay.id}", withheld) for stay in episode.stays],
        held_place=_coarse(episode.held_place, held, f"{path}/held_place", withheld),
    )


def _event(event: Event, sites: Sites, around: list[Site], path: str, withheld: list[Withheld]) -> Event:
    kind, place = _told(event.facility, event.place, sites.get(event.facility_name, ()), around, path, withheld)
    return replace(event, facility=kind, place=place)


def _stay(stay: Stay, sites: Sites, around: list[Site], path: str, withheld: list[Withheld]) -> Stay:
    kind, place = _told(stay.facility, stay.place, sites.get(stay.facility_name, ()), around, path, withheld)
    return replace(stay, facility=kind, place=place)


def _told(
    kind: str, place: str, own: Sequence[Site], around: Iterable[Site], path: str, withheld: list[Withheld]
) -> tuple[str, str]:
    """Return the kind and the place of a row that names `own`, or that stands beside others that name facilities."""
    kinds = {one.type for one in own}
    kind = kind or (kinds.pop() if len(kinds) == 1 else "")
    place = place or (own[0].place if len(own) == 1 else "")
    beside = [one for one in around if kind and _is_told_by([kind], one)]
    limits = [*own, *(one for one in beside if one not in own)]
    return kind, _coarse(place, limits, f"{path}/place", withheld, own=own)


def _death(file: CaseFile, sites: Sites, withheld: list[Withheld]) -> Death:
    around = _named(CaseFile(episodes=file.episodes[-1:]), sites)
    return replace(file.death, place=_coarse(file.death.place, around, "death/place", withheld))


def _named(file: CaseFile, sites: Sites) -> list[Site]:
    return [one for words in words_of(file) for one in sites.get(words, ())]


def _is_told_by(kinds: Sequence[str], site: Site) -> bool:
    """Tell whether a place of these kinds may be the facility: its own kind, or nobody said or knows which."""
    return not kinds or site.type in ("unknown", *kinds) or "unknown" in kinds


def _coarse(
    place: str, limits: Iterable[Site], path: str, withheld: list[Withheld], *, own: Sequence[Site] = ()
) -> str:
    """Return the place, or what it lies in, as coarse as the facilities that may stand there ask for."""
    if not place:
        return place
    known = gazetteer()
    there = [one for one in limits if one in own or _may_stand_in(one, place, known)]
    precision = max((one.precision for one in there), key=PRECISION.codes.index, default="county")
    level = LEVEL.get(precision, COARSEST)
    chain = (known.by_code(place), *known.parents(place))
    told = next((one for one in chain if one.depth <= LEVELS.index(level)), chain[-1])
    if told.depth < known.public(place).depth:
        withheld.append(Withheld(path, f"A facility in it is shown no more exactly than its {level}."))
        return told.code
    return place


def _may_stand_in(site: Site, place: str, known: Gazetteer) -> bool:
    if not site.place or site.place not in known:
        return True
    return known.lies_in(site.place, place) or known.lies_in(place, site.place)

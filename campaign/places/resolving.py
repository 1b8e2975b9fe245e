"""Several names in one cell, settled to the one place they agree on.

"Bayandai, Ghulja" is the town's city and not the county of that name; "Urumqi or Kashgar" is only the region.
"""

from collections.abc import Iterable

import msgspec

from campaign.places.gazetteer import Gazetteer

Group = tuple[str, ...]


class Settled(msgspec.Struct, frozen=True):
    """The place that all names allow.

    `code` is a county or coarser, "" when the names share nothing; `town` the finer place named, if one is
    known; `alternatives` are other public places the names may as well mean; `kept` what each name may still
    mean, in the order given. `meant` are the places that all of it may mean, at their own depth, the likeliest first:
    one where it is told, several where a person has to say. `certain` is the smallest place that may be public and
    holds all of them: what is true whichever is meant; "" for none.
    """

    code: str
    town: str
    alternatives: Group
    kept: tuple[Group, ...]
    meant: Group
    certain: str


def settle(gazetteer: Gazetteer, groups: list[Group]) -> Settled:
    """Return what the names of a cell agree on; each group holds the codes one name may mean, the likeliest first."""
    kept = [_wide(gazetteer, group) for group in _agreeing(gazetteer, groups)]
    deepest = max(kept, key=lambda group: gazetteer.by_code(group[0]).depth)
    if any(not _related(gazetteer, deepest[0], group[0]) for group in kept):
        return _common(gazetteer, [group[0] for group in kept], kept)
    chosen = gazetteer.by_code(deepest[0])
    if chosen.level == "town" and len({gazetteer.public(code).code for code in deepest}) > 1:
        return _common(gazetteer, list(deepest), kept)
    code = gazetteer.public(chosen.code).code
    others = dict.fromkeys(gazetteer.public(other).code for other in deepest)
    town = chosen.code if chosen.level == "town" else ""
    told_apart = tuple(other for other in others if not _is_covered(gazetteer, other, code))
    meant = tuple(other for other in deepest if other == chosen.code or not _is_covered(gazetteer, other, chosen.code))
    return Settled(code, town, told_apart, tuple(kept), meant, _holder(gazetteer, meant))


def _is_covered(gazetteer: Gazetteer, other: str, code: str) -> bool:
    """Tell whether nobody would ask which is meant: Urumqi the city holds Urumqi County, but Kashgar is also a city."""
    return other == code or (gazetteer.by_code(code).kind == "city" and gazetteer.lies_in(other, code))


def _related(gazetteer: Gazetteer, one: str, other: str) -> bool:
    return gazetteer.lies_in(one, other) or gazetteer.lies_in(other, one)


def _agreeing(gazetteer: Gazetteer, groups: list[Group]) -> list[Group]:
    """Keep of each name the meanings that lie in, or around, some meaning of every other name."""
    kept = list(groups)
    for n, group in enumerate(groups):
        for other in groups:
            fitting = tuple(c for c in kept[n] if any(_related(gazetteer, c, d) for d in other))
            kept[n] = fitting or kept[n]
        assert kept[n], group
    return kept


def _wide(gazetteer: Gazetteer, group: Group) -> Group:
    """A bare name that a county or prefecture bears is not read as the village of that name."""
    wide = tuple(code for code in group if gazetteer.by_code(code).level != "town")
    return wide or group


def _common(gazetteer: Gazetteer, codes: list[str], kept: list[Group]) -> Settled:
    """The smallest place that holds all of these; the places themselves become alternatives."""
    code = _holder(gazetteer, codes)
    alternatives = dict.fromkeys(gazetteer.public(code).code for code in codes)
    told_apart = tuple(other for other in alternatives if other != code)
    return Settled(code, "", told_apart, tuple(kept), tuple(dict.fromkeys(codes)), code)


def _holder(gazetteer: Gazetteer, codes: Iterable[str]) -> str:
    """The smallest public place in which all of these lie, itself one of them or not; "" where only a country does."""
    chains = [[code, *(place.code for place in gazetteer.parents(code))] for code in codes]
    shared = [code for code in chains[0] if all(code in chain for chain in chains[1:])]
    if not shared or (len(chains) > 1 and gazetteer.by_code(shared[0]).level == "country"):
        return ""
    return gazetteer.public(shared[0]).code

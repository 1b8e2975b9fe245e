"""Disambiguation of places: what each segment of a cell names, and the one place that several names agree on.

"Bayandai, Ghulja" is the town's city and not the county of that name; "Urumqi or Kashgar" is only the region.
"""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from campaign.places.gazetteer import Gazetteer, alike, groups_of, of_unit
from campaign.places.scanning import Piece, Segment

Group = tuple[str, ...]
_IDLE = {"link", "near", "unknown", "doubt"}
_LEAST_LETTERS_TO_GUESS = 5


class Resolved(msgspec.Struct, frozen=True):
    """The place that all names of a cell allow.

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


def resolve(gazetteer: Gazetteer, groups: list[Group]) -> Resolved:
    """Return the place that all names agree on; each group holds the codes one name may mean, the likeliest first."""
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
    return Resolved(code, town, told_apart, tuple(kept), meant, _holder(gazetteer, meant))


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


def _common(gazetteer: Gazetteer, codes: list[str], kept: list[Group]) -> Resolved:
    """The smallest place that holds all of these; the places themselves become alternatives."""
    code = _holder(gazetteer, codes)
    alternatives = dict.fromkeys(gazetteer.public(code).code for code in codes)
    told_apart = tuple(other for other in alternatives if other != code)
    return Resolved(code, "", told_apart, tuple(kept), tuple(dict.fromkeys(codes)), code)


def _holder(gazetteer: Gazetteer, codes: Iterable[str]) -> str:
    """The smallest public place in which all of these lie, itself one of them or not; "" where only a country does."""
    chains = [[code, *(place.code for place in gazetteer.parents(code))] for code in codes]
    shared = [code for code in chains[0] if all(code in chain for chain in chains[1:])]
    if not shared or (len(chains) > 1 and gazetteer.by_code(shared[0]).level == "country"):
        return ""
    return gazetteer.public(shared[0]).code


class Part(msgspec.Struct, frozen=True):
    """A stretch of the cell and what it was taken for: place, facility, address, unknown, link or note."""

    text: str
    start: int
    sense: str


class Named(msgspec.Struct, frozen=True):
    """A place name in the cell with its unit, as written, and the codes it may mean.

    `is_sure` is False where the name stands inside something else (a street, a hospital) or was spelt unusually.
    """

    text: str
    start: int
    codes: Group
    is_sure: bool = True


class Gleaned(msgspec.Struct, frozen=True):
    """What a segment gave; `parts` hold each of its words once."""

    parts: tuple[Part, ...]
    named: tuple[Named, ...] = ()
    facility_types: tuple[str, ...] = ()
    facility_name: str = ""
    suggestions: Group = ()


def glean(gazetteer: Gazetteer, segment: Segment) -> Gleaned:
    """Return what the segment gives."""
    senses = segment.senses()
    if "facility" in senses:
        return _facility(gazetteer, segment)
    if "address" in senses or ("other" in senses and "place" in senses) or _is_unknown_town(gazetteer, segment):
        return _address(gazetteer, segment)
    if "other" in senses:
        return _unheard(gazetteer, segment)
    return Gleaned(_part_by_part(segment), _named(gazetteer, segment))


def _is_unknown_town(gazetteer: Gazetteer, segment: Segment) -> bool:
    """Tell whether a name is called a town that the gazetteer knows only as something wider ("Toli Zhen")."""
    return any(
        unit.value == "town" and all(gazetteer.by_code(code).level != "town" for code in name.codes)
        for name, unit in pairwise(segment.pieces)
        if name.sense == "place"
    )


def unit_alone(segment: Segment) -> str:
    """Return the unit of a segment that is nothing else, as after the bracket of "Ghulja (Yining) County"."""
    first, *rest = segment.pieces
    return first.value if first.sense == "level" and not rest else ""


def narrowed(gazetteer: Gazetteer, named: Named, unit: str) -> Named:
    """Return the name with only its meanings of that unit."""
    return msgspec.structs.replace(named, codes=of_unit(gazetteer, named.codes, unit))


def _named(gazetteer: Gazetteer, segment: Segment, *, is_sure: bool = True) -> tuple[Named, ...]:
    found = []
    groups = iter(groups_of(gazetteer, segment.pieces))
    for n, piece in enumerate(segment.pieces):
        if piece.sense != "place":
            continue
        unit = segment.pieces[n + 1 : n + 2]
        last = unit[0] if unit and unit[0].sense == "level" else piece
        words = segment.text[piece.start - segment.start : last.end - segment.start]
        found.append(Named(words, piece.start, next(groups), is_sure))
    return tuple(found)


def _facility(gazetteer: Gazetteer, segment: Segment) -> Gleaned:
    types = tuple(dict.fromkeys(p.value for p in segment.pieces if p.sense == "facility"))
    if not _says_more(segment.pieces):
        return Gleaned(_part_by_part(segment), _named(gazetteer, segment), types)
    if types == ("home",):
        return _home(gazetteer, segment)
    named = _named(gazetteer, segment, is_sure=False)
    return Gleaned((_whole(segment, "facility"),), named, types, _without_idle_ends(segment))


def _home(gazetteer: Gazetteer, segment: Segment) -> Gleaned:
    """Whose home it is ("at her aunt's house") leads to the family, so those words go with the address."""
    last = max(n for n, p in enumerate(segment.pieces) if p.sense == "facility")
    first = segment.pieces[: last + 1]
    if any(p.sense in ("other", "address") for p in segment.pieces[last + 1 :]):
        return Gleaned((_whole(segment, "address"),), _named(gazetteer, segment, is_sure=False), ("home",))
    words = segment.text[: first[-1].end - segment.start]
    rest = [part for part in _part_by_part(segment) if part.start >= first[-1].end]
    return Gleaned((Part(words, segment.start, "address"), *rest), _named(gazetteer, segment), ("home",))


def _says_more(pieces: tuple[Piece, ...]) -> bool:
    """Tell whether a facility has words of its own: a number, a name, "women's", "district"."""
    loose_unit = any(
        piece.sense == "level" and (n == 0 or pieces[n - 1].sense != "place") for n, piece in enumerate(pieces)
    )
    return loose_unit or any(piece.sense in ("other", "address") for piece in pieces)


def _without_idle_ends(segment: Segment) -> str:
    pieces = list(segment.pieces)
    while pieces and pieces[0].sense in _IDLE:
        pieces.pop(0)
    while pieces and pieces[-1].sense in _IDLE:
        pieces.pop()
    return segment.text[pieces[0].start - segment.start : pieces[-1].end - segment.start]


def _address(gazetteer: Gazetteer, segment: Segment) -> Gleaned:
    return Gleaned((_whole(segment, "address"),), _named(gazetteer, segment, is_sure=False))


def _unheard(gazetteer: Gazetteer, segment: Segment) -> Gleaned:
    """A name nobody gave us: taken for a place only where another romanisation explains it, never for a misprint."""
    words = " ".join(piece.text for piece in segment.pieces if piece.sense == "other")
    how, codes = alike(gazetteer, words)
    wide = tuple(code for code in codes if gazetteer.by_code(code).level != "town")
    unit = next((piece.value for piece in segment.pieces if piece.sense == "level"), "")
    if how == "sounds" and wide and unit != "town" and len(words) >= _LEAST_LETTERS_TO_GUESS:
        named = Named(segment.text, segment.start, of_unit(gazetteer, wide, unit), is_sure=False)
        return Gleaned((_whole(segment, "place"),), (named,))
    return Gleaned((_whole(segment, "address"),), suggestions=codes)


def _whole(segment: Segment, sense: str) -> Part:
    return Part(segment.text, segment.start, sense)


def _part_by_part(segment: Segment) -> tuple[Part, ...]:
    """One part for each piece, but a unit belongs to the name before it; a unit of nothing is no place."""
    unit = "place" if "place" in segment.senses() else "address"
    meaning = {"level": unit, "near": "link", "doubt": "link"}
    parts: list[Part] = []
    for n, piece in enumerate(segment.pieces):
        if piece.sense == "level" and n and segment.pieces[n - 1].sense == "place":
            before = parts.pop()
            words = segment.text[before.start - segment.start : piece.end - segment.start]
            parts.append(Part(words, before.start, "place"))
        else:
            parts.append(Part(piece.text, piece.start, meaning.get(piece.sense, piece.sense)))
    return tuple(parts)

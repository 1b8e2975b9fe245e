"""Facilities: a sheet of them read and checked, and which of them some words name.

Facilities come from staff; none is shipped and nothing is invented. Words name one by a name in any spelling, or by
kind and place: "Yarkand prison", "莎车监狱" and "Prison in Yarkand County" all lead to what is called a prison and
stands there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from campaign.places.current import Remark, degrees, gazetteer
from campaign.places.gazetteer import Gazetteer
from campaign.places.reading import PlaceReading, parse
from campaign.places.scanning import WORD, Piece, fold, segments, sound
from campaign.vocabulary.events import FACILITY_TYPE, PRECISION

# The Xinjiang Data Project grades what it saw from above: 1 and 2 are camps of lower security, 3 detention
# centres, 4 prisons (ASPI, "Documenting Xinjiang's detention system", 2020).
_TIERS = {"1": "internment_camp", "2": "internment_camp", "3": "pretrial_centre", "4": "prison"}
_IDLE = {"link", "level", "near", "doubt", "unknown"}
_LEAST_LETTERS_FOR_SOUND = 4
_LEAST_LETTERS_FOR_TYPO = 6
LONGEST = 200


class Facility(msgspec.Struct, frozen=True):
    """A place of detention.

    `code` is the source's own number, `place` the code of the county or coarser unit it stands in ("" where
    nobody could tell), `lat` and `lon` degrees (WGS 84), `precision` how fine they are. `type` and `precision`
    are codes of the vocabulary.
    """

    code: str
    names: tuple[str, ...]
    type: str
    place: str
    precision: str
    lat: float | None = None
    lon: float | None = None
    source: str = ""
    is_precision_stated: bool = False


class FacilitySheet(msgspec.Struct, frozen=True):
    """What a sheet of facilities held, each refused row with its reason, and rows read with a doubt.

    `rows` are the numbers of the rows that the facilities stood in.
    """

    facilities: list[Facility]
    refused: list[Remark]
    doubts: list[Remark]
    rows: list[int]


def facilities_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], *, source: str = "", places: Gazetteer | None = None
) -> FacilitySheet:
    """Return the facilities of rows: their number in the file, and cells by lower-case header.

    Columns: `id` or `code`, `name` or `title` (several parted by `;`), `type` (a facility type of the
    vocabulary) or `tier` (1-4), `county` and `prefecture` or `place`, `lat`, `lon`, `precision`, `source`.
    A row without a name, with an unknown type or an impossible coordinate is refused; one whose place nobody
    knows is read without it and told of in `doubts`.
    """
    known = places if places is not None else gazetteer()
    facilities: dict[str, tuple[int, Facility]] = {}
    refused, doubts = [], []
    for number, row in rows:
        try:
            facility, doubt = _facility(row, number, source, known)
            if facility.code in facilities:
                raise ValueError(f"The number {facility.code!r} stands in the sheet twice.")
            facilities[facility.code] = number, facility
        except ValueError as fault:
            refused.append(Remark(number, str(fault)))
            continue
        if doubt:
            doubts.append(Remark(number, doubt))
    read = facilities.values()
    return FacilitySheet([one for _, one in read], refused, doubts, [number for number, _ in read])


def _facility(row: Mapping[str, str], number: int, source: str, known: Gazetteer) -> tuple[Facility, str]:
    names = tuple(dict.fromkeys(filter(None, map(str.strip, re.split(";", row.get("name") or row.get("title", ""))))))
    if not names:
        raise ValueError("The facility has no name.")
    kind = row.get("type", "").casefold() or _TIERS.get(row.get("tier", ""), "unknown")
    if kind not in FACILITY_TYPE:
        raise ValueError(f"The facility type {kind!r} is none of the vocabulary.")
    place, doubt = _where(row, known)
    lat, lon = degrees(row, "lat", 90), degrees(row, "lon", 180)
    stated = row.get("precision", "").casefold()
    precision = stated or _precision(lat, lon, place, known)
    if (lat is None) != (lon is None):
        raise ValueError("Of the coordinates only one is given. Give lat and lon, or neither.")
    if precision not in PRECISION:
        raise ValueError(f"The precision {precision!r} is none of the vocabulary.")
    code = row.get("id") or row.get("code") or f"row {number}"
    credit = row.get("source") or source
    return Facility(code, names, kind, place, precision, lat, lon, credit, bool(stated)), doubt


def _precision(lat: float | None, lon: float | None, place: str, known: Gazetteer) -> str:
    if lat is not None and lon is not None:
        return "exact"
    level = known.by_code(place).level if place else "hidden"
    return "region" if level == "country" else level


def _only_county(reading: PlaceReading, known: Gazetteer) -> str:
    """The one unit of county level among what the words may mean: in a column of counties, Aksu is the city."""
    meant = [code for code in (reading.code, *reading.alternatives) if code]
    counties = [code for code in meant if known.by_code(code).level == "county"]
    is_told = len(counties) == 1 and all(known.lies_in(counties[0], code) for code in meant)
    return counties[0] if is_told and not reading.finer else ""


def _where(row: Mapping[str, str], known: Gazetteer) -> tuple[str, str]:
    """The code of the place a row names, and a sentence where it could not be told for certain."""
    county, prefecture = row.get("county") or row.get("place", ""), row.get("prefecture", "")
    reading = parse(f"{county}, {prefecture}", known)
    if row.get("county") and (county_level := _only_county(reading, known)):
        return county_level, ""
    if reading.code and not reading.is_ambiguous:
        return reading.code, ""
    alone = parse(county, known)
    if alone.code and not alone.is_ambiguous:
        return alone.code, f"{county!r} does not lie in {prefecture!r}; taken by its own name."
    if reading.code:
        named = ", ".join(known.label(code) for code in (reading.code, *reading.alternatives))
        taken = f"Taken as {known.label(reading.certain)}." if reading.certain else "No place is taken."
        return reading.certain, f"{county!r} may mean any of these: {named}. {taken}"
    return "", f"No place is known by the name {county!r}." if county else "The row names no place."


class Spotted(msgspec.Struct, frozen=True):
    """A facility that the words may name. `is_exact`: they are its number or one of its names, marks aside."""

    facility: Facility
    is_exact: bool


def spot(text: str, facilities: Iterable[Facility], places: Gazetteer | None = None) -> list[Spotted]:
    """Return the facilities that `text` may name, the likeliest first; where one is named exactly, those alone."""
    known = places if places is not None else gazetteer()
    text = text.strip()[:LONGEST]
    every = list(facilities)
    key = fold(text)
    if not key:
        return []
    exact = [one for one in every if key == fold(one.code) or any(key == fold(name) for name in one.names)]
    if exact:
        return [Spotted(one, True) for one in exact]
    pieces = [piece for segment in segments(text, known.index.exact) for piece in segment.pieces]
    asked = [_Asked(piece, known) for piece in pieces if piece.sense not in _IDLE]
    weighed = [(_weight(one, asked), one) for one in every] if asked else []
    found = sorted(((weight, one) for weight, one in weighed if weight), key=lambda pair: (-pair[0], pair[1].names[0]))
    return [Spotted(one, False) for _, one in found]


class _Asked:
    """A piece of the question: its words, the kind it names, and the codes of all that lies in the places it names."""

    def __init__(self, piece: Piece, known: Gazetteer) -> None:
        self.words = tuple(fold(word) for word in WORD.findall(piece.text))
        self.kind = piece.value if piece.sense == "facility" else ""
        codes = piece.codes if piece.sense == "place" else ()
        self.inside = {inner for code in codes for inner in known.within(code)}


def _weight(facility: Facility, asked: Sequence[_Asked]) -> int:
    """Return how well a facility answers: 0 where one of the pieces says nothing of it."""
    weight = 0
    for piece in asked:
        own = min((_of_word(word, facility.names) for word in piece.words), default=0)
        said = own or int(facility.place in piece.inside or facility.type == piece.kind)
        if not said:
            return 0
        weight += said
    return weight


@lru_cache(maxsize=8192)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in WORD.findall(name)) - {""}


@lru_cache(maxsize=8192)
def _sounds(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sound(word) for word in _words(names) if word.isascii())


def _of_word(word: str, names: tuple[str, ...]) -> int:
    """Return 3 for a word of a name, 2 for one that sounds so, 1 for one letter that differs; a number is exact."""
    words = _words(names)
    if not word or word in words:
        return 3
    if not word.isascii() or not word.isalpha():
        return 0
    if len(word) >= _LEAST_LETTERS_FOR_SOUND and sound(word) in _sounds(names):
        return 2
    is_close = len(word) >= _LEAST_LETTERS_FOR_TYPO and any(
        abs(len(one) - len(word)) < 2 and OSA.distance(word, one, score_cutoff=1) <= 1 for one in words
    )
    return 1 if is_close else 0

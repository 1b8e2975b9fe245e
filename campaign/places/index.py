"""A place, and the index of names in every spelling, other romanisations of Chinese included.

Wade and Giles (1892) is on English maps before 1979, Palladius and Popov (1888) on Russian ones until today. Each is
exact, so both are made from the pinyin that the gazetteer holds: data/pinyin_systems.tsv has every syllable.
"""

import csv
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import takewhile

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from campaign.names.sounds import pinyin_syllables
from campaign.places.scanning import as_on_maps, fold, sound

# From the widest to the narrowest: how far down the tree a place lies.
LEVELS = ("country", "region", "prefecture", "county", "town")

# The unit of China that the gazetteer is about: its places come before namesakes elsewhere.
REGION = "65"

# The words a person may use for the unit; several kinds share a level.
KINDS = {
    "country": {"country"},
    "region": {"region", "province"},
    "prefecture": {"prefecture", "city"},  # Urumqi, Karamay, Turpan and Kumul are cities of this level
    "county": {"county", "city", "district"},
    "town": {"town", "township", "subdistrict", "village"},
}
_KIND_ORDER = {"city": 0, "prefecture": 0, "district": 1, "county": 2}
_LEAST_LETTERS_FOR_SOUND = 4
_LEAST_LETTERS_FOR_TYPO = 5
_LEAST_ALIKE = 0.6


class Place(msgspec.Struct, frozen=True):
    """A place with its names in each script; the first name of each is the one to show.

    `code` is the GB/T 2260 code of a unit of China ("653121"), the ISO 3166 code of a country ("TR"),
    or "g" and the GeoNames number for what has neither ("g13196618"). `parent` is a code, empty at the top.
    `lat` and `lon` are degrees (WGS 84) of the seat, None where nobody wrote them down for certain.
    """

    code: str
    level: str
    kind: str
    parent: str = ""
    uyghur: tuple[str, ...] = ()
    cyrillic: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    pinyin: str = ""
    latin: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonames: str = ""

    @property
    def depth(self) -> int:
        """Return 0 for a country, 4 for a town."""
        return LEVELS.index(self.level)

    def names(self) -> tuple[str, ...]:
        """Return every spelling, the preferred Latin one first."""
        pinyin = (self.pinyin,) if self.pinyin else ()
        return (*self.latin, *pinyin, *self.uyghur, *self.cyrillic, *self.chinese)


class PlaceHit(msgspec.Struct, frozen=True):
    """A place that a text may mean, and how surely.

    `how` is "exact" (a name it bears, marks and spaces aside), "sounds" (another romanisation of one)
    or "typo" (one letter differs). `is_ambiguous` says that another hit is as good.
    """

    place: Place
    how: str
    is_ambiguous: bool = False


def in_other_systems(pinyin: str) -> tuple[str, ...]:
    """Return a name in pinyin as each other system writes it, folded; () for one syllable, and for no pinyin."""
    syllables = pinyin_syllables(fold(pinyin))
    if len(syllables) < 2 or not _systems().keys() >= set(syllables):
        return ()
    return tuple(fold("".join(written)) for written in zip(*map(_systems().__getitem__, syllables), strict=True))


@cache
def _systems() -> dict[str, tuple[str, str]]:
    sheet = (resources.files(__package__) / "data" / "pinyin_systems.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(sheet.splitlines(), delimiter="\t")
    return {row["pinyin"]: (row["wade_giles"], row["palladius"]) for row in rows}


def _rank(place: Place) -> tuple[bool, int, int, str]:
    """The region first; then the wider, for it holds in either case; then a city before the county of its name."""
    is_elsewhere = place.code[:2].isdigit() and not place.code.startswith(REGION)
    return is_elsewhere, place.depth, _KIND_ORDER.get(place.kind, 1), place.code


class NameIndex:
    """The folded names of a set of places; each answer is a tuple of codes in the order to offer them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._exact: dict[str, tuple[str, ...]] = {}
        self._sounds: dict[str, tuple[str, ...]] = {}
        ranked = sorted(places, key=_rank)
        for place in ranked:
            for key in {fold(name) for name in place.names()} - {""}:
                self._exact[key] = (*self._exact.get(key, ()), place.code)
        for key, codes in self._exact.items():
            if key.isascii():
                like = sound(key)
                self._sounds[like] = tuple(dict.fromkeys((*self._sounds.get(like, ()), *codes)))
        self._transcribed: dict[str, tuple[str, ...]] = {}
        for place in ranked:
            for key in in_other_systems(place.pinyin):
                self._transcribed[key] = (*self._transcribed.get(key, ()), place.code)
        self.longest = max(map(len, self._exact), default=0)
        self._keys = sorted(self._exact)

    def exact(self, key: str) -> tuple[str, ...]:
        """Return the places of which `key` is a folded name."""
        return self._exact.get(key, ())

    def transcribed(self, key: str) -> tuple[str, ...]:
        """Return the places whose Chinese name another system than pinyin writes as `key`."""
        return self._transcribed.get(key, ())

    def sounding(self, key: str) -> tuple[str, ...]:
        """Return the places whose Latin name differs only by letters that romanisations exchange."""
        if len(key) < _LEAST_LETTERS_FOR_SOUND or not key.isascii():
            return ()
        return self._sounds.get(sound(key)) or self._sounds.get(sound(as_on_maps(key)), ())

    def one_letter_off(self, key: str) -> tuple[str, ...]:
        """Return the places with a name that one wrong, missing, added or swapped letter makes of `key`."""
        if not _LEAST_LETTERS_FOR_TYPO <= len(key) <= self.longest + 1:
            return ()
        close = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=1, limit=5)
        return tuple(dict.fromkeys(code for near, _, _ in close for code in self._exact[near]))

    def beginning(self, key: str) -> tuple[str, ...]:
        """Return the places with a name that begins with `key`, those of the shortest name first."""
        start = bisect_left(self._keys, key)
        names = takewhile(lambda name: name.startswith(key), self._keys[start:]) if key else ()
        return tuple(dict.fromkeys(code for name in sorted(names, key=len) for code in self._exact[name]))

    def nearest(self, key: str, limit: int = 5) -> tuple[str, ...]:
        """Return the places whose names look most like `key`: to be offered to somebody, never taken."""
        close = process.extract(
            key[: self.longest + 5],
            self._keys,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_ALIKE,
            limit=limit,
        )
        return tuple(dict.fromkeys(code for near, _, _ in close for code in self._exact[near]))

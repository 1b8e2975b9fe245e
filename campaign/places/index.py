"""From a spelling to the places that bear it: exactly, by sound, or but for one letter."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from campaign.places.folding import as_on_maps, fold, sound
from campaign.places.place import REGION, Place
from campaign.places.systems import in_other_systems

_KIND_ORDER = {"city": 0, "prefecture": 0, "district": 1, "county": 2}
_LEAST_LETTERS_FOR_SOUND = 4
_LEAST_LETTERS_FOR_TYPO = 5
_LEAST_ALIKE = 0.6


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

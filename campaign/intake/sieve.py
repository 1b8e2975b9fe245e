"""Names by their keys, in memory, for thousands of comparisons: rough first, aligned where it promises something."""

from heapq import nlargest
from math import log
from typing import NamedTuple

from campaign.names import NameForms, promise, score
from campaign.search import ReadName, read_name
from campaign.search.packing import unpack

FULL = "sfnw"  # kinds of keys that hold a whole word (names.lookup)
COMMON = 150  # a key that so many names share tells none from another
PROMISED = 8  # names of which a promise is asked; with twelve 3 of 1,103 real spellings more are met, at twice the cost
PROMISING = 0.75
ALIKE = 0.62  # a little above what half of a name makes: among thousands of rows families would fill the report


class Kept(NamedTuple):
    """One name as the sieve keeps it: read (1 KB instead of the ten of its forms), and the keys by which it is met."""

    read: ReadName
    keys: tuple[str, ...]

    @property
    def forms(self) -> NameForms:
        """The name's forms."""
        return unpack(self.read.packed)


def kept(text: str) -> Kept:
    """Return a name read. Of a name of several words a slip spoils one: the others' full keys find it."""
    read = read_name(text)
    is_long = any(len(one.tokens) > 1 for one in unpack(read.packed).names)
    return Kept(read, tuple(key for key in read.keys if key[0] in FULL) if is_long else read.keys)


class Sieve:
    """Names with their owners: numbers of whatever kind the caller chooses."""

    def __init__(self) -> None:
        self._owners: list[int] = []
        self._packed: list[bytes] = []
        self._postings: dict[str, list[int]] = {}

    def add(self, owner: int, name: Kept) -> None:
        """Add one name of an owner."""
        place = len(self._owners)
        self._owners.append(owner)
        self._packed.append(name.read.packed)
        for key in name.keys:
            self._postings.setdefault(key, []).append(place)

    def near(self, name: Kept) -> dict[int, float]:
        """Return the owners of names that are alike, with how alike (0..1)."""
        asked, found = name.forms, dict[int, float]()
        for place in self._likeliest(name):
            other, owner = unpack(self._packed[place]), self._owners[place]
            if promise(asked, other) >= PROMISING and (alike := score(asked, other).score) >= ALIKE:
                found[owner] = max(alike, found.get(owner, 0.0))
        return found

    def _likeliest(self, name: Kept) -> list[int]:
        points: dict[int, float] = {}
        for key in name.keys:
            places = self._postings.get(key, ())
            if 0 < len(places) <= COMMON:
                says = log(1 + len(self._owners) / len(places))
                for place in places:
                    points[place] = points.get(place, 0.0) + says
        ranked = ((round(said, 6), -place) for place, said in points.items())
        return [-place for _, place in nlargest(PROMISED, ranked)]

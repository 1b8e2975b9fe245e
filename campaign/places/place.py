"""What the gazetteer says of one place, and what answers to a name."""

import msgspec

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

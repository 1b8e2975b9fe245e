"""Places: the region's gazetteer under every spelling, what a place cell of a sheet says, facilities.

Imports only the ground floor. Place facts: GeoNames (CC BY 4.0), codes GB/T 2260; see data/README.md.
"""

from .facilities import Facility, read_facilities
from .gazetteer import BadPlace, Gazetteer, gazetteer
from .place import KINDS, LEVELS, Place, PlaceHit
from .reading import PlaceReading, parse
from .segments import Part
from .sheets import COLUMNS, PlaceSheet, Refused, read_places

__all__ = [
    "COLUMNS",
    "KINDS",
    "LEVELS",
    "BadPlace",
    "Facility",
    "Gazetteer",
    "Part",
    "Place",
    "PlaceHit",
    "PlaceReading",
    "PlaceSheet",
    "Refused",
    "gazetteer",
    "parse",
    "read_facilities",
    "read_places",
]

"""Places: the region's gazetteer under every spelling, what a place cell of a sheet says, facilities.

Imports only the ground floor. Place facts: GeoNames (CC BY 4.0), codes GB/T 2260; see data/README.md.
"""

from campaign.places.choosing import Choice, choose, suggest
from campaign.places.current import gazetteer, of_home, own_places, shipped
from campaign.places.extending import Extension
from campaign.places.facilities import Facility
from campaign.places.gazetteer import BadPlace, Gazetteer
from campaign.places.place import KINDS, LEVELS, Place, PlaceHit
from campaign.places.reading import PlaceReading, parse
from campaign.places.segments import Part
from campaign.places.sheets import COLUMNS, PlaceSheet, Remark, read_places

__all__ = [
    "COLUMNS",
    "KINDS",
    "LEVELS",
    "BadPlace",
    "Choice",
    "Extension",
    "Facility",
    "Gazetteer",
    "Part",
    "Place",
    "PlaceHit",
    "PlaceReading",
    "PlaceSheet",
    "Remark",
    "choose",
    "gazetteer",
    "of_home",
    "own_places",
    "parse",
    "read_places",
    "shipped",
    "suggest",
]

"""Places as they may be told: no finer than a county, coordinates rounded to what is told.

The gazetteer of places is read here; a town becomes its county before anything of it is looked at.
"""

from campaign.ledger.documents import Place
from campaign.places import gazetteer

LANGUAGES = ("en", "ug", "zh", "ru", "kk")
# Decimals of a degree for each level: a county's seat to about a kilometre, what is wider to about eleven.
DECIMALS = {"county": 2, "prefecture": 1, "region": 0, "country": 0}


def public_place(code: str, *, facility: str = "") -> Place | None:
    """Return what may be told of the place `code`, None where nobody stated one and no facility either.

    Raises KeyError, with the code, for a place that the gazetteer does not hold.
    """
    if not code:
        return _unplaced(facility) if facility else None
    known = gazetteer()
    place = known.public(code)
    decimals = DECIMALS[place.level]
    return Place(
        code=place.code,
        names={language: known.name(place.code, language) for language in LANGUAGES},
        within=[parent.code for parent in known.parents(place.code)],
        precision=place.level,
        latitude=None if place.lat is None else round(place.lat, decimals),
        longitude=None if place.lon is None else round(place.lon, decimals),
        facility=facility,
    )


def _unplaced(facility: str) -> Place:
    return Place(code="", names={}, within=[], precision="hidden", latitude=None, longitude=None, facility=facility)

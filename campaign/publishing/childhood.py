"""What may be told of a detained person under 18: no place finer than a prefecture, and no kind of institution."""

from typing import cast

import msgspec

from campaign.ledger.documents import Place, Profile
from campaign.places import gazetteer
from campaign.publishing.placing import public_place

COARSE = ("prefecture", "region", "country")


def without_exact_places(document: Profile) -> Profile:
    """Return a document whose places are none finer than a prefecture."""
    return cast(Profile, _coarse(document))


def coarse(place: Place) -> Place | None:
    """Return the prefecture, or what is wider, in which a place lies; None where only a kind of place is known."""
    known = gazetteer()
    for code in (place.code, *place.within):
        if code and known.public(code).level in COARSE:
            return public_place(code)
    return None


def _coarse(part: object) -> object:
    if isinstance(part, Place):
        return coarse(part)
    if isinstance(part, list):
        return [_coarse(row) for row in part]
    if isinstance(part, msgspec.Struct):
        return msgspec.structs.replace(part, **{name: _coarse(getattr(part, name)) for name in part.__struct_fields__})
    return part

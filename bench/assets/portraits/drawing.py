"""Portraits of people who do not exist, drawn for the demonstration like posters: flat shapes, never photo-like.

The same seed is the same person for ever. Nothing here looks at anybody's data.
"""

from PIL import Image, ImageOps

from bench.assets.portraits.clothes import coat, head_covered, neckwear
from bench.assets.portraits.face import face
from bench.assets.portraits.hair import hair_before, hair_behind
from bench.assets.portraits.pen import Sheet
from bench.assets.portraits.sitter import COVERS_HAIR, HEADDRESSES, sitter

__all__ = ["HEADDRESSES", "portrait"]


def portrait(seed: str, *, headdress: str | None = None) -> Image.Image:
    """Return the drawn portrait of `seed`, RGB, 960 x 1200.

    `headdress` is one of HEADDRESSES or None, for a bare head. Raises ValueError for another.
    """
    who = sitter(seed, headdress)
    sheet = Sheet(who.ground)
    shows_hair = headdress not in COVERS_HAIR
    if shows_hair:
        hair_behind(sheet, who)
    mask = coat(sheet, who)
    face(sheet, who)
    if who.headdress != "scarf":
        neckwear(sheet, who, mask)
    if shows_hair:
        hair_before(sheet, who)
    head_covered(sheet, who)
    picture = sheet.finished()
    return ImageOps.mirror(picture) if who.looks_left else picture

"""Portraits of people who do not exist, drawn for the demonstration like posters: flat shapes, never photo-like.

The same seed is the same person for ever. Nothing here looks at anybody's data.
"""

from PIL import Image, ImageOps

from campaign.demo.portrait_clothes import coat, head_covered, neckwear
from campaign.demo.portrait_face import face
from campaign.demo.portrait_hair import hair_before, hair_behind
from campaign.demo.portrait_pen import Sheet
from campaign.demo.portrait_sitter import COVERS_HAIR, HEADDRESSES, sitter

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

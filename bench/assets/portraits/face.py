"""The face and the hair of a drawn portrait. The light comes from one side; the other half is one flat shade."""

from itertools import pairwise

from PIL import Image

from bench.assets.portraits.pen import MIDDLE, Colour, Point, Sheet, both
from bench.assets.portraits.sitter import INK, SAFFRON, SILK, Sitter

EYE_LEVEL = 270.0


def head_outline(who: Sitter) -> list[Point]:
    """Return the head from crown to chin."""
    w, j = who.width, who.jaw
    right = [(0, 148), (52 * w, 161), (80 * w, 207), (83 * w, 262), (76 * w * j**0.5, 326)]
    return both([*right, (52 * w * j, 384), (24 * w * j, 408), (0, 413)])


def darker(colour: Colour, share: float = 0.72) -> Colour:
    """Return the colour as it is in shade."""
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    """Return the colour drawn towards white by `share`."""
    red, green, blue = (round(part + (255 - part) * share) for part in colour)
    return red, green, blue


def face(sheet: Sheet, who: Sitter) -> None:
    """Draw neck, ears, head, the shade on it, and the features."""
    sheet.shape(both([(0, 370), (44, 376), (46, 430), (62, 474), (0, 512)]), who.lit)
    sheet.shape([(238, 400), (292, 372), (288, 430), (304, 474), (242, 512), (262, 462)], who.shade)
    for side, colour in ((-1, who.lit), (1, who.shade)):
        sheet.oval((MIDDLE + side * 83 * who.width, 280), 11, 23, colour)
        if who.has_earrings and who.headdress != "scarf":
            sheet.oval((MIDDLE + side * 86 * who.width, 312), 5, 9, SAFFRON)
    head = sheet.shape(head_outline(who), who.lit)
    sheet.shape(_shadow(who), who.shade, within=head, sharp=False)
    _age(sheet, who, head)
    if who.beard:
        _beard(sheet, who, head)
    for side in (-1, 1):
        _eye(sheet, who, side)
    _nose_and_mouth(sheet, who)
    if who.glasses:
        _glasses(sheet, who)


def _shadow(who: Sitter) -> list[Point]:
    tip = 240 + 25 * who.nose
    return [
        (262, 120), (264, 190), (256, 236), (246, 258), (250, 286), (tip, 320), (tip - 4, 330), (246, 336), (245, 352),
        (256, 362), (250, 378), (244, 388), (254, 402), (244, 420), (360, 430), (360, 120),
    ]  # fmt: skip


def _eye(sheet: Sheet, who: Sitter, side: int) -> None:
    x, y, size = MIDDLE + side * 40 * who.width, EYE_LEVEL, 19 * who.eyes
    lift = 9 * who.eyes - (2 if who.age == 2 else 0)
    white = SILK if side < 0 else darker(SILK, 0.84)
    lid = [(x - size, y + 2), (x - size * 0.4, y - lift + 1), (x + size * 0.45, y - lift + 1), (x + size, y + 2)]
    opened = sheet.shape([*lid, (x + size * 0.3, y + 7), (x - size * 0.4, y + 7)], white)
    sheet.shape(_disc((x, y - 1), 8.2 * who.eyes), INK, within=opened)
    sheet.oval((x - 2.5, y - 4), 1.7, 1.7, SILK)
    sheet.line([(lid[0][0] - side * 1.5, y + 2), lid[1], lid[2], (lid[3][0] + side * 1.5, y + 1)], 5.2, INK)
    if who.age:
        sheet.line([(x - 13, y + 15), (x, y + 18), (x + 13, y + 15)], 2, darker(who.shade, 0.82))
    brow = who.hair if who.headdress != "scarf" or who.age == 2 else INK
    rise = 28 + who.smile * 0.6
    heavy = 6.5 * who.brows
    sheet.line(
        [(x - side * 23, y - rise + 6), (x - side * 4, y - rise), (x + side * 23, y - rise + 7)],
        heavy,
        darker(brow, 0.8),
    )


def _disc(middle: Point, reach: float) -> list[Point]:
    x, y = middle
    return [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]


def _nose_and_mouth(sheet: Sheet, who: Sitter) -> None:
    dark = darker(who.shade, 0.72)
    wide = 17 * who.nose
    sheet.line([(240 - wide, 324), (240 - wide + 2, 332), (240 - wide + 9, 332)], 3, dark)
    sheet.line([(240 + wide - 5, 333), (240 + wide + 3, 331)], 3, dark)
    corner = 367 - who.smile
    upper = [(206, corner), (226, 358), (240, 362), (254, 358), (274, corner), (256, 368), (224, 368)]
    lower = [(212, corner + 1), (240, 367), (268, corner + 1), (256, 381), (224, 381)]
    sheet.shape(lower, lighter(who.lip, 0.16))
    sheet.shape(upper, who.lip)
    sheet.line([(206, corner), (226, 367), (240, 368), (254, 367), (274, corner)], 2.4, darker(who.lip, 0.6))


def _age(sheet: Sheet, who: Sitter, head: Image.Image) -> None:
    line = darker(who.shade, 0.86)
    for side in (-1, 1) if who.age else ():
        x = MIDDLE + side * 33
        sheet.line([(x - side * 6, 336), (x + side * 5, 350), (x + side * 8, 368)], 2.6, line, within=head)
    if who.age == 2:
        for y in (208, 221):
            sheet.line([(206, y), (240, y - 4), (276, y)], 2.4, line, within=head)
        for side in (-1, 1):
            x = MIDDLE + side * 66 * who.width
            sheet.line([(x, 266), (x + side * 10, 260)], 2.2, line, within=head)
            sheet.line([(x, 274), (x + side * 10, 277)], 2.2, line, within=head)


def _beard(sheet: Sheet, who: Sitter, head: Image.Image) -> None:
    w, hair = who.width, who.hair
    moustache = [
        (184, 376),
        (198, 354),
        (222, 343),
        (240, 346),
        (258, 343),
        (282, 354),
        (296, 376),
        (266, 359),
        (240, 356),
        (214, 359),
    ]
    if who.beard == "stubble":
        ring = [(0, 352), (34, 346), (62, 352), (84 * w, 290), (100, 380), (40, 440), (0, 440)]
        tone = tuple((3 * part + own) // 4 for part, own in zip(who.shade, hair, strict=True))
        sheet.shape(both(ring), (tone[0], tone[1], tone[2]), within=head)
        sheet.shape(both([(0, 356), (38, 352), (44, 372), (0, 388)]), who.shade, within=head)
        return
    if who.beard != "moustache":
        end = 470 if who.beard == "long" else 426
        right = [(0, 386), (30, 380), (40, 360), (62, 340), (82 * w, 280), (84 * w, 330), (66 * w, 392), (30, end - 8)]
        beard = sheet.shape(both([*right, (0, end)]), hair)
        sheet.shape(
            [(242, 384), (272, 380), (300, 340), (330, 270), (340, 400), (250, end + 20)], darker(hair), within=beard
        )
        sheet.shape(both([(0, 352), (38, 356), (36, 376), (18, 392), (0, 394)]), hair)
    sheet.shape(moustache, hair if who.age == 2 else darker(hair, 0.9))


def _glasses(sheet: Sheet, who: Sitter) -> None:
    frame = INK if sum(who.dress) % 2 else darker((120, 84, 50))
    for side in (-1, 1):
        x = MIDDLE + side * 40 * who.width
        if who.glasses == "round":
            sheet.oval((x, EYE_LEVEL + 2), 29, 27, frame, line=4.5)
        else:
            box = [(x - 30, 250), (x + 30, 250), (x + 27, 292), (x - 27, 292), (x - 30, 250)]
            for start, end in pairwise(box):
                sheet.line([start, end], 5, frame)
        sheet.line([(x + side * 29, 262), (MIDDLE + side * 85 * who.width, 266)], 4.5, frame)
    sheet.line([(MIDDLE - 12, 266), (MIDDLE, 261), (MIDDLE + 12, 266)], 4.5, frame)

"""What a drawn sitter wears: coat and collar, and what covers the head."""

from typing import Final

from PIL import Image

from bench.assets.portraits.face import darker, lighter
from bench.assets.portraits.pen import MIDDLE, Point, Sheet, both
from bench.assets.portraits.sitter import INK, SAFFRON, SILK, Sitter

# How a scarf falls: three folds on the lit side, three in shade.
_FOLDS: Final[tuple[tuple[Point, ...], ...]] = (
    ((150, 222), (166, 160), (236, 122)),
    ((146, 300), (156, 372), (190, 440)),
    ((186, 470), (218, 508), (240, 574)),
    ((334, 300), (324, 372), (294, 436)),
    ((256, 120), (306, 146), (332, 214)),
    ((296, 474), (266, 516), (248, 574)),
)


def coat(sheet: Sheet, who: Sitter) -> Image.Image:
    """Draw shoulders and coat; return the mask, for the collar."""
    mask = sheet.shape(both([(0, 452), (56, 456), (116, 486), (182, 520), (216, 566), (226, 660), (0, 660)]), who.coat)
    sheet.shape([(300, 450), (380, 486), (500, 560), (500, 640), (330, 640)], darker(who.coat, 0.8), within=mask)
    return mask


def neckwear(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    """Draw the collar, over the neck."""
    draw = {"crew": _crew, "v": _v, "stand": _stand, "shirt": _shirt, "waistcoat": _waistcoat, "etles": _etles}
    draw[who.collar](sheet, who, mask)


def _crew(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    sheet.line([(174, 462), (200, 494), (240, 508), (280, 494), (306, 462)], 13, lighter(who.coat, 0.16))


def _v(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    sheet.line([(176, 460), (202, 500), (240, 548)], 7, who.trim)
    sheet.line([(304, 460), (278, 500), (240, 548)], 7, darker(who.trim, 0.8))
    sheet.shape([(190, 470), (290, 470), (240, 538)], who.lit, sharp=True)
    sheet.shape([(262, 470), (290, 470), (240, 538)], who.shade, sharp=True)


def _stand(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    collar = [(186, 438), (240, 462), (294, 438), (304, 480), (240, 506), (176, 480)]
    sheet.shape(collar, lighter(who.coat, 0.14))
    sheet.line([(240, 464), (240, 600)], 3, lighter(who.coat, 0.3))
    for y in (524, 562):
        sheet.oval((252, y), 5, 5, who.trim)


def _shirt(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    sheet.shape([(200, 470), (280, 470), (262, 640), (218, 640)], SILK, within=mask, sharp=True)
    sheet.shape([(188, 444), (240, 492), (206, 534), (166, 474)], lighter(SILK, 0.4), sharp=True)
    sheet.shape([(292, 444), (240, 492), (274, 534), (314, 474)], darker(SILK, 0.88), sharp=True)
    sheet.line([(240, 494), (240, 600)], 2, darker(SILK, 0.7))


def _waistcoat(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    sheet.shape(both([(0, 440), (60, 452), (44, 540), (0, 600)]), SILK, within=mask)
    sheet.line([(182, 458), (206, 486), (240, 494), (274, 486), (298, 458)], 8, darker(SILK, 0.9))
    for side in (-1, 1):
        sheet.line([(MIDDLE + side * 66, 462), (MIDDLE + side * 44, 530), (MIDDLE, 610)], 6, who.dress)


def _etles(sheet: Sheet, who: Sitter, mask: Image.Image) -> None:
    """Rows of almonds, as on the silk: outline, body, heart."""
    for column in range(-5, 6):
        for row in range(4):
            x, y = MIDDLE + column * 44, 478 + row * 50 + (column % 2) * 25
            if y < 512 and abs(column) < 2:
                continue  # there the neck stands before the coat
            for reach, colour in ((25.0, who.trim), (18.0, who.dress), (8.0, SAFFRON)):
                sheet.shape(_almond(x, y, reach), colour, within=mask)
    sheet.line([(176, 462), (202, 492), (240, 504), (278, 492), (304, 462)], 9, darker(who.coat, 0.7))


def _almond(x: float, y: float, reach: float) -> list[Point]:
    return [(x, y - reach * 1.3), (x + reach * 0.5, y), (x + reach * 0.4, y + reach * 0.7), (x, y + reach),
            (x - reach * 0.4, y + reach * 0.7), (x - reach * 0.5, y)]  # fmt: skip


def head_covered(sheet: Sheet, who: Sitter) -> None:
    """Draw the headdress, if there is one."""
    draw = {"scarf": _scarf, "shawl": _shawl, "kerchief": _kerchief, "doppa": _doppa, "tumaq": _tumaq}
    if who.headdress is not None:
        draw[who.headdress](sheet, who)


def _scarf(sheet: Sheet, who: Sitter) -> None:
    outer = both([(0, 94), (78, 112), (118, 190), (116, 300), (92, 404), (82, 452), (132, 500), (66, 556), (0, 592)])
    opening = both([(0, 176), (50, 188), (74, 236), (73, 310), (56, 372), (26, 404), (0, 410)])
    cloth = sheet.ring(outer, opening, who.dress)
    shade = [(270, 80), (300, 150), (318, 240), (316, 330), (290, 410), (250, 440), (250, 620), (420, 620), (420, 80)]
    sheet.shape(shade, darker(who.dress, 0.8), within=cloth)
    fold = darker(who.dress, 0.62)
    for line in _FOLDS:
        sheet.line(line, 4.5, fold, within=cloth)


def _shawl(sheet: Sheet, who: Sitter) -> None:
    outer = both([(0, 100), (80, 116), (124, 198), (126, 320), (134, 420), (176, 540), (150, 660), (0, 660)])
    opening = both([(0, 146), (56, 158), (90, 226), (94, 320), (82, 420), (60, 480), (34, 560), (26, 700), (0, 720)])
    cloth = sheet.ring(outer, opening, who.dress)
    sheet.shape(
        [(330, 150), (332, 320), (320, 440), (290, 640), (460, 640), (420, 120)], darker(who.dress, 0.8), within=cloth
    )
    for x in (0, 1):
        side = 1 if x else -1
        edge = [
            (MIDDLE + side * way, y)
            for way, y in ((8, 142), (60, 158), (94, 226), (99, 320), (88, 420), (66, 480), (40, 560), (30, 640))
        ]
        sheet.line(edge, 6, who.trim, within=cloth)
        sheet.line(
            [(MIDDLE + side * way, y) for way, y in ((112, 300), (112, 400), (140, 500))],
            4,
            darker(who.dress, 0.64),
            within=cloth,
        )


def _kerchief(sheet: Sheet, who: Sitter) -> None:
    right = [(0, 112), (66, 124), (98, 184), (96, 262), (84, 268), (66, 208), (34, 188), (0, 182)]
    cloth = sheet.shape(both(right), who.dress)
    sheet.shape([(284, 100), (300, 160), (316, 290), (400, 290), (400, 100)], darker(who.dress, 0.8), within=cloth)
    for x, y in (
        (196, 150),
        (240, 140),
        (284, 150),
        (170, 190),
        (218, 172),
        (262, 172),
        (312, 190),
        (156, 232),
        (324, 232),
    ):
        sheet.oval((x, y), 5, 5, who.trim)
    sheet.line(
        [(160, 262), (176, 208), (210, 186), (240, 182), (270, 186), (304, 208), (320, 262)], 5, who.trim, within=cloth
    )


def _doppa(sheet: Sheet, who: Sitter) -> None:
    colour = who.coat if sum(who.coat) < 190 else INK
    colour = (30, 50, 44) if colour == who.hair else colour
    cap = sheet.shape([(152, 192), (166, 112), (240, 100), (314, 112), (328, 192), (240, 178)], colour, sharp=True)
    sheet.shape([(262, 90), (270, 200), (340, 200), (330, 90)], darker(colour, 0.7), within=cap, sharp=True)
    sheet.line([(240, 96), (240, 180)], 3, who.trim, within=cap)
    for x, lean in ((204, -1), (276, 1)):
        sheet.shape([(x + lean * 10, 122), (x + 12, 150), (x, 164), (x - 12, 150)], who.trim)
        sheet.shape([(x + lean * 6, 136), (x + 6, 150), (x, 157), (x - 6, 150)], SAFFRON)
    sheet.line([(154, 188), (196, 177), (240, 173), (284, 177), (326, 188)], 7, darker(colour, 0.55), within=cap)


def _tumaq(sheet: Sheet, who: Sitter) -> None:
    crown = sheet.shape(both([(0, 66), (50, 80), (78, 130), (80, 170), (0, 170)]), who.dress)
    sheet.shape([(270, 60), (280, 180), (340, 180), (340, 60)], darker(who.dress, 0.78), within=crown)
    fur = darker((112, 84, 60), 0.8) if who.hair != (62, 42, 30) else INK
    for step in range(15):
        x = 146 + step * 188 / 14
        lift = 14 * (1 - ((x - MIDDLE) / 94) ** 2)
        sheet.oval((x, 184 - lift), 21, 27, fur if x < 262 else darker(fur, 0.78))
    for step in range(9):
        x = 158 + step * 20.5
        sheet.line([(x, 168), (x + 4, 180)], 3, lighter(fur, 0.22))

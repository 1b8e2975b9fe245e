"""The hair of a drawn portrait: what falls behind the head, and what lies before it."""

from collections.abc import Sequence

from bench.assets.portraits.face import darker, lighter
from bench.assets.portraits.pen import MIDDLE, Point, Sheet, both
from bench.assets.portraits.sitter import Sitter


def hair_behind(sheet: Sheet, who: Sitter) -> None:
    """Draw what is behind head and shoulders."""
    w = who.width
    if who.hair_style == "long":
        sheet.shape(both([(0, 122), (74, 136), (112 * w, 214), (116, 330), (128, 440), (112, 520), (0, 520)]), who.hair)
    elif who.hair_style == "bob":
        sheet.shape(both([(0, 122), (74, 134), (114 * w, 206), (120, 300), (118, 384), (86, 402), (0, 402)]), who.hair)
    elif who.hair_style == "bun" and who.headdress is None:
        sheet.oval((MIDDLE, 118), 46, 40, darker(who.hair, 0.86))
    elif who.hair_style in {"parted", "braids"}:
        sheet.shape(both([(0, 126), (66, 140), (98 * w, 206), (94, 300), (70, 380), (0, 380)]), who.hair)


def hair_before(sheet: Sheet, who: Sitter) -> None:
    """Draw the hairline, and braids over the coat."""
    style, w = who.hair_style, who.width
    if style == "bald":
        return
    if style == "receding":
        for side in (-1, 1):
            sheet.shape(
                _at(side, [(70 * w, 178), (90 * w, 214), (90 * w, 282), (78 * w, 290), (77 * w, 226)]), who.hair
            )
        sheet.shape(both([(0, 138), (46, 144), (76 * w, 176), (86 * w, 214), (62, 176), (34, 164), (0, 166)]), who.hair)
    elif style in {"short", "side"}:
        _short(sheet, who)
    else:
        _parted(sheet, who)
    if style == "braids":
        _braids(sheet, who)


def _at(side: int, points: Sequence[Point]) -> list[Point]:
    return [(MIDDLE + side * x, y) for x, y in points]


def _short(sheet: Sheet, who: Sitter) -> None:
    w = who.width
    over = [(MIDDLE - 86 * w, 262), (MIDDLE - 95 * w, 200), (MIDDLE - 66, 138), (236, 118), (MIDDLE + 64, 132)]
    over += [(MIDDLE + 95 * w, 196), (MIDDLE + 87 * w, 262), (MIDDLE + 77 * w, 226)]
    line = [(296, 190), (250, 186), (196, 194)] if who.hair_style == "short" else [(300, 178), (262, 170), (206, 210)]
    mask = sheet.shape([*over, *line, (MIDDLE - 76 * w, 226)], who.hair)
    if who.hair_style == "side":
        sheet.line([(206, 206), (250, 168), (300, 150)], 3, lighter(who.hair, 0.18), within=mask)


def _parted(sheet: Sheet, who: Sitter) -> None:
    w = who.width
    for side in (-1, 1):
        lock = [
            (-2, 126),
            (52, 132),
            (90 * w, 176),
            (98 * w, 240),
            (92 * w, 312),
            (84 * w, 280),
            (70, 226),
            (34, 190),
            (-2, 166),
        ]
        mask = sheet.shape(_at(side, lock), who.hair if side < 0 else darker(who.hair, 0.86))
        sheet.line(_at(side, [(6, 142), (50, 164), (84, 220)]), 2.4, lighter(who.hair, 0.16), within=mask)


def _braids(sheet: Sheet, who: Sitter) -> None:
    for side in (-1, 1):
        for knot in range(9):
            x, y = MIDDLE + side * (90 + 4 * knot), 322 + 27 * knot
            tone = who.hair if knot % 2 else lighter(who.hair, 0.1)
            sheet.shape(
                [(x - 17, y - 8), (x, y - 20), (x + 17, y - 6), (x + 12, y + 14), (x, y + 20), (x - 14, y + 12)], tone
            )
            sheet.line([(x - 11, y + 8), (x + side * 2, y - 2), (x + 11, y + 6)], 2.2, lighter(who.hair, 0.24))

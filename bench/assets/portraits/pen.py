"""The pen that draws the demonstration's portraits: flat shapes with soft outlines, no photograph anywhere near."""

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int]

SIZE: Final = (960, 1200)
MIDDLE: Final = 240.0  # of the design, which is 480 x 600
_FINE: Final = 3  # pixels drawn for one unit of the page; two are left at the end, so that edges are smooth
_NEAR: Final = 1.14  # how much nearer the sitter comes than the design says
_FLOOR: Final = 625.0  # where the design's lower edge, 600, comes to lie


def both(right: Sequence[Point]) -> list[Point]:
    """Return a closed outline from its right half: points (distance from the middle, height), from top to bottom."""
    return [(MIDDLE + x, y) for x, y in right] + [(MIDDLE - x, y) for x, y in reversed(right) if x]


def soft(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """Return a Catmull-Rom curve through `points`."""
    count = len(points)
    found: list[Point] = []
    for at in range(count if closed else count - 1):
        around = [points[(at + k) % count] if closed else points[min(max(at + k, 0), count - 1)] for k in (-1, 0, 1, 2)]
        found += [_between(around, step / steps) for step in range(steps)]
    return found if closed else [*found, points[-1]]


def _between(around: Sequence[Point], t: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = around
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
    x = sum(weight * value for weight, value in zip(weights, (x0, x1, x2, x3), strict=True)) / 2
    y = sum(weight * value for weight, value in zip(weights, (y0, y1, y2, y3), strict=True)) / 2
    return x, y


def _placed(points: Sequence[Point]) -> list[Point]:
    """Return where points of the design lie, in pixels."""
    return [((MIDDLE + (x - MIDDLE) * _NEAR) * _FINE, (_FLOOR + (y - 600) * _NEAR) * _FINE) for x, y in points]


class Sheet:
    """One portrait in the making. Coordinates are those of the design."""

    def __init__(self, ground: Colour) -> None:
        self._picture = Image.new("RGB", (480 * _FINE, 600 * _FINE), ground)

    def shape(
        self, points: Sequence[Point], colour: Colour, *, within: Image.Image | None = None, sharp: bool = False
    ) -> Image.Image:
        """Fill an outline; return its mask, within which more can be drawn."""
        mask = Image.new("L", self._picture.size, 0)
        outline = list(points) if sharp else soft(points)
        ImageDraw.Draw(mask).polygon(_placed(outline), fill=255)
        return self._laid(mask, colour, within)

    def ring(self, outer: Sequence[Point], hole: Sequence[Point], colour: Colour) -> Image.Image:
        """Fill an outline but for a hole in it; return the mask."""
        mask = Image.new("L", self._picture.size, 0)
        pen = ImageDraw.Draw(mask)
        for points, value in ((outer, 255), (hole, 0)):
            pen.polygon(_placed(soft(points)), fill=value)
        return self._laid(mask, colour, None)

    def line(self, points: Sequence[Point], width: float, colour: Colour, *, within: Image.Image | None = None) -> None:
        """Draw a soft stroke with round ends."""
        mask = Image.new("L", self._picture.size, 0)
        pen = ImageDraw.Draw(mask)
        way, reach = _placed(soft(points, closed=False)), width * _FINE * _NEAR / 2
        pen.line(way, fill=255, width=round(2 * reach), joint="curve")
        for x, y in (way[0], way[-1]):
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        self._laid(mask, colour, within)

    def oval(self, middle: Point, across: float, down: float, colour: Colour, *, line: float = 0) -> None:
        """Fill an oval, or draw its edge where `line` gives a width."""
        corners = _placed([(middle[0] - across, middle[1] - down), (middle[0] + across, middle[1] + down)])
        pen = ImageDraw.Draw(self._picture)
        if line:
            pen.ellipse(corners, outline=colour, width=round(line * _FINE * _NEAR))
        else:
            pen.ellipse(corners, fill=colour)

    def finished(self) -> Image.Image:
        """Return the portrait, 960 x 1200."""
        return self._picture.resize(SIZE, Image.Resampling.LANCZOS)

    def _laid(self, mask: Image.Image, colour: Colour, within: Image.Image | None) -> Image.Image:
        box = mask.getbbox()
        if box is None:
            return mask
        cut = mask.crop(box)  # most shapes are small: pasting the whole page would take twenty times as long
        if within is not None:
            cut = ImageChops.multiply(cut, within.crop(box))
        self._picture.paste(colour, box, cut)
        return mask

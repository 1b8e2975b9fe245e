"""The styles of a workbook, as far as they change what its cells say.

Number formats, what is struck through, formats that show nothing, colours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.sheets.colours import colour_of
from campaign.sheets.number_formats import BUILT_IN, changes_what_is_read
from campaign.sheets.package import Package

_SHOWS_NOTHING = re.compile(r";{2,3}")


@dataclass
class Styles:
    """By the number of a style, as cells name it: the format that decides how a value is read; those struck through.

    `veiled` show nothing of their value, `coloured` have a colour, in words. `struck_texts` are texts of the workbook,
    by number, of which a part is struck through.
    """

    formats: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    veiled: set[str] = field(default_factory=set)
    coloured: dict[str, str] = field(default_factory=dict)
    struck_texts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.telling = self.struck | self.veiled | set(self.coloured) | set(self.formats)


@dataclass
class _Table:
    """What the part of styles lists: formats by number, fonts and fills by place, and the styles made of them."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    struck_fonts: list[bool] = field(default_factory=list)
    font_colours: list[str] = field(default_factory=list)
    fill_colours: list[str] = field(default_factory=list)
    used: list[Mapping[str, str]] = field(default_factory=list)
    inside: str = ""
    is_solid: bool = False

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "numFmts", "borders"}:
            self.inside = tag
        elif tag == "numFmt" and self.inside == "numFmts":
            number = attributes.get("numFmtId", "")
            self.codes[int(number) if number.isdecimal() else 0] = attributes.get("formatCode", "")
        elif tag == "xf" and self.inside == "cellXfs":
            self.used.append(dict(attributes))
        elif self.inside == "fonts":
            self.font(tag, attributes)
        elif self.inside == "fills":
            self.fill(tag, attributes)

    def font(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "font":
            self.struck_fonts.append(False)
            self.font_colours.append("")
        elif tag == "strike" and self.struck_fonts:
            self.struck_fonts[-1] = attributes.get("val", "1") in {"1", "true"}
        elif tag == "color" and self.font_colours:
            self.font_colours[-1] = colour_of(attributes)

    def fill(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "fill":
            self.fill_colours.append("")
        elif tag == "patternFill":
            self.is_solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and self.is_solid and self.fill_colours:
            self.fill_colours[-1] = colour_of(attributes)


def styles_of(package: Package, part: str, texts: str = "") -> Styles:
    """Return the styles of a workbook; `texts` is the part of the texts that its cells share."""
    table = _Table()
    package.scan(part, table.started)
    formats, struck, veiled, coloured = {}, set(), set(), {}
    for place, style in enumerate(table.used):
        number, code = str(place), table.codes.get(_number(style, "numFmtId"), "")
        if _SHOWS_NOTHING.fullmatch(code):
            veiled.add(number)
        elif changes_what_is_read(code):
            formats[number] = code
        font, fill = _number(style, "fontId"), _number(style, "fillId")
        if font < len(table.struck_fonts) and table.struck_fonts[font]:
            struck.add(number)
        if words := _colours(_at(table.fill_colours, fill), _at(table.font_colours, font)):
            coloured[number] = words
    return Styles(formats, struck, veiled, coloured, _struck_texts(package, texts))


def _at(colours: list[str], place: int) -> str:
    return colours[place] if place < len(colours) else ""


def _colours(behind: str, letters: str) -> str:
    named = (f"{behind} background" if behind else "", f"{letters} letters" if letters else "")
    return ", ".join(filter(None, named))


def _struck_texts(package: Package, part: str) -> frozenset[str]:
    """Return the numbers of the shared texts of which a part is struck through."""
    if b"strike" not in package.parts.get(part, b""):
        return frozenset()
    found: set[str] = set()
    count = 0

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal count
        if tag == "si":
            count += 1
        elif tag == "strike" and attributes.get("val", "1") in {"1", "true"}:
            found.add(str(count - 1))

    package.scan(part, started)
    return frozenset(found)


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0

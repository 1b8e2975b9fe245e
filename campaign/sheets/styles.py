"""The styles of a workbook, as far as they change what its cells say: number formats, and what is struck through."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.sheets.number_formats import BUILT_IN, changes_what_is_read
from campaign.sheets.package import Package


@dataclass
class Styles:
    """By the number of a style, as cells name it: the format that decides how a value is read; those struck through."""

    formats: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.telling = self.struck | set(self.formats)


def styles_of(package: Package, part: str) -> Styles:
    """Return the styles of a workbook."""
    codes, fonts, used = dict(BUILT_IN), [False], list[Mapping[str, str]]()
    fonts.clear()
    inside = ""

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if tag in {"fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "numFmts"}:
            inside = tag
        elif tag == "numFmt" and inside == "numFmts":
            number = attributes.get("numFmtId", "")
            codes[int(number) if number.isdecimal() else 0] = attributes.get("formatCode", "")
        elif tag == "font" and inside == "fonts":
            fonts.append(False)
        elif tag == "strike" and inside == "fonts" and fonts:
            fonts[-1] = attributes.get("val", "1") in {"1", "true"}
        elif tag == "xf" and inside == "cellXfs":
            used.append(dict(attributes))

    package.scan(part, started)
    formats, struck = {}, set()
    for number, style in enumerate(used):
        code = codes.get(_number(style, "numFmtId"), "")
        if changes_what_is_read(code):
            formats[str(number)] = code
        font = _number(style, "fontId")
        if font < len(fonts) and fonts[font]:
            struck.add(str(number))
    return Styles(formats, struck)


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0

"""Cuts the faces that the site serves into campaign/static/fonts, and writes their rules in fonts.css: `make fonts`.

A whole face holds a dozen scripts, nine weights and five widths. A cut is a part of it, for which a browser asks when a
page holds one of its characters. Chinese is sliced: characters that are common in names first, the rest of GB2312 and
of the first plane of Big5 in the order of Unicode. The name of a file ends in a digest of its content.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "campaign" / "static" / "fonts"
SHEET: Final = ROOT / "campaign" / "static" / "fonts.css"
# What the sheet holds below this line is written by hand.
STAND_INS: Final = "/* Stand-ins, "
HEAD: Final = """/* The faces, written by `make fonts` down to the stand-ins. They leave by our own route /fonts/<name>.
   A face is fetched only when a page holds a character of its unicode-range; of two that overlap the later one. */

"""

LATIN: Final = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+2010-2027, U+2030-203A, U+2044, U+20AC, U+2122, U+2190-2193, "
    "U+25C6-25CF"
)
MORE: Final = "U+0100-0130, U+0132-0151, U+0154-024F, U+02B0-02BA, U+02BD-02FF, U+0300-036F, U+1E00-1EFF"
CYRILLIC: Final = "U+0400-052F"
ARABIC: Final = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFF"
HAN_SIGNS: Final = "U+3000-303F, U+FF01-FF5E"
COMMON_SLICE: Final = 128  # characters
OTHER_SLICE: Final = 160

# What the style sheets ask of each: weights 400 to 700, widths from condensed to normal, sizes from text to headline.
WEIGHTS: Final = (400.0, 700.0)
WIDE: Final = {"wght": WEIGHTS, "wdth": (75.0, 100.0)}
SIZED: Final = {"wght": WEIGHTS, "opsz": (14.0, 60.0)}
FIGURES: Final = ("lnum", "tnum")  # tables and dates ask for them by name


@dataclass(frozen=True, eq=False)
class Face:
    """A whole face: of which package and file, its family, and what a rule says of it beside the range."""

    package: str
    file: str
    family: str
    rules: str
    axes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    is_han: bool = False

    @property
    def source(self) -> Path:
        """The file in its package."""
        return Path(str(resources.files(self.package) / self.file))

    @property
    def licence(self) -> Path:
        """The text of its licence, the SIL Open Font License, in its package."""
        return self.source.with_name("OFL.txt") if self.is_han else self.source.parents[1] / "LICENSE"


STRETCH: Final = "font-weight: 400 700; font-stretch: 75% 100%;"
ARCHIVO: Final = Face("fontpkg_archivo", "files/Archivo[wdth,wght].ttf", "Archivo", STRETCH, WIDE)
SERIF: Final = Face(
    "fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf", "Source Serif 4",
    "font-weight: 400 700;", SIZED,
)  # fmt: skip
SLANTED: Final = Face(
    "fontpkg_source_serif_4", "files/SourceSerif4-Italic[opsz,wght].ttf", "Source Serif 4",
    "font-weight: 400 700; font-style: italic;", SIZED,
)  # fmt: skip
SANS: Final = Face("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", "Noto Sans", STRETCH, WIDE)
ARAB: Final = Face(
    "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", "Noto Sans Arabic",
    # Arabic script is 1.12 x the Latin beside it, everywhere, also for one word inside a Latin line.
    "font-weight: 400 700; size-adjust: 112%;", {"wght": WEIGHTS, "wdth": (100.0, 100.0)},
)  # fmt: skip
HAN: Final = Face(
    "justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf", "Noto Sans SC",
    "font-weight: 400 700;", {"wght": WEIGHTS}, is_han=True,
)  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """A part of a face: its name, the characters that it holds, and those for which a browser asks for it."""

    name: str
    face: Face
    points: frozenset[int]
    asked: str


def cuts() -> Iterator[Cut]:
    """Yield every cut, in the order of the rules in the sheet."""
    for name, face, ranges in (
        ("archivo-latin", ARCHIVO, LATIN),
        ("archivo-more", ARCHIVO, MORE),
        ("source-serif-latin", SERIF, LATIN),
        ("source-serif-more", SERIF, f"{MORE}, {CYRILLIC}"),
        ("source-serif-italic", SLANTED, LATIN),
        ("noto-sans-cyrillic", SANS, CYRILLIC),
        ("noto-sans-arabic", ARAB, ARABIC),
        ("noto-sans-sc-signs", HAN, HAN_SIGNS),
    ):
        yield Cut(name, face, frozenset(points_of(ranges)), ranges)
    yield from han_slices()


def han_slices() -> Iterator[Cut]:
    """Yield the slices of Chinese. Those in the order of Unicode ask for all that lies between their ends: to list
    thousands of characters one by one would cost each visitor more than a slice for nothing costs a few."""
    common = [ord(letter) for letter in (Path(__file__).parent / "han.txt").read_text().replace("\n", "")]
    others = sorted(standard_han() - set(common))
    for number, points in enumerate(_parts(others, OTHER_SLICE), start=1):
        yield Cut(f"noto-sans-sc-{number:02}", HAN, frozenset(points), f"U+{points[0]:04X}-{points[-1]:04X}")
    for number, points in enumerate(_parts(common, COMMON_SLICE), start=1):
        yield Cut(f"noto-sans-sc-common-{number}", HAN, frozenset(points), ranges_of(points))


def standard_han() -> set[int]:
    """Return the characters of GB2312, and the 5,401 of Big5 that are in common use."""
    simplified = _decoded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    traditional = _decoded("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return {point for point in simplified | traditional if point >= 0x4E00}


def _decoded(encoding: str, rows: Iterable[int], cells: Iterable[int]) -> set[int]:
    cells = tuple(cells)
    found = (bytes((row, cell)).decode(encoding, "ignore") for row in rows for cell in cells)
    return {ord(text) for text in found if len(text) == 1}


def _parts(points: list[int], size: int) -> Iterator[list[int]]:
    return (points[start : start + size] for start in range(0, len(points), size))


def points_of(ranges: str) -> Iterator[int]:
    """Yield the code points of "U+0041-005A, U+0131"."""
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def ranges_of(points: Iterable[int]) -> str:
    """Return code points as a unicode-range, neighbours joined."""
    joined: list[list[int]] = []
    for point in sorted(points):
        if joined and point == joined[-1][1] + 1:
            joined[-1][1] = point
        else:
            joined.append([point, point])
    return ", ".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in joined)


def subset(source: Path, face: Face, points: frozenset[int]) -> TTFont:
    """Return a face with these characters alone."""
    # The time at which it was made would make another file of the same cut.
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = [] if face.is_han else [*options.layout_features, *FIGURES]
    # Chinese is set in lines here, never in columns, so the tables for that are left out.
    options.drop_tables += ["BASE", "GPOS", "GSUB", "vhea", "vmtx", "VVAR"] if face.is_han else []
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def narrowed(font: TTFont, face: Face) -> TTFont:
    """Return a face with as much of its axes as the style sheets ask for."""
    limits = {axis: low if low == high else (low, high) for axis, (low, high) in face.axes.items()}
    return instantiateVariableFont(font, limits)


def write(cut: Cut, source: Path) -> tuple[Cut, str]:
    """Write one cut of a face, which for Chinese is narrowed already, and return it with the name of its file."""
    font = subset(source, cut.face, cut.points)
    if not cut.face.is_han:
        font = narrowed(font, cut.face)
    font.flavor = "woff2"
    draft = FOLDER / f"{cut.name}.part"
    font.save(draft)
    name = f"{cut.name}.{hashlib.sha256(draft.read_bytes()).hexdigest()[:10]}.woff2"
    draft.rename(FOLDER / name)
    return cut, name


def rule(cut: Cut, file: str) -> str:
    """Return the @font-face rule of a cut."""
    return (
        f'@font-face {{ font-family: "{cut.face.family}"; src: url("/fonts/{file}") format("woff2"); {cut.face.rules} '
        f"font-display: swap;\n  unicode-range: {cut.asked}; }}\n"
    )


def main() -> None:
    """Write every face, its licence and the rules anew, and say how large it all is."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    every = list(cuts())
    whole_han = FOLDER / "noto-sans-sc.ttf"
    han_points = frozenset().union(*(cut.points for cut in every if cut.face.is_han))
    narrowed(subset(HAN.source, HAN, han_points), HAN).save(whole_han)
    with ProcessPoolExecutor(max_workers=2) as pool:
        sources = (whole_han if cut.face.is_han else cut.face.source for cut in every)
        made = list(pool.map(write, every, sources))
    whole_han.unlink()
    for face in {cut.face for cut in every}:
        shutil.copyfile(face.licence, FOLDER / f"OFL-{face.family.lower().replace(' ', '-')}.txt")
    by_hand = SHEET.read_text().partition(STAND_INS)[2]
    SHEET.write_text(HEAD + "".join(rule(cut, name) for cut, name in made) + "\n" + STAND_INS + by_hand)
    size = sum((FOLDER / name).stat().st_size for _, name in made)
    print(f"{len(made)} faces, {size / 1000:,.0f} kB, in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

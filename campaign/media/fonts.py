"""The faces that we serve ourselves, cut by script: a page loads the letters it shows, in the weights it is set in.

A whole face holds a dozen scripts, nine weights and five widths. Each cut is made once an installation, by
`python -m campaign.media.cutting` (the Makefile runs it) or when it is first asked for, and kept under a folder whose
name changes with the package and the recipe.
"""

import hashlib
import mimetypes
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Final

import structlog
from flask import has_app_context

from campaign.web import settings

mimetypes.add_type("font/woff2", ".woff2")
log = structlog.get_logger("fonts")

ARCHIVO: Final = ("fontpkg_archivo", "Archivo[wdth,wght].ttf")
SERIF: Final = ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf")
SLANTED: Final = ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf")
SANS: Final = ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf")
ARABIC: Final = ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf")

# The same ranges as in fonts.css, where the browser reads when to ask for a face (a test compares them).
LATIN: Final = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+2010-2027, U+2030-203A, U+2044, U+20AC, U+2122, U+2190-2193, "
    "U+25C6-25CF"
)
MORE: Final = "U+0100-0130, U+0132-0151, U+0154-024F, U+02B0-02BA, U+02BD-02FF, U+0300-036F, U+1E00-1EFF"
CYRILLIC: Final = "U+0400-052F"
ARAB: Final = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFF"

# What the style sheets ask of each: weights 400 to 700, widths from condensed to normal, sizes from text to headline.
WEIGHTS: Final = (400.0, 700.0)
WIDE: Final = {"wght": WEIGHTS, "wdth": (75.0, 100.0)}
SIZED: Final = {"wght": WEIGHTS, "opsz": (14.0, 60.0)}


@dataclass(frozen=True)
class Cut:
    """A part of a face: of which file, which characters, and how much of each of its axes."""

    face: tuple[str, str]
    characters: str
    axes: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        """Return the whole face in its package."""
        package, file = self.face
        return Path(str(resources.files(package) / "files" / file))


CUTS: Final[dict[str, Cut]] = {
    "archivo-latin.woff2":        Cut(ARCHIVO, LATIN, WIDE),
    "archivo-more.woff2":         Cut(ARCHIVO, MORE, WIDE),
    "source-serif-latin.woff2":   Cut(SERIF, LATIN, SIZED),
    "source-serif-more.woff2":    Cut(SERIF, f"{MORE}, {CYRILLIC}", SIZED),
    "source-serif-italic.woff2":  Cut(SLANTED, LATIN, SIZED),
    "noto-sans-cyrillic.woff2":   Cut(SANS, CYRILLIC, WIDE),
    "noto-sans-arabic.woff2":     Cut(ARABIC, ARAB, {"wght": WEIGHTS, "wdth": (100.0, 100.0)}),
}  # fmt: skip


def folder() -> Path:
    """Return where this installation keeps its cuts: in its own environment, else in the home of this process."""
    is_own = sys.prefix != sys.base_prefix and os.access(sys.prefix, os.W_OK)
    return (Path(sys.prefix) / "share" / "byname" if is_own else _home()) / "fonts" / recipe()


@cache
def recipe() -> str:
    """Return a name that is another one as soon as a face or a cut changes."""
    stated = [f"{name} {cut.face} {cut.characters} {sorted(cut.axes.items())}" for name, cut in CUTS.items()]
    sizes = [str(cut.source.stat().st_size) for cut in CUTS.values()]
    return hashlib.sha256("\n".join(stated + sizes).encode()).hexdigest()[:12]


def _home() -> Path:
    return settings().home if has_app_context() else Path(os.environ.get("CAMPAIGN_HOME", "instance"))


class Faces(Mapping[str, Path]):
    """The files of the faces by the names that fonts.css gives them; one that is not there yet is cut first."""

    def __init__(self) -> None:
        """Begin with nothing cut by this process; several readers may ask at once."""
        self._lock = Lock()

    def __getitem__(self, name: str) -> Path:
        """Return the file of a cut; of one that can't be made here the whole face, which browsers read as well."""
        cut = CUTS[name]
        path = folder() / name
        with self._lock:
            if not path.exists():
                _cut_aside(name)
        return path if path.exists() else cut.source

    def __contains__(self, name: object) -> bool:
        """Say whether a face has this name; nothing is cut for the question."""
        return name in CUTS

    def __iter__(self) -> Iterator[str]:
        return iter(CUTS)

    def __len__(self) -> int:
        return len(CUTS)


def _cut_aside(name: str) -> None:
    """Cut a face in a process of its own: the tools for it weigh more than this server."""
    command = [sys.executable, "-m", "campaign.media.cutting", str(folder()), name]
    done = subprocess.run(command, check=False, capture_output=True, cwd=Path(__file__).parents[2])  # noqa: S603 - ours
    if done.returncode:
        log.error("a face could not be cut", name=name, status=done.returncode)


FONTS: Final[Mapping[str, Path]] = Faces()

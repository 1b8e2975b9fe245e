"""The faces that we serve ourselves: short names, and where the font packages keep the files."""

from importlib import resources
from pathlib import Path
from typing import Final

_FILES: Final = {
    "archivo.ttf": ("fontpkg_archivo", "Archivo[wdth,wght].ttf"),
    "source-serif-4.ttf": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "source-serif-4-italic.ttf": ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    "noto-sans.ttf": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "noto-sans-arabic.ttf": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}


def _installed() -> dict[str, Path]:
    return {name: Path(str(resources.files(package) / "files" / file)) for name, (package, file) in _FILES.items()}


# Short name as in fonts.css -> file on disk. All are variable TrueType; gzip halves them.
FONTS: Final[dict[str, Path]] = _installed()

"""Every face that a style sheet asks for is there, and is a font."""

import re
from pathlib import Path

from campaign.media.fonts import FONTS

FONTS_CSS = Path(__file__).parents[2] / "campaign" / "static" / "fonts.css"


def test_style_sheet_and_packages_name_the_same_faces() -> None:
    assert set(re.findall(r'url\("/fonts/([^"]+)"\)', FONTS_CSS.read_text())) == set(FONTS)


def test_every_face_is_a_truetype_file() -> None:
    for name, path in FONTS.items():
        assert path.read_bytes()[:4] == b"\0\1\0\0", name

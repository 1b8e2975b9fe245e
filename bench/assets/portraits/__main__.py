"""Draws the portraits of the demonstration's people into campaign/demo/portraits, the same ones each time.

A face fits what the person's file says of age and gender.
"""

import itertools
from pathlib import Path

from PIL import Image

from bench.assets.portraits.drawing import portrait
from bench.assets.portraits.sitter import sitter
from campaign.cases.file import CaseFile
from campaign.demo.reading import people

FOLDER = Path(__file__).parents[3] / "campaign" / "demo" / "portraits"
SIZE = (800, 1000)
QUALITY = 75
YOUNG, MIDDLING, OLD = 0, 1, 2
MENS_HAIR = frozenset({"short", "side", "receding", "bald"})
# What each person wears on the head; whoever is not named here has no portrait.
WORN = {
    "scarf": "D-001 D-004 D-008 D-011 D-016 D-017 D-029 D-034 D-038",
    "doppa": "D-002 D-005 D-007 D-014 D-019 D-021 D-025",
    "bare": "D-003 D-009 D-012 D-015 D-020 D-031 D-033",
    "kerchief": "D-006 D-018 D-024 D-027 D-030 D-036 D-039",
    "tumaq": "D-010 D-022 D-032",
    "shawl": "D-028 D-035",
}


def drawn(key: str, file: CaseFile, headdress: str | None) -> Image.Image:
    """Return the portrait of a person: of the first seed that fits their file."""
    age = age_to_draw(file.birth.edtf)
    for count in itertools.count():
        seed = f"{key}/{count}"
        who = sitter(seed, headdress)
        if who.age == age and (who.hair_style in MENS_HAIR) is (file.gender == "male"):
            return portrait(seed, headdress=headdress)
    raise AssertionError("itertools.count() never ends")


def age_to_draw(birth: str) -> int:
    """Return the age to draw: by the year of birth, in the middle where nobody knows it."""
    if not birth:
        return MIDDLING
    year = int(birth[:4])
    return OLD if year < 1960 else MIDDLING if year < 1985 else YOUNG


def main() -> None:
    """Draw everybody who is named in WORN, and say how large it all is."""
    FOLDER.mkdir(exist_ok=True)
    files = {person.key: person.file for person in people()}
    worn = {key: headdress for headdress, keys in WORN.items() for key in keys.split()}
    for key, headdress in worn.items():
        picture = drawn(key, files[key], None if headdress == "bare" else headdress)
        small = picture.resize(SIZE, Image.Resampling.LANCZOS)
        small.save(FOLDER / f"{key}.webp", quality=QUALITY, method=6)
    size = sum((FOLDER / f"{key}.webp").stat().st_size for key in worn)
    print(f"{len(worn)} portraits, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

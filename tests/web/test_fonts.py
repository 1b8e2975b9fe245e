"""The faces that the site serves: each character is in the file that a browser asks for it; small, kept for good."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient
from PIL import ImageFont

FOLDER = Path(__file__).parents[2] / "campaign" / "static" / "fonts"
FILES = {path.name.partition(".")[0]: path for path in FOLDER.glob("*.woff2")}
LETTERS = {
    "archivo-latin": "Aéz’",
    "archivo-more": "ğŞń",
    "source-serif-latin": "Aéz“”",
    "source-serif-more": "ğЖқ",
    "source-serif-italic": "Aé…",
    "noto-sans-cyrillic": "ЖқҺө",
    "noto-sans-arabic": "ئەۋۈگ",
    "noto-sans-sc-signs": "、。《》（",
    "noto-sans-sc-common-1": "克尔阿",
}
MAX_HAN_BYTES = 5_000_000
MAX_SLICE_BYTES = 80_000


class Rule(NamedTuple):
    """An @font-face rule of the sheet: family, name of the file, the code points for which a browser asks for it."""

    family: str
    file: str
    points: frozenset[int]


def rules() -> list[Rule]:
    """Return the rules with a file of our own, in the order of the sheet."""
    sheet = (FOLDER.parent / "fonts.css").read_text()
    rule = r'font-family: "([^"]+)"; src: url\("/fonts/([^"]+)"\).*?unicode-range: ([^;]+);'
    found = re.findall(rule, sheet, re.DOTALL)
    return [Rule(family, file, frozenset(points(ranges))) for family, file, ranges in found]


def points(ranges: str) -> Iterator[int]:
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def standard_han() -> set[str]:
    """Return the characters of GB2312 and those of Big5 in common use, as their standards list them."""
    rows = {"gb2312": (range(0xB0, 0xF8), range(0xA1, 0xFF)), "big5": (range(0xA4, 0xC7), range(0x40, 0xFF))}
    cells = [(code, row, cell) for code, (first, second) in rows.items() for row in first for cell in second]
    found = {bytes((row, cell)).decode(code, "ignore") for code, row, cell in cells}
    return {one for one in found if len(one) == 1 and one >= "一"}


def holds(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Say whether a face draws a letter; the sign for a missing one is empty in ours."""
    return font.getmask(letter).getbbox() is not None


def test_sheet_and_folder_name_the_same_files_each_by_its_content() -> None:
    assert {rule.file for rule in rules()} == {path.name for path in FILES.values()}
    for path in FILES.values():
        assert path.name.split(".")[1] == hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def test_every_family_lies_beside_its_licence() -> None:
    for family in {rule.family for rule in rules()}:
        text = (FOLDER / f"OFL-{family.lower().replace(' ', '-')}.txt").read_text()
        assert "SIL OPEN FONT LICENSE Version 1.1" in text, family


@pytest.mark.parametrize("name", LETTERS)
def test_a_cut_holds_the_letters_of_its_script_and_its_weights(name: str) -> None:
    font = ImageFont.truetype(FILES[name], 40)
    assert all(holds(font, letter) for letter in LETTERS[name])
    weight = next(axis for axis in font.get_variation_axes() if axis["name"] in (b"Weight", "Weight"))
    assert (weight["minimum"], weight["maximum"]) == (400, 700)


@pytest.mark.long
def test_every_character_of_both_standards_is_in_the_slice_that_a_browser_asks_for_it() -> None:
    asked = {point: rule.file for rule in rules() if rule.family == "Noto Sans SC" for point in rule.points}
    fonts = {file: ImageFont.truetype(FOLDER / file, 12) for file in asked.values()}
    assert len(standard_han()) == 8_836
    assert [one for one in standard_han() if not holds(fonts[asked[ord(one)]], one)] == []


def test_the_slices_of_chinese_are_small_each_and_together() -> None:
    sizes = [path.stat().st_size for name, path in FILES.items() if name.startswith("noto-sans-sc")]
    assert (sum(sizes) <= MAX_HAN_BYTES, max(sizes) <= MAX_SLICE_BYTES) == (True, True)


def test_no_character_of_another_script_is_asked_of_two_cuts_of_one_family() -> None:
    told = [(rule.family, point) for rule in rules() if "italic" not in rule.file for point in rule.points]
    others = [one for one in told if one[0] != "Noto Sans SC"]
    assert len(others) == len(set(others))


def test_joined_letters_still_join() -> None:
    font = ImageFont.truetype(FILES["noto-sans-arabic"], 40)
    apart = font.getmask("ببب", features=["-init", "-medi", "-fina"], direction="rtl", language="ug")
    assert bytes(font.getmask("ببب", direction="rtl", language="ug")) != bytes(apart)


def test_a_face_is_served_to_be_kept_for_good(client: FlaskClient) -> None:
    name = FILES["archivo-latin"].name
    answer = client.get(f"/fonts/{name}")
    assert (answer.status_code, answer.mimetype) == (200, "font/woff2")
    assert answer.data == FILES["archivo-latin"].read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_announces_the_face_that_the_sheet_names(client: FlaskClient) -> None:
    preloaded = re.findall(r'rel="preload" href="/fonts/([^"]+)"', client.get("/").text)
    assert preloaded == [FILES["archivo-latin"].name]


def test_nobody_is_given_another_file(client: FlaskClient) -> None:
    for name in ("OFL-archivo.txt", "archivo-latin.woff2", "..%2f..%2fsecrets", "x.woff2"):
        assert client.get(f"/fonts/{name}").status_code == 404

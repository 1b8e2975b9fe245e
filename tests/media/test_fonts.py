"""Every face that a style sheet asks for is there, cut to the characters for which a browser asks for it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from campaign.media import fonts
from campaign.media.cutting import characters, cut_one
from campaign.media.fonts import CUTS, FONTS

FONTS_CSS = (Path(__file__).parents[2] / "campaign" / "static" / "fonts.css").read_text()
WOFF2 = b"wOF2"
LETTERS = {
    "archivo-latin.woff2": "Aéz’",
    "archivo-more.woff2": "ğŞń",
    "source-serif-latin.woff2": "Aéz“”",
    "source-serif-more.woff2": "ğЖқ",
    "source-serif-italic.woff2": "Aé…",
    "noto-sans-cyrillic.woff2": "ЖқҺө",
    "noto-sans-arabic.woff2": "ئەۋۈگ\u200c",
}


def asked() -> dict[str, str]:
    """Return, by the name of each face, the characters for which a browser asks for it."""
    found = re.findall(r'url\("/fonts/([^"]+)"\).*?unicode-range:([^;]+);', FONTS_CSS, re.DOTALL)
    return {name: " ".join(ranges.split()) for name, ranges in found}


def test_style_sheet_and_cuts_name_the_same_faces_and_characters() -> None:
    assert asked() == {name: cut.characters for name, cut in CUTS.items()}
    assert set(FONTS) == set(CUTS)


def test_no_character_is_asked_of_two_cuts_of_one_face() -> None:
    for name, cut in CUTS.items():
        for other, beside in CUTS.items():
            if name != other and cut.face == beside.face:
                assert not characters(cut.characters) & characters(beside.characters), (name, other)


@pytest.mark.parametrize("name", CUTS)
def test_a_cut_holds_the_letters_of_its_script_and_its_axes(name: str) -> None:
    font = TTFont(FONTS[name])
    assert {ord(letter) for letter in LETTERS[name]} <= set(font.getBestCmap())
    weight = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    assert (weight.minValue, weight.maxValue) == (400, 700)


@pytest.mark.parametrize("name", CUTS)
def test_a_cut_is_a_tenth_of_its_face_or_less(name: str) -> None:
    assert FONTS[name].read_bytes()[:4] == WOFF2
    assert FONTS[name].stat().st_size <= CUTS[name].source.stat().st_size / 7


def test_joined_letters_still_join() -> None:
    features = {
        record.FeatureTag for record in TTFont(FONTS["noto-sans-arabic.woff2"])["GSUB"].table.FeatureList.FeatureRecord
    }
    assert {"init", "medi", "fina", "rlig"} <= features


def test_a_face_that_is_not_there_yet_is_cut_when_it_is_asked_for(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path / "cut")
    answer = client.get("/fonts/archivo-latin.woff2")
    assert (answer.status_code, answer.mimetype, answer.data[:4]) == (200, "font/woff2", WOFF2)
    assert [path.name for path in (tmp_path / "cut").iterdir()] == ["archivo-latin.woff2"]


def test_where_nothing_can_be_cut_the_whole_face_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(fonts, "folder", lambda: blocked)
    assert FONTS["archivo-latin.woff2"] == CUTS["archivo-latin.woff2"].source


def test_a_recipe_that_changes_is_cut_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fonts.recipe()
    fonts.recipe.cache_clear()
    monkeypatch.setitem(CUTS, "archivo-latin.woff2", fonts.Cut(fonts.ARCHIVO, "U+0041", fonts.WIDE))
    assert fonts.recipe() != before
    cut_one(tmp_path, "archivo-latin.woff2")
    assert set(TTFont(tmp_path / "archivo-latin.woff2").getBestCmap()) == {0x41}
    fonts.recipe.cache_clear()


def test_nobody_is_given_another_file(client: FlaskClient) -> None:
    for name in ("archivo.ttf", "..%2f..%2fsecrets", "x.woff2"):
        assert client.get(f"/fonts/{name}").status_code == 404

"""The cloth says nothing but that somebody is there, and says it the same for ever."""

import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from campaign.media.etles import STATIC, band, cloth, hatch

STATIC_FOLDER = Path(__file__).parents[2] / "campaign" / "static"
REFS = [f"BYN-{number}" for number in range(10_000, 10_300)]


def test_the_same_reference_gives_the_same_cloth() -> None:
    assert cloth("BYN-10001") == cloth("BYN-10001")
    assert len({cloth(ref) for ref in REFS}) == len(REFS)


def test_the_cloth_of_a_reference_does_not_change_between_versions() -> None:
    digest = hashlib.sha256(cloth("BYN-10001")).hexdigest()
    assert digest == "204913cf47db8a2bf139c207c9fd0be32072c38edde794cd5503e943625ebe23", (
        "profiles are cited with their cloth: keep the drawing as it is"
    )


def test_a_cloth_is_small() -> None:
    assert max(len(cloth(ref)) for ref in REFS) <= 8 * 1024


@pytest.mark.parametrize("drawing", [cloth("BYN-10001"), band("x"), hatch()], ids=["cloth", "band", "hatch"])
def test_a_drawing_holds_shapes_and_nothing_else(drawing: bytes) -> None:
    root = ElementTree.fromstring(drawing)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "use"}
        assert not {"style", "class", "onload"} & set(element.attrib)
        assert not element.text
    assert re.findall(rb'href="([^"]*)"', drawing) in ([], [b"#h"])


def test_a_reference_cannot_write_into_the_drawing() -> None:
    assert b"<script" not in cloth('"><script>alert(1)</script>')


@pytest.mark.parametrize("name", STATIC)
def test_the_drawings_that_style_sheets_name_are_these(name: str) -> None:
    assert (STATIC_FOLDER / name).read_bytes() == STATIC[name], "run write_static and commit"

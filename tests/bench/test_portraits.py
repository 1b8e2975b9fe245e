"""The demonstration's portraits: invented, drawn, and the same each time."""

import pytest
from PIL import Image

from bench.assets.portraits.__main__ import SIZE
from bench.assets.portraits.drawing import portrait
from bench.assets.portraits.sitter import HEADDRESSES
from campaign.demo.reading import PORTRAITS, people


def test_a_seed_is_one_person_for_ever() -> None:
    assert portrait("somebody").tobytes() == portrait("somebody").tobytes()
    assert portrait("somebody").tobytes() != portrait("somebody else").tobytes()


@pytest.mark.parametrize("headdress", [None, *HEADDRESSES])
def test_every_headdress_gives_a_flat_poster(headdress: str | None) -> None:
    picture = portrait("seed", headdress=headdress)
    assert (picture.mode, picture.size) == ("RGB", (960, 1200))
    flat = sum(count for count, _ in sorted(picture.getcolors(2**24), reverse=True)[:40])
    assert flat > 0.9 * 960 * 1200, "forty colours make nine tenths: no photograph does"


def test_what_nobody_can_draw_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="crown"):
        portrait("seed", headdress="crown")


def test_the_pictures_of_the_demonstration_are_small_and_all_of_one_shape() -> None:
    paths = sorted(PORTRAITS.glob("*.webp"))
    assert {path.stem for path in paths} <= {person.key for person in people()}
    assert len({path.read_bytes() for path in paths}) == len(paths) == 35
    assert sum(path.stat().st_size for path in paths) <= 600_000
    for path in paths:
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", SIZE), path

"""What is taken, what is refused, and what is left of it."""

import hashlib
import io

import pytest
from PIL import Image, ImageCms

from campaign.media import decode
from campaign.media.decode import ImageRefused, reencode
from tests.media.pictures import SECRET, bomb, drawn, encoded, telling

KINDS = ("JPEG", "PNG", "WEBP")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG",))


@pytest.mark.parametrize("kind", KINDS)
def test_the_three_formats_are_taken_as_bytes_and_as_a_stream(kind: str) -> None:
    content = encoded(drawn(), kind)
    assert reencode(content) == reencode(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_the_file_says_is_left(kind: str) -> None:
    told = telling(kind)
    assert SECRET in told
    copies = reencode(told)
    for copy in (copies.for_list, copies.for_page, copies.for_print):
        assert SECRET not in copy.content
        assert set(opened(copy.content).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_taken_on_its_side_is_turned_upright(kind: str) -> None:
    copy = opened(reencode(telling(kind)).for_list.content)
    assert copy.size == (400, 600)
    red, _, blue = copy.getpixel((350, 50))
    assert red > 150 > blue, "orientation 6 brings the upper left corner to the upper right"


def test_copies_are_as_wide_as_said_and_never_enlarged() -> None:
    copies = reencode(encoded(drawn(2000, 2500), "JPEG"))
    sizes = [(copy.width, copy.height) for copy in (copies.for_list, copies.for_page, copies.for_print)]
    assert sizes == [(480, 600), (960, 1200), (1600, 2000)]
    assert (copies.width, copies.height) == (2000, 2500)
    small = reencode(encoded(drawn(300, 200), "PNG"))
    assert (small.for_print.width, small.for_print.height) == (300, 200)


def test_a_copy_is_named_by_its_own_bytes_and_says_its_true_size() -> None:
    copy = reencode(encoded(drawn(), "WEBP")).for_page
    assert copy.digest == hashlib.sha256(copy.content).hexdigest()
    assert opened(copy.content).size == (copy.width, copy.height)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_pixel_becomes_plain_colour(mode: str) -> None:
    picture = Image.new("I;16", (50, 50), 40_000) if mode == "I;16" else drawn(50, 50).convert(mode)
    copy = opened(reencode(encoded(picture, "PNG")).for_list.content)
    assert copy.mode == "RGB"
    if mode == "I;16":
        assert copy.getpixel((5, 5))[0] == pytest.approx(156, abs=3)


def test_what_shows_through_is_laid_on_paper() -> None:
    copy = opened(reencode(encoded(Image.new("RGBA", (60, 60), (0, 0, 0, 0)), "PNG")).for_list.content)
    assert copy.getpixel((30, 30)) == pytest.approx((251, 248, 242), abs=3)


def test_colours_of_another_space_are_brought_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space in which the red lamp shines blue and the blue one red.
    swapped = srgb.replace(b"rXYZ", b"....", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"....", b"bXYZ", 1)
    copy = opened(reencode(encoded(drawn(), "JPEG", icc_profile=swapped)).for_list.content)
    red, _, blue = copy.getpixel((10, 10))
    assert blue > 150 > red


def test_a_profile_that_cannot_be_read_says_nothing() -> None:
    copy = opened(reencode(encoded(drawn(), "JPEG", icc_profile=b"no profile at all")).for_list.content)
    red, _, blue = copy.getpixel((10, 10))
    assert red > 150 > blue


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ImageRefused, match="more than 40 million pixels"):
        reencode(bomb())
    with pytest.raises(ImageRefused, match="more than 40 million pixels"):
        reencode(bomb(7_000))


def test_a_limit_of_bytes_is_kept_without_reading_on() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff" * size

    stream = Endless()
    with pytest.raises(ImageRefused, match="larger than 1 MB"):
        reencode(stream, max_bytes=1024 * 1024)  # type: ignore[arg-type]
    assert stream.given == 1024 * 1024 + 1


REFUSED = {
    "nothing": b"",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "GIF": encoded(drawn(20, 20, "P"), "GIF"),
    "TIFF": encoded(drawn(20, 20), "TIFF"),
    "HTML that calls itself JPEG": b"\xff\xd8\xff<html><script>alert(1)</script>",
    "half a JPEG": encoded(drawn(), "JPEG")[:1500],
    "half a PNG": encoded(drawn(), "PNG")[:-300],
    "half a WebP": encoded(drawn(), "WEBP", lossless=True)[:-40],
    "a JPEG with a page after it": encoded(drawn(), "JPEG") + b"<script>alert(1)</script>",
    "a JPEG with a ZIP after it": encoded(drawn(), "JPEG") + b"PK\x05\x06" + b"\0" * 18,
    "a JPEG with a PDF in its comment": encoded(drawn(), "JPEG", comment=b"%PDF-1.7"),
    "a PNG with something after its end": encoded(drawn(), "PNG") + b"more",
    "a moving WebP": encoded(drawn(), "WEBP", save_all=True, append_images=[drawn(mode="L").convert("RGB")]),
    "a RIFF that is sound": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_everything_else_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ImageRefused) as refusal:
        reencode(content)
    assert str(refusal.value).endswith("."), "somebody has to read this"


@pytest.mark.parametrize("size", [(1, 65000), (65000, 1), (2, 20000), (3000, 10)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_of_impossible_proportions_is_refused(size: tuple[int, int], kind: str) -> None:
    with pytest.raises(ImageRefused, match="Please cut it"):
        reencode(encoded(Image.new("RGB", size), kind))


def test_what_the_encoder_cannot_draw_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("encoder error -2")

    content = encoded(drawn(), "PNG")
    monkeypatch.setattr(Image.Image, "save", fails)
    with pytest.raises(ImageRefused, match="could not be drawn anew"):
        reencode(content)


def test_one_picture_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "LONGEST_WAIT_SECONDS", 0.01)
    content = encoded(drawn(), "PNG")
    with decode._decoder, pytest.raises(ImageRefused, match="Other pictures are being drawn"):
        reencode(content)
    assert reencode(content).width

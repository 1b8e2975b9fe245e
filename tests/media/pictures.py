"""Small pictures made for these tests: nobody is on them."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

SECRET = b"SECRET-37.0902N-79.9253E"


def drawn(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left quarter is red and whose rest is blue."""
    picture = Image.new("RGB", (width, height), (20, 60, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill=(220, 30, 20))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return `picture` as a file of `kind`."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def telling(kind: str) -> bytes:
    """Return a picture that says where it was taken, by whom and with what, in every place that can hold words."""
    picture = drawn()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    options: dict[str, object] = {"exif": exif, "icc_profile": b"not a profile " + SECRET}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
        options["pnginfo"] = notes
    else:
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    if kind == "JPEG":
        options["comment"] = SECRET
    return encoded(picture, kind, **options)


def bomb(side: int = 60_000) -> bytes:
    """Return a PNG of a few hundred bytes that claims `side` x `side` pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

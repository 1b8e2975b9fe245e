"""Pictures: the sealed frames of an original, and its re-encoding in three sizes without metadata.

A sealed file is a run of frames, each a 4-byte length and a Fernet token. Inside a token, before the content, stand the
file's own name, the chunk's index and whether it is the last: a chunk that is lost, doubled, moved or brought from
another file, and a file cut short, are noticed when it is read.
"""

import hashlib
import io
import re
import struct
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from cryptography.fernet import InvalidToken, MultiFernet
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

CHUNK_BYTES: Final = 256 * 1024
_LENGTH: Final = struct.Struct(">I")
_HEADER: Final = struct.Struct(">16sQ?")  # name, index, is_last
_MAX_TOKEN_BYTES: Final = 2 * CHUNK_BYTES
FORMATS: Final = ("JPEG", "PNG", "WEBP")
MAX_IMAGE_BYTES: Final = 15 * 1024 * 1024
MAX_IMAGE_PIXELS: Final = 40_000_000
LIST_WIDTH: Final = 480
PAGE_WIDTH: Final = 960
PRINT_WIDTH: Final = 1600
PAPER: Final = (251, 248, 242)
QUALITY: Final = 82
# What the three formats begin with: anything else is refused before a decoder sees it.
_SIGNATURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# What a picture that is a second file as well holds. Only pixels are ever served, but the original is kept, and staff
# may open it. Telephones append films and depth maps to JPEG, so that merely "something follows" is no sign.
_MARKUP: Final = re.compile(rb"<script[\s>]|<html[\s>]|<svg[\s>]|<!doctype|<\?php|<iframe[\s>]", re.IGNORECASE)
_ZIP_TAIL_BYTES: Final = 66_000
MOST_TIMES_AS_LONG: Final = 50
# Of 40 million pixels one takes 570 MB and some seconds: a process draws one at a time, and nobody waits for long.
_decoder: Final = threading.Lock()
LONGEST_WAIT_SECONDS: Final = 10
# What Pillow says of what it can't turn, convert or encode, whatever the header promised.
NOT_DRAWN: Final = (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)
_PROFILE_MODES: Final = {"RGB", "L", "CMYK"}


class Damaged(Exception):
    """A sealed file that is not what was put: cut, reordered, changed, or sealed with a key we do not hold."""


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the stream in pieces of CHUNK_BYTES, the last one shorter; an upload may give less than it is asked for."""
    parts: list[bytes] = []
    wanted = CHUNK_BYTES
    while part := stream.read(wanted):
        parts.append(part)
        wanted -= len(part)
        if not wanted:
            yield b"".join(parts)
            parts, wanted = [], CHUNK_BYTES
    if parts:
        yield b"".join(parts)


def sealed_frames(content: Iterator[bytes], name: str, fernet: MultiFernet) -> Iterator[bytes]:
    """Yield the frames of `content`, chunk by chunk. Nothing at all is one empty chunk: emptiness is sealed too."""
    owner = bytes.fromhex(name)
    index, held = 0, next(content, b"")
    for following in content:
        yield _frame(_HEADER.pack(owner, index, False) + held, fernet)
        index, held = index + 1, following
    yield _frame(_HEADER.pack(owner, index, True) + held, fernet)


def unsealed(sealed: BinaryIO, name: str, fernet: MultiFernet) -> Iterator[bytes]:
    """Yield the plain chunks. Raises Damaged at the first one that is not where and what it was."""
    is_last = False
    for index, token in enumerate(_tokens(sealed, name)):
        if is_last:
            raise Damaged(f"{name}: content after the last chunk")
        is_last, chunk = _opened(token, name, index, fernet)
        yield chunk
    if not is_last:
        raise Damaged(f"{name}: cut short")


def _frame(plain: bytes, fernet: MultiFernet) -> bytes:
    token = fernet.encrypt(plain)
    return _LENGTH.pack(len(token)) + token


def _tokens(sealed: BinaryIO, name: str) -> Iterator[bytes]:
    while head := sealed.read(_LENGTH.size):
        if len(head) < _LENGTH.size:
            raise Damaged(f"{name}: cut short between chunks")
        (length,) = _LENGTH.unpack(head)
        if length > _MAX_TOKEN_BYTES:
            raise Damaged(f"{name}: a chunk of impossible length, {length} bytes")
        token = sealed.read(length)
        if len(token) < length:
            raise Damaged(f"{name}: cut short inside a chunk")
        yield token


def _opened(token: bytes, name: str, index: int, fernet: MultiFernet) -> tuple[bool, bytes]:
    try:
        plain = fernet.decrypt(token)
    except InvalidToken as invalid:
        raise Damaged(f"{name}: chunk {index} was changed, or its key is not ours") from invalid
    if len(plain) < _HEADER.size:
        raise Damaged(f"{name}: chunk {index} is no chunk")
    owner, place, is_last = _HEADER.unpack_from(plain)
    if (owner.hex(), place) != (name, index):
        raise Damaged(f"{name}: chunk {index} is chunk {place} of {owner.hex()}")
    return is_last, plain[_HEADER.size :]


class ImageRefused(Exception):
    """A picture that is not taken; its text is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Derivative:
    """One size of one picture: JPEG bytes, pixels wide and high, and the SHA-256 they are named by."""

    content: bytes
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Reencoded:
    """A picture ready to be shown: the upright original's size in pixels, and its three derivatives."""

    width: int
    height: int
    for_list: Derivative
    for_page: Derivative
    for_print: Derivative


def reencode(
    source: BinaryIO | bytes, *, max_bytes: int = MAX_IMAGE_BYTES, max_pixels: int = MAX_IMAGE_PIXELS
) -> Reencoded:
    """Return `source` drawn anew in three widths, without metadata; the same bytes for the same picture.

    Takes JPEG, PNG and WebP. A picture narrower than a width is not enlarged. Whatever shows through is laid on paper.
    Raises ImageRefused for anything else: too large, too many pixels, empty, cut short, animated, another format.
    """
    content = _content(source, max_bytes)
    if not _decoder.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise ImageRefused("Other pictures are being drawn. Nothing of this one was kept; please send it again.")
    try:
        return _drawn(_open(content, max_pixels))
    except NOT_DRAWN as broken:
        raise ImageRefused("The picture could not be drawn anew. Please save it as a JPEG and send that.") from broken
    finally:
        _decoder.release()


def _drawn(picture: Image.Image) -> Reencoded:
    if max(picture.size) > MOST_TIMES_AS_LONG * min(picture.size):
        raise ImageRefused("The picture is far longer than it is wide, or wider than long. Please cut it.")
    upright = _upright(picture)
    return Reencoded(
        width=upright.width,
        height=upright.height,
        for_list=_derivative(upright, LIST_WIDTH),
        for_page=_derivative(upright, PAGE_WIDTH),
        for_print=_derivative(upright, PRINT_WIDTH),
    )


def _content(source: BinaryIO | bytes, max_bytes: int) -> bytes:
    content = source if isinstance(source, bytes) else source.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ImageRefused(f"The picture is larger than {max_bytes // (1024 * 1024)} MB. Please send a smaller copy.")
    if not content:
        raise ImageRefused("The file is empty. Please choose the picture again.")
    if not content.startswith(_SIGNATURES):
        raise ImageRefused("This is not a JPEG, PNG or WebP picture. Please save it as one of these and send that.")
    if _is_two_files(content):
        raise ImageRefused("The picture carries another file inside. Please save it anew and send that.")
    return content


def _is_two_files(content: bytes) -> bool:
    has_pdf = b"%PDF-" in content[:1024]
    has_zip = b"PK\x05\x06" in content[-_ZIP_TAIL_BYTES:]
    follows_png = content.startswith(b"\x89PNG") and content.partition(b"IEND\xaeB`\x82")[2].strip(b"\0") != b""
    return has_pdf or has_zip or follows_png or _MARKUP.search(content) is not None


def _open(content: bytes, max_pixels: int) -> Image.Image:
    """Return the decoded picture. The header is judged first, so a bomb is never unpacked."""
    try:
        with warnings.catch_warnings():
            # Pillow's own limit warns before ours speaks; ours is the lower and says so in a sentence.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            _refuse_by_header(picture, max_pixels)
            picture.load()
    except Image.DecompressionBombError as bomb:
        raise _too_many_pixels(max_pixels) from bomb
    except UnidentifiedImageError as unknown:
        raise ImageRefused("This file could not be read as a JPEG, PNG or WebP picture.") from unknown
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise ImageRefused("The picture is damaged or was cut short. Please send it again.") from broken
    return picture


def _refuse_by_header(picture: Image.Image, max_pixels: int) -> None:
    if picture.width * picture.height > max_pixels:
        raise _too_many_pixels(max_pixels)
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise ImageRefused("The picture moves. Please send a still one.")


def _too_many_pixels(max_pixels: int) -> ImageRefused:
    return ImageRefused(
        f"The picture has more than {max_pixels // 1_000_000} million pixels. Please send a smaller copy."
    )


def _upright(picture: Image.Image) -> Image.Image:
    """Return the picture as it was meant to be seen: turned, in sRGB, on paper, and bare."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    alpha = turned.convert("RGBA").getchannel("A") if turned.has_transparency_data else None
    colours = _in_srgb(turned, profile)
    if alpha is None:
        bare = Image.new("RGB", colours.size)
        bare.paste(colours)
    else:
        bare = Image.new("RGB", colours.size, PAPER)
        bare.paste(colours, mask=alpha)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode == "I;16":
        # 16 bits of grey: Pillow clips instead of scaling.
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode not in _PROFILE_MODES:
        picture = picture.convert("RGB")
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that cannot be read says nothing: the numbers are taken as sRGB, as browsers do.
            return picture.convert("RGB")
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _derivative(upright: Image.Image, width: int) -> Derivative:
    small = upright
    if upright.width > width:
        height = max(1, round(upright.height * width / upright.width))
        small = upright.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True, subsampling="4:2:0")
    content = out.getvalue()
    return Derivative(content, small.width, small.height, hashlib.sha256(content).hexdigest())

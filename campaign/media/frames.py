"""How an original is sealed: in chunks, each bound to its file and its place.

A sealed file is a run of frames, each a 4-byte length and a Fernet token. Inside a token, before the content, stand the
file's own name, the chunk's index and whether it is the last: a chunk that is lost, doubled, moved or brought from
another file, and a file cut short, are noticed when it is read.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from cryptography.fernet import InvalidToken, MultiFernet

CHUNK_BYTES: Final = 256 * 1024
_LENGTH: Final = struct.Struct(">I")
_HEADER: Final = struct.Struct(">16sQ?")  # name, index, is_last
_MAX_TOKEN_BYTES: Final = 2 * CHUNK_BYTES


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

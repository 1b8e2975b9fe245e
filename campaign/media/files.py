"""How a file comes to lie on disk: whole or not at all, with the rights it should have.

The only module of the room that creates files.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class UnknownName(ValueError):
    """A name that no file of the store can have; said before the disk is touched."""


@contextmanager
def written(path: Path, *, mode: int) -> Iterator[BinaryIO]:
    """Yield a file that appears at `path` whole and on disk, or not at all."""
    folder_mode = 0o755 if mode & 0o044 else 0o700
    path.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fchmod(out.fileno(), mode)
            os.fsync(out.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Force the folder's own entries to disk: without it a rename may be lost with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> bool:
    """Remove `path`; say whether it was there. Safe to ask twice: withdrawals are repeated after a crash."""
    if not path.is_file():
        return False
    path.unlink()
    settle(path.parent)
    return True

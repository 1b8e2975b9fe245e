"""The two file stores: public copies by content address, and the vault of what is sealed.

The only module of the room that creates files (campaign.atomic_files).
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.fernet import MultiFernet

from campaign import shared_files
from campaign.atomic_files import sync_folder, written
from campaign.media.decode import Damaged, chunks, sealed_frames, unsealed
from campaign.web.context import settings

PUBLIC_NAME: Final = re.compile(r"[0-9a-f]{64}\.jpg")
BARE_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
VAULT_NAME: Final = re.compile(r"[0-9a-f]{32}")


class UnknownName(ValueError):
    """A name that no file of the store can have; said before the disk is touched."""


def remove(path: Path) -> bool:
    """Remove `path`; say whether it was there. Safe to ask twice: withdrawals are repeated after a crash."""
    if not path.is_file():
        return False
    path.unlink()
    sync_folder(path.parent)
    return True


class PublicStore:
    """Copies that a publication shows under `root`, 256 folders wide. The one store that the public edge opens.

    `group` is that of this machine which may read them; "" is none.
    """

    def __init__(self, root: Path, group: str = "") -> None:
        self.root = root
        self.group = group

    def put(self, content: bytes, suffix: str) -> str:
        """Return the name, "<sha-256>.<suffix>", under which `content` now lies on disk; twice the same is once."""
        name = f"{hashlib.sha256(content).hexdigest()}.{suffix.removeprefix('.')}"
        path = self.path(name)
        if not path.exists():
            shared_files.make_folder(self.root, self.group)
            shared_files.make_folder(path.parent, self.group)
            with written(path) as out:
                out.write(content)
            shared_files.let_read(path, self.group)
        return name

    def path(self, name: str) -> Path:
        """Return where `name` lies or would lie; a bare digest is that of a JPEG, as every copy of a photograph is.

        Raises UnknownName for anything but a digest and a known suffix.
        """
        if BARE_DIGEST.fullmatch(name):
            name += ".jpg"
        if PUBLIC_NAME.fullmatch(name) is None:
            raise UnknownName(f"not a name of the public store: {name[:80]!r}")
        return self.root / name[:2] / name

    def open(self, name: str) -> BinaryIO:
        """Return the file, open for reading. Raises FileNotFoundError when it is not (or no longer) kept."""
        return self.path(name).open("rb")

    def exists(self, name: str) -> bool:
        """Say whether `name` is kept."""
        return self.path(name).is_file()

    def delete(self, name: str) -> bool:
        """Remove `name`; say whether it was there."""
        return remove(self.path(name))

    def names(self) -> Iterator[str]:
        """Yield every name kept, in order."""
        yield from _names(self.root, PUBLIC_NAME)


def public_store() -> PublicStore:
    """Return the public store of this home."""
    return PublicStore(settings().media, settings().public_group)


def shown(digest: str) -> bytes | None:
    """Return a copy of the public store, None where it is not there or this process may not read it."""
    try:
        return public_store().path(digest).read_bytes()
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class VaultEntry:
    """What the case keeps of an original: its random name, and the SHA-256 and size in bytes of the plain content."""

    name: str
    sha256: str
    size: int


class Vault:
    """Originals and copies under `root`, readable with `fernet` only. Files are 0600, folders 0700."""

    def __init__(self, root: Path, fernet: MultiFernet) -> None:
        self.root = root
        self.fernet = fernet

    def put(self, stream: BinaryIO) -> VaultEntry:
        """Seal `stream` under a new random name and return what to remember of it. At most two chunks are in memory."""
        return self.put_as(secrets.token_hex(16), stream)

    def put_as(self, name: str, stream: BinaryIO) -> VaultEntry:
        """Seal `stream` under a name of 32 hex digits, in place of what lay there."""
        seen, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks(stream):
                seen.update(chunk)
                size += len(chunk)
                yield chunk

        self._write(name, counted())
        return VaultEntry(name, seen.hexdigest(), size)

    def read(self, name: str) -> Iterator[bytes]:
        """Yield the plain content in order. Raises Damaged at the first chunk that is not where and what it was.

        What was yielded before is authentic, but only an iteration that ends has read the whole.
        """
        with self._path(name).open("rb") as sealed:
            yield from unsealed(sealed, name, self.fernet)

    def verify(self, entry: VaultEntry) -> None:
        """Read all of `entry` and compare. Raises Damaged, or FileNotFoundError when the file is gone."""
        seen, size = hashlib.sha256(), 0
        for chunk in self.read(entry.name):
            seen.update(chunk)
            size += len(chunk)
        if (seen.hexdigest(), size) != (entry.sha256, entry.size):
            raise Damaged(f"{entry.name}: not the content that was put")

    def rotate(self, name: str) -> None:
        """Seal `name` again with the first key; the old file stands until the new one is whole."""
        self._write(name, self.read(name))

    def delete(self, name: str) -> bool:
        """Remove `name`; say whether it was there."""
        return remove(self._path(name))

    def exists(self, name: str) -> bool:
        """Say whether `name` is kept."""
        return self._path(name).is_file()

    def names(self) -> Iterator[str]:
        """Yield every name kept, in order."""
        yield from _names(self.root, VAULT_NAME)

    def _path(self, name: str) -> Path:
        if VAULT_NAME.fullmatch(name) is None:
            raise UnknownName(f"not a name of the vault: {name[:80]!r}")
        return self.root / name[:2] / name

    def _write(self, name: str, content: Iterator[bytes]) -> None:
        with written(self._path(name)) as out:
            for frame in sealed_frames(content, name, self.fernet):
                out.write(frame)


def unfinished_in(root: Path) -> list[Path]:
    """Return what was being written below `root` when a process was killed."""
    return list(root.glob("??/.*.part"))


def _names(root: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for path in sorted(root.glob("??/*")):
        if pattern.fullmatch(path.name):
            yield path.name

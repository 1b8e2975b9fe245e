"""Two stores of files, and who may open them.

`PublicStore` holds what the world may see, named by its own SHA-256 and never changed once written; the public edge
opens this one only. `Vault` holds the originals, sealed, under names that say nothing; keys are needed to read it.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.fernet import MultiFernet

from campaign.media.files import UnknownName, remove, written
from campaign.media.frames import Damaged, chunks, sealed_frames, unsealed
from campaign.web import settings

PUBLIC_NAME: Final = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|svg|webp|pdf)")
BARE_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
VAULT_NAME: Final = re.compile(r"[0-9a-f]{32}")


class PublicStore:
    """Re-encoded derivatives under `root`, 256 folders wide. The one store that the public edge opens."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes, suffix: str) -> str:
        """Return the name, "<sha-256>.<suffix>", under which `content` now lies on disk; twice the same is once."""
        name = f"{hashlib.sha256(content).hexdigest()}.{suffix.removeprefix('.')}"
        path = self.path(name)
        if not path.exists():
            with written(path, mode=0o644) as out:
                out.write(content)
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
    return PublicStore(settings().home / "media" / "public")


@dataclass(frozen=True, slots=True)
class VaultEntry:
    """What the case keeps of an original: its random name, and the SHA-256 and size in bytes of the plain content."""

    name: str
    sha256: str
    size: int


class Vault:
    """Originals under `root`, readable with `fernet` only. Files are 0600, folders 0700."""

    def __init__(self, root: Path, fernet: MultiFernet) -> None:
        self.root = root
        self.fernet = fernet

    def put(self, stream: BinaryIO) -> VaultEntry:
        """Seal `stream` under a new random name and return what to remember of it. At most two chunks are in memory."""
        name = secrets.token_hex(16)
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
        with written(self._path(name), mode=0o600) as out:
            for frame in sealed_frames(content, name, self.fernet):
                out.write(frame)


def _names(root: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for path in sorted(root.glob("??/*")):
        if pattern.fullmatch(path.name):
            yield path.name

"""What lies in a copy: a tar of the database, the pictures and files of the home, and last a manifest of all of it.

    age --decrypt -i KEY COPY | tar x        opens a copy without this program
    database.sqlite | database.dump/000001   the database (the pieces of a dump are one file of pg_restore)
    media/public|vault|uploads/...           the stores: the last two sealed with the keys of the home
    places.csv                               the campaign's own places
    manifest.json                            sizes and digests of all before, the ends of both logs

The keys of the home are never in it. Only names of this list are read back, so that no copy writes anywhere else.
"""

import hashlib
import hmac
import io
import re
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from campaign import register
from campaign.backups.sealing import PIECE, NotOpened
from campaign.media.stores import PUBLIC_NAME, VAULT_NAME
from campaign.places.current import OWN

FORMAT = "copy/1"
DUMP_PIECE = 4 << 20  # bytes
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
NAMES = re.compile(
    rf"database\.sqlite|database\.dump/\d{{6}}|{re.escape(OWN)}|"
    rf"media/public/[0-9a-f]{{2}}/{PUBLIC_NAME.pattern}|media/(?:vault|uploads)/[0-9a-f]{{2}}/{VAULT_NAME.pattern}"
)
ROOT = Path(__file__).parents[2]


class File(msgspec.Struct, frozen=True):
    """One file of a copy."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy holds and of when it is. `mac` is made with the home's index key, which no copy holds.

    `keys` are fingerprints of the keys that the content is sealed with.
    """

    format: str
    version: str
    made_at: datetime
    database: str
    schema: str
    ledger: register.End
    audit: register.End
    audit_keyed_from: int
    keys: dict[str, str]
    recipients: list[str]
    is_demonstration: bool
    files: list[File]
    mac: str = ""

    def signed(self, key: bytes) -> "Manifest":
        """Return it with its mac: whoever has no keys of this home makes no copy that it takes back."""
        return msgspec.structs.replace(self, mac=self._mac(key))

    def is_signed(self, key: bytes) -> bool:
        """Whether it was made by the home of this key."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def _mac(self, key: bytes) -> str:
        covered = msgspec.json.encode(msgspec.structs.replace(self, mac=""))
        return hmac.new(key, b"manifest of a copy\n" + covered, hashlib.sha256).hexdigest()


def version() -> str:
    """Return the version of this program."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


class Writer:
    """Puts files into a copy one after the other, keeping the digest of each."""

    def __init__(self, out: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", bufsize=PIECE, format=tarfile.PAX_FORMAT)  # noqa: SIM115 - `close` does
        self.files: list[File] = []

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add a file of a known size."""
        read = _Digested(content)
        self._tar.addfile(_header(name, size), read)
        self.files.append(File(name, size, read.digest.hexdigest()))

    def add_pieces(self, name: str, content: IO[bytes]) -> None:
        """Add a stream whose size nobody knows yet, as numbered files of a few megabytes."""
        number = 0
        while piece := content.read(DUMP_PIECE):
            number += 1
            self.add(f"{name}/{number:06}", io.BytesIO(piece), len(piece))

    def close(self, manifest: Manifest) -> None:
        """End the copy with its manifest."""
        content = msgspec.json.encode(manifest)
        self._tar.addfile(_header(MANIFEST, len(content)), io.BytesIO(content))
        self._tar.close()


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


class _Digested:
    """A file that is read through its digest."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.content.read(size)
        self.digest.update(piece)
        return piece


def read(plain: BinaryIO, take: Callable[[str, Iterator[bytes]], None]) -> Manifest:
    """Read a whole copy, giving each file's name and pieces to `take`; return its manifest.

    Raises NotOpened for a name that no copy has, for a file that is not what the manifest says, for one that is
    missing or not in it. `take` must read all pieces; what it did is not to be trusted before this returns.
    """
    found: list[File] = []
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=plain, mode="r|", bufsize=PIECE) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or manifest is not None:
                    raise NotOpened(f"{member.name[:80]!r} has no place in a copy.")
                if member.name == MANIFEST:
                    manifest = _manifest(content.read())
                    continue
                if NAMES.fullmatch(member.name) is None:
                    raise NotOpened(f"{member.name[:80]!r} has no place in a copy.")
                pieces = _Digested(content)
                take(member.name, iter(lambda pieces=pieces: pieces.read(PIECE), b""))  # type: ignore[misc]
                found.append(File(member.name, member.size, pieces.digest.hexdigest()))
    except tarfile.TarError as error:
        raise NotOpened(f"It was changed or cut off: {error}.") from error
    if manifest is None:
        raise NotOpened("It was cut off: its manifest is missing.")
    if found != manifest.files:
        wrong = {file.name for file in found} ^ {file.name for file in manifest.files}
        wrong |= {one.name for one, other in zip(found, manifest.files, strict=False) if one != other}
        raise NotOpened(f"{len(wrong)} files are not what its manifest says, the first of them {min(wrong)}.")
    return manifest


def _manifest(content: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.MsgspecError as error:
        raise NotOpened("Its manifest can't be read. It may be of a newer version of this program.") from error
    if manifest.format != FORMAT:
        raise NotOpened(f"It has the format {manifest.format!r}; this code reads {FORMAT}. Take a newer version.")
    return manifest

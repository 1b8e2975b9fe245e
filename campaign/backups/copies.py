"""Writing copies of this home into one folder, and what is known of each without opening it.

Beside each copy NAME.age lies NAME.json: when it was made, its size and digest as it is sealed, where both logs ended,
and when it was carried off this machine. No name, no reference.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from campaign import register
from campaign.atomic_files import written
from campaign.backups import archive, database_copies, sealing
from campaign.backups.archive import Manifest, Writer
from campaign.clock import now
from campaign.places.current import OWN
from campaign.web.context import keyring, settings

NAME = re.compile(r"copy-\d{8}T\d{6}Z\.age")
STORES = ("public", "vault", "uploads")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a copy from outside. `carried_at`: when it was last brought elsewhere, None for never."""

    name: str
    made_at: datetime
    size: int
    sha256: str
    version: str
    schema: str
    ledger: register.End
    audit: register.End
    carried_at: datetime | None = None


class Changed(Exception):
    """A copy that is not, byte for byte, the one that was written."""


def folder() -> Path:
    """Return the folder of copies, made for its owner alone."""
    path = settings().backups
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write() -> Known:
    """Write a copy of this home and return what is known of it. Raises NoRecipients, NotCopied, OSError."""
    to = sealing.recipients()
    _remove_unfinished()
    made_at = now().astimezone(UTC).replace(microsecond=0)
    path = folder() / f"copy-{made_at:%Y%m%dT%H%M%SZ}.age"
    if path.exists():
        raise database_copies.NotCopied(f"{path} is there already: one copy a second is enough.")
    with written(path) as out:
        digested = _Digested(out)
        with sealing.sealing(digested, to) as plain:  # type: ignore[arg-type]
            manifest = _fill(Writer(plain), made_at, to)
    known = Known(
        name=path.name, made_at=made_at, size=digested.size, sha256=digested.digest.hexdigest(),
        version=manifest.version, schema=manifest.schema, ledger=manifest.ledger, audit=manifest.audit,
    )  # fmt: skip
    keep(known)
    return known


def _fill(writer: Writer, made_at: datetime, to: list[str]) -> Manifest:
    """Put everything in. The database first: what it names stays, but for erasures, which a restore repeats."""
    with database_copies.copied(folder()) as copy:
        name = archive.DATABASES[copy.kind]
        if copy.kind == "sqlite":
            writer.add(name, copy.content, os.fstat(copy.content.fileno()).st_size)
        else:
            writer.add_pieces(name, copy.content)
    for name, path in _files():
        try:
            with path.open("rb") as content:
                writer.add(name, content, os.fstat(content.fileno()).st_size)
        except FileNotFoundError:
            # Erased, or taken in, since the folder was listed.
            continue
    manifest = Manifest(
        format=archive.FORMAT, version=archive.version(), made_at=made_at, database=copy.kind, schema=copy.schema,
        ledger=copy.ledger, audit=copy.audit, audit_keyed_from=keyring().audit_keyed_from, keys=copy.keys,
        recipients=to, is_demonstration=settings().is_demonstration, files=writer.files,
    ).signed(keyring().index_key)  # fmt: skip
    writer.close(manifest)
    return manifest


def folder_of(store: str) -> Path:
    """Return the folder of a store of files."""
    return settings().media if store == "public" else settings().home / "media" / store


def place_of(name: str) -> Path:
    """Return where a file of a copy lies in this home, by its name in the copy."""
    media, _, rest = name.partition("/")
    store, _, below = rest.partition("/")
    return folder_of(store) / below if media == "media" else settings().home / name


def _files() -> Iterator[tuple[str, Path]]:
    """Yield the name in a copy and the path of every file of the home that is copied."""
    found = [(OWN, settings().home / OWN)]
    for store in STORES:
        root = folder_of(store)
        found += [(f"media/{store}/{path.relative_to(root).as_posix()}", path) for path in sorted(root.glob("??/*"))]
    for name, path in found:
        if archive.NAMES.fullmatch(name) and path.is_file():
            yield name, path


class _Digested:
    """A file that is written through its digest."""

    def __init__(self, out: BinaryIO) -> None:
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        self.size += len(piece)
        return self.out.write(piece)

    def flush(self) -> None:
        self.out.flush()


def _remove_unfinished() -> None:
    """Remove what a killed run left: on SQLite a copy of the database in clear."""
    for path in folder().glob(".*.part"):
        path.unlink(missing_ok=True)


def keep(known: Known) -> None:
    """Write down what is known of a copy."""
    with written(folder() / f"{known.name}.json") as out:
        out.write(msgspec.json.encode(known))


def forget(known: Known) -> None:
    """Remove a copy, and what is known of it."""
    (folder() / known.name).unlink(missing_ok=True)
    (folder() / f"{known.name}.json").unlink(missing_ok=True)


def every() -> list[Known]:
    """Return what is known of every copy, the newest first; of one that is no longer here too."""
    found = [path for path in folder().glob("copy-*.age.json") if NAME.fullmatch(path.name.removesuffix(".json"))]
    known = [msgspec.json.decode(path.read_bytes(), type=Known) for path in found]
    return sorted(known, key=lambda one: one.made_at, reverse=True)


def newest_elsewhere() -> datetime | None:
    """Return when the newest copy was made that was carried off this machine; None where none was."""
    return max((one.made_at for one in every() if one.carried_at), default=None)


def compare(known: Known) -> None:
    """Read a copy as it lies here and compare. Raises Changed."""
    with (folder() / known.name).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != known.sha256:
            raise Changed(f"{known.name} is not what was written: the disk or somebody changed it. Write a new one.")


def verify(path: Path, identity: sealing.Identity) -> Manifest:
    """Open a whole copy, compare every file with its manifest, and return that. Raises NotOpened."""
    with sealing.opening(path, identity) as plain:
        return archive.read(plain, read_through)


def read_through(_name: str, pieces: Iterator[bytes]) -> None:
    """Read a file of a copy and do nothing with it."""
    for _ in pieces:
        pass

"""Putting a copy back into an empty home: what is refused before anything is written, and the writing.

A copy is read twice: once to know that all of it is what was written, and once to put it in place.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from campaign import known_keys, schema
from campaign.backups import archive, copies, database_copies, sealing
from campaign.backups.archive import Manifest
from campaign.places.current import OWN
from campaign.web.context import keyring, settings

DATABASES_IN_WORDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Refused(Exception):
    """A copy that is not put back here, and why."""


def refuse_used_home() -> None:
    """Raise Refused where this home holds anything that a copy would overwrite or be mixed with."""
    if not database_copies.is_empty():
        raise Refused(
            "The database of this home is not empty. A copy is put back into an empty one, never over another."
        )
    for store in copies.STORES:
        if any(copies.folder_of(store).glob("*/*")):
            raise Refused(f"There are files in {copies.folder_of(store)}. Name a new home: CAMPAIGN_HOME.")


def refuse_copy(manifest: Manifest) -> None:
    """Raise Refused for a copy that this home can't take: another database, a newer schema, other keys, not its own."""
    here, code = DATABASES_IN_WORDS[_kind()], schema.of_code()
    if manifest.database != _kind():
        raise Refused(f"It is a copy of {DATABASES_IN_WORDS[manifest.database]}, and this home has {here}. Set "
                      "CAMPAIGN_DATABASE_URL to one of its kind; afterwards it can be moved.")  # fmt: skip
    if manifest.schema not in code:
        raise Refused(f"It has schema {manifest.schema}, the newest that this code knows is {code[0]}. Install version "
                      f"{manifest.version} of the program, or a newer one.")  # fmt: skip
    if manifest.is_demonstration and settings().production:
        raise Refused("It is a copy of a demonstration; production needs a home of its own.")
    refuse_other_keys(manifest)


def refuse_other_keys(manifest: Manifest) -> None:
    """Raise Refused where a key that opens the copy is missing here, or another; keys made since may be there."""
    found = keyring().fingerprints()
    faults = list(
        known_keys.faults_of(manifest.keys, {name: found[name] for name in found if name in manifest.keys}, {})
    )
    if faults or "index.key" not in found:
        raise Refused(f"{settings().keys} lacks the keys of this copy: {' '.join(faults)} Bring them back first: keys "
                      "are never in a copy (docs/operate.md).")  # fmt: skip
    if not manifest.is_signed(keyring().index_key):
        raise Refused("It was not made by the home of these keys, or somebody wrote it anew. Take another copy.")


def put_back(path: Path, identity: sealing.Identity, manifest: Manifest) -> None:
    """Put all of a copy in place, readable by its owner alone. Raises NotOpened, NotCopied, OSError, Refused.

    Where that breaks off, the database stays empty, and files that were written are taken away again.
    """
    try:
        with sealing.opening(path, identity) as plain, ExitStack() as stack:
            again = archive.read(plain, _Placing(stack).take)
        if again != manifest:
            raise Refused(f"{path} was changed while it was read. Begin anew, with an empty home.")
    except BaseException:
        for store in copies.STORES:
            shutil.rmtree(copies.folder_of(store), ignore_errors=True)
        (settings().home / OWN).unlink(missing_ok=True)
        raise
    os.sync()
    sealing.keep_recipients(manifest.recipients)
    if manifest.audit_keyed_from:
        keyring().note_keyed_audit(manifest.audit_keyed_from)


class _Placing:
    """Gives the pieces of the database to the database, and writes each file to its place."""

    def __init__(self, stack: ExitStack) -> None:
        self.outer = stack
        self.database: ExitStack | None = None
        self.out: IO[bytes] | None = None

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        if name.startswith("database."):
            if self.database is None:
                self.database = self.outer.enter_context(ExitStack())
                self.out = self.database.enter_context(database_copies.receiving())
            assert self.out is not None, "The database comes first and in one piece after the other."
            self.out.writelines(pieces)
            return
        self._end_of_database()
        path = copies.place_of(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.writelines(pieces)

    def _end_of_database(self) -> None:
        if self.database is not None and self.out is not None:
            self.out = None
            self.database.close()


def _kind() -> str:
    return "sqlite" if settings().database_file is not None else "postgresql"

"""A copy of the folder of keys: a tar of it, sealed for the two people who open copies, in a file of its own.

    age --decrypt -i SHEET FILE | tar x        opens it without this program

It never lies in a copy of the home, and is never carried by the command that carries those: whoever has a copy and a
sheet has the index of the desk; with this file too they have everything.
"""

import io
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from re import compile as pattern
from typing import BinaryIO

import msgspec
from sqlalchemy import select

from campaign.atomic_files import written
from campaign.audit.log import AuditRow
from campaign.backups import sealing
from campaign.backups.sealing import NotOpened
from campaign.database import db

NAME = pattern(r"content-\d{4,}\.key|index\.key|audit-keyed-from")
LARGEST = 10_000  # bytes of one key's file: they have 65 at most
COPIED = "keys.copied"


class NotPutBack(Exception):
    """Keys that are not put back, and why."""


def names(folder: Path) -> list[str]:
    """Return the files of a folder of keys that belong in a copy of it."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if NAME.fullmatch(path.name) and path.is_file())


def write(folder: Path, out: BinaryIO, to: Sequence[str]) -> list[str]:
    """Write the keys of a folder, sealed, to `out`; return the names of their files."""
    copied = names(folder)
    with sealing.sealing(out, to) as plain, tarfile.open(fileobj=plain, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name in copied:
            content = (folder / name).read_bytes()
            header = tarfile.TarInfo(name)
            header.size, header.mode = len(content), 0o600
            tar.addfile(header, io.BytesIO(content))
    return copied


def opened(path: Path, identity: sealing.Identity) -> dict[str, bytes]:
    """Return what lies in a copy of keys, by name. Raises NotOpened."""
    found: dict[str, bytes] = {}
    try:
        with sealing.opening(path, identity) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() and member.size <= LARGEST else None
                if content is None or NAME.fullmatch(member.name) is None:
                    raise NotOpened("This is no copy of keys. A copy of the home is put back by: flask restore")
                found[member.name] = content.read()
    except tarfile.TarError as error:
        raise NotOpened("This is no copy of keys, or it was cut off.") from error
    if "index.key" not in found:
        raise NotOpened("This is no copy of keys: index.key is not in it.")
    return found


def put_back(found: Mapping[str, bytes], folder: Path) -> list[str]:
    """Write keys into their folder, each readable by its owner alone; return the names of those that were missing.

    Raises NotPutBack, and writes nothing, where another key bears the name of one of them.
    """
    there = {name: (folder / name).read_bytes() for name in names(folder)}
    if others := sorted(name for name in found if name in there and there[name].strip() != found[name].strip()):
        raise NotPutBack(
            f"{folder} has another {' and another '.join(others)}. Nothing was written. Keys that "
            "belong to no database are moved away first; keep them until all is open again."
        )
    missing = sorted(found.keys() - there.keys())
    for name in missing:
        with written(folder / name) as out:
            out.write(found[name])
    return missing


def lacking(present: Iterable[str], recipients: Sequence[str]) -> list[str]:
    """Return which of these keys are in no copy that was made for the people of today, as the audit has it."""
    rows = db.session.scalars(select(AuditRow.details).where(AuditRow.action == COPIED))
    told = [msgspec.json.decode(row) for row in rows]
    copied = {name for one in told if one["recipients"] == list(recipients) for name in one["keys"]}
    return sorted(set(present) - copied)

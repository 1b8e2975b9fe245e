"""Files: keys and modes, the pictures that pages show, room on the disks, and what a proxy writes of visitors."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import select

from campaign import settings_faults, shared_files
from campaign.database import db
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger.models import ShownImage
from campaign.media.stores import public_store
from campaign.web.context import settings

FULL_BYTES, NEARLY_FULL_BYTES = 200_000_000, 2_000_000_000
FEW_FILES = 1000  # that the file system can still hold
# Where Debian's nginx and Caddy write a line for each visit unless they are told not to.
VISITS = (Path("/var/log/nginx/access.log"), Path("/var/log/caddy/access.log"))


def keys() -> Iterator[Diagnosis]:
    """Find keys that are missing, weak, open to others, or none of this database's."""
    if "staff" not in settings().edges:
        return
    from campaign import known_keys  # not at the top: the public edge loads no keys

    for fault in settings_faults.faults_of_keys(settings()):
        yield Diagnosis(fault, "What is sealed can't be read any more, or somebody else reads it.", "")
    wrong, _, to_do = known_keys.complaint().partition(" Bring back")
    if wrong:
        yield Diagnosis(wrong, "What is sealed can't be read; the next start is refused.", f"Bring back{to_do}")


def modes() -> Iterator[Diagnosis]:
    """Find folders and files of the home that others on this machine may read or change."""
    for fault in settings_faults.open_paths(settings()):
        yield Diagnosis(fault, "Other users of this machine read names that are not public.", "")
    if settings().public_group:
        for fault in shared_files.closed_to_group(settings().media, settings().public_group):
            yield Diagnosis(fault, "Public pages show the cloth instead of a person.", "")


def media() -> Iterator[Diagnosis]:
    """Find pictures that pages show and that are not there, and some that lie open and no page shows."""
    store = public_store()
    shown = set(db.session.scalars(select(ShownImage.digest)))
    kept = {name.partition(".")[0] for name in store.names()}
    is_replica = bool(settings().primary)
    if missing := len(shown - kept):
        yield Diagnosis(
            f"{missing} of {len(shown)} pictures that public pages show are not on the disk.",
            "Those pages show the cloth instead of the person.",
            "Type: flask replica pictures. It says whether the primary gives them."
            if is_replica
            else "Type: flask sweep --once. What is missing still comes back from a copy of the home.",
        )
    if left := len(kept - shown):
        yield Diagnosis(
            f"{left} pictures lie open on the disk that no public page shows.",
            "Somebody who was withdrawn may still be recognised by whoever reads this disk.",
            "Type: flask replica pictures" if is_replica else "Type: flask sweep --once",
        )


def disk() -> Iterator[Diagnosis]:
    """Find disks that are full or nearly so, before the database stops."""
    here = settings()
    folders = {
        "home": here.home,
        "pictures": here.media,
        "database": (here.database_file or here.home).parent,
        "TMPDIR": Path(gettempdir()),
    }
    told: set[int] = set()
    for name, folder in folders.items():
        there = settings_faults.nearest(folder)
        if (device := there.stat().st_dev) in told:
            continue
        told.add(device)
        free, files = shutil.disk_usage(there).free, os.statvfs(there)
        lacks_files = bool(files.f_files) and files.f_favail < FEW_FILES
        if free < NEARLY_FULL_BYTES or lacks_files:
            room = "hardly a file" if lacks_files else f"{free // 1_000_000:,} MB"
            yield Diagnosis(
                f"The disk of the {name} ({there}) has room for {room} more.",
                "On a full disk nothing is saved, and a process that starts there answers nothing at all.",
                f"Free some room. Type: du -xh {there} | sort -h | tail",
                is_red=free < FULL_BYTES or lacks_files,
            )


def visitors() -> Iterator[Diagnosis]:
    """Find a proxy on this machine that writes down who visits."""
    for path in VISITS:
        if path.exists() and path.stat().st_size:
            yield Diagnosis(
                f"{path} holds a line for each visit.",
                "The pages promise that nothing is kept of who visits; this file tells who did, and when.",
                f"Switch it off (nginx: access_log off; Caddy: no log block) and type: shred -u {path}",
            )

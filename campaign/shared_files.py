"""What one named group of this machine may read: the pictures that pages show and the public file of SQLite.

All else is its owner's alone (secret_files.py), and so are these where no group is named.
"""

import grp
import os
import stat
from collections.abc import Iterator
from pathlib import Path

FOLDER, FILE = 0o750, 0o640
NOT_FOR_OTHERS = 0o027  # what must not be set in a mode of these: writing by the group, everything by others


def group_id(name: str) -> int | None:
    """Return the number of a group of this machine, None where it has none of this name."""
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def let_read(path: Path, group: str) -> None:
    """Let a group read a file or enter a folder of ours; "" lets nobody. Raises OSError where we may not."""
    wanted = group_id(group) if group else None
    if wanted is None:
        return
    found = path.stat()
    mode = FOLDER if stat.S_ISDIR(found.st_mode) else FILE
    if found.st_gid != wanted:
        os.chown(path, -1, wanted)
    if stat.S_IMODE(found.st_mode) != mode:
        path.chmod(mode)


def make_folder(path: Path, group: str) -> None:
    """Make a folder that a group may enter, and those above it that are missing, for their owner alone otherwise."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    let_read(path, group)


def let_read_all(folder: Path, group: str) -> None:
    """Let a group read a folder of ours and all that lies in it."""
    for path in (folder, *folder.rglob("*")):
        let_read(path, group)


def faults_of_group(group: str) -> Iterator[str]:
    """Yield a sentence where a group is none of this machine, or where this process is not in it."""
    number = group_id(group)
    if number is None:
        yield f"CAMPAIGN_PUBLIC_GROUP: this machine has no group {group}. Type: groupadd --system {group}"
    elif os.geteuid() != 0 and number not in {os.getegid(), *os.getgroups()}:
        yield (
            f"CAMPAIGN_PUBLIC_GROUP: the user of this process is not in the group {group}. "
            f"Type: usermod --append --groups {group} USER"
        )


def closed_to_group(path: Path, group: str) -> Iterator[str]:
    """Yield a sentence, with the command to type, where a path is there and its group is another or may not read."""
    if not path.exists():
        return
    found = path.stat()
    mode = FOLDER if stat.S_ISDIR(found.st_mode) else FILE
    if found.st_gid != group_id(group) or stat.S_IMODE(found.st_mode) & mode != mode:
        yield f"The group {group} can't read {path}. Type: chgrp {group} {path}; chmod {mode:04o} {path}"

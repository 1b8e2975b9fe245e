"""The flags beside the public file of SQLite: one lies there while the desk knows something that the file does not yet.

Who reads the file shows nothing once a flag has stayed behind for LATE_SECONDS, or while the file is closed to it.
"""

import os
import secrets
import stat
import threading
import time
from pathlib import Path

from campaign.clock import now

LATE_SECONDS = 15  # bringing up what one deed changed takes a tenth of a second
FLAG = ".behind-"
OWNER_ALONE, CLOSED = 0o600, 0o000  # modes


def lay(path: Path) -> Path:
    """Lay a flag beside a file and return it. Raises OSError."""
    flag = path.with_name(f"{path.name}{FLAG}{secrets.token_hex(8)}")
    os.close(os.open(flag, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE))
    moment = now().timestamp()
    os.utime(flag, (moment, moment))
    return flag


def every(path: Path) -> list[Path]:
    """Return all flags beside a file."""
    return list(path.parent.glob(f"{path.name}{FLAG}*"))


def late(path: Path) -> list[Path]:
    """Return the flags that stayed behind; one of an hour to come is one too."""
    found = []
    for flag in every(path):
        try:
            is_late = abs(now().timestamp() - flag.stat().st_mtime) > LATE_SECONDS
        except FileNotFoundError:
            continue
        found += [flag] if is_late else []
    return found


def close(path: Path) -> None:
    """Close a file to its readers, which takes no room on a full disk. Raises OSError."""
    path.chmod(CLOSED)


def is_closed(path: Path) -> bool:
    """Whether a file was closed to its readers."""
    return stat.S_IMODE(path.stat().st_mode) == CLOSED


class Watched:
    """Whether a file that this process reads is behind, asked of its folder once a second."""

    def __init__(self, path: Path | None) -> None:
        """Watch a file; None is never behind."""
        self.path = path
        self._next, self._last, self._lock = 0.0, False, threading.Lock()

    def is_behind(self) -> bool:
        """Whether a flag stayed behind, or the desk has closed the file because it could lay none."""
        if self.path is None:
            return False
        with self._lock:
            if time.monotonic() >= self._next:
                self._next = time.monotonic() + 1
                self._last = not os.access(self.path, os.R_OK) or bool(late(self.path))
            return self._last

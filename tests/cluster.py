"""A PostgreSQL of our own for tests: made in a folder, reached through its socket, gone at the end."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import needs

# The newest that is installed; Debian keeps each version in a folder of its own.
BINARIES = max(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=Path("/nowhere")
)

# What a database may leave out that is gone in ten minutes.
CARELESS = ("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=1h",
            "max_wal_size=4GB")  # fmt: skip
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
ENOUGH = 6_000_000_000  # bytes: hundreds of databases of eight million each


def needed() -> None:
    """End the test that needs PostgreSQL where it is not installed."""
    if not (BINARIES / "initdb").exists():
        needs.lacking("PostgreSQL")


def _as_owner() -> dict[str, object]:
    """Return how to start its programs: never as root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def running(*further: str) -> Iterator[Path]:
    """Start a cluster and give the folder of its socket; stop it at once, for nothing in it is wanted any more.

    `further` options of the server stand above those that every cluster of the tests has.
    """
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=MEMORY if is_roomy else None))
    owner = _as_owner()
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [BINARIES / "initdb", "-D", data, "-U", "byname", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
        check=True, **quiet, **owner,
    )  # fmt: skip
    options = [
        f"-c{option}" for option in ("listen_addresses=", f"unix_socket_directories={folder}", *CARELESS, *further)
    ]
    server = subprocess.Popen([BINARIES / "postgres", "-D", data, *options], **quiet, **owner)
    try:
        wait_until_ready(folder)
        yield folder
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(folder: Path) -> None:
    """Return once the cluster takes connections; raise TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while subprocess.run([BINARIES / "pg_isready", "-q", "-h", folder], check=False).returncode != 0:
        if time.monotonic() > deadline:
            raise TimeoutError("PostgreSQL did not start within 30 s")


def new_address(folder: Path) -> str:
    """Return the address of a database that is not there yet: `tables.create` makes it, with tables."""
    return f"postgresql://byname@/test_{secrets.token_hex(6)}?host={folder}"


def empty_database(folder: Path) -> str:
    """Make an empty database and return its address."""
    address = new_address(folder)
    name = address.removeprefix("postgresql://byname@/").partition("?")[0]
    subprocess.run([BINARIES / "createdb", "-h", folder, "-U", "byname", name], check=True)
    return address

"""A release made of this working tree, and a scratch root to play in."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = Path(sys.prefix)
OS_RELEASE = 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="{}"\n'
NAMED = ("names.kept-names.cc", "--name", "Valley Names", "--contact", "mailto:desk@kept-names.cc")
Change = Callable[[Path], None]


def archive_of(version: str, folder: Path, change: Change = lambda tree: None) -> Path:
    """Write an archive of this working tree, after a change to a copy of it, and the sums beside; return its path."""
    tree = folder / f"byname-{version}"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.split("\0"):
        # What tests and docs are made of is no part of what runs.
        if name and not name.startswith(("tests/", "docs/", "bench/")) and (ROOT / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    change(tree)
    archive = folder / f"{tree.name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as written:
        written.add(tree, tree.name)
    shutil.rmtree(tree)
    note_sums(folder)
    return archive


def note_sums(folder: Path) -> None:
    """Write SHA256SUMS of the archives in a folder."""
    found = sorted(folder.glob("byname-*.tar.gz"))
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in found)
    (folder / "SHA256SUMS").write_text("".join(lines))


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a release, 1.0, with its sums beside it."""
    return archive_of("1.0", tmp_path_factory.mktemp("release"))


def fresh(folder: Path) -> Path:
    """Return the root of a fresh Debian 12 in a folder, as far as the installer looks at it."""
    root = folder / "machine"
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "os-release").write_text(OS_RELEASE.format(12))
    return root


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A fresh root. Plays on PostgreSQL are quick in it: there is no server, so nothing of Byname is started."""
    return fresh(tmp_path)


@pytest.fixture
def _in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/dev/shm")  # noqa: S108 - as the units set it
    monkeypatch.setattr(tempfile, "tempdir", None)


def played(script: str, root: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Return what became of deploy/install or deploy/update under a scratch root."""
    command = [ROOT / "deploy" / script, "--root", root, "--environment", ENVIRONMENT, *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)


def installed(root: Path, archive: Path, *words: str) -> str:
    """Install a release under a scratch root; return what was said."""
    ran = played("install", root, *NAMED, "--archive", archive, *words)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def typed(root: Path, *words: str) -> str:
    """Return what `byname ...` says in a scratch root. Raises CalledProcessError where it fails."""
    environment = {"BYNAME_ROOT": str(root), "PATH": "/usr/bin:/bin"}
    command = [root / "usr" / "local" / "sbin" / "byname", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120).stdout

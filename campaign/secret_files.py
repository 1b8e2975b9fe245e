"""Secret files and closed folders: made for their owner alone, and what is wrong with those that are there.

What is wrong is told in sentences that never quote a secret: a process that finds some does not start.
"""

import os
import re
import secrets
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

OWNER_ALONE = 0o077  # the umask of every process, and what must not be set in a mode: all of group and others
IN_MEMORY = {"tmpfs", "ramfs"}  # file systems that write on no disk
WEAKEST = 32  # characters of a secret
FEWEST_KINDS = 10  # different characters in it; 32 random hex digits have 14 of 16
# Six letters and more: shorter ones stand in one random secret of a thousand.
WORDS = ("secret", "passwo", "change", "exampl", "default", "insecu", "campai", "letmei", "qwerty", "replac")


def secret_file(path: Path) -> str:
    """Return the text of a secret file, making it first where it is missing (mode 0600, folder 0700)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def is_guessable(text: str) -> bool:
    """Whether a secret is short, or made of few characters, of a piece said again and again, of runs, or of words."""
    if len(text) < WEAKEST or len(set(text)) < FEWEST_KINDS:
        return True
    is_repeated = any(text[period:] == text[:-period] for period in range(1, WEAKEST // 2 + 1))
    # Half of all neighbours follow on each other or are the same; by chance a sixth of hex digits do.
    is_run = sum(abs(ord(one) - ord(other)) <= 1 for one, other in pairwise(text)) > len(text) / 2
    # Letters of one size without a digit are words; hex and base64 of this length are never so by chance.
    is_phrase = not re.search(r"\d", text) and not (re.search("[A-Z]", text) and re.search("[a-z]", text))
    return is_repeated or is_run or is_phrase or any(word in re.sub(r"[\W_]", "", text.lower()) for word in WORDS)


def faults_of(path: Path) -> Iterator[str]:
    """Yield what is wrong with a secret file that is there: it can't be read, is weak, or others can read it."""
    try:
        text = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        yield f"{path} can't be read as a secret. Let this process read it, or put back the one that was made."
        return
    if is_guessable(text):
        yield (
            f"{path} is weaker than {WEAKEST} characters of chance. Put back the one that was made, or remove the file."
        )
    yield from open_to_others(path)


def open_to_others(path: Path, closed: int = OWNER_ALONE) -> Iterator[str]:
    """Yield a sentence, with the command to type, where a path is there and its mode has one of the bits `closed`."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0
    if mode & closed:
        who = "everybody on this machine" if mode & closed & 0o007 else "its group"
        deed = "changed" if mode & closed & 0o022 else "read"
        yield f"{path} can be {deed} by {who} (mode {mode:04o}). Type: chmod {mode & ~closed:04o} {path}"


def is_in_memory(folder: Path) -> bool:
    """Whether a folder lies in memory, as tmpfs does: what is written there is gone with the machine's power."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    except OSError:
        return False
    path = folder.resolve()
    # A later mount hides an earlier one at the same place.
    over = [
        (len(where), number, kind) for number, (_, where, kind, *_) in enumerate(mounts) if path.is_relative_to(where)
    ]
    return max(over, default=(0, 0, ""))[2] in IN_MEMORY


def close(folder: Path) -> int:
    """Take every right of others from a folder and all that lies in it; return how many had some."""
    found = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    opened = [path for path in found if path.stat().st_mode & OWNER_ALONE]
    for path in opened:
        path.chmod(path.stat().st_mode & 0o700)
    return len(opened)

"""The register: a file outside the home that says what must not come back, and where both logs end. It only grows.

A line of heads says where audit and ledger end by then, so that a tail cut off is named. A line of a deed says that
somebody was withdrawn, narrowed, limited, stopped, restricted, erased or shut out: it is written, and synced to the
disk, before the transaction that does so commits, and a restored copy is made to follow it (publishing.restoring). It
holds codes, numbers and keyed hashes: no name, no word of a case. Readable by its owner alone. Whoever can change the
home should not be able to change the register.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from campaign.atomic_files import sync_folder
from campaign.hashchain import START, Noted

HEADS = re.compile(rb"([\dTZ:-]{20}) (\d{1,12}) (\w{64}) (\d{1,12}) (\w{64})")
DEED = re.compile(rb"([\dTZ:-]{20}) ([a-z]{1,20}) ([\w.:/~-]{1,200}) (\d{1,12}) (\d{1,12}) (\w{64}) ([\w.:/~,-]+)")
OTHER = re.compile(r"[^\w.:/~-]", re.ASCII)
AUDIT, LEDGER = "audit", "ledger"
NOTHING = "-"


class Unreadable(Exception):
    """A file that is no register."""


class End(NamedTuple):
    """Where a log ends: the number of its newest row and that row's chain value."""

    number: int = 0
    chain: str = START


class Line(NamedTuple):
    """A deed that must not be undone by a restore.

    `subject` is a reference, "account:3" or what an emergency stop is for; `number` is that of the ledger's entry, 0
    where there is none; `row` and `chain` are of the audit row that records the deed. `what` are codes: the groups of
    a narrowing, the scopes of a consent, the level of a risk, the reach of a stop, the marks of who was erased.
    """

    at: datetime
    kind: str
    subject: str
    number: int
    row: int
    chain: str
    what: tuple[str, ...] = ()


class Contents(NamedTuple):
    """What a register holds: its deeds in order, the highest number of each log, a sentence for each bad line."""

    deeds: list[Line]
    newest: dict[str, int]
    faults: list[str]


def append(path: Path, at: datetime, audit: End, ledger: End) -> bool:
    """Note where both logs end, where that is something new; return whether it was. Raises OSError."""
    words = f"{audit.number} {audit.chain} {ledger.number} {ledger.chain}"
    if _end_of(path).endswith(f"{words}\n"):
        return False
    _write(path, f"{_moment(at)} {words}\n")
    return True


def append_deeds(path: Path, deeds: Iterable[Line]) -> None:
    """Write deeds, a line each, and wait until they are on the disk. Raises OSError."""
    _write(path, "".join(_written(deed) for deed in deeds))


def contents(path: Path, *, since: int = 0) -> Contents:
    """Return what a register holds; of its first `since` bytes nothing, unless it has become shorter than that.

    Raises OSError, and Unreadable for a file of which no line can be read.
    """
    found, rows = Contents([], {AUDIT: 0, LEDGER: 0}, []), 0
    content = path.read_bytes()
    for number, line in enumerate((content[since:] if since <= len(content) else content).splitlines(), 1):
        rows += 1
        if (heads := HEADS.fullmatch(line)) is not None:
            audit, ledger = int(heads[2]), int(heads[4])
        elif (deed := _read(line)) is not None:
            found.deeds.append(deed)
            audit, ledger = deed.row, deed.number
        else:
            found.faults.append(f"Line {number} of the register {path} can't be read.")
            continue
        found.newest[AUDIT] = max(found.newest[AUDIT], audit)
        found.newest[LEDGER] = max(found.newest[LEDGER], ledger)
    if rows and len(found.faults) == rows:
        raise Unreadable(f"{path} is no register: none of its lines can be read.")
    return found


def noted(path: Path | None, log: str) -> tuple[dict[int, Noted], list[str]]:
    """Return what a register says of the rows of a log, by their numbers, and a sentence for each line it can't say.

    A deed is no such word: its line is written before it is done, and stays where it was not done after all.
    """
    if path is None:
        return {}, []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        return {}, [f"The register {path} can't be read: {error.strerror}. It is written at each sweep."]
    said: dict[int, Noted] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        found = HEADS.fullmatch(line)
        if found is None:
            faults += [] if DEED.fullmatch(line) else [f"Line {number} of the register {path} can't be read."]
            continue
        at, *ends = (word.decode() for word in found.groups())
        row, chain = ends[:2] if log == AUDIT else ends[2:]
        said[int(row)] = Noted(chain, at)
    return said, faults


def _read(line: bytes) -> Line | None:
    found = DEED.fullmatch(line)
    if found is None:
        return None
    at, kind, subject, number, row, chain, what = (word.decode() for word in found.groups())
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return Line(moment, kind, subject, int(number), int(row), chain, () if what == NOTHING else tuple(what.split(",")))


def _written(deed: Line) -> str:
    what = ",".join(_codes(deed.what)) or NOTHING
    subject = OTHER.sub("_", deed.subject)[:200] or NOTHING
    return f"{_moment(deed.at)} {deed.kind} {subject} {deed.number} {deed.row} {deed.chain} {what}\n"


def _codes(words: Iterable[str]) -> Iterator[str]:
    # What is no code is not left out: a line that can't be read would limit nobody.
    return (OTHER.sub("_", word) for word in words if word)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _write(path: Path, said: str) -> None:
    """Append text to a register and wait until it is on the disk, with the name of a file that is new."""
    end = _end_of(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a full disk or a killed process cut is ended first: the next one stands by itself.
        _write_all(handle, (said if not end or end.endswith("\n") else f"\n{said}").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync_folder(path.parent)


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _end_of(path: Path) -> str:
    """Return the last characters of a register, more than a line of heads has; "" where there is none yet."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1000))
        return file.read().decode("ascii", "replace")

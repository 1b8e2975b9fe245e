"""The register: a file outside the home in which the ends of both logs are noted, so that a tail cut off is named.

One line a note: when, the number of the newest audit row and its chain value, the same of the ledger. Lines are only
ever appended, readable by their owner alone. Whoever can change the home should not be able to change the register.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from campaign.hashchain import START, Noted

LINE = re.compile(rb"([\dTZ:-]{20}) (\d{1,12}) (\w{64}) (\d{1,12}) (\w{64})")
AUDIT, LEDGER = "audit", "ledger"


class End(NamedTuple):
    """Where a log ends: the number of its newest row and that row's chain value."""

    number: int = 0
    chain: str = START


def append(path: Path, at: datetime, audit: End, ledger: End) -> bool:
    """Note where both logs end, where that is something new; return whether it was. Raises OSError."""
    end = _end_of(path)
    if end.endswith(f"{_words(audit, ledger)}\n"):
        return False
    said = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {_words(audit, ledger)}\n"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a full disk or a killed process cut is ended first: the next one stands by itself.
        os.write(handle, (said if not end or end.endswith("\n") else f"\n{said}").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


def noted(path: Path | None, log: str) -> tuple[dict[int, Noted], list[str]]:
    """Return what a register says of the rows of a log, by their numbers, and a sentence for each line it can't say."""
    if path is None:
        return {}, []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        return {}, [f"The register {path} can't be read: {error.strerror}. It is written at each sweep."]
    said: dict[int, Noted] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        found = LINE.fullmatch(line)
        if found is None:
            faults.append(f"Line {number} of the register {path} can't be read.")
            continue
        at, *ends = (word.decode() for word in found.groups())
        row, chain = ends[:2] if log == AUDIT else ends[2:]
        said[int(row)] = Noted(chain, at)
    return said, faults


def _words(audit: End, ledger: End) -> str:
    return f"{audit.number} {audit.chain} {ledger.number} {ledger.chain}"


def _end_of(path: Path) -> str:
    """Return the last characters of a register, more than a line has; "" where there is none yet."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1000))
        return file.read().decode("ascii", "replace")

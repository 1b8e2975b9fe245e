"""The hash chain of an append-only log: how rows of ledger and audit log are linked, and how both are checked.

The chain value of a row is made of the value of the row before it, as 64 characters, followed by the canonical JSON
(sorted keys, no spaces) of what the chain covers of the row. Without a key it is the SHA-256 of that, as 64 hex digits:
anybody can check it. With a key it is "k" and 63 hex digits of the HMAC-SHA256: nobody without the key can make one, so
that a log is not written anew unnoticed.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

START = "0" * 64
KEYED = "k"
SHORTEST = 8  # characters of a chain value that name a row
canonical = msgspec.json.Encoder(order="sorted").encode


class Noted(NamedTuple):
    """The chain value that a register noted of a row, and when."""

    chain: str
    at: str


def link(before: str, covered: Mapping[str, object], key: bytes = b"") -> str:
    """Return the chain value of a row that covers `covered`, after a row whose value is `before`."""
    content = before.encode() + canonical(covered)
    if not key:
        return hashlib.sha256(content).hexdigest()
    return KEYED + hmac.new(key, content, hashlib.sha256).hexdigest()[:63]


def is_keyed(chain: str) -> bool:
    """Whether a chain value was made with a key."""
    return chain.startswith(KEYED)


def fault_of_noted(row: str, number: int, begins: str, chain: str | None) -> str:
    """Return a sentence where a row is not the one that somebody noted elsewhere; "" where it is.

    `begins` is how the noted chain value begins, `chain` that of the row by now, None where there is none.
    """
    if chain is None:
        return f"{row.capitalize()} {number}, which you noted, is not there: the end was cut off, or a copy put back."
    is_same = len(begins) >= SHORTEST and chain.startswith(begins)
    return "" if is_same else f"{row.capitalize()} {number} is another one than you noted: its chain is {chain[:16]}."


class Walk:
    """A check of all rows of a log in order: how many there were, where the chain ends, a sentence for each fault.

    `count` is the number of the last row, `lost` how many numbers below it a restore has lost; `keyed_from` that of the
    first row with a key, `unkeyed_to` that of the last one without, 0 for none.
    `row` is what a sentence calls one, such as "entry"; `key` that of its keyed rows; `noted` is what a register says
    of some, by number.
    """

    def __init__(self, row: str, *, key: bytes = b"", noted: Mapping[int, Noted] | None = None) -> None:
        self.row, self.key, self.noted = row, key, noted or {}
        self.count, self.chain, self.lost = 0, START, 0
        self.keyed_from, self.unkeyed_to = 0, 0

    def faults_of(
        self, number: int, chain: str, covered: Mapping[str, object], *, is_restored: bool = False
    ) -> list[str]:
        """Return what is wrong with the next row: rows missing before it, a chain value that does not match.

        Before a row that says that a copy was restored (`is_restored`) numbers may be missing: they were given after
        the copy, and are given to nothing else.
        """
        faults = self._missing_before(number, is_restored=is_restored)
        key = self.key if self.keyed_from or is_keyed(chain) else b""
        if chain != link(self.chain, covered, key):
            faults.append(
                f"{self.row.capitalize()} {number} does not match its chain: it, or one before it, was changed."
            )
        faults += self._against_the_register(number, chain)
        self.keyed_from = self.keyed_from or (number if is_keyed(chain) else 0)
        self.unkeyed_to = self.unkeyed_to if is_keyed(chain) else number
        self.chain = chain
        return faults

    def unreadable(self, number: int) -> list[str]:
        """Return what is wrong where the next row can't be read at all."""
        return [*self._missing_before(number), f"{self.row.capitalize()} {number} can't be read: it was changed."]

    def is_keyed_from(self, number: int) -> bool:
        """Whether every row that is there has a key from this number on, and none before; 0: whether none has.

        A copy from before a log was keyed comes back without its first keyed rows, so the number itself may be lost.
        """
        return self.keyed_from == 0 if number == 0 else self.unkeyed_to < number <= self.keyed_from

    def faults_at_the_end(self) -> list[str]:
        """Return what a register says of rows beyond the last one."""
        newest = max(self.noted, default=0)
        if newest <= self.count:
            return []
        cut = f"{self.row} {newest}" if newest == self.count + 1 else f"{self.row} {self.count + 1} to {newest}"
        at = self.noted[newest].at
        return [f"The end is cut off: the register of {at} knows {cut}, which are not there any more."]

    def _missing_before(self, number: int, *, is_restored: bool = False) -> list[str]:
        self.count += 1
        if number == self.count or (is_restored and number > self.count):
            self.lost += number - self.count
            self.count = number
            return []
        before = f"{self.row} {number} follows {self.row} {self.count - 1}"
        missing, self.count = self.count, number
        return [f"{self.row.capitalize()} {missing} is missing: {before}."]

    def _against_the_register(self, number: int, chain: str) -> list[str]:
        noted = self.noted.get(number)
        if noted is None or noted.chain == chain:
            return []
        return [f"{self.row.capitalize()} {number} is another one than the register noted at {noted.at}."]

"""The hash chain of an append-only log: how rows of ledger and audit log are linked, and how both are checked.

The chain value of a row is the SHA-256 over the value of the row before it, as 64 hex digits, followed by the
canonical JSON (sorted keys, no spaces) of what the chain covers of the row.
"""

import hashlib
from collections.abc import Mapping

import msgspec

START = "0" * 64
canonical = msgspec.json.Encoder(order="sorted").encode


def link(before: str, covered: Mapping[str, object]) -> str:
    """Return the chain value of a row that covers `covered`, after a row whose value is `before`."""
    return hashlib.sha256(before.encode() + canonical(covered)).hexdigest()


class Walk:
    """A check of all rows of a log in order: how many there were, where the chain ends, a sentence for each fault."""

    def __init__(self, row: str) -> None:
        self.row, self.count, self.chain = row, 0, START  # `row`: what a sentence calls one, such as "entry"

    def faults_of(self, number: int, chain: str, covered: Mapping[str, object]) -> list[str]:
        """Return what is wrong with the next row: rows missing before it, a chain value that does not match."""
        self.count += 1
        faults = []
        if number != self.count:
            before = f"{self.row} {number} follows {self.row} {self.count - 1}"
            faults.append(f"{self.row.capitalize()} {self.count} is missing: {before}.")
            self.count = number
        if chain != link(self.chain, covered):
            faults.append(
                f"{self.row.capitalize()} {number} does not match its chain: it, or one before it, was changed."
            )
        self.chain = chain
        return faults

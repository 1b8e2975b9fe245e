"""What this process keeps of what it has made: good while nothing public has changed, never more than it may hold."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from flask import current_app

from campaign.clock import now

V = TypeVar("V")
OVERHEAD = 300  # bytes that Python takes to hold one small thing under its key, about


def today(stamp: str) -> str:
    """Return the ledger's stamp with the day: what a page shows is another thing when either is another."""
    return f"{stamp} {now():%Y-%m-%d}"


class Kept(Generic[V]):
    """Things made since something public last changed, each under its key.

    A new stamp empties it: of who was withdrawn nothing stays in the memory of a process that is asked once more.
    """

    def __init__(self, most_bytes: int) -> None:
        """Keep no more than `most_bytes`, as its users count them."""
        self.most_bytes = most_bytes
        self.bytes = 0
        self.stamp = ""
        self.things: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self.lock = Lock()

    def get(self, stamp: str, key: Hashable) -> V | None:
        """Return what is kept under a key, None where nothing is."""
        with self.lock:
            if stamp != self.stamp:
                self.things.clear()
                self.bytes, self.stamp = 0, stamp
            if key not in self.things:
                return None
            self.things.move_to_end(key)
            return self.things[key][0]

    def keep(self, stamp: str, key: Hashable, thing: V, size: int) -> None:
        """Keep what was made under this stamp, of so many bytes; what was not asked for longest goes to make room."""
        with self.lock:
            if stamp != self.stamp or key in self.things:
                return
            self.things[key] = (thing, size + OVERHEAD)
            self.bytes += size + OVERHEAD
            while self.bytes > self.most_bytes:
                _, (_, gone) = self.things.popitem(last=False)
                self.bytes -= gone


def kept(name: str, most_bytes: int) -> Kept[V]:
    """Return what this process keeps under a name, empty at first."""
    found: Kept[V] = current_app.extensions.setdefault(name, Kept(most_bytes))
    return found

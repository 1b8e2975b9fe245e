"""An LRU cache bounded by bytes, emptied whenever the stamp of its content changes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
OVERHEAD_BYTES = 2_000  # what Python takes for an entry beside its bytes: key, tuples, lists of headers


class LruCache(Generic[V]):
    """Values made under one stamp, each under its key; the least recently used goes first.

    A new stamp empties it: of who was withdrawn nothing stays in the memory of a process that is asked once more.
    """

    def __init__(self, max_bytes: int) -> None:
        """Hold at most `max_bytes`, as `put` counts them."""
        self.max_bytes = max_bytes
        self.bytes = 0
        self._stamp = ""
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, stamp: str, key: Hashable) -> V | None:
        """Return the value of a key, None where there is none under this stamp."""
        with self._lock:
            if stamp != self._stamp:
                self._entries.clear()
                self.bytes, self._stamp = 0, stamp
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, stamp: str, key: Hashable, value: V, size: int) -> None:
        """Hold a value of `size` bytes that was made under a stamp, in place of an earlier one of its key.

        Nothing is held where the stamp has changed meanwhile, or where the value alone is larger than the cache.
        """
        size += OVERHEAD_BYTES
        with self._lock:
            if stamp != self._stamp or size > self.max_bytes:
                return
            _, before = self._entries.pop(key, (None, 0))
            self._entries[key] = (value, size)
            self.bytes += size - before
            while self.bytes > self.max_bytes:
                _, (_, gone) = self._entries.popitem(last=False)
                self.bytes -= gone

    def held(self) -> dict[Hashable, V]:
        """Return what is held by its keys, the least recently used first."""
        with self._lock:
            return {key: value for key, (value, _) in self._entries.items()}

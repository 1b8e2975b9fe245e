"""Private memory of a process: RssAnon, because pages of a mapped database file are nobody's cost."""

import threading
from pathlib import Path
from types import TracebackType


def anonymous_mb(process: int | str = "self") -> float:
    """Return the anonymous memory of a process, this one unless its number is given, in MB (of 1,000,000 bytes)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError("This system does not tell anonymous memory.")


class Growth:
    """Samples memory every 20 ms while its block runs; `mb` is the peak over what it was before."""

    def __enter__(self) -> "Growth":
        """Begin to sample."""
        self._before = self._peak = anonymous_mb()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the last sample."""
        self._over.set()
        self._thread.join()
        self._peak = max(self._peak, anonymous_mb())

    @property
    def mb(self) -> float:
        """The peak over the beginning, in MB."""
        return self._peak - self._before

    def _sample(self) -> None:
        while not self._over.wait(0.02):
            self._peak = max(self._peak, anonymous_mb())

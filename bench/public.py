"""Benchmarks of what the world asks of a ledger (changes, exports, pages), in one home: filling it takes longest."""

from bench import exporting, following, serving
from bench.figures import Figure
from bench.homes import empty_home


def measure(*, n: int, database: str = "") -> list[Figure]:
    """Return what it costs to follow, to take and to read `n` published profiles."""
    with empty_home(database) as app:
        return [*following.measure(app, n=n), *exporting.measure(app, n=n), *serving.measure(app, n=n)]

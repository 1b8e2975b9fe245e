"""Benchmark of the change feed, which partners ask every minute: it must not cost more where more is public.

Times are of the processor: others on the machine must not decide what a ratio says.
"""

import statistics
from time import process_time

from flask import Flask

from bench.figures import Figure
from bench.homes import fill_apart

FEW = 1_000
CHANGES = 100
ROUNDS = 30


def measure(app: Flask, *, n: int) -> list[Figure]:
    """Fill a home; return the time of the last 100 changes of `n`, as a ratio to the same question at 1,000."""
    fill_apart(app, FEW)
    few, few_idle = asked(app, FEW - CHANGES), asked(app, FEW)
    fill_apart(app, n)
    many, many_idle = asked(app, n - CHANGES), asked(app, n)
    anchor = f"the same at {FEW:,}"
    return [
        Figure(f"changes, the last {CHANGES} of {n:,}", many, "ms CPU", anchor, few, many / few, "about 1"),
        Figure(f"changes, none since {n:,}", many_idle, "ms CPU", anchor, few_idle, many_idle / few_idle, "about 1"),
    ]


def asked(app: Flask, since: int) -> float:
    """Return the median time of one answer, in milliseconds."""
    client, times = app.test_client(), []
    for _ in range(ROUNDS):
        started = process_time()
        response = client.get(f"/api/v1/changes?since={since}&limit={CHANGES}")
        times.append((process_time() - started) * 1000)
        assert response.status_code == 200, response.status
    return statistics.median(times)

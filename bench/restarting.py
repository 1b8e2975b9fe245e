"""Benchmark of a start: from the command to the first page of a seeded demonstration, beside a bare import of Flask."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.figures import Figure
from bench.homes import ROOT
from bench.serving import free_port, until_it_answers

STARTS = 3


def measure() -> list[Figure]:
    """Return the seconds until the home page answers, over loopback: the best of a few starts, as of the anchor."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {**os.environ, "CAMPAIGN_HOME": str(Path(folder) / "demo"), "CAMPAIGN_LOG_LEVEL": "WARNING"}
        demo = [sys.executable, "-m", "flask", "demo"]
        subprocess.run([*demo, "--no-serve"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        bare = min(seconds_of([sys.executable, "-c", "import flask, sqlalchemy"]) for _ in range(STARTS))
        seconds = min(first_page(demo, environment) for _ in range(STARTS))
    return [
        Figure("demonstration, again, to its first page", seconds, "s", "bare import", bare, seconds / bare, "<= 5 s")
    ]


def seconds_of(command: list[str]) -> float:
    """Return the seconds that a command takes."""
    started = perf_counter()
    subprocess.run(command, check=True)
    return perf_counter() - started


def first_page(demo: list[str], environment: dict[str, str]) -> float:
    """Start the demonstration; return the seconds until its home page answers 200. Raises TimeoutError, OSError."""
    port = free_port()
    server = subprocess.Popen([*demo, "--port", str(port)], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        return until_it_answers(port, "/", server)
    finally:
        server.terminate()
        server.wait()

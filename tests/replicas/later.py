"""The public edge of a replica as `flask serve` runs it, on the clock of the suite or some time after it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask

import app as composition
from tests import clock
from tests.web import processes


def create_app() -> Flask:
    """Return the application, its process on the clock that TEST_NOW and TEST_BEGAN say."""
    clock.start()
    return composition.create_app()


@contextmanager
def serving(environment: Mapping[str, str], port: int, *, after: timedelta = timedelta()) -> Iterator[None]:
    """Serve a replica while the block runs, its clock so much ahead of the suite's."""
    began = float(os.environ["TEST_BEGAN"]) - after.total_seconds()
    command = [sys.executable, "-m", "flask", "--app", "tests.replicas.later", "serve", "--edge", "public"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--workers", "2"],
        cwd=processes.ROOT, env={**os.environ, **environment, "TEST_BEGAN": str(began)},
    )  # fmt: skip
    try:
        processes.until(lambda: processes.answers(port) or server.poll() is not None, "an answer", seconds=120)
        assert server.poll() is None, "the server ended"
        yield
    finally:
        server.terminate()
        server.wait(30)

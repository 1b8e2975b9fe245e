"""The application as `flask --app tests.web.telling serve` runs it, with one address more: what its process is.

`serving_public` starts it as `flask serve --edge public` would be started by hand.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask, current_app

import app as composition
from campaign.web.marks import ANYONE, mark
from tests.web import processes


def create_app() -> Flask:
    """Return the application with `/process`."""
    app = composition.create_app()
    app.add_url_rule("/process", "process", mark(ANYONE)(process))
    return app


def process() -> str:
    """Tell the number of this process, which modules of ours it has loaded, and whether it knows the lists."""
    modules = sorted(name for name in sys.modules if "campaign." in name)
    knows_lists = "facet_index" in current_app.extensions
    return json.dumps({"pid": os.getpid(), "modules": modules, "knows_lists": knows_lists})


@contextmanager
def serving_public(environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the public edge of a home with granian while the block runs; give the process that holds the workers."""
    command = [sys.executable, "-m", "flask", "--app", "tests.web.telling", "serve"]
    asked = ["--edge", "public", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen([*command, *asked], cwd=processes.ROOT, env={**os.environ, **environment})
    try:
        processes.until(lambda: processes.answers(port) or server.poll() is not None, "an answer", seconds=120)
        assert server.poll() is None, "the server ended"
        yield server
    finally:
        server.terminate()
        server.wait(30)


def told_by(port: int) -> dict[str, object]:
    """Return what a worker tells of itself."""
    found: dict[str, object] = json.loads(processes.ask(port, "/process")[2])
    return found

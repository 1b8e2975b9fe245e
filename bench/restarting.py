"""From the command to the first page of a demonstration that was seeded before; beside a bare import of Flask."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from bench.figures import Figure

ROOT = Path(__file__).parent.parent
LONGEST = 120.0


def measure() -> list[Figure]:
    """Return the seconds until the home page answers, over loopback."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {**os.environ, "CAMPAIGN_HOME": str(Path(folder) / "demo"), "CAMPAIGN_LOG_LEVEL": "WARNING"}
        demo = [sys.executable, "-m", "flask", "demo"]
        subprocess.run([*demo, "--no-serve"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        bare = seconds_of([sys.executable, "-c", "import flask, sqlalchemy"])
        port = free_port()
        seconds = first_page([*demo, "--port", str(port)], port, environment)
    return [
        Figure("demonstration, again, to its first page", seconds, "s", "bare import", bare, seconds / bare, "<= 5 s")
    ]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def seconds_of(command: list[str]) -> float:
    """Return the seconds that a command takes."""
    started = perf_counter()
    subprocess.run(command, check=True)
    return perf_counter() - started


def first_page(command: list[str], port: int, environment: dict[str, str]) -> float:
    """Start a server; return the seconds until its home page answers 200. Raises TimeoutError, OSError."""
    started = perf_counter()
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while perf_counter() - started < LONGEST:
            if answers(port):
                return perf_counter() - started
            if server.poll() is not None:
                raise OSError(f"The demonstration ended with status {server.returncode}.")
            sleep(0.02)
        raise TimeoutError(f"No page came within {LONGEST:.0f} s.")
    finally:
        server.terminate()
        server.wait()


def answers(port: int) -> bool:
    """Whether the home page comes from a port; False while nobody listens there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()

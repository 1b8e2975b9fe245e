"""The anchor of the page benchmarks: a bare Flask view of 12 kB, by the server that serves ours."""

from sys import argv

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

BYTES = 12_000


def bare() -> Flask:
    """Return an application with one view that does nothing."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "x" * BYTES)
    return app


if __name__ == "__main__":
    Server(
        "bench.hello:bare", factory=True, address="127.0.0.1", workers=int(argv[1]), port=int(argv[2]),
        interface=Interfaces.WSGI, http=HTTPModes.http1, blocking_threads=8, backpressure=1000, websockets=False,
        log_level=LogLevels.error,
    ).serve()  # fmt: skip

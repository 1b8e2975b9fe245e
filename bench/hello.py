"""What every page is compared with: a bare Flask view of 12 kB, by the server that serves ours."""

from sys import argv

import waitress
from flask import Flask

BYTES = 12_000


def bare() -> Flask:
    """Return an application with one view that does nothing."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "x" * BYTES)
    return app


if __name__ == "__main__":
    waitress.serve(bare(), host="127.0.0.1", port=int(argv[1]), threads=8, ident="")

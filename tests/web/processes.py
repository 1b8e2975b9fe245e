"""Real servers in processes of their own, and somebody who asks them over real sockets.

`serving(environment)` runs what `flask serve` runs; the processes are forked from one that has loaded the program
already, so that one that was killed is back within a second.
"""

import http.client
import multiprocessing
import os
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(
    ["app", "campaign.staff", "campaign.public", "campaign.partners", "tests.clock", "tests.silence"]
)
Answer = tuple[int, dict[str, str], str]


def run(environment: Mapping[str, str], port: int, limit: Callable[[], None] | None) -> None:
    """Serve a home until killed; `limit` is called first, in the process that serves."""
    from app import create_app
    from campaign.commands import serve
    from campaign.settings import read
    from tests import clock

    os.chdir(ROOT)
    clock.start()
    app = create_app(read(environment))
    if limit is not None:
        limit()
    serve.run(app, host=HOST, port=port)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def home_environment(home: Path, port: int, **settings: str) -> dict[str, str]:
    """Return the settings of a home served on a port, without a sweep unless asked for."""
    named = {f"CAMPAIGN_{name}": value for name, value in settings.items()}
    address = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_ADDRESS": f"http://{HOST}:{port}"}
    return {**address, "CAMPAIGN_SWEEP_SECONDS": "0", "CAMPAIGN_LOG_LEVEL": "ERROR", **named}


def begin(environment: Mapping[str, str], port: int, limit: Callable[[], None] | None = None) -> BaseProcess:
    """Start a server; return its process once it answers. Raises Ended if it falls, TimeoutError after 2 minutes."""
    process = processes.Process(target=run, args=(dict(environment), port, limit), daemon=True)
    process.start()
    until(lambda: answers(port), "the server to answer", seconds=120, of=[process])
    return process


@contextmanager
def serving(
    environment: Mapping[str, str], port: int, limit: Callable[[], None] | None = None
) -> Iterator[BaseProcess]:
    """Serve a home while the block runs."""
    process = begin(environment, port, limit)
    try:
        yield process
    finally:
        process.kill()
        process.join(10)


class Ended(Exception):
    """A process ended of which something was expected still."""


def until(holds: Callable[[], object], what: str, *, seconds: float, of: Sequence[BaseProcess] = ()) -> None:
    """Return as soon as something holds that is expected of processes: asked fifty times a second.

    Raises Ended where one of them ends before, TimeoutError when it does not hold in time; both name it.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        if wait([process.sentinel for process in of], timeout=0.02):
            raise Ended(f"{[process.exitcode for process in of]} instead of {what}")


def answers(port: int) -> bool:
    """Whether a server on a port says that it lives."""
    try:
        return ask(port, "/healthz")[0] == 200
    except OSError:
        return False


def ask(port: int, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """Return status, headers and text of one answer. Raises OSError where there is no server."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body or None, headers=named)
        try:
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise ConnectionError("the answer broke off") from error
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


class SignedIn:
    """Somebody at the desk of a real server, by the cookie of their session."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, f"session={cookie}"
        status, headers, page = ask(port, "/staff/me", Cookie=self.cookie)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, (status, page)
        self.cookie = headers["set-cookie"].partition(";")[0]
        self.token = found[1]

    def sees(self, path: str) -> Answer:
        """Return the answer at a path."""
        return ask(self.port, path, Cookie=self.cookie)

    def posts(self, path: str, **fields: str) -> Answer:
        """Send a form; return the answer."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        kind = "application/x-www-form-urlencoded"
        return ask(self.port, path, method="POST", body=body, Cookie=self.cookie, Content_Type=kind)

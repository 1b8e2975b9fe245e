"""A server as `flask serve` starts it, in a process of its own: what memory it takes, and how a slow reader fares."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from flask import Flask

from bench.figures import Figure
from bench.homes import ROOT, environment_of
from bench.memory import anonymous_mb

LONGEST = 120.0
SLOW_SECONDS = 5.0
SLOW_BYTES = 32_768  # taken every twentieth of a second
PAGES = ("/", "/profiles", "/profiles?status=prison", "/about", "/data", "/feed.atom", "/api/v1/changes?since=0")
PROFILES = 200


@dataclass(frozen=True)
class Server:
    """A server that answers on loopback: its process and its port."""

    process: int
    port: int

    @property
    def workers(self) -> list[int]:
        """The processes that answer: granian's workers, or the server itself where it has none."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return [int(child) for child in children] or [self.process]

    def memory_mb(self) -> float:
        """Return the private memory of all processes that answer."""
        return sum(anonymous_mb(worker) for worker in self.workers)


@contextmanager
def served(app: Flask, *, edges: str, workers: int = 1) -> Iterator[Server]:
    """Give a server of a home that has answered its first question: granian, for these are edges of the public."""
    command = [sys.executable, "-m", "flask", "serve", "--workers", str(workers), "--port"]
    first = "/api/v1" if edges == "partners" else "/"
    with started(command, {**environment_of(app), "CAMPAIGN_EDGES": edges}, first) as server:
        yield server


@contextmanager
def hello(*, workers: int = 1) -> Iterator[Server]:
    """Give a server of the bare view that pages are compared with."""
    with started([sys.executable, "-m", "bench.hello", str(workers)], dict(os.environ), "/") as server:
        yield server


@contextmanager
def started(command: list[str], environment: dict[str, str], first: str) -> Iterator[Server]:
    """Give a server that a command starts on a free port, its last argument, and that has answered `first`."""
    port = free_port()
    process = subprocess.Popen([*command, str(port)], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        until_it_answers(port, first, process)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def measure(app: Flask, *, n: int) -> list[Figure]:
    """Return what memory a process of the public edge alone has of its own, once people and programs have read it."""
    with served(app, edges="public,partners", workers=2) as server:
        first = server.memory_mb()
        for path in (*PAGES, *_profiles(server), "/api/v1/export.jsonl", "/api/v1/export.csv"):
            assert status_of(server.port, path) == 200, path
        after = server.memory_mb()
    what = f"two workers of the public edge, private memory, {n:,} profiles"
    return [Figure(what, after, "MB", "after the first page", first, goal="<= 300 MB")]


def _profiles(server: Server) -> Iterator[str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGEST)
    connection.request("GET", f"/api/v1/profiles?limit={PROFILES}")
    page = connection.getresponse().read().decode()
    connection.close()
    for part in page.split('"slug":"')[1:]:
        yield f"/profiles/{part.partition(chr(34))[0]}"


def slow_reader(server: Server, path: str, database: Path | None) -> list[Figure]:
    """Read an answer slowly for some seconds; return how the server grew, and what a checkpoint left meanwhile."""
    before = peak = server.memory_mb()
    with socket.create_connection(("127.0.0.1", server.port)) as reader:
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        started = perf_counter()
        while perf_counter() - started < SLOW_SECONDS:
            reader.recv(SLOW_BYTES)
            peak = max(peak, server.memory_mb())
            sleep(0.05)
        left = frames_left(database) if database else None
    figures = [Figure("export, growth of a server with a slow reader", peak - before, "MB", goal="<= 25 MB")]
    if left is not None:
        figures.append(Figure("export, frames a checkpoint leaves meanwhile", left, "", goal="0"))
    return figures


def frames_left(database: Path) -> float:
    """Return how many pages of the log a checkpoint can't put away because somebody still reads."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 1")
    is_busy, in_log, put_away = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    return float(in_log - put_away if in_log > put_away else is_busy)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def until_it_answers(port: int, path: str, server: subprocess.Popen[bytes]) -> float:
    """Return the seconds until an address of a new server answers 200. Raises TimeoutError, OSError."""
    started = perf_counter()
    while perf_counter() - started < LONGEST:
        try:
            if status_of(port, path) == 200:
                return perf_counter() - started
        except ConnectionRefusedError:
            sleep(0.02)
        if server.poll() is not None:
            raise OSError(f"The server ended with status {server.returncode}.")
    raise TimeoutError(f"No page came within {LONGEST:.0f} s.")


def status_of(port: int, path: str) -> int:
    """Return the status of an answer, its content read. Raises ConnectionRefusedError while nobody listens there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()

"""What a page costs through `flask serve --edge public`, as ratios to a bare Flask view on the same server, by turns.

Sixteen connections are kept busy; what counts is the processor time of the two workers for each answer, because others
on the machine and the client itself take part in any other clock. `python -m bench --only pages`.
"""

import random
import selectors
import socket
import statistics
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from time import perf_counter
from typing import NamedTuple

from flask import Flask

from bench.figures import Figure
from bench.homes import empty_home, fill_apart
from bench.people import STATUSES, WORK, profiles
from bench.processor import seconds
from bench.serving import Server, hello, served, status_of

ROUNDS = 5
CONNECTIONS = 16
WARM = 3_000  # answers of a round
COLD = 400
FILTERED = 300
FIRST_LIST_SECONDS = 1.0


class Case(NamedTuple):
    """What is asked for: its name, its addresses without end, how many a round, a header, and the ratio wanted."""

    what: str
    addresses: Iterator[str]
    answers: int
    header: str
    goal: str


def measure(*, n: int, database: str = "") -> list[Figure]:
    """Return the ratios of warm and cold pages at `n` profiles, and how long lists take that nobody has asked for."""
    with empty_home(database) as app:
        fill_apart(app, n)
        slugs = [person.slug for person in profiles(n)]
        with served(app, edges="public,partners", workers=2) as ours:
            first = timed(ours, "/profiles")
            times = sorted(timed(ours, address) for address in islice(filtered(), FILTERED))
        return [*ratios(app, slugs), *lists(n, first, times)]


def ratios(app: Flask, slugs: list[str]) -> list[Figure]:
    """Return each case's processor time beside that of the bare view in the same round."""
    with hello(workers=2) as bare, served(app, edges="public,partners", workers=2) as ours:
        cases = list(cases_of(ours, slugs))
        rounds = [
            (cost(bare, cycle(["/"]), WARM, ""), [cost(ours, *case[1:4]) for case in cases]) for _ in range(ROUNDS)
        ]
    figures = []
    for place, case in enumerate(cases):
        ratio = statistics.median(anchor / costs[place] for anchor, costs in rounds)
        anchor = statistics.median(anchor for anchor, _ in rounds)
        value = statistics.median(costs[place] for _, costs in rounds)
        figures.append(Figure(case.what, value, "ms CPU", "hello on granian", anchor, ratio, case.goal))
    return figures


def cases_of(ours: Server, slugs: list[str]) -> Iterator[Case]:
    """Yield what is measured against the bare view."""
    page, chance = f"/profiles/{slugs[0]}", random.Random(7)
    shuffled = slugs[1:]
    chance.shuffle(shuffled)
    for what, path in (("profile", page), ("list", "/profiles"), ("home", "/")):
        yield Case(f"warm {what}", cycle([path]), WARM, "", ">= 2.5")
    yield Case("warm profile, gzip", cycle([page]), WARM, "Accept-Encoding: gzip", "")
    yield Case("warm profile, 304", cycle([page]), WARM, f"If-None-Match: {etag_of(ours, page)}", ">= 3")
    yield Case("JSON of one profile, warm", cycle([json_of(slugs[0])]), COLD, "", ">= 0.8")
    yield Case("JSON of one profile, random", map(json_of, cycle(shuffled)), COLD, "", ">= 0.8")
    yield Case("cold profile, random", (f"/profiles/{slug}" for slug in cycle(shuffled)), COLD, "", ">= 0.10")


def json_of(slug: str) -> str:
    """Return the address of a profile's JSON."""
    return f"/api/v1/profiles/{'-'.join(slug.split('-')[:2])}"


def lists(n: int, first: float, times: list[float]) -> list[Figure]:
    """Return the figures of the lists that were timed."""
    goal = "<= 50 ms at 35,000, <= 150 ms at 100,000"
    return [
        Figure(f"first list of {n:,} after a start", first, "s", goal=f"<= {FIRST_LIST_SECONDS:.0f} s at 100,000"),
        Figure(f"list of {n:,}, filters never asked before, p95", p95(times) * 1000, "ms", goal=goal),
    ]


def p95(times: list[float]) -> float:
    """Return the time below which 95 of 100 answers came."""
    return times[int(len(times) * 0.95)]


def filtered() -> Iterator[str]:
    """Yield addresses of lists with one to four filters, each once."""
    chance, seen = random.Random(11), set[str]()
    values = {
        "status": STATUSES,
        "ethnicity": ("Uyghur", "Kazakh", "Kyrgyz"),
        "place": tuple(f"XX-{number:02}" for number in range(1, 81)),
        "released": ("yes", "no"),
        "occupation_group": WORK,
    }
    while True:
        chosen = chance.sample(sorted(values), chance.randint(1, 4))
        address = "/profiles?" + "&".join(f"{name}={chance.choice(values[name])}" for name in chosen)
        if address not in seen:
            seen.add(address)
            yield address


def timed(server: Server, path: str) -> float:
    """Return the seconds of one answer."""
    started = perf_counter()
    assert status_of(server.port, path) == 200, path
    return perf_counter() - started


def etag_of(server: Server, path: str) -> str:
    """Return the ETag of a page."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request(path, "Connection: close"))
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    return answer.lower().partition(b"etag: ")[2].partition(b"\r\n")[0].decode()


def request(path: str, header: str) -> bytes:
    """Return a GET as it goes over the wire."""
    extra = f"{header}\r\n" if header else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}\r\n".encode()


def cost(server: Server, addresses: Iterator[str], count: int, header: str) -> float:
    """Return the processor milliseconds of one answer, while all connections are kept busy."""
    before = seconds(server)
    keep_busy(server.port, lambda: request(next(addresses), header), count)
    return (seconds(server) - before) / count * 1000


def keep_busy(port: int, next_request: Callable[[], bytes], count: int) -> None:
    """Ask `count` times over CONNECTIONS connections, the next question as soon as an answer is read."""
    with selectors.DefaultSelector() as selector:
        held = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        asked = 0
        for connection in held:
            selector.register(connection, selectors.EVENT_READ, bytearray())
            connection.sendall(next_request())
            asked += 1
        answered = 0
        while answered < count:
            for key, _ in selector.select():
                asking, buffer = key.fileobj, key.data
                assert isinstance(asking, socket.socket)
                buffer += asking.recv(262_144)
                if not is_whole(buffer):
                    continue
                assert buffer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")), bytes(buffer[:200])
                buffer.clear()
                answered += 1
                if asked < count:
                    asking.sendall(next_request())
                    asked += 1
        for connection in held:
            connection.close()


def is_whole(answer: bytearray) -> bool:
    """Whether all of an answer has come."""
    head, parted, body = answer.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    return bool(parted) and len(body) >= int(length or 0)

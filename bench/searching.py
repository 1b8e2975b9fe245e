"""The search page, the list with four filters, and the memory of a worker that was asked in Latin letters alone.

Two servers of one house stand for two workers. Each visitor comes from an address of loopback of its own, for the
limit on one visitor is no part of what is measured. Who is asked for was never asked before: no page is kept.
"""

import http.client
import statistics
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from bench.figures import Figure
from bench.house import empty_house, environment, fill_apart
from bench.memory import anonymous_mb
from bench.searched import searched_people
from bench.serving import LONGEST, Server, served
from campaign.settings import read

QUERIES = 400  # to each worker
LATIN = 300
ROUNDS = 40
HELLO_BYTES = 12_000
FILTERS = "status=serving_sentence&released=no&ethnicity=Uyghur&place=65"
WORDS = ("teacher Kashgar", "Yining", "تۇرپان", "和田", "carpets", "orchard", "BEN 00017", "Zzyxqua Wvorn")
_visitors = count(2)


def measure(*, n: int, database: str = "") -> list[Figure]:
    """Return p95 of the search page at `n` profiles, the cost of a filtered list at any depth, and the memory."""
    with empty_house(database) as app:
        fill_apart(app, n, "bench.searched")
        with served(app, edges="public,partners") as one, served(app, edges="public,partners") as other:
            times = asked_of_both(one, other, n)
        with served(app, edges="public,partners") as third:
            asked(third, islice(latin(n), LATIN))
            memory = anonymous_mb(third.process)
        settings = app.extensions["settings"]
        public = create_app(read({**environment(settings.home, settings.database_url), "CAMPAIGN_EDGES": "public"}))
        hello, listed = in_turn(public, depths(app, n))
    what = f"list of {n:,}, four filters, any depth"
    return [
        Figure(f"search page at {n:,}, two workers, p95", p95(times), "ms", goal="<= 80 ms"),
        Figure(f"search page at {n:,}, two workers, median", statistics.median(times), "ms"),
        Figure(what, listed, "ms CPU", "hello", hello, hello / listed, ">= 0.10"),
        Figure(f"private memory after {LATIN} Latin searches", memory, "MB", goal="<= 110 MB"),
    ]


def questions(n: int, *, first: int) -> Iterator[str]:
    """Yield what people type: names in each script, a name with a wrong letter, half a name, places and words."""
    for number, person in enumerate(islice(searched_people(n), first, None, 7)):
        names = [name.text for name in person.names]
        wrong = names[0][:2] + ("e" if names[0][2] != "e" else "a") + names[0][3:]
        yield (*names, wrong, names[0].split()[0], f"{names[0].split()[0]} {number}", WORDS[number % len(WORDS)])[
            number % 8
        ]


def latin(n: int) -> Iterator[str]:
    """Yield Latin names, right and with a letter left out, and words."""
    for number, person in enumerate(searched_people(n)):
        name = person.names[0].text
        yield (name, name[:1] + name[2:], "teacher Kashgar", f"tailor {name.split()[0]}")[number % 4]


def asked_of_both(one: Server, other: Server, n: int) -> list[float]:
    """Return the milliseconds of each answer while both workers are kept busy."""
    with ThreadPoolExecutor(2) as both:
        runs = [both.submit(asked, server, islice(questions(n, first=at), QUERIES)) for at, server in
                enumerate((one, other))]  # fmt: skip
        return [milliseconds for run in runs for milliseconds in run.result()]


def asked(server: Server, queries: Iterable[str]) -> list[float]:
    """Return the milliseconds of each answer of one worker, the first few left out: it has just started."""
    times = []
    for query in queries:
        number = next(_visitors)
        # Of a connection of its own, as a visitor's first page is.
        connection = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=LONGEST, source_address=(f"127.0.{number >> 8 & 255}.{number & 255}", 0)
        )
        started = perf_counter()
        connection.request("GET", f"/profiles?q={quote(query)}")
        answer = connection.getresponse()
        answer.read()
        times.append((perf_counter() - started) * 1000)
        connection.close()
        assert answer.status == 200, answer.status
    return times[10:]


def p95(times: list[float]) -> float:
    """Return the time below which 95 of 100 answers came."""
    return sorted(times)[int(len(times) * 0.95)]


def depths(app: Flask, n: int) -> list[str]:
    """Return addresses of the filtered list at depths from its beginning to its end."""
    return [f"/profiles?{FILTERS}&after=BEN-{at:06}" for at in range(1, n, max(1, n // ROUNDS))]


def in_turn(public: Flask, addresses: list[str]) -> tuple[float, float]:
    """Return the median processor milliseconds of hello and of the list, asked by turns below any server."""
    hello, bare = [], Flask("hello")
    bare.add_url_rule("/", "hello", lambda: "x" * HELLO_BYTES)
    listed = []
    cost(public, addresses[0])
    for address in addresses:
        hello.append(cost(bare, "/"))
        listed.append(cost(public, address))
    return statistics.median(hello), statistics.median(listed)


def cost(app: Callable[..., Any], address: str) -> float:
    """Return the processor milliseconds of one answer, by whoever asks."""
    number = next(_visitors)
    remote = {"REMOTE_ADDR": f"127.1.{number >> 8 & 255}.{number & 255}", "HTTP_HOST": "localhost"}
    environ = EnvironBuilder(path=address, environ_overrides=remote).get_environ()
    started = process_time()
    chunks, status, _ = run_wsgi_app(app, environ)
    b"".join(chunks)
    assert status.startswith("200"), status
    return (process_time() - started) * 1000

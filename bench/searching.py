"""Benchmark of the search page, of the list with four filters, and of the memory of a worker asked in Latin alone.

Two servers of one home stand for two workers. Who is asked for was never asked before: no page is kept.
"""

import statistics
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from time import perf_counter
from urllib.parse import quote

from flask import Flask

from bench.figures import Figure
from bench.homes import empty_home, fill_apart
from bench.processor import each
from bench.searched import searched_people
from bench.serving import Server, hello, served, status_of

QUERIES = 400  # to each worker
LATIN = 300
DEPTHS = 300
WARM = 1_000
FILTERS = "status=serving_sentence&released=no&ethnicity=Uyghur&place=65"
WORDS = ("teacher Kashgar", "Yining", "تۇرپان", "和田", "carpets", "orchard", "BEN 00017", "Zzyxqua Wvorn")


def measure(*, n: int, database: str = "") -> list[Figure]:
    """Return p95 of the search page at `n` profiles, the cost of a filtered list at any depth, and the memory."""
    with empty_home(database) as app:
        fill_apart(app, n, "bench.searched")
        with served(app, edges="public,partners") as one, served(app, edges="public,partners") as other:
            times = asked_of_both(one, other, n)
        with served(app, edges="public,partners") as third:
            asked(third, islice(latin(n), LATIN))
            memory = third.memory_mb()
        lists = listing(app, n)
    return [
        Figure(f"search page at {n:,}, two workers, p95", p95(times), "ms", goal="<= 80 ms"),
        Figure(f"search page at {n:,}, two workers, median", statistics.median(times), "ms"),
        *lists,
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
        # Of a connection of its own, as a visitor's first page is.
        started = perf_counter()
        status = status_of(server.port, f"/profiles?q={quote(query)}")
        times.append((perf_counter() - started) * 1000)
        assert status == 200, (query, status)
    return times[10:]


def p95(times: list[float]) -> float:
    """Return the time below which 95 of 100 answers came."""
    return sorted(times)[int(len(times) * 0.95)]


def listing(app: Flask, n: int) -> list[Figure]:
    """Return what the filtered list costs at depths from its beginning to its end, nobody's card written out yet; and
    the same when it has been, by each page with another address. Over HTTP, by turns with hello."""
    with hello() as bare, served(app, edges="public") as ours:
        each(ours, ["/profiles?" + FILTERS])
        rounds = [(each(bare, ["/"] * WARM), each(ours, depths(n, more))) for more in ("", "&again=1", "&again=2")]
    what = f"list of {n:,}, four filters, any depth"
    anchor = statistics.median(one for one, _ in rounds)
    cold, again = rounds[0][1], statistics.mean(cost for _, cost in rounds[1:])
    return [
        Figure(f"{what}, first time", cold, "ms CPU", "hello", anchor, anchor / cold, ">= 0.10"),
        Figure(f"{what}, cards kept", again, "ms CPU", "hello", anchor, anchor / again, ">= 0.10"),
    ]


def depths(n: int, more: str) -> list[str]:
    """Return addresses of the filtered list at depths from its beginning to its end."""
    return [f"/profiles?{FILTERS}&after=BEN-{at:06}{more}" for at in range(1, n, max(1, n // DEPTHS))]

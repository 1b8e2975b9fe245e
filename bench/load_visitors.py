"""Visitors and partners for the measurement under load: so many a second, whether or not the last answer has come.

Time counts from the moment at which somebody would have asked, so that waiting for a free connection is waiting too.
"""

import asyncio
import random
from time import perf_counter
from typing import NamedTuple

CONNECTIONS = 128
PATIENCE = 20.0  # seconds after which nobody waits any more
PARTNERS = 0.05  # of all that is asked
LISTS = ("/", "/profiles", "/profiles?status=prison", "/profiles?page=2", "/profiles?status=camp&page=3", "/about")
FILES = ("/api/v1/profiles?limit=50", "/api/v1/changes?since=0&limit=100")


class Answer(NamedTuple):
    """One answer: what it was, when it was due (seconds of the step), milliseconds, status (0: none came)."""

    what: str
    due: float
    took: float
    status: int


class Site:
    """Keep-alive connections to a served site, as a proxy has them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.free: asyncio.LifoQueue[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None] = asyncio.LifoQueue()
        for _ in range(CONNECTIONS):
            self.free.put_nowait(None)

    async def ask(self, path: str) -> int:
        """Return the status of an answer, read to its end; 0 where none came.

        A kept connection may have been closed by the server meanwhile: then a new one is opened, as every proxy does.
        """
        kept = await self.free.get()
        try:
            for used in (kept, None) if kept else (None,):
                try:
                    kept = used or await asyncio.open_connection("127.0.0.1", self.port)
                    return await _asked(kept, path)
                except (OSError, asyncio.IncompleteReadError):
                    kept = None
            return 0
        except asyncio.CancelledError:
            # Nobody waits any more: what still comes on it would be taken for the answer to somebody else.
            kept = None
            raise
        finally:
            self.free.put_nowait(kept)

    def close(self) -> None:
        """Close every connection."""
        while not self.free.empty():
            if connection := self.free.get_nowait():
                connection[1].close()


async def _asked(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str) -> int:
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    await read_body(reader, head.lower())
    return int(head.split(b" ", 2)[1])


async def read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    """Read what follows a head, by its length or in chunks."""
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif b"content-length:" in head:
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))


def addresses(slugs: list[str], refs: list[str], seed: int) -> tuple[list[str], list[str]]:
    """Return what visitors ask for in turn (two thirds profiles), and what partners do."""
    chance = random.Random(seed)
    visitors = [chance.choice(LISTS) if chance.random() < 1 / 3 else f"/profiles/{chance.choice(slugs)}"
                for _ in range(5_000)]  # fmt: skip
    partners = [chance.choice(FILES) if chance.random() < 1 / 4 else f"/api/v1/profiles/{chance.choice(refs)}"
                for _ in range(500)]  # fmt: skip
    return visitors, partners


async def step(port: int, rate: float, seconds: float, visitors: list[str], partners: list[str]) -> list[Answer]:
    """Ask `rate` times a second for so many seconds; return every answer, those that never came with status 0."""
    site, begun, tasks = Site(port), perf_counter(), list[asyncio.Task[Answer]]()

    async def one(what: str, path: str, due: float) -> Answer:
        try:
            status = await asyncio.wait_for(site.ask(path), PATIENCE)
        except TimeoutError:
            status = 0
        return Answer(what, due, (perf_counter() - begun - due) * 1000, status)

    every = round(1 / PARTNERS)
    for number in range(int(rate * seconds)):
        due = number / rate
        if (early := due - (perf_counter() - begun)) > 0:
            await asyncio.sleep(early)
        what, paths = ("json", partners) if number % every == 0 else ("page", visitors)
        tasks.append(asyncio.create_task(one(what, paths[number % len(paths)], due)))
    answers = await asyncio.gather(*tasks)
    site.close()
    return list(answers)

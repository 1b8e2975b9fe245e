"""Staff at the desk, for the measurement under load: a process of its own, so that reading forms delays no visitor.

Two people read (a worklist, a case), two open a form and save it. Each line that it prints is one answer: what it was,
when it was asked for, milliseconds, status.
"""

import http.client
import random
import sys
import threading
import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

import msgspec

from bench.walks import form_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
READS_APART, SAVES_APART = 1.0, 2.0  # seconds between the turns of one person; there are two of each


class Person:
    """Somebody who is signed in, with a connection of their own."""

    def __init__(self, port: int, cookie: str, seed: int) -> None:
        self.port, self.cookie = port, cookie
        self.chance = random.Random(seed)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, what: str, path: str, sent: Any = None) -> str:
        """Ask for a page, or send a form, and print how it went; return the page."""
        begun = time.time()
        body = urlencode(list(sent.items(multi=True))) if sent is not None else None
        headers = {"Cookie": self.cookie, **(FORM if body else {})}
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode(errors="replace")
        sys.stdout.write(f"{what} {begun:.4f} {(time.time() - begun) * 1000:.2f} {answer.status}\n")
        sys.stdout.flush()
        if fresh := answer.getheader("Set-Cookie"):
            self.cookie = fresh.partition(";")[0]
        return page

    def reads(self, refs: list[str]) -> None:
        """Read something, turn by turn."""
        for turn in paced(READS_APART):
            path = "/staff/cases" if turn % 3 == 0 else f"/staff/cases/{self.chance.choice(refs)}"
            self.ask("read", path)

    def saves(self, refs: list[str]) -> None:
        """Open a form and save it with one field changed, turn by turn."""
        for turn in paced(SAVES_APART):
            path = f"/staff/cases/{self.chance.choice(refs)}/edit"
            action, sent = form_of(self.ask("form", path), 'class="edit')
            sent["employer"], sent["reason"] = f"Orchard school {self.chance.random()} {turn}", "To measure."
            self.ask("save", action or path, sent)


def paced(apart: float) -> Any:
    """Yield 0, 1, 2 ... so many seconds apart, at once where a turn took longer than that."""
    begun = time.monotonic()
    for turn in count():
        time.sleep(max(0.0, begun + turn * apart - time.monotonic()))
        yield turn


def main() -> None:
    """Work until the process is ended: `{"port", "cookie", "refs"}` comes as one line of JSON."""
    given = msgspec.json.decode(sys.stdin.readline())
    people = [Person(given["port"], given["cookie"], seed) for seed in range(4)]
    turns = [one.reads if number % 2 else one.saves for number, one in enumerate(people)]
    threads = [threading.Thread(target=turn, args=(given["refs"],), daemon=True) for turn in turns]
    for thread in threads:
        thread.start()
        time.sleep(SAVES_APART / len(people))
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()

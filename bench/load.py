"""`make load`: visitors, partners and staff together, at a rate that rises until the site is full.

Really served, as deploy/units do it: the site by `flask serve --edge public`, the desk by `flask serve --edge staff`,
each a process of its own over one home. While visitors ask, staff read and save at an even pace, and every few
seconds something is published, so that no page is kept for long. Who asks runs on the same machine: a site alone on
one has more.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec
from flask import Flask
from sqlalchemy import select

from bench import filling, load_visitors
from bench.homes import ROOT, an_editor, empty_home, environment_of, fill_apart
from bench.load_report import Run, Step, percentile, picture, table
from bench.memory import anonymous_mb
from bench.people import profiles
from bench.saving import a_file, fill
from bench.serving import Server, started
from campaign.accounts import credentials, factors
from campaign.accounts.models import Account
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.database import db
from campaign.ledger.models import Listing
from campaign.web.context import keyring

RATES = (1000 / 60, 50, 100, 200, 300, 400, 600, 800, 1200, 1600)
PUBLISHED_EVERY = 10.0  # seconds
Told = list[tuple[str, float, float, int]]


def options(words: list[str]) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench load", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000, help="published profiles, and as many cases")
    parser.add_argument("--seconds", type=float, default=20, help="of each rate; of the first three times as many")
    parser.add_argument("--database", default="", help="a PostgreSQL server's address, measured after SQLite")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of them")
    parser.add_argument("--most", type=float, default=RATES[-1], help="pages a second at which it ends in any case")
    parser.add_argument("--picture", type=Path, default=Path("docs/capacity.svg"))
    return parser.parse_args(words)


def main(words: list[str]) -> None:
    """Measure, print the tables, write the picture."""
    given = options(words)
    asked = [("SQLite", "")] if given.only != "postgresql" else []
    asked += [("PostgreSQL", given.database)] if given.database and given.only != "sqlite" else []
    runs = []
    for name, server in asked:
        print(f"filling {name} ... (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
        rates = tuple(rate for rate in RATES if rate <= given.most)
        runs.append(measure(name, server, people=given.people, seconds=given.seconds, rates=rates))
        print(table(runs[-1]), flush=True)
    given.picture.write_text(picture(runs))
    print(f"{os.cpu_count()} processors, {given.people:,} profiles and as many cases; picture: {given.picture}")


def measure(name: str, server: str, *, people: int, seconds: float, rates: tuple[float, ...]) -> Run:
    """Return the steps of one database, the last of them the first that was full."""
    with empty_home(server) as app:
        editor = an_editor(app)
        fill(app, people, editor, a_person)
        fill_apart(app, people)
        with app.app_context():
            slugs, refs = list(db.session.scalars(select(Listing.slug))), list(db.session.scalars(select(Listing.ref)))
            cases = list(db.session.scalars(select(Case.ref).where(Case.owner_id == editor)))
            db.session.remove()
            db.engine.dispose()
        before = os.getloadavg()[0]
        with edge(app, "public", "/") as site, edge(app, "staff", "/staff/sign-in") as desk:
            with staff(app, desk, editor, cases) as told, publishing(app, people):
                visitors, partners = load_visitors.addresses(slugs, refs, seed=1)
                # Each worker has met each kind of page before anybody counts.
                asyncio.run(load_visitors.step(site.port, 20, 5, visitors, partners))
                steps = list(rising(rates, seconds, site, visitors, partners, told))
            return Run(name, steps, site.memory_mb() + _parent(site), anonymous_mb(desk.process), before)


def a_person(name: str) -> CaseFile:
    """Return a file with one name: by the second one of `a_file` everybody would be a likely duplicate."""
    file = a_file(name)
    return msgspec.structs.replace(file, names=file.names[:1])


def _parent(server: Server) -> float:
    return 0.0 if server.workers == [server.process] else anonymous_mb(server.process)


def rising(
    rates: tuple[float, ...], seconds: float, site: Server, visitors: list[str], partners: list[str], told: Told
) -> Iterator[Step]:
    """Yield a step for each rate, until one is full."""
    for number, rate in enumerate(rates):
        begun, lasts = time.time(), seconds * 3 if number == 0 else seconds
        answers = asyncio.run(load_visitors.step(site.port, rate, lasts, visitors, partners))
        took = max(time.time() - begun, lasts)
        here = [one for one in told if begun <= one[1] < begun + lasts]
        step = step_of(rate, took, answers, here)
        print(f"  {rate:,.0f} a second: p99 {step.p99:,.0f} ms, saves p95 {step.save_p95:,.0f} ms of {step.saves}",
              file=sys.stderr, flush=True)  # fmt: skip
        for (what, status), count in sorted(failures(answers, here).items()):
            print(f"    {count} of {what}: {status or 'no answer'}", file=sys.stderr, flush=True)
        yield step
        if step.is_full:
            return


def step_of(rate: float, took: float, answers: list[load_visitors.Answer], told: Told) -> Step:
    """Return what a step says."""
    page, partner = ([one.took for one in answers if one.what == what] for what in ("page", "json"))
    read, save = ([ms for kind, _, ms, _ in told if kind in kinds] for kinds in (("read", "form"), ("save",)))
    return Step(
        asked=rate, answered=len(answers) / took, p50=percentile(page, 0.5), p99=percentile(page, 0.99),
        json_p99=percentile(partner, 0.99), read_p95=percentile(read, 0.95), save_p95=percentile(save, 0.95),
        saves=len(save), failed=failures(answers, told).total(),
    )  # fmt: skip


def failures(answers: list[load_visitors.Answer], told: Told) -> Counter[tuple[str, int]]:
    """Return what was not answered as it should be, by kind and status: 200, 302 for a save."""
    every = [(one.what, one.status) for one in answers] + [(kind, status) for kind, _, _, status in told]
    return Counter((kind, status) for kind, status in every if status != (302 if kind == "save" else 200))


@contextmanager
def edge(app: Flask, name: str, first: str) -> Iterator[Server]:
    """Give a served edge of a home."""
    command = [sys.executable, "-m", "flask", "serve", "--edge", name, "--port"]
    with started(command, environment_of(app), first) as server:
        yield server


@contextmanager
def staff(app: Flask, desk: Server, editor: int, cases: list[str]) -> Iterator[Told]:
    """Let staff work meanwhile; give the list to which each of their answers is added."""
    given = json.dumps({"port": desk.port, "cookie": cookie_of(app, editor), "refs": cases})
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load_desk"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    told: Told = []
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(given + "\n")
    process.stdin.flush()

    def gather(lines: Iterator[str]) -> None:
        for line in lines:
            what, at, took, status = line.split()
            told.append((what, float(at), float(took), int(status)))

    gatherer = threading.Thread(target=gather, args=(process.stdout,))
    gatherer.start()
    try:
        yield told
    finally:
        process.stdin.close()
        process.terminate()
        process.wait()
        gatherer.join()
        process.stdout.close()


def cookie_of(app: Flask, editor: int) -> str:
    """Return the cookie of a session in which somebody is signed in with both factors."""
    with app.test_request_context(method="POST"):
        account = db.session.get_one(Account, editor)
        account.totp_sealed = keyring().seal(credentials.new_secret())
        factors.complete(account)
        db.session.commit()
        from flask import session

        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}"


@contextmanager
def publishing(app: Flask, people: int) -> Iterator[None]:
    """Publish somebody every few seconds meanwhile."""
    over = threading.Event()
    coming = islice(profiles(people + 10_000), people, None)

    def publish() -> None:
        while not over.wait(PUBLISHED_EVERY):
            with app.app_context():
                next(filling.add_batches(islice(coming, 1)))

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

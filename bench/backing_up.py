"""Benchmark of a copy of the home and of its way back, beside the same bytes copied by the operating system."""

import os
import re
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from flask import Flask

from app import create_app
from bench.figures import Figure, Took
from bench.homes import an_editor, empty_home, environment, fill_apart, new_database
from bench.memory import Growth
from bench.saving import fill
from campaign.backups import copies
from campaign.database import db
from campaign.settings import read

PICTURES = 1_000
PICTURE_BYTES = 400_000
KEY = re.compile(r"AGE-SECRET-KEY-1\w+")


def measure(*, cases: int, database: str = "") -> list[Figure]:
    """Return what a copy takes, and its way back: so many cases, as many public, and a thousand pictures."""
    with empty_home(database) as app, tempfile.TemporaryDirectory(prefix="bench-restored-") as folder:
        fill(app, cases, an_editor(app))
        fill_apart(app, cases)
        keep_pictures(app)
        key = Path(folder) / "sheet"
        key.write_text(KEY.findall(done(app, "backup", "keys"))[0])
        with Growth() as growth:
            written = seconds(app, "backup", "write")
        with app.app_context():
            copy = copies.folder() / copies.every()[0].name
        bare = bare_copy(copy, Path(folder) / "bare")
        with new_database(database) as address:
            given = environment(Path(folder) / "home", address)
            new = create_app(read({**given, "CAMPAIGN_KEYS": str(app.extensions["keyring"].folder)}))
            restored = seconds(new, "restore", str(copy), "--without-register", "--identity", str(key))
            with new.app_context():
                db.session.remove()
                db.engine.dispose()
        size = copy.stat().st_size / 1e6
    anchor, what = "the sealed bytes copied and synced", f"{cases:,} cases"
    return [
        Figure(
            f"backup of {what}, {size:,.0f} MB",
            written.wall,
            "s",
            anchor,
            bare,
            written.wall / bare,
            "20,000 in <= 60 s",
        ),
        Figure(f"restore of {what}", restored.wall, "s", anchor, bare, restored.wall / bare, "20,000 in <= 120 s"),
        Figure(f"backup of {what}, processor", written.cpu, "s CPU"),
        Figure(f"restore of {what}, processor", restored.cpu, "s CPU"),
        Figure(f"backup of {what}, memory growth", growth.mb, "MB", goal="<= 50 MB"),
    ]


def keep_pictures(app: Flask) -> None:
    """Put files into the vault as pictures lie there."""
    home = Path(app.extensions["settings"].home)
    for number in range(PICTURES):
        path = home / "media" / "vault" / f"{number % 256:02x}" / f"{number:032x}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(PICTURE_BYTES))


def done(app: Flask, *words: str) -> str:
    """Run a command that must succeed; return what it said."""
    ran = app.test_cli_runner().invoke(args=words)
    assert ran.exit_code == 0, (ran.output, ran.exception)
    return ran.output


def seconds(app: Flask, *words: str) -> Took:
    """Return how long a command takes, with the programs of PostgreSQL that it runs."""
    started, before = perf_counter(), os.times()
    done(app, *words)
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return Took(perf_counter() - started, cpu)


def bare_copy(source: Path, target: Path) -> float:
    """Return the seconds that the same bytes take from file to disk."""
    started = perf_counter()
    with source.open("rb") as read_from, target.open("wb") as out:
        shutil.copyfileobj(read_from, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    return perf_counter() - started

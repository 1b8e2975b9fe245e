"""Temporary homes for benchmarks: a new one for each, empty, gone at the end."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import make_url

from app import create_app
from campaign.accounts.models import Account, Grant
from campaign.clock import now
from campaign.commands.init import make_home
from campaign.database import db
from campaign.settings import read

ROOT = Path(__file__).parent.parent


@contextmanager
def empty_home(server: str = "") -> Iterator[Flask]:
    """Give the application of a new home, within its context; nothing limits how often it is asked.

    It lies on SQLite, or in a new database of the PostgreSQL server whose address is given.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, new_database(server) as address:
        app = create_app(read(environment(Path(folder) / "home", address)))
        with app.app_context():
            make_home()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Give the address of a new database of a PostgreSQL server, gone at the end; "" without a server."""
    if not server:
        yield ""
        return
    name = f"bench_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f'CREATE DATABASE "{name}"')
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            administrator.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(home: Path, address: str = "") -> dict[str, str]:
    """Return the settings of a home that is measured."""
    given = {
        "CAMPAIGN_HOME": str(home),
        "CAMPAIGN_SWEEP_SECONDS": "0",
        "CAMPAIGN_VISITOR_RATE": "1000000 per minute",
        "CAMPAIGN_PARTNER_RATE": "1000000 per minute",
        "CAMPAIGN_LOG_LEVEL": "WARNING",
    }
    return {**given, "CAMPAIGN_DATABASE_URL": address} if address else given


def environment_of(app: Flask) -> dict[str, str]:
    """Return the whole environment of another process that serves or fills the same home."""
    settings = app.extensions["settings"]
    return {**os.environ, **environment(settings.home, settings.database_url)}


def fill_apart(app: Flask, total: int, program: str = "bench.filling") -> None:
    """Bring the ledger to `total` published profiles, by a process of its own: what is measured here has not filled."""
    command = [sys.executable, "-m", program, str(total)]
    subprocess.run(command, env=environment_of(app), cwd=ROOT, check=True)


def database_file(app: Flask) -> Path | None:
    """Return where the home's database lies, None where that is a server's affair."""
    is_file = app.extensions["settings"].database_url.startswith("sqlite")
    return Path(app.extensions["settings"].home) / "campaign.sqlite" if is_file else None


def an_editor(app: Flask) -> int:
    """Invite an editor; return the account's number."""
    with app.app_context():
        grant = Grant(role="editor", given_at=now())
        account = Account(email="editor@example.org", created_at=now(), grants=[grant])
        db.session.add(account)
        db.session.commit()
        return account.id

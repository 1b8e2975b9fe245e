"""Nothing is asked over the network but by the settings of one table, each off until it is given."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaign import outbound
from campaign.outbound import OUTBOUND, NotAsked
from campaign.settings import TABLE, read

ROOT = Path(__file__).parents[2]
# What of Python's own library, and of others', reaches another place or starts a program that may.
REACHES = {
    "socket", "ssl", "urllib.request", "http.client", "smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "nntplib",
    "xmlrpc", "socketserver", "asyncio", "subprocess", "multiprocessing.connection", "webbrowser", "requests", "httpx",
    "aiohttp", "urllib3", "psycopg", "os.system", "os.popen",
}  # fmt: skip
# Each with its reason. Whoever adds a line here adds a row to OUTBOUND, or says why nothing is reached.
MAY = {
    "campaign/outbound.py": {"socket", "http.client"},  # the table itself
    "campaign/backups/carrying.py": {"subprocess"},  # the campaign's own program, within a block of the table
    "campaign/backups/database_copies.py": {"psycopg", "subprocess"},  # pg_dump and pg_restore, of its server
    "campaign/commands/serve.py": {"socket"},  # asks whether a port is free
    "campaign/doctor/outside.py": {"http.client", "ssl"},  # the site's own address, by ASK_OUTSIDE
    "campaign/doctor/post.py": {"smtplib", "ssl"},  # the mail server, by SMTP_HOST
    "campaign/publishing/import_jobs.py": {"socket"},  # the machine's own name, for the holder of a job
    "campaign/sandbox/worker.py": {"subprocess"},  # the process without network in which files from outside are opened
}


def reached(source: str) -> Iterator[str]:
    """Yield what a module imports, or calls, of REACHES."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = [f"{node.value.id}.{node.attr}"]
        for name in names:
            yield from {one for one in REACHES if name == one or name.startswith(f"{one}.")}


def modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    yield from sorted((ROOT / "campaign").rglob("*.py"))


def test_only_modules_with_a_reason_can_reach_another_place() -> None:
    found = {str(path.relative_to(ROOT)): set(reached(path.read_text("utf-8"))) for path in modules()}
    assert {path: names for path, names in found.items() if names} == MAY


@pytest.mark.parametrize(
    "planted",
    ["import socket", "from urllib import request", "import http.client as c", "def f():\n import smtplib",
     "import os\nos.system('curl')", "from subprocess import run"],
)  # fmt: skip
def test_a_planted_import_is_seen(planted: str) -> None:
    assert list(reached(planted))


def test_every_row_is_a_setting_that_is_off_unless_it_is_given(home: Path) -> None:
    here = read({"CAMPAIGN_HOME": str(home)})
    assert set(OUTBOUND) <= {row.name for row in TABLE}
    for name, row in OUTBOUND.items():
        assert row.carries.endswith("."), name
        assert not outbound.is_on(here, name), name
        with pytest.raises(NotAsked, match=f"CAMPAIGN_{name} is not set"), outbound.through(here, name):
            pass


def test_what_is_reached_by_a_setting_is_reached_within_its_block_alone(home: Path) -> None:
    here = replace(read({"CAMPAIGN_HOME": str(home)}), database_url="postgresql://db.example/names")
    packet = (None, ("203.0.113.7", 5432))
    with outbound.through(here, "DATABASE_URL"):
        outbound._refuse("socket.connect", packet)
    for event in outbound.CONNECTS:
        with pytest.raises(NotAsked):
            outbound._refuse(event, packet)
    outbound._refuse("socket.connect", (None, "/run/postgresql/.s.PGSQL.5432"))


def test_the_servers_of_the_database_are_known_by_name(home: Path) -> None:
    for address in ("postgresql://db.example/names", "postgresql:///names?host=db.example&host=/run/pg"):
        here = replace(read({"CAMPAIGN_HOME": str(home)}), database_url=address)
        assert "db.example" in outbound._hosts_of_database(here)

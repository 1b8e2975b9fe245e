"""What stands open at the shell: in production no command of a library that empties, bypasses or writes unrecorded."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.commands.libraries import LOOKS_ONLY
from tests.rules.test_security_start import MEMORY, ROOT, Environment, environment_in, typed


@pytest.fixture(scope="module", autouse=True)
def _in_memory() -> Iterator[None]:
    """Temporary files in memory, as production asks for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(MEMORY))
        yield


@pytest.fixture
def production(tmp_path: Path) -> Environment:
    return environment_in(tmp_path)


SHUT = {
    ("db", "downgrade", "base"): "flask db downgrade is shut in production. An older schema is reached by",
    ("db", "stamp", "head"): "flask db stamp is shut in production.",
    ("run", "--host", "0.0.0.0"): "flask run is shut in production. Type: flask serve",
    ("shell",): "flask shell is shut in production. Every act",
}


@pytest.mark.parametrize("words", SHUT, ids=" ".join)
def test_a_command_of_a_library_is_shut_in_production(production: Environment, words: tuple[str, ...]) -> None:
    ended = typed(production, *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.partition(": ")[2].startswith(SHUT[words])
    assert not (Path(production["CAMPAIGN_HOME"]) / "campaign.sqlite").exists()


def test_what_only_looks_at_the_schema_is_open(production: Environment) -> None:
    assert "current" in LOOKS_ONLY
    assert typed(production, "init").returncode == 0
    ended = typed(production, "db", "current")
    assert (ended.returncode, "(head)" in ended.stdout) == (0, True)


@pytest.mark.parametrize("words", [("--help",), ("ledger", "--help")], ids=" ".join)
def test_asking_what_there_is_makes_nothing_and_needs_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = typed({"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_PRODUCTION": "maybe"}, *words)
    assert ("ledger" in ended.stdout, ended.returncode) == (True, 0)
    assert not (tmp_path / "home").exists()


def test_a_database_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    given = {"CAMPAIGN_HOME": str(tmp_path), "CAMPAIGN_DATABASE_URL": f"postgres:///none?host={tmp_path}"}
    ended = typed(given, "init")
    assert ended.returncode == 1
    assert "Error: The database takes nothing at the moment" in ended.stderr
    assert "Traceback" not in ended.stderr


CONNECTS = """
from app import create_app
create_app()
import socket, urllib.request
for reach in (lambda: urllib.request.urlopen("http://127.0.0.1:9"), lambda: socket.getaddrinfo("names.example", 443)):
    try:
        reach()
    except OSError as error:
        print(getattr(error, "reason", error))
"""


def test_a_process_reaches_nothing_that_no_setting_asks_for(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CONNECTS], cwd=ROOT, env={"CAMPAIGN_HOME": str(tmp_path), "TMPDIR": str(MEMORY)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.stdout.splitlines() == [
        "socket.connect: no setting asks for a connection to another place",
        "socket.getaddrinfo: no setting asks for the address of another place",
    ], ended.stderr

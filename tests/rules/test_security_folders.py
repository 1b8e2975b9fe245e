"""security.md 51: a folder that a process can't write or make is told, with all else, before it starts."""

import multiprocessing
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from app import create_app
from campaign.settings import Unsafe, read
from tests import needs, tables

NOBODY = "nobody"


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that everybody on the machine may enter: pytest's own are their owner's alone."""
    folder = Path(tempfile.mkdtemp(prefix="folders-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def of_another_user(environment: dict[str, str]) -> str:
    """Return what the settings of an environment say to a user who owns nothing; root may write anywhere."""
    if os.geteuid() != 0:
        needs.lacking("root, to be another user")
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=say_as_nobody, args=(there, environment))
    child.start()
    there.close()
    said = str(here.recv())
    child.join()
    return said


def say_as_nobody(there: Connection, environment: dict[str, str]) -> None:
    """Become the user who owns nothing, and send what the settings say."""
    user = pwd.getpwnam(NOBODY)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    try:
        read(environment)
    except Unsafe as refusal:
        there.send(str(refusal))
    else:
        there.send("")


def test_a_home_that_cant_be_made_is_told_once(elsewhere: Path) -> None:
    said = of_another_user({"CAMPAIGN_HOME": str(elsewhere / "home")})
    assert (
        f"CAMPAIGN_HOME: the user nobody can't make {elsewhere / 'home'}. Let it: chown -R nobody {elsewhere}" in said
    )
    assert "CAMPAIGN_KEYS" not in said


def test_a_home_that_may_be_written_is_taken(elsewhere: Path) -> None:
    elsewhere.chmod(0o777)
    assert of_another_user({"CAMPAIGN_HOME": str(elsewhere / "home")}) == ""


def test_a_process_of_the_public_edge_may_have_a_home_that_it_only_reads(elsewhere: Path) -> None:
    public = {"CAMPAIGN_HOME": str(elsewhere), "CAMPAIGN_EDGES": "public,partners"}
    assert "can't write" in of_another_user(public)
    (elsewhere / "secrets").mkdir()
    (elsewhere / "secrets").chmod(0o700)
    assert "can't write" in of_another_user(public)
    (elsewhere / "secrets").chmod(0o755)
    (elsewhere / "secrets" / "session.key").touch()
    assert of_another_user(public) == ""


def test_keys_that_are_made_are_only_read(elsewhere: Path) -> None:
    """The units give no process leave to write into their folder."""
    home, keys = elsewhere / "home", elsewhere / "keys"
    for folder in (home, home / "secrets", keys):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
    home.chmod(0o777)
    desk = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_KEYS": str(keys)}
    assert "CAMPAIGN_KEYS: the user nobody can't write" in of_another_user(desk)
    (home / "secrets" / "keys-made").touch()
    for name in ("content-0001.key", "index.key"):
        (keys / name).touch()
    assert of_another_user(desk) == ""


def test_every_folder_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    given = {"HOME": "file/home", "KEYS": "file", "CATALOGUES": "nowhere", "DATABASE_URL": "."}
    with pytest.raises(Unsafe) as refusal:
        read({f"CAMPAIGN_{name}": f"{tmp_path}/{path}" for name, path in given.items()})
    assert str(refusal.value).splitlines() == [
        f"CAMPAIGN_CATALOGUES, {tmp_path}/nowhere, is no folder. Name a folder, or nothing.",
        f"CAMPAIGN_HOME: {tmp_path}/file is no folder. Name a folder.",
        f"CAMPAIGN_DATABASE_URL names {tmp_path}, a folder. Name a file.",
    ]


def test_a_database_is_made_where_it_is_named(tmp_path: Path) -> None:
    where = tmp_path / "names.sqlite"
    app = create_app(read({"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_DATABASE_URL": f"sqlite:///{where}"}))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    assert where.is_file()
    tables.close(app)

"""What `flask init` leaves and says in a new home of production."""

import tempfile
from pathlib import Path

import pytest

from app import create_app
from campaign.settings import read
from tests import tables

FIVE = [f"{name}@kept-names.cc" for name in ("ada", "alim", "sana", "sattar", "tara")]


def test_it_begins_what_services_only_read_and_says_what_is_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")  # noqa: S108 - as the units set it
    for folder in ("home", "keys", "register"):
        (tmp_path / folder).mkdir(mode=0o700)
    register = tmp_path / "register" / "register"
    given = {"PRODUCTION": "1", "HOME": tmp_path / "home", "KEYS": tmp_path / "keys", "REGISTER": register,
             "ADDRESS": "https://names.kept-names.cc", "HOSTS": "names.kept-names.cc", "NAME": "Valley Names",
             "CONTACT": "mailto:desk@kept-names.cc"}  # fmt: skip
    app = create_app(read({f"CAMPAIGN_{name}": str(value) for name, value in given.items()}))
    shell = app.test_cli_runner()
    first = shell.invoke(args=["init"])
    assert first.exit_code == 0, first.output
    assert f"Register {register} begun." in first.output
    assert "- Invite five people: flask init --team small A B C D E" in first.output
    assert [shell.invoke(args=[chain, "verify"]).exit_code for chain in ("audit", "ledger")] == [0, 0]
    second = shell.invoke(args=["init", "--team", "small", *FIVE])
    assert (second.exit_code, "Next:" in second.output, "begun" in second.output) == (0, False, False), second.output
    tables.close(app)


def test_a_folder_that_takes_no_key_is_said(tmp_path: Path) -> None:
    app = create_app(read({"CAMPAIGN_HOME": str(tmp_path / "home"), "CAMPAIGN_KEYS": str(tmp_path / "keys")}))
    shell = app.test_cli_runner()
    assert shell.invoke(args=["init"]).exit_code == 0
    # Where the next key would lie, something lies that can't be written.
    keys = {path.name for path in (tmp_path / "keys").iterdir()}
    (tmp_path / "keys").rename(tmp_path / "away")
    (tmp_path / "keys").touch()
    ran = shell.invoke(args=["keys", "rotate"])
    assert (ran.exit_code, "Nothing was changed." in ran.output) == (1, True), ran.output
    assert {path.name for path in (tmp_path / "away").iterdir()} == keys
    tables.close(app)

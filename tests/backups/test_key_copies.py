"""A copy of the keys: sealed for the two people with sheets, in a file of its own, and all it takes to mend a loss."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from campaign.backups import key_copies, sealing
from tests.backups.conftest import Home, Start

ROOT = Path(__file__).parents[2]


def keys(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A place off the machine."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "keys.age"


def test_either_sheet_opens_a_copy_of_the_keys_and_brings_all_of_them_back(desk: Home, stick: Path) -> None:
    desk.done("keys", "copy", stick)
    assert b"content" not in stick.read_bytes()
    assert stick.stat().st_mode & 0o777 == 0o600
    folder = desk.folder / "keys"
    were = keys(folder)
    assert {"content-0001.key", "index.key", "audit-keyed-from"} <= were.keys()
    for sheet in desk.sheets:
        assert "All keys that are here are in it." in desk.done("keys", "check", stick, typed=f"{sheet}\n")
        shutil.rmtree(folder)
        assert "content-0001.key" in desk.done("keys", "restore", stick, folder, typed=f"{sheet}\n")
        assert keys(folder) == were
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700
    assert "nothing was missing" in desk.done("keys", "restore", stick, folder, typed=f"{desk.sheets[0]}\n")
    stranger = sealing.new_pair().identity
    assert "sealed for others" in desk.refused("keys", "check", stick, typed=f"{stranger}\n")


def test_a_copy_of_the_home_comes_back_with_keys_from_their_own_copy(desk: Home, start: Start, stick: Path) -> None:
    desk.done("backup", "write")
    desk.done("keys", "copy", stick)
    (desk.folder / "register").touch()
    new = start("second", CAMPAIGN_REGISTER=str(desk.folder / "register"))
    typed = f"{desk.sheets[0]}\n"
    assert "is missing" in new.refused("restore", desk.copies()[0], typed=typed)
    new.done("keys", "restore", stick, new.folder / "keys", typed=typed)
    assert "Restored." in new.done("restore", desk.copies()[0], typed=typed)


def test_a_process_whose_keys_are_gone_does_not_start_until_they_are_brought_back(desk: Home, stick: Path) -> None:
    desk.done("keys", "copy", stick)
    sheet = stick.with_name("sheet")
    sheet.write_text(desk.sheets[0])
    here = desk.app.extensions["settings"]
    environment = {
        **os.environ, "CAMPAIGN_HOME": str(here.home), "CAMPAIGN_KEYS": str(here.keys),
        "CAMPAIGN_REGISTER": str(here.register), "CAMPAIGN_DATABASE_URL": here.database_url,
    }  # fmt: skip

    def flask(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    were = keys(here.keys)
    shutil.rmtree(here.keys)
    lost = flask("keys", "check", stick, "--identity", sheet)
    assert (lost.returncode, "content-0001.key is missing" in lost.stderr) == (2, True), lost.stderr
    brought = flask("keys", "restore", stick, here.keys, "--identity", sheet)
    assert brought.returncode == 0, brought.stderr
    assert keys(here.keys) == were
    assert flask("keys", "check", stick, "--identity", sheet).returncode == 0


def test_a_key_made_since_is_told_and_another_home_s_is_never_written_over(
    desk: Home, start: Start, stick: Path
) -> None:
    desk.done("keys", "copy", stick)
    desk.done("keys", "rotate")
    typed = f"{desk.sheets[1]}\n"
    assert "lacks content-0002.key, made since" in desk.refused("keys", "check", stick, typed=typed)
    stranger = start("stranger")
    stranger.done("init")
    were = keys(stranger.folder / "keys")
    said = stranger.refused("keys", "restore", stick, stranger.folder / "keys", typed=typed)
    assert "another content-0001.key and another index.key" in said
    assert keys(stranger.folder / "keys") == were


def test_keys_lie_in_no_folder_that_is_carried_and_need_people_who_open_them(desk: Home, start: Start) -> None:
    backups = desk.folder / "home" / "backups"
    assert "never lie beside them" in desk.refused("keys", "copy", backups / "keys.age")
    assert not (backups / "keys.age").exists()
    bare = start("bare")
    bare.done("init")
    assert "flask backup keys" in bare.refused("keys", "copy", bare.folder / "keys.age")
    assert not (bare.folder / "keys.age").exists()


@pytest.mark.parametrize("name", ["../authorized_keys", "manifest.json"])
def test_only_keys_are_taken_out_of_a_copy_of_keys(desk: Home, stick: Path, tmp_path: Path, name: str) -> None:
    to = [str(sealing.identity_of(sheet).to_public()) for sheet in desk.sheets]
    with stick.open("wb") as out, sealing.sealing(out, to) as plain, tarfile.open(fileobj=plain, mode="w|") as tar:
        tar.addfile(tarfile.TarInfo(name))
    assert "This is no copy of keys" in desk.refused(
        "keys", "restore", stick, tmp_path / "keys", typed=f"{desk.sheets[0]}\n"
    )
    assert not (tmp_path / "keys").exists()


def test_the_doctor_says_which_keys_lie_on_this_machine_alone(desk: Home, stick: Path) -> None:
    desk.done("backup", "write")

    def told() -> str:
        return desk.flask("doctor").output

    assert "Of content-0001.key, index.key no sealed copy was made" in told()
    desk.done("keys", "copy", stick)
    assert "no sealed copy" not in told()
    desk.done("keys", "rotate")
    assert "Of content-0002.key no sealed copy was made" in told()
    desk.done("keys", "copy", stick)
    assert "no sealed copy" not in told()
    desk.done("backup", "keys", "--yes")
    assert "no sealed copy was made for the people who have the sheets" in told(), "older copies keep to older sheets"


def test_the_largest_key_fits(tmp_path: Path) -> None:
    """A tar that claims more is refused before it is read."""
    pair = sealing.new_pair()
    (tmp_path / "index.key").write_bytes(b"k" * (key_copies.LARGEST + 1))
    with (tmp_path / "keys.age").open("wb") as out:
        key_copies.write(tmp_path, out, [pair.recipient])
    with pytest.raises(sealing.NotOpened):
        key_copies.opened(tmp_path / "keys.age", sealing.identity_of(pair.identity))

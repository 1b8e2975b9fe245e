"""Carrying copies elsewhere: off unless set, no shell, nothing of this program's environment; and pruning."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from campaign.audit.log import record
from campaign.backups import copies, sealing
from campaign.database import db
from campaign.doctor.copies import elsewhere
from tests.backups.conftest import IDENTITY, Home, Start

COMMAND = """#!/bin/sh
env > "$(dirname "$0")/environment"
case "$1" in
put) cp "$2" "$(dirname "$0")/elsewhere/" ;;
remove) rm "$(dirname "$0")/elsewhere/$2" ;;
esac
"""
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def carried(start: Start, tmp_path: Path) -> Home:
    """An installation with a command that carries copies into the folder `elsewhere`."""
    (tmp_path / "elsewhere").mkdir()
    command = tmp_path / "carry it; touch planted"
    command.write_text(COMMAND)
    command.chmod(0o700)
    home: Home = start("first", CAMPAIGN_BACKUP_COMMAND=f"'{command}'")
    home.done("init")
    home.sheets = IDENTITY.findall(home.done("backup", "keys"))
    return home


@pytest.mark.parametrize("start", ["sqlite"], indirect=True)
class TestCarrying:
    """One database is enough: a copy is a file by now."""

    def test_a_copy_and_the_register_are_carried_and_that_is_noted(self, carried: Home, tmp_path: Path) -> None:
        (carried.folder / "register").write_text("2026-11-02T09:00:00Z 1 " + "0" * 64 + " 0 " + "0" * 64 + "\n")
        said = carried.done("backup", "write")
        (copy,) = carried.copies()
        assert f"{copy.name} was carried." in said
        assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {copy.name, "register.age"}
        assert (tmp_path / "elsewhere" / copy.name).read_bytes() == copy.read_bytes()
        with sealing.opening(tmp_path / "elsewhere" / "register.age", sealing.identity_of(carried.sheets[1])) as plain:
            assert plain.read() == (carried.folder / "register").read_bytes()
        assert "The newest elsewhere is of" in carried.done("backup", "list")
        assert "carried" not in carried.done("backup", "carry"), "Nothing is new."

    def test_the_command_gets_no_setting_of_ours_and_no_shell_reads_it(
        self, carried: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CAMPAIGN_NAME", "Kept Names")
        monkeypatch.setenv("PGPASSWORD", "a password")
        carried.done("backup", "write")
        told = (tmp_path / "environment").read_text()
        assert "CAMPAIGN_" not in told
        assert "PGPASSWORD" not in told
        assert not list(tmp_path.rglob("planted"))

    def test_what_could_not_be_carried_is_told_and_tried_again(self, carried: Home, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").rename(tmp_path / "away")
        assert "flask backup carry" in carried.refused("backup", "write")
        (copy,) = carried.copies()
        assert "None lies elsewhere" in carried.done("backup", "list")
        (tmp_path / "away").rename(tmp_path / "elsewhere")
        assert f"{copy.name} was carried." in carried.done("backup", "carry")

    def test_whoever_carries_by_hand_says_so(self, desk: Home) -> None:
        assert "this machine alone" in desk.done("backup", "write")
        (copy,) = desk.copies()
        desk.done("backup", "carry", "--by-hand", copy.name)
        with desk.app.app_context():
            assert copies.newest_elsewhere() == copies.every()[0].made_at
        assert "no copy" in desk.refused("backup", "carry", "--by-hand", "copy-of-nothing")
        assert "names no command" in desk.refused("backup", "carry")

    def test_prune_removes_here_and_elsewhere_what_was_made_before_an_erasure(
        self, carried: Home, tmp_path: Path
    ) -> None:
        with time_machine.travel(START):
            carried.done("backup", "write")
        with time_machine.travel(START + timedelta(days=1)), carried.app.app_context():
            record("case.erased", by=None, actor="test")
            db.session.commit()
        with time_machine.travel(START + timedelta(days=20)):
            assert "removed" not in carried.done("backup", "prune", "--yes")
        with time_machine.travel(START + timedelta(days=40)):
            assert "flask backup write" in carried.refused("backup", "prune", "--yes")
            carried.done("backup", "write")
            assert "would be removed" in carried.done("backup", "prune")
            assert "1 copies kept" in carried.done("backup", "prune", "--yes")
        (left,) = carried.copies()
        assert [path.name for path in (tmp_path / "elsewhere").glob("copy-*")] == [left.name]
        assert json.loads(Path(f"{left}.json").read_bytes())["carried_at"].startswith("2026-12-12")

    def test_the_doctor_tells_where_no_fresh_copy_lies_elsewhere(self, carried: Home) -> None:
        def found() -> list[str]:
            with carried.app.app_context():
                return [finding.wrong for finding in elsewhere() if "off this machine" in finding.wrong]

        assert found() == ["None of the copies made in the last two days lies off this machine."]
        carried.done("backup", "write")
        assert found() == []
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=50)):
            assert found() == [
                "The newest is 50 hours old: none of the copies made in the last two days lies off this machine."
            ]

    def test_a_copy_that_could_not_be_removed_elsewhere_is_not_forgotten(self, carried: Home, tmp_path: Path) -> None:
        with time_machine.travel(START):
            carried.done("backup", "write")
        with time_machine.travel(START + timedelta(hours=1)):
            carried.done("backup", "write")
            (tmp_path / "elsewhere").rename(tmp_path / "away")
            carried.refused("backup", "prune", "--yes")
            (tmp_path / "away").rename(tmp_path / "elsewhere")
            assert "removed" in carried.done("backup", "prune", "--yes")
        # The register lies there too.
        assert len(list((tmp_path / "elsewhere").glob("copy-*"))) == 1

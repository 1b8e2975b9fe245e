"""The dump of today's release can be made by today's code, and is a home that needs nothing brought up."""

import subprocess
import sys
from pathlib import Path

import pytest

from campaign.database import db
from tests.homes import loading
from tests.rules.test_migrations import head


@pytest.mark.long
def test_the_next_release_can_keep_its_dump(tmp_path: Path) -> None:
    dump = tmp_path / "home.zip"
    command = [sys.executable, str(loading.HERE / "make.py"), str(dump)]
    subprocess.run(command, cwd=loading.HERE.parents[1], check=True, capture_output=True, timeout=300)
    assert dump.stat().st_size < 1_000_000
    app = loading.load(head(), tmp_path / "home", dump=dump)
    said = app.test_cli_runner().invoke(args=["init"]).output
    assert said.count("up to date") == 3, said
    assert "19 entries" in app.test_cli_runner().invoke(args=["ledger", "verify"]).output
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

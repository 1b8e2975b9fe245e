"""The next version of both documents holds in a home that was filled before: see next_format/."""

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

from tests.rules.next_format import old_home

ROOT = Path(__file__).parents[2]


def test_the_next_version_of_both_documents_holds_in_an_old_home(app: Flask, home: Path, tmp_path: Path) -> None:
    old_home.fill(app, home)
    environment = {"CAMPAIGN_HOME": str(home), "NEXT_SCHEMAS": str(tmp_path / "schemas")}
    plain = {"CAMPAIGN_ADDRESS": "https://localhost", "CAMPAIGN_SWEEP_SECONDS": "0", "CAMPAIGN_TRUST_SHELL": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "tests.rules.next_format.edits"]
    command += ["-p", "no:cacheprovider", "-p", "no:randomly", "tests/rules/next_format/checks.py"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment | plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

"""A seeded demonstration, made once for all processes of a run: whoever wants one copies its home."""

import fcntl
import os
from pathlib import Path

import pytest

from tests import tables

PORT = 5099


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a seeded demonstration, to be copied and never served."""
    from campaign.commands.demo import prepared
    from campaign.settings import read

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home, making = shared / "seeded", shared / "seeding"
    with (shared / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            tables.close(prepared(read({"CAMPAIGN_HOME": str(making), "CAMPAIGN_SWEEP_SECONDS": "0"}), PORT))
            making.rename(home)
    return home

"""The clock of the whole suite: it begins at one instant and ticks, so no test depends on the day on which it is run.

`TEST_NOW=2028-02-29T23:59 pytest ...` begins elsewhere. Processes that tests start share the instant by two variables
of the environment. A test that travels (`time_machine.travel`) does so from here.
"""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

# A Monday on which the builders' consents are fresh, and all that is told of the demonstration's people has happened.
BEGINNING = "2026-11-23T12:00"


def beginning() -> datetime:
    """Return the instant at which this run of the suite began, on its own clock."""
    return datetime.fromisoformat(os.environ.setdefault("TEST_NOW", BEGINNING)).replace(tzinfo=UTC)


def start() -> None:
    """Set this process's clock to the suite's; it ticks, and the local zone is UTC."""
    began = float(os.environ.setdefault("TEST_BEGAN", str(time.time())))
    time_machine.travel(beginning() + timedelta(seconds=time.time() - began)).start()

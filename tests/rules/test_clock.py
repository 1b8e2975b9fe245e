"""Nothing depends on the day on which it is run: tests, and the servers that they start, share a clock of their own.

`TEST_NOW=2028-02-29T23:59 pytest ...` sets another: what fails there would have failed on that day.
"""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from tests import clock
from tests.web import processes

LONGEST_RUN = timedelta(hours=6)


def is_of_this_run(moment: datetime) -> bool:
    """Whether a moment is of this run by the suite's clock; an HTTP date has whole seconds."""
    return timedelta(seconds=-1) < moment - clock.beginning() < LONGEST_RUN


def test_a_test_sees_the_clock_of_the_suite() -> None:
    assert is_of_this_run(datetime.now(UTC))
    assert is_of_this_run(datetime.fromtimestamp(time.time(), UTC))
    assert time.localtime().tm_zone == "UTC"


def test_a_server_that_a_test_starts_sees_it_too(home: Path) -> None:
    port = processes.free_port()
    with processes.serving(processes.home_environment(home, port), port):
        _, headers, _ = processes.ask(port, "/healthz")
    assert is_of_this_run(parsedate_to_datetime(headers["date"]))

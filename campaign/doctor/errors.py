"""Errors: how many the process that sweeps has written to its log. Beside the desk that is the desk's own process."""

from collections.abc import Iterator

from campaign import log
from campaign.doctor.diagnoses import Diagnosis


def errors() -> Iterator[Diagnosis]:
    """Find that errors were logged since this process started."""
    if count := log.errors.count:
        yield Diagnosis(
            f"{count} {'error was' if count == 1 else 'errors were'} written to the log since the process started.",
            "Somebody was shown a page that says so instead of what they asked for, or a job of each minute failed.",
            "Type: journalctl -p err, or read where the process writes to; then tell who writes the program.",
            is_red=False,
        )

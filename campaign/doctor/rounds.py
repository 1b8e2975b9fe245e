"""What follows each sweep: errors are counted, the checks that are due are asked, and who must know is told by mail."""

from campaign.doctor import errors, mails, results


def of_desk(failed: int) -> None:
    """Do it beside a desk, whose own thread counts errors; `failed` is how many sweeps failed since the last time."""
    errors.add(errors.FAILED_SWEEPS, failed)
    results.examine_due()
    mails.wake()


def of_sweep(failed: int) -> None:
    """Do it in a process that does nothing but sweep."""
    errors.keep(errors.SWEEP)
    of_desk(failed)

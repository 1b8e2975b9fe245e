"""What follows each sweep: errors are counted, who must know is told by mail, and the checks that are due are asked."""

from campaign.doctor import errors, mails, results


def of_desk(failed: int) -> None:
    """Do it beside a desk, whose own thread counts errors; `failed` is how many sweeps failed since the last time."""
    errors.add(errors.FAILED_SWEEPS, failed)
    try:
        # First: a check of the whole ledger may take minutes.
        mails.wake()
    finally:
        results.examine_due()


def of_sweep(failed: int) -> None:
    """Do it in a process that does nothing but sweep."""
    errors.keep(errors.SWEEP)
    of_desk(failed)

"""Caches outside: whether the CDN has let go of what was taken away."""

from collections.abc import Iterator
from datetime import timedelta

from campaign.clock import now
from campaign.doctor.diagnoses import Diagnosis
from campaign.publishing import purging

PATIENCE = timedelta(minutes=5)


def purged() -> Iterator[Diagnosis]:
    """Find that the CDN does not answer what it is to let go of."""
    since = purging.waiting_since()
    if since is not None and now() - since > PATIENCE:
        yield Diagnosis(
            f"The CDN has not answered for {(now() - since) // timedelta(minutes=1)} minutes what it is to let go of.",
            "It may still show who was taken away.",
            "Purge everything on its own pages, now. Then look why: journalctl -p err, and CAMPAIGN_PURGE_ADDRESS.",
        )

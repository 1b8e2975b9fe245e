"""Pictures of a replica: taken from the primary's site by digest while a page shows them, and dropped when none does.

What comes is compared with the digest that was asked for, so that whoever stands between the two can send nothing else.
No visitor's question opens a connection: a job asks (campaign.public.pictures).
"""

import hashlib
from dataclasses import dataclass

import structlog

from campaign import outbound
from campaign.media.stores import public_store
from campaign.web.context import settings

SETTING = "PRIMARY"
MOST_BYTES = 5_000_000  # of a copy that a page shows; the largest is 1,600 pixels wide
log = structlog.get_logger("media")


@dataclass
class Followed:
    """How many pictures came, were dropped, and lack still."""

    taken: int = 0
    dropped: int = 0
    lacking: int = 0


def follow(shown: set[str]) -> Followed:
    """Make the public store hold what is shown and nothing else, as far as the primary gives it.

    What is not shown goes first, whether the primary answers or not. One that does not answer is not asked again.
    """
    store, found = public_store(), Followed()
    kept = {name.removesuffix(".jpg") for name in store.names()}
    for digest in sorted(kept - shown):
        found.dropped += store.delete(f"{digest}.jpg")
    missing = sorted(shown - kept)
    for digest in missing:
        try:
            content = taken(digest)
        except OSError as error:
            log.error("primary does not answer", reason=type(error).__name__)
            break
        if content is not None:
            store.put(content, "jpg")
            found.taken += 1
    found.lacking = len(missing) - found.taken
    return found


def taken(digest: str) -> bytes | None:
    """Return a picture from the primary, None where it gives none or another. Raises OSError."""
    here = settings()
    answer = outbound.asked(here, SETTING, f"{here.primary}/media/{digest}", most_bytes=MOST_BYTES)
    if answer.status == 200 and hashlib.sha256(answer.body).hexdigest() == digest:
        return answer.body
    log.error("picture not taken", status=answer.status)
    return None

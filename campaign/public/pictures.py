"""The job of a replica's process that lets its pictures follow what is public (CAMPAIGN_PRIMARY).

Each worker has one, and one at a time works: whoever holds the lock of the folder. It looks at the public stamp every
few seconds, and at the pictures where that has changed or something lacks.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select

from campaign.database import db, reading
from campaign.ledger.models import ShownImage
from campaign.ledger.reader import is_current
from campaign.ledger.stamp import public_stamp
from campaign.media.following import Followed, follow
from campaign.shared_files import make_folder
from campaign.web.context import settings

LOOK_SECONDS = 3.0
AGAIN_SECONDS = 60.0  # after which what lacks is asked for again
LOCK = ".following"
log = logging.getLogger(__name__)


def follow_once() -> Followed | None:
    """Bring the pictures to what is public now; return what came and went, None where another process is at it."""
    with _alone() as is_alone:
        return follow(shown()) if is_alone else None


def shown() -> set[str]:
    """Return the digests of the pictures that pages show now."""
    with reading():
        found = set(db.session.scalars(select(ShownImage.digest).where(is_current(ShownImage.ref))))
        db.session.rollback()
    return found


@contextmanager
def _alone() -> Iterator[bool]:
    here = settings()
    make_folder(here.media, here.public_group)
    with (here.media / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Follower:
    """When a process looks at the pictures: where the public stamp has changed, and a minute after something lacked."""

    def __init__(self) -> None:
        self.stamp = ""
        self.again_at = 0.0

    def look(self) -> None:
        """Bring the pictures to what is public now where that may differ from when it was looked at last."""
        with reading():
            stamp = public_stamp()
            db.session.rollback()
        if stamp == self.stamp and time.monotonic() < self.again_at:
            return
        found = follow_once()
        if found is not None:
            self.stamp = stamp
            self.again_at = time.monotonic() + AGAIN_SECONDS if found.lacking else float("inf")


def start(app: Flask) -> threading.Event:
    """Follow in a thread of its own from now on, where CAMPAIGN_PRIMARY is given; what is returned ends it."""
    stopped = threading.Event()
    if app.extensions["settings"].primary:
        threading.Thread(target=_run, args=(app, stopped), name="pictures", daemon=True).start()
    return stopped


def _run(app: Flask, stopped: threading.Event) -> None:
    follower = Follower()
    while not stopped.wait(LOOK_SECONDS):
        with app.app_context():
            try:
                follower.look()
            except Exception:
                # The database is away, or the disk is full: the next look tries again.
                db.session.rollback()
                log.exception("pictures not followed")

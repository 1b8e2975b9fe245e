"""The pulse: one row that the desk's sweep writes each minute, by which a copy of the public tables knows it is deaf.

A withdrawal reaches a replica over a line that somebody can cut. Without word for CAMPAIGN_DEAF_AFTER minutes it can't
know what may still be shown, so every address of the public edge answers 503, but for what is gone: that stays gone.
The desk's own database needs no pulse: there a withdrawal is in the very rows that a page is made of.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Flask, Response, current_app, request
from sqlalchemy import insert, select, text, update
from werkzeug.exceptions import ServiceUnavailable

from campaign.clock import now
from campaign.database import db
from campaign.languages import gettext, gettext_noop
from campaign.ledger import public_flags, reader
from campaign.ledger.identity import PUBLIC_EDGE
from campaign.ledger.models import LedgerPulse
from campaign.settings import Settings
from campaign.web.context import settings
from campaign.web.errors import answer, wants_problem_details

NAME = "desk"
USUAL_MINUTES = 60
EARLY = timedelta(minutes=5)  # how far two machines' clocks may differ; a pulse of a later hour is none
A_MINUTE = 60
# Whether a database is a copy that the desk does not write to: it lacks the cases, or follows another server.
IS_COPY = {
    "sqlite": "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'case_file')",
    "postgresql": "SELECT to_regclass('case_file') IS NULL OR pg_is_in_recovery()",
}
DEAF = gettext_noop(
    "This copy of the site has not heard from the campaign for a while, so it shows nothing for now. Please come back "
    "later."
)


class Deaf(ServiceUnavailable):
    """The public edge of a copy is asked that has not heard from the desk for too long."""


class Hearing:
    """What one process knows of the pulse: whether it must hear one, and since when it has heard no other."""

    def __init__(
        self,
        minutes: int | None,
        *,
        is_desk: bool,
        is_behind: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Listen as the settings say; `minutes` is None for the usual, which matters to a copy alone (see `settle`).

        `is_behind` says that a public file lacks what the desk knows already (public_flags.py): it is deaf then even
        where `minutes` is 0 (never). `clock` counts seconds and is never set back.
        """
        self.longest = None if minutes == 0 else timedelta(minutes=minutes or USUAL_MINUTES)
        self.matters: bool | None = False if is_desk else True if minutes else None
        self.is_behind = is_behind
        self._clock = clock
        self._seen: tuple[datetime | None, float] = (None, clock())

    def settle(self, is_copy: Callable[[], object]) -> bool:
        """Return whether the pulse matters here; `is_copy` asks the database, once in the life of a process."""
        if self.matters is None:
            self.matters = bool(is_copy())
        return self.matters

    def is_deaf(self, at: datetime | None) -> bool:
        """Whether the newest pulse, None for none at all, is too old or of an hour to come.

        One that stays the same is too old after so many minutes of this process too, wherever a clock is set to.
        """
        last, since = self._seen
        if at != last:
            since = self._clock()
            self._seen = (at, since)
        if self.is_behind():
            return True
        if self.longest is None:
            return False
        if at is None or not -EARLY <= now() - at <= self.longest:
            return True
        return self._clock() - since > self.longest.total_seconds()


def hearing() -> Hearing:
    """Return what this process knows of the pulse."""
    here: Settings = settings()
    made = current_app.extensions.get("pulse")
    if made is None:
        is_desk = "staff" in here.edges
        watched = public_flags.Watched(None if is_desk else here.database_file)
        made = current_app.extensions["pulse"] = Hearing(here.deaf_after, is_desk=is_desk, is_behind=watched.is_behind)
    return cast(Hearing, made)


def beat() -> None:
    """Write that the desk is there at this moment. Commits nothing."""
    known = db.session.execute(update(LedgerPulse).where(LedgerPulse.name == NAME).values(at=now()))
    if not known.rowcount:  # type: ignore[attr-defined]
        db.session.execute(insert(LedgerPulse).values(name=NAME, at=now()))


def last() -> datetime | None:
    """Return the newest pulse, None where there never was one."""
    return db.session().scalar(select(LedgerPulse.at).where(LedgerPulse.name == NAME))


def moment_of(value: str | datetime | None) -> datetime | None:
    """Return what a driver gives for an instant as one with its zone."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def matters() -> bool:
    """Whether this process must hear the pulse."""
    return hearing().settle(lambda: db.session().scalar(text(IS_COPY[db.engine.dialect.name])))


def is_deaf() -> bool:
    """Whether this process must not show what is public, as its transaction sees it."""
    return matters() and hearing().is_deaf(last())


def is_of_somebody_gone() -> bool:
    """Whether an address names somebody who is not public any more: that is as true now as it was then."""
    named = request.view_args or {}
    ref = reader.ref_of(str(named.get("slug") or named.get("ref") or ""))
    return bool(ref) and reader.state(ref) == "withdrawn"


def refuse_while_deaf() -> None:
    """Answer 503 in words on every address of the public edge while it is deaf, but for who is gone. Raises Deaf."""
    if request.blueprint in PUBLIC_EDGE and is_deaf() and not is_of_somebody_gone():
        raise Deaf(retry_after=A_MINUTE)


def say_deaf(error: Deaf) -> Response:
    """Answer why nothing is shown, to people in their language."""
    response = answer(503, DEAF if wants_problem_details() else gettext(DEAF))
    response.headers.update({"Retry-After": str(error.retry_after), "Cache-Control": "no-store"})
    return response


def install(app: Flask) -> None:
    """Let the public edge answer nothing but what is gone while it is deaf."""
    app.register_error_handler(Deaf, say_deaf)
    app.before_request(refuse_while_deaf)

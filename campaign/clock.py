"""The clock: this instant in UTC, and the day in the campaign's time zone. Only this module asks the system's clock.

What is kept is an instant in UTC; the campaign's time zone (a setting) is a matter of days, and of showing and reading.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from campaign.settings import Settings

_invented: ContextVar[datetime.datetime | None] = ContextVar("invented_moment", default=None)


class NotInvented(Exception):
    """Somebody asked for another clock in a home that is no demonstration."""


def now() -> datetime.datetime:
    """Return this moment in UTC, to the second's fraction that both databases keep."""
    return _invented.get() or datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """Return the present day in the campaign's time zone."""
    return now().astimezone(zone()).date()


def zone() -> ZoneInfo:
    """Return the campaign's time zone."""
    return ZoneInfo(_settings().timezone)


@contextmanager
def as_of(moment: datetime.datetime) -> Iterator[None]:
    """Set the clock to another moment within a block: a demonstration has a past as invented as its people.

    Raises NotInvented in any other home, where a date in the ledger is a date.
    """
    if not _settings().is_demonstration:
        raise NotInvented("Only a demonstration may be given another clock.")
    token = _invented.set(moment)
    try:
        yield
    finally:
        _invented.reset(token)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])

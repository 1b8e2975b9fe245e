"""The value that every dated fact carries."""

import datetime
from typing import Literal

import msgspec

Precision = Literal["day", "month", "season", "year", "span", "open", "unknown"]
UnknownKind = Literal["", "not_asked", "not_known", "not_said"]


class PartialDate(msgspec.Struct, frozen=True):
    """A date as far as it is known.

    `edtf` is "" when nothing could be read. `earliest` and `latest` are the first and the last
    day that it may mean, both included; None is an open end. `written` is what somebody wrote,
    untouched: it stays at the desk. `unknown` tells apart the three ways of not knowing.
    """

    edtf: str = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    written: str = ""
    unknown: UnknownKind = ""

"""The clock of this machine, and what happens by it: the sweep and its lease."""

import ctypes
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select, text

from campaign.clock import now
from campaign.database import db
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger.models import Entry
from campaign.web.context import settings

TOLERATED = timedelta(minutes=2)
LONGEST_SILENCE = timedelta(days=400)
STATUS_OFFSET, TIMEX_BYTES, UNSYNCHRONISED = 40, 208, 0x40  # struct timex of Linux on 64 bits, adjtimex(2)
ENDS_LATE = "What a consent ends stays public too long, and what was held back comes out at the wrong hour."


def clock() -> Iterator[Diagnosis]:
    """Find a clock that was set back or runs ahead, by what is written already and by the database's own clock."""
    moment, newest = now(), db.session.scalar(select(func.max(Entry.at)))
    if "staff" in settings().edges:
        from campaign.audit.models import AuditRow  # not at the top: the public edge loads no audit

        newest = max(filter(None, (newest, db.session.scalar(select(func.max(AuditRow.at))))), default=None)
    if newest and newest - moment > TOLERATED:
        yield Diagnosis(
            f"The clock of this machine was set back: something is written of {newest:%d %b %Y %H:%M} UTC, and it says "
            f"{moment:%d %b %Y %H:%M}.",
            ENDS_LATE,
            "Type: timedatectl set-ntp true. If the later hour was the wrong one, nothing more is needed.",
        )
    if newest and moment - newest > LONGEST_SILENCE:
        yield Diagnosis(
            f"The clock says {moment:%d %b %Y}, and the newest thing written is of {newest:%d %b %Y}.",
            f"If the clock runs ahead: {ENDS_LATE[0].lower()}{ENDS_LATE[1:]}",
            "Type: timedatectl",
            is_red=False,
        )
    if db.engine.dialect.name == "postgresql":
        server = db.session.scalar(text("SELECT clock_timestamp()"))
        if server is not None and abs(server - now()) > TOLERATED:
            yield Diagnosis(
                f"The clocks of this machine and of its database are {abs(server - now())} apart.",
                ENDS_LATE,
                "Type on both: timedatectl set-ntp true",
            )
    if is_unsynchronised():
        yield Diagnosis(
            "Nothing sets the clock of this machine by others.",
            "It goes wrong by seconds a day, and codes of authenticators stop working.",
            "Type: timedatectl set-ntp true",
            is_red=False,
        )


def is_unsynchronised() -> bool:
    """Whether the kernel says that nobody disciplines its clock; False where it can't be asked."""
    answer = ctypes.create_string_buffer(TIMEX_BYTES)
    try:
        failed = ctypes.CDLL(None).adjtimex(answer) < 0
    except (AttributeError, OSError):
        return False
    status = int.from_bytes(answer.raw[STATUS_OFFSET : STATUS_OFFSET + 4], "little")
    return not failed and bool(status & UNSYNCHRONISED)


def sweep() -> Iterator[Diagnosis]:
    """Find a sweep that does not come round, and a lease from the future."""
    if "staff" not in settings().edges:
        return
    from campaign.publishing import sweep as sweeping  # not at the top: the public edge loads no door

    lease, moment = sweeping.lease(), now()
    if lease is None or lease.last_swept_at is None:
        wrong = "No sweep has ended yet."
    elif lease.last_swept_at - moment > TOLERATED:
        wrong = "The last sweep is of an hour to come: the clock was set back."
    elif moment - lease.last_swept_at >= sweeping.TOO_OLD:
        wrong = f"The last sweep ended {moment - lease.last_swept_at} ago."
    else:
        return
    yield Diagnosis(wrong, ENDS_LATE, "Let the desk's process run, or type: flask sweep --once")

"""Replicas: whether this process hears the desk, and, on the primary, whether every replica still takes what is new."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import text

from campaign.clock import now
from campaign.database import db
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger import pulse

LATE = timedelta(minutes=5)
MEGABYTE = 1_000_000
# What waits in the primary's log for each replica. NULL where nothing is known: a slot that was never used, or is lost.
SLOTS = """
SELECT slot_name, active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)
FROM pg_replication_slots WHERE slot_type = 'logical' AND database = current_database() ORDER BY slot_name
"""
KEEPS_ALL = "SELECT setting = '-1' FROM pg_settings WHERE name = 'max_slot_wal_keep_size'"
STALE = "Who was withdrawn since may still be shown there, until it goes deaf by itself."


def desk() -> Iterator[Diagnosis]:
    """Find that a process which reads a copy hears the desk late, not at all, or by a clock that is wrong."""
    if not pulse.matters():
        return
    last, moment = pulse.last(), now()
    if last is None:
        wrong = "This copy of the public tables has never heard from the desk."
    elif last - moment > pulse.EARLY:
        wrong = "The desk's last word is of an hour to come: the clock of this machine, or the desk's, is wrong."
    elif moment - last > LATE:
        wrong = f"The desk was last heard from {(moment - last) // timedelta(minutes=1)} minutes ago."
    else:
        return
    is_deaf = pulse.is_deaf()
    yield Diagnosis(
        wrong,
        "Nothing is shown: every public page answers 503." if is_deaf else STALE,
        "Type here: timedatectl; then in psql: SELECT * FROM pg_stat_subscription; and at the desk: flask doctor",
        is_red=is_deaf,
    )


def slots() -> Iterator[Diagnosis]:
    """Find replicas that take nothing any more, and a log that grows for them without end."""
    if db.engine.dialect.name != "postgresql" or pulse.matters():
        return
    found = db.session.execute(text(SLOTS)).all()
    for name, is_active, status, waiting in found:
        if status == "lost":
            yield Diagnosis(
                f"The replica of the slot {name} was away too long: what it lacks is no longer kept for it.",
                f"It shows what was public then. {STALE}",
                "Type on the replica the line of deploy/replica again, with --anew.",
            )
        elif not is_active:
            yield Diagnosis(
                f"The replica of the slot {name} is not connected; {(waiting or 0) // MEGABYTE} MB wait for it.",
                f"{STALE} What waits fills this machine's disk.",
                f"Look at the replica. Gone for good? Type in psql: SELECT pg_drop_replication_slot('{name}');",
                is_red=False,
            )
    if found and db.session.scalar(text(KEEPS_ALL)):
        yield Diagnosis(
            "PostgreSQL keeps whatever a replica has not taken, without end.",
            "A replica that is away fills this machine's disk, and then the desk stands still.",
            "Type in psql: ALTER SYSTEM SET max_slot_wal_keep_size = '2GB'; SELECT pg_reload_conf();",
            is_red=False,
        )

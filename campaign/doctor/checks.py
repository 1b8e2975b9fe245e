"""The table of checks: name, what it looks at, how often the sweep asks it. `flask doctor` asks all of them."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple

from campaign.database import db, reading
from campaign.database_errors import in_words, is_of_database
from campaign.doctor import chains, database, files, network, public_side, replicas, time
from campaign.doctor.diagnoses import Diagnosis
from campaign.web.context import settings

log = logging.getLogger(__name__)
SOON, HOURLY, DAILY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)


class Check(NamedTuple):
    """One row: its name, its sentence, the function that yields diagnoses, and how old a kept answer may be."""

    name: str
    sentence: str
    find: Callable[[], Iterable[Diagnosis]]
    every: timedelta


ANYWHERE = (
    Check("schema", "The schema is the code's, and the triggers that keep the logs are there.",
          database.schema_of_home, HOURLY),
    Check("grants", "No role of PostgreSQL may more than it must.", database.grants, DAILY),
    Check("indexes", "Lists and search are made by this version.", database.indexes, HOURLY),
    Check("keys", "The keys are this database's, and their owner's alone.", files.keys, HOURLY),
    Check("modes", "Nobody else on this machine reads the home.", files.modes, HOURLY),
    Check("media", "Pages show their pictures, and no other lies open.", files.media, HOURLY),
    Check("disk", "There is room on the disks.", files.disk, SOON),
    Check("visitors", "No proxy here writes down who visits.", files.visitors, DAILY),
    Check("clock", "The clock is right.", time.clock, SOON),
    Check("sweep", "What ends by date is taken away in time.", time.sweep, SOON),
    Check("ledger", "Nothing of the ledger was changed.", chains.ledger, DAILY),
    Check("register", "The register is kept outside the home.", chains.register, HOURLY),
    Check("public file", "The public file has all that was withdrawn.", public_side.public_database, SOON),
    Check("pulse", "A copy of the public tables hears the desk.", replicas.desk, SOON),
    Check("replicas", "Every replica takes what is new.", replicas.slots, SOON),
    Check("database", "The database is spoken to unread.", network.database, DAILY),
)  # fmt: skip


def table() -> tuple[Check, ...]:
    """Return the checks of this process: those of the confidential side only beside the staff edge."""
    if "staff" not in settings().edges:
        return ANYWHERE
    # not at the top: the public edge loads no accounts
    from campaign.doctor import caches, copies, errors, mails, people

    return (
        *ANYWHERE,
        Check("audit", "Nothing of the audit was changed.", chains.audit, DAILY),
        Check("backups", "A copy of all of it lies elsewhere.", copies.elsewhere, HOURLY),
        Check("caches", "Caches outside let go of what was taken away.", caches.purged, SOON),
        Check("people", "No work stops when one person is away.", people.people, DAILY),
        Check("waking", "Somebody is woken by an urgent removal.", mails.waking, HOURLY),
        Check("mail", "Mails that were due were sent.", mails.not_taken, SOON),
        Check("errors", "No error was written to a log of the desk or the sweep.", errors.errors, SOON),
    )


def examine(check: Check) -> list[Diagnosis]:
    """Return what a check finds; one that falls is itself a diagnosis, and the others are still asked."""
    try:
        with reading():
            return list(check.find())
    except Exception as error:
        kind = in_words(error) if is_of_database(error) else type(error).__name__
        log.error("the check %s fell: %s", check.name, kind)
        return [
            Diagnosis(f"The check “{check.name}” could not be made: {kind}.", "Nobody knows whether it holds.",
                    "Read the log of this process.")
        ]  # fmt: skip
    finally:
        db.session.rollback()

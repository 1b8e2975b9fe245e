"""The one lock of everything that is numbered and chained (ledger and audit), held until the transaction ends.

Under it numbers commit in the order in which they were given: who has seen n never finds a new row below n.
One lock for both chains, because two taken in different orders would wait for each other for ever.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from campaign.database import is_reading

LOCK_NUMBER = 0x6279_6E61_6D65


class OnlyReading(Exception):
    """Something that is numbered was to be written by what had said that it only reads."""


def take(session: Session) -> None:
    """Wait until nobody else gives numbers, and keep it so until this transaction ends.

    On SQLite a writing transaction already holds the only write lock (BEGIN IMMEDIATE). Raises OnlyReading in
    a GET, whose transaction holds none: there, write through `database.aside`.
    """
    if is_reading():
        raise OnlyReading("A request that reads may not append; use database.aside() for what a reading must record.")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})

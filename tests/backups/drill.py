"""What a drill needs: a desk at work, threads that save while a copy is made, the digest of every row."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import MetaData, select

from campaign.accounts import credentials
from campaign.accounts.models import Account
from campaign.cases.queries import any_by_ref
from campaign.database import db, reading
from campaign.web.context import keyring
from tests.accounts.signing import PASSWORD, SECRET
from tests.publishing.desk import Desk, staffed

# What every row of a log or a store is: it never changes once it is written.
NEVER_CHANGED = ("revision", "ledger_entry", "audit_row")


def people(app: Flask) -> dict[str, int]:
    """Hire four people; Edo signs in with PASSWORD and a code of SECRET."""
    with app.app_context():
        desk = staffed()
        desk.edo.password_hash, desk.edo.totp_sealed = credentials.hashed(PASSWORD), keyring().seal(SECRET)
        db.session.commit()
        return {name: getattr(desk, name).id for name in ("edo", "rana", "pia", "sana")}


def desk_of(numbers: dict[str, int]) -> Desk:
    """Return the four as the database has them now."""
    return Desk(**{name: db.session.get_one(Account, number) for name, number in numbers.items()})


def digests(app: Flask) -> dict[str, set[str]]:
    """Return the digests of all rows of every table."""
    found: dict[str, set[str]] = {}
    with app.app_context(), reading(), db.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            rows = connection.execute(select(table)).all()
            found[table.name] = {hashlib.sha256(repr(tuple(row)).encode()).hexdigest() for row in rows}
            assert len(found[table.name]) == len(rows), table.name
    return found


@contextmanager
def saving(app: Flask, numbers: dict[str, int], refs: list[str]) -> Iterator[list[str]]:
    """Let a thread for each case save it again and again meanwhile; give the list of what was acknowledged."""
    stopped, saved = threading.Event(), list[str]()
    failures: list[BaseException] = []

    def save(ref: str) -> None:
        try:
            # A moment between two saves, as people leave: who waits for the lock gets it.
            while not stopped.wait(0.02):
                with app.app_context():
                    case = any_by_ref(ref)
                    assert case is not None
                    desk_of(numbers).saves(case, occupation=f"Teacher, as told {len(saved)} times")
                    db.session.commit()
                    saved.append(ref)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=save, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    try:
        yield saved
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert failures == []

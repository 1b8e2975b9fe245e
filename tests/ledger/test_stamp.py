"""The public stamp: another one as soon as anything public changed, read in one cheap statement on both databases."""

import datetime
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from campaign.database import db
from campaign.ledger import pulse, stamp, writer
from campaign.ledger.stamp import ReadConnection, public_stamp, stamp_reader
from tests.ledger.samples import a_profile

NOON = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now_read(home_app: Flask) -> Callable[[], str]:
    """The stamp as somebody reads it who has no session."""
    with home_app.app_context():
        return stamp_reader(ReadConnection(db.engine), pulse.hearing())


def test_it_changes_with_every_change_and_with_the_clock(home_app: Flask, now_read: Callable[[], str]) -> None:
    seen = []

    def note() -> None:
        db.session.commit()
        seen.append(now_read())
        assert now_read() == seen[-1]

    with home_app.app_context(), time_machine.travel(NOON, tick=False) as clock:
        note()
        writer.append("publish", "FXD-40718", a_profile())
        note()
        # The giver of a consent may name another day, and no entry is written for it.
        writer.set_public_until("FXD-40718", NOON + HOUR)
        note()
        writer.set_public_until("FXD-40718", NOON + 2 * HOUR)
        note()
        clock.move_to(NOON + 2 * HOUR)
        note()
        writer.append("withdraw", "FXD-40718")
        note()
    assert len(set(seen)) == len(seen)


def test_a_session_and_who_has_none_read_the_same_kind_of_stamp(home_app: Flask, now_read: Callable[[], str]) -> None:
    with home_app.app_context():
        writer.append("publish", "FXD-40718", a_profile())
        assert (public_stamp(), now_read()) == ("1-0-0", "0-0-0")
        db.session.commit()
        assert public_stamp() == now_read() == "1-0-0"


def test_each_thread_sees_what_was_committed_last(home_app: Flask, now_read: Callable[[], str]) -> None:
    seen = []
    with home_app.app_context():
        for number in range(3):
            writer.append("publish", f"FXD-4071{number}", a_profile(ref=f"FXD-4071{number}"))
            db.session.commit()
            thread = threading.Thread(target=lambda: seen.append(now_read()))
            thread.start()
            thread.join()
            seen.append(now_read())
    assert seen == ["1-0-0", "1-0-0", "2-0-0", "2-0-0", "3-0-0", "3-0-0"]


def test_no_table_is_walked_through(home_app: Flask) -> None:
    with home_app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {stamp.HEARING_SQL.format(moment='1')}")).all()
            steps = [row.detail for row in plan if "ledger_" in row.detail or "public_until" in row.detail]
            assert steps
            assert all(step.startswith("SEARCH") for step in steps), steps
        else:
            # An empty table is always walked through, unless that is forbidden.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = connection.execute(text(f"EXPLAIN {stamp.HEARING_SQL.format(moment='now()')}")).scalars().all()
            assert not [line for line in plan if "Seq Scan" in line], plan


def test_it_leaves_no_lock_behind(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        now_read = stamp_reader(ReadConnection(db.engine), pulse.hearing())
        writer.append("publish", "FXD-40718", a_profile())
        db.session.commit()
        assert now_read() == "1-0-0"
        with closing(sqlite3.connect(db.engine.url.database or "")) as other:
            is_busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not is_busy


def test_where_it_can_not_be_read_it_says_so_and_is_read_again_later(
    home_app: Flask, now_read: Callable[[], str]
) -> None:
    with home_app.app_context(), db.engine.begin() as connection:
        now_read()
        connection.execute(text("ALTER TABLE public_until RENAME TO elsewhere"))
    assert now_read() == ""
    with home_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO public_until"))
    assert now_read() == "0-0-0"

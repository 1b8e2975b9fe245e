"""Invariant 7: numbers commit in order. Who has seen n never finds a new entry below n, whoever writes meanwhile."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select, text

from campaign.audit import log
from campaign.database import db, reading
from campaign.ledger import verification, writer
from campaign.ledger.models import Entry
from tests.ledger.home import home_app, postgres_app
from tests.ledger.samples import a_profile

__all__ = ["home_app", "postgres_app"]
WRITERS, EACH = 4, 10


def in_threads(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)


def test_a_reader_never_finds_an_entry_below_one_it_has_seen(home_app: Flask):
    seen: list[list[int]] = []
    are_done = threading.Event()

    def write(number: int) -> None:
        with home_app.app_context():
            for turn in range(EACH):
                ref = f"FXD-{number}{turn:04d}"
                writer.append("publish", ref, a_profile(ref=ref))
                log.record("publishing.publish", by=number, subject=ref)
                # Work done after the number was given, and before it is committed, is where a sequence breaks.
                db.session.execute(text("SELECT count(*) FROM ledger_entry, ledger_body"))
                db.session.commit()

    def read() -> None:
        while not are_done.is_set():
            with home_app.app_context(), reading():
                seen.append(list(db.session.scalars(select(Entry.number).order_by(Entry.number))))

    reader = threading.Thread(target=read)
    reader.start()
    in_threads([lambda number=number: write(number) for number in range(1, WRITERS + 1)])
    are_done.set()
    reader.join(timeout=30)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)
    with home_app.app_context(), reading():
        assert (verification.verify().entry_count, verification.verify().faults) == (WRITERS * EACH, ())
        assert (log.verify().row_count, log.verify().faults) == (WRITERS * EACH, ())


def test_rooms_that_record_and_append_in_opposite_orders_do_not_wait_for_each_other_for_ever(home_app: Flask):
    def record_then_append() -> None:
        with home_app.app_context():
            for turn in range(EACH):
                log.record("consent.withdrawn", by=1)
                writer.append("publish", f"FXD-1000{turn}", a_profile(ref=f"FXD-1000{turn}"))
                db.session.commit()

    def append_then_record() -> None:
        with home_app.app_context():
            for turn in range(EACH):
                writer.append("publish", f"FXD-2000{turn}", a_profile(ref=f"FXD-2000{turn}"))
                log.record("publishing.publish", by=2)
                db.session.commit()

    in_threads([record_then_append, append_then_record])
    with home_app.app_context(), reading():
        assert verification.verify().entry_count == log.verify().row_count == 2 * EACH


def test_a_second_writer_waits_until_the_first_has_committed(postgres_app: Flask):
    with postgres_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        with db.engine.connect() as other:
            other.execute(text("SET lock_timeout = '50ms'"))
            key = other.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": writer.LOCK_NUMBER})
            assert key is False
        db.session.commit()
        with db.engine.connect() as other:
            assert other.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": writer.LOCK_NUMBER})


def test_what_fails_leaves_no_gap(home_app: Flask):
    with home_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        db.session.rollback()
        assert writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001")).number == 1

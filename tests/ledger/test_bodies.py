"""Everything public, read while others publish and withdraw, by readers who may be slow."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

import pytest
from flask import Flask

from campaign.clock import now
from campaign.database import db
from campaign.ledger import bodies, documents, writer
from tests.ledger.samples import a_profile

EVERYBODY = [f"FXD-{number}" for number in range(10001, 10001 + 2 * bodies.BATCH + 5)]


@pytest.fixture(autouse=True)
def _everybody_is_public(home_app: Flask) -> Iterator[None]:
    with home_app.app_context():
        for ref in EVERYBODY:
            writer.append("publish", ref, a_profile(ref=ref))
        db.session.commit()
        yield


def an_export() -> Iterator[list[bytes]]:
    """An export whose reader is so slow that whatever was read ahead is old."""
    return bodies.every_batch(db.engine, stale_after=0)


def refs(batches: Iterator[list[bytes]]) -> list[str]:
    return [documents.profile(body).ref for body in chain.from_iterable(batches)]


def test_everybody_is_handed_out_once_in_the_order_of_publication() -> None:
    assert refs(bodies.every_batch(db.engine)) == EVERYBODY
    assert refs(an_export()) == EVERYBODY


def test_more_than_one_run_reads_goes_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "RUN_BYTES", 1)
    assert refs(bodies.every_batch(db.engine)) == EVERYBODY
    monkeypatch.setattr(bodies, "RUN_ROWS", 7)
    assert refs(bodies.every_batch(db.engine)) == EVERYBODY


def test_a_reader_who_stalls_holds_no_connection() -> None:
    db.session.remove()
    export = an_export()
    next(export)
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert len(refs(export)) == len(EVERYBODY) - bodies.BATCH


def test_whoever_is_withdrawn_meanwhile_is_not_handed_out_any_more() -> None:
    export = an_export()
    next(export)
    writer.append("withdraw", EVERYBODY[-1])
    writer.append("withdraw", EVERYBODY[bodies.BATCH])
    db.session.commit()
    assert refs(export) == EVERYBODY[bodies.BATCH + 1 : -1]


def test_whose_consent_ends_by_the_clock_meanwhile_is_not_handed_out_any_more() -> None:
    export = an_export()
    next(export)
    for ref in EVERYBODY[bodies.BATCH :]:
        writer.set_public_until(ref, now() - timedelta(seconds=1))
    db.session.commit()
    assert list(export) == []


def test_nobody_is_handed_out_twice_or_left_out_where_they_are_published_anew_meanwhile() -> None:
    export = an_export()
    next(export)
    for ref in (EVERYBODY[0], EVERYBODY[-1]):
        writer.append("publish", ref, a_profile(ref=ref, version=2))
    writer.append("publish", "FXD-99999", a_profile(ref="FXD-99999"))
    db.session.commit()
    rest = [documents.profile(body) for body in chain.from_iterable(export)]
    assert [profile.ref for profile in rest] == [*EVERYBODY[bodies.BATCH :], "FXD-99999"]
    assert {profile.ref for profile in rest if profile.version == 2} == {EVERYBODY[-1]}


@pytest.mark.parametrize("home_app", ["sqlite"], indirect=True)
def test_the_log_of_the_database_can_be_emptied_while_a_reader_stalls(home_app: Flask) -> None:
    db.session.remove()
    export = an_export()
    next(export)
    checkpoint = sqlite3.connect(str(db.engine.url.database)).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    is_busy, frames_left, _ = checkpoint.fetchone()
    assert (is_busy, frames_left) == (0, 0)
    assert len(refs(export)) == len(EVERYBODY) - bodies.BATCH

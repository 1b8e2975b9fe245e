"""What happens by the clock, and erasure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.audit.log import AuditRow, verify
from campaign.cases.file import Episode, Sentence
from campaign.cases.models import Case, Revision, UsedReference
from campaign.cases.revisions import head, revise
from campaign.clock import now
from campaign.database import db
from campaign.ledger import reader
from campaign.publishing import embargoes, erase, sweep
from campaign.publishing.errors import NotAllowed
from campaign.publishing.models import Publication, SweepLease
from tests.publishing.builders import consent, event
from tests.publishing.builders import day as date
from tests.publishing.desk import Desk, cleared

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at a morning until somebody moves it."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@both_databases
def test_a_consent_with_an_end_stops_by_the_clock_and_the_sweep_says_so_in_the_ledger(
    clock: time_machine.Traveller, desk: Desk
) -> None:
    case = desk.public(consents=[consent(until=date("2026-06-01"))])
    db.session.commit()
    clock.move_to(MORNING + timedelta(days=1))
    assert reader.state(case.ref) == "withdrawn"
    assert sweep.is_fresh() is False
    swept = sweep.sweep()
    assert swept is not None
    assert swept.taken_away == [case.ref]
    entry = reader.newest_entry(case.ref)
    assert entry is not None
    assert entry.kind == "withdraw"
    actor = db.session.scalar(select(AuditRow.actor).where(AuditRow.action == "profile.withdrawn"))
    assert (actor, sweep.is_fresh()) == ("sweep", True)


def test_where_one_of_two_words_ends_what_the_other_covers_stays(clock: time_machine.Traveller, desk: Desk) -> None:
    brother = cleared(id="c0000002", until=date("2026-06-01"))
    case = desk.public(consents=[brother, cleared("publish_health", basis="family")])
    db.session.commit()
    clock.move_to(MORNING + timedelta(days=1))
    sweep.sweep()
    assert reader.state(case.ref) == "public"


@both_databases
def test_an_embargo_ends_in_its_minute_and_the_gate_is_asked_again(clock: time_machine.Traveller, desk: Desk) -> None:
    waiting, spoiled = desk.opens(), desk.opens()
    for case in (waiting, spoiled):
        desk.approves(case)
        embargoes.wait(case, now() + timedelta(hours=1), by=desk.pia)
    desk.saves(spoiled, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])
    db.session.commit()
    sweep.sweep()
    assert reader.head() == 0
    clock.move_to(MORNING + timedelta(hours=1, minutes=1))
    swept = sweep.sweep()
    assert swept is not None
    assert swept.published == [waiting.ref]
    assert [ref for ref, _ in swept.refused] == [spoiled.ref]
    assert reader.state(waiting.ref) == "public"
    assert (waiting.embargo_until, spoiled.embargo_until, waiting.embargo_by_id) == (None, None, None)


@both_databases
def test_somebody_whom_an_import_made_a_child_comes_down_by_the_sweep(desk: Desk) -> None:
    case, other = desk.public(), desk.public()
    file = msgspec.structs.replace(head(case), birth=date("2012"))
    revise(case, file, by=desk.edo, base_version=case.version, reason="a sheet", kind="import")  # as an import saves
    db.session.commit()
    swept = sweep.sweep()
    assert swept is not None
    assert (swept.taken_away, reader.state(case.ref), reader.state(other.ref)) == ([case.ref], "withdrawn", "public")


@both_databases
def test_a_sentence_that_is_over_moves_the_row_on_the_day_after_its_end(
    clock: time_machine.Traveller, desk: Desk
) -> None:
    term = Sentence(kind="term", years=5, expected_end=date("2026-06-01"))
    sentenced = event(type="sentence", date=date("2021-06-01"), confidence="confirmed")
    case = desk.opens(episodes=[Episode(id="90000001", events=[sentenced], sentence=term)])
    other = desk.opens()
    before = other.status
    db.session.commit()
    assert case.status == "serving_sentence"
    sweep.sweep()
    assert case.status == "serving_sentence"
    clock.move_to(MORNING + timedelta(days=1))
    swept, again = sweep.sweep(), sweep.sweep()
    assert swept is not None
    assert again is not None
    assert (swept.moved, again.moved) == ([case.ref], [])
    assert (case.status, other.status) == ("sentence_over_release_unconfirmed", before)


@both_databases
@pytest.mark.parametrize("seconds", [60, 121])  # taken before, and while this process waited for the lock
def test_one_process_sweeps_at_a_time(desk: Desk, seconds: int) -> None:
    lease = SweepLease(
        name="sweep", holder="another", held_until=now() + timedelta(seconds=seconds), last_swept_at=None
    )
    db.session.add(lease)
    db.session.commit()
    assert sweep.sweep() is None


@both_databases
def test_erasure_leaves_a_reference_and_headers(desk: Desk) -> None:
    case = desk.public()
    ref = case.ref
    with pytest.raises(NotAllowed):
        erase.erase(case, by=desk.pia, reason="asked")
    files = erase.erase(case, by=desk.sana, reason="asked by the person")
    db.session.commit()
    erase.finish(files)
    for model in (Case, Revision, Publication):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0, model
    assert db.session.get(UsedReference, ref) is not None
    assert reader.state(ref) == "withdrawn"
    assert verify().faults == ()


def test_no_byte_of_an_erased_person_stays_in_the_database_files(desk: Desk, app: Flask, home: Path) -> None:
    case = desk.public()
    db.session.commit()
    files = erase.erase(case, by=desk.sana, reason="asked")
    db.session.commit()
    erase.finish(files)
    for path in home.glob("campaign.sqlite*"):
        content = path.read_bytes()
        assert b"Sadirova" not in content, path
        assert b"She taught for twenty years" not in content, path

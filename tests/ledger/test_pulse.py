"""The pulse: a copy of the public tables that has no word from the desk shows nothing but that somebody is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app import create_app
from campaign.database import Base, PublicBase, db
from campaign.doctor.checks import examine, table
from campaign.ledger import identity, pulse, stamp
from campaign.ledger.models import LedgerPulse
from campaign.ledger.pulse import Hearing
from campaign.ledger.stamp import public_stamp
from campaign.publishing import sweep
from campaign.settings import read
from tests import cluster, tables
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SHOWN, GONE = a_profile(), a_profile(ref="FXD-40719", name="Serik Pattern")
# Whatever a public process shows, by pages, by machines' files and by the JSON with and without Flask.
ADDRESSES = (
    "/", "/profiles", f"/profiles/{SHOWN.slug}", f"/profiles/{SHOWN.slug}/history", f"/profiles?q={SHOWN.ref}",
    "/feed.atom", "/sitemap.xml", f"/media/{'a' * 64}", "/about", "/api/v1", "/api/v1/profiles",
    f"/api/v1/profiles/{SHOWN.ref}", "/api/v1/changes", "/api/v1/export.jsonl", "/api/v1/export.csv", "/api/v1/ledger",
)  # fmt: skip


def replica(home: Path, address: str = "", **settings: str) -> Flask:
    """Return the public edge on a database that is not there yet."""
    named = {f"CAMPAIGN_{name}": value for name, value in settings.items()}
    made = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_EDGES": "public,partners", "CAMPAIGN_DATABASE_URL": address, **named}
    return create_app(read(made))


@pytest.fixture(params=["sqlite", "postgres"])
def copy(request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """The public edge on a database with the public tables alone, of somebody shown and somebody withdrawn."""
    is_server = request.param == "postgres"
    app = replica(home, cluster.empty_database(request.getfixturevalue("cluster_folder")) if is_server else "")
    with app.app_context():
        Base.metadata.create_all(db.engine, tables=[model.__table__ for model in PublicBase.__subclasses__()])
        identity.make()
        pulse.beat()
        db.session.commit()
    publish(app, SHOWN, GONE)
    withdraw(app, GONE.ref)
    yield app
    tables.close(app)


def statuses(app: Flask) -> dict[str, int]:
    """Return what every address answers; each is asked twice, for caches."""
    client = app.test_client()
    asked = [(path, client.get(path).status_code) for path in ADDRESSES * 2]
    return {path: status for path, status in asked if status not in {200, 404}}


def test_a_copy_that_is_deaf_shows_nothing_but_who_is_gone(copy: Flask) -> None:
    client = copy.test_client()
    assert statuses(copy) == {}
    with time_machine.travel(datetime.now(UTC) + HOUR + MINUTE, tick=False):
        assert statuses(copy) == dict.fromkeys(ADDRESSES, 503)
        for path in (f"/profiles/{GONE.slug}", f"/profiles/{GONE.ref}/history", f"/api/v1/profiles/{GONE.ref}"):
            assert client.get(path).status_code == 410, path
        answer = client.get("/")
        assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
        assert "has not heard from the campaign" in answer.text
        assert client.get("/api/v1/changes").json["detail"] == pulse.DEAF
        assert client.get("/readyz").text == "The desk was not heard from lately.\n"
        assert client.get("/healthz").status_code == 200
        with copy.app_context():
            pulse.beat()
            db.session.commit()
        assert statuses(copy) == {}


def test_the_doctor_of_a_replica_asks_nothing_of_a_desk(copy: Flask) -> None:
    copy.extensions["settings"] = replace(copy.extensions["settings"], production=True)
    with copy.app_context():
        found = {check.name: [one.wrong for one in examine(check) if one.is_red] for check in table()}
    # What the machine of the tests is like is nothing of theirs; no migration made this database.
    for name in ("disk", "visitors", "clock", "indexes", "modes", "schema"):
        found.pop(name)
    assert {name: said for name, said in found.items() if said} == {}


def test_whether_it_is_fresh_is_part_of_the_stamp_and_never_its_time(copy: Flask) -> None:
    with copy.app_context(), time_machine.travel(NOON, tick=False) as clock:
        seen = []
        for moment in (NOON, NOON + MINUTE, NOON + HOUR, NOON + HOUR + 2 * MINUTE, NOON + 2 * HOUR):
            clock.move_to(moment)
            if moment <= NOON + MINUTE:
                pulse.beat()
                db.session.commit()
            seen.append(public_stamp())
            db.session.rollback()
        assert seen == ["3-0-0"] * 3 + [f"3-0-0{stamp.DEAF}"] * 2


def test_a_pulse_of_an_hour_to_come_is_none(copy: Flask) -> None:
    with time_machine.travel(datetime.now(UTC) - 10 * MINUTE, tick=False):
        assert set(statuses(copy).values()) == {503}
    with time_machine.travel(datetime.now(UTC) - 2 * MINUTE, tick=False):
        assert statuses(copy) == {}


def test_a_copy_that_never_heard_anything_is_deaf(copy: Flask) -> None:
    with copy.app_context():
        db.session.query(LedgerPulse).delete()
        db.session.commit()
    assert set(statuses(copy).values()) == {503}


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_the_desk_writes_it_with_each_sweep_and_needs_none_itself(app: Flask) -> None:
    publish(app, SHOWN)
    with app.app_context(), time_machine.travel(datetime.now(UTC), tick=False) as clock:
        sweep.sweep()
        first = pulse.last()
        clock.shift(MINUTE)
        sweep.sweep()
        assert (first, pulse.last()) == (datetime.now(UTC) - MINUTE, datetime.now(UTC))
        clock.shift(24 * HOUR)
        db.session.rollback()
        assert not public_stamp().endswith(stamp.DEAF)


@pytest.mark.parametrize(("minutes", "is_deaf"), [("", False), ("0", False), ("30", True)])
def test_on_the_desks_own_database_a_public_process_is_deaf_only_if_it_is_told_when(
    home: Path, minutes: str, is_deaf: bool
) -> None:
    app = replica(home, DEAF_AFTER=minutes)
    tables.create(app)
    publish(app, SHOWN)
    assert (set(statuses(app).values()) == {503}) is is_deaf
    tables.close(app)


def test_a_clock_that_is_set_back_again_and_again_keeps_nobody_shown() -> None:
    seconds = 0.0
    hearing = Hearing(60, is_desk=False, clock=lambda: seconds)
    with time_machine.travel(NOON, tick=False):
        assert not hearing.is_deaf(NOON)
        seconds = 3600.0
        assert not hearing.is_deaf(NOON)
        seconds = 3601.0
        assert hearing.is_deaf(NOON)
        assert not hearing.is_deaf(NOON + MINUTE)


@pytest.mark.parametrize("minutes", [0, 60])
def test_a_file_that_is_known_to_be_behind_is_deaf_whatever_is_set(minutes: int) -> None:
    is_behind = False
    hearing = Hearing(minutes, is_desk=False, is_behind=lambda: is_behind)
    with time_machine.travel(NOON, tick=False):
        assert not hearing.is_deaf(NOON)
        assert hearing.is_deaf(NOON - 2 * HOUR) is (minutes > 0)
        is_behind = True
        assert hearing.is_deaf(NOON)

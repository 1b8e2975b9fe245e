"""Each check of the doctor finds what was planted, says what it endangers and what to type, and else says nothing."""

import hashlib
import os
import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text, update

from campaign import known_keys
from campaign.accounts import invitations
from campaign.accounts.permissions import Role
from campaign.audit.log import record
from campaign.audit.models import UnregisteredRow
from campaign.clock import now
from campaign.database import db
from campaign.doctor import network
from campaign.doctor import time as times
from campaign.doctor.checks import Check, examine, table
from campaign.doctor.diagnoses import Diagnosis
from campaign.ledger.models import ShownImage
from campaign.media.stores import public_store
from campaign.publishing import sweep
from campaign.publishing.models import SweepLease
from campaign.web.context import keyring
from tests.doctor.conftest import Asked

BOTH = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
# What the machine of the tests is like is nothing of theirs; their clock is not that of the database's server.
OF_THIS_MACHINE = {"disk", "visitors", "clock"}


def said(diagnoses: list[Diagnosis]) -> str:
    """Return all that was found, and assert that each says what it endangers."""
    assert all(one.wrong and one.endangers for one in diagnoses)
    return "\n".join(one.as_line() for one in diagnoses)


@BOTH
def test_a_home_that_is_well_has_nothing_red(well: Flask) -> None:
    with well.app_context():
        found = {check.name: examine(check) for check in table()}
    red = {name: said(diagnoses) for name, diagnoses in found.items() if any(one.is_red for one in diagnoses)}
    assert {name: words for name, words in red.items() if name not in OF_THIS_MACHINE} == {}


def test_every_check_says_what_it_looks_at_and_names_are_unlike(well: Flask) -> None:
    with well.app_context():
        checks = table()
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.sentence.endswith(".") for check in checks)


@BOTH
def test_a_trigger_that_is_gone_is_found(well: Flask, asked: Asked) -> None:
    with well.app_context():
        is_server = db.engine.dialect.name == "postgresql"
        name = "ledger_entry_no_change" if is_server else "ledger_entry_no_update"
        db.session.execute(text(f"DROP TRIGGER {name}" + (" ON ledger_entry" if is_server else "")))
        db.session.commit()
    assert f"The database lacks {name}." in said(asked("schema"))


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_a_role_that_reads_a_case_is_found_and_one_that_reads_the_ledger_is_not(well: Flask, asked: Asked) -> None:
    with well.app_context():
        role = f"reader_{os.getpid()}"
        db.session.execute(text(f"CREATE ROLE {role}"))
        db.session.execute(text(f"GRANT SELECT ON ledger_entry, listing_name TO {role}"))
        db.session.commit()
    assert role not in said(asked("grants"))
    with well.app_context():
        db.session.execute(text(f"GRANT SELECT ON case_file TO {role}"))
        db.session.execute(text(f"GRANT INSERT ON listing TO {role}"))
        db.session.commit()
    assert f"The role {role} of PostgreSQL may INSERT on listing, SELECT on case_file." in said(asked("grants"))
    with well.app_context():
        db.session.execute(text(f"DROP OWNED BY {role}"))
        db.session.execute(text(f"DROP ROLE {role}"))
        db.session.commit()


def test_lists_of_another_version_are_found(well: Flask, asked: Asked) -> None:
    assert asked("indexes") == []
    with well.app_context():
        db.session.execute(text("UPDATE index_mark SET made_by = 'other tables'"))
        db.session.commit()
    assert "Lists and search of public profiles and of cases were made by an older" in said(asked("indexes"))


def test_open_modes_and_keys_are_found(well: Flask, asked: Asked) -> None:
    here = well.extensions["settings"]
    with well.app_context():
        assert keyring().index_key
    assert (asked("modes"), asked("keys")) == ([], [])
    here.home.chmod(0o755)
    (here.keys / "index.key").chmod(0o644)
    assert f"chmod 0710 {here.home}" in said(asked("modes")) or "chmod 0700" in said(asked("modes"))
    assert f"chmod 0600 {here.keys / 'index.key'}" in said(asked("keys"))


def test_keys_that_are_not_of_this_database_are_named(well: Flask, asked: Asked) -> None:
    with well.app_context():
        known_keys.note()
        db.session.commit()
    assert asked("keys") == []
    with well.app_context():
        db.session.execute(update(known_keys.KeyFingerprint).values(fingerprint="of another key"))
        db.session.commit()
    (found,) = asked("keys")
    assert "content-0001.key is another key than the one that belongs here." in found.wrong
    assert found.to_do == "Bring back the folder of keys that belongs to it."


def test_a_picture_that_is_missing_and_one_that_is_left_are_counted(well: Flask, asked: Asked) -> None:
    with well.app_context():
        public_store().put(b"left behind", "jpg")
        db.session.add(ShownImage(digest=hashlib.sha256(b"gone").hexdigest(), ref="FXD-00001"))
        db.session.commit()
    assert "1 of 1 pictures that public pages show are not on the disk." in said(asked("media"))
    assert "1 pictures lie open on the disk that no public page shows." in said(asked("media"))


@pytest.mark.parametrize(("free", "is_red"), [(100_000_000, True), (1_000_000_000, False)])
def test_a_disk_that_is_nearly_full_is_found(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, free: int, is_red: bool
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - free, free))
    found = asked("disk")
    assert f"has room for {free // 1_000_000:,} MB more" in said(found)
    assert {one.is_red for one in found} == {is_red}


def test_a_clock_that_was_set_back_is_found(well: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    with well.app_context():
        record("account.invited", by=None, actor="shell:test")
        db.session.commit()
        later, earlier = now() + times.LONGEST_SILENCE + timedelta(days=1), now() - timedelta(hours=3)
    assert "was set back" not in said(asked("clock"))
    monkeypatch.setattr(times, "now", lambda: earlier)
    assert "The clock of this machine was set back" in said(asked("clock"))
    monkeypatch.setattr(times, "now", lambda: later)
    assert "If the clock runs ahead" in said(asked("clock"))


@pytest.mark.parametrize(
    ("away", "words"),
    [(timedelta(minutes=-6), "The last sweep ended"), (timedelta(days=1), "is of an hour to come")],
)
def test_a_sweep_that_is_late_or_of_the_future_is_found(well: Flask, asked: Asked, away: timedelta, words: str) -> None:
    assert asked("sweep") == []
    with well.app_context():
        db.session.execute(update(SweepLease).values(last_swept_at=now() + away))
        db.session.commit()
    assert words in said(asked("sweep"))


def test_nobody_ever_swept_is_found(app: Flask) -> None:
    with app.app_context():
        (check,) = (one for one in table() if one.name == "sweep")
        assert "No sweep has ended yet." in said(examine(check))


def test_a_row_of_the_audit_that_was_changed_is_found(well: Flask, asked: Asked) -> None:
    with well.app_context():
        for n in range(5):
            record("account.invited", by=None, actor=f"shell:{n}")
        db.session.commit()
        db.session.execute(text("DROP TRIGGER audit_row_no_update"))
        db.session.execute(text("UPDATE audit_row SET actor = 'nobody'"))
        db.session.commit()
    found = asked("audit")
    assert len(found) == 4
    assert "further things are wrong with it." in said(found)


def test_an_installation_without_a_register_is_red_in_production_alone(well: Flask, asked: Asked) -> None:
    assert asked("register") == []
    for is_production in (False, True):
        well.extensions["settings"] = replace(well.extensions["settings"], register=None, production=is_production)
        assert [one.is_red for one in asked("register")] == [is_production]


def test_what_stops_when_one_is_away_is_told_without_a_name(well: Flask, asked: Asked) -> None:
    with well.app_context():
        pia = invitations.account_for("pia@example.org", name="Pia")
        invitations.grant(pia, [Role.PUBLISHER])
        pia.password_hash = "set"
        db.session.commit()
    words = said(asked("people"))
    assert "with the role publisher: 1, of 2 that are needed. If that one is away, nothing is published" in words
    assert "with the role administrator: 0" in words
    assert "Pia" not in words


FAR = {
    "postgresql://db.example/n": True,
    "postgresql://db.example/n?sslmode=verify-full": False,
    "postgresql:///n?host=/run/postgresql": False,
    "postgresql://127.0.0.1/n": False,
}


@pytest.mark.parametrize("address", FAR)
def test_a_database_far_away_is_asked_for_encryption(well: Flask, address: str) -> None:
    well.extensions["settings"] = replace(well.extensions["settings"], database_url=address)
    with well.app_context():
        assert bool(list(network.database())) is FAR[address]
        assert list(network.reached()) == ["CAMPAIGN_DATABASE_URL: Everything, to the database's server."]


def test_a_check_that_falls_is_a_diagnosis(well: Flask) -> None:
    def falls() -> list[Diagnosis]:
        db.session.execute(text("SELECT 'Patigul' FROM nowhere"))
        return []

    with well.app_context():
        (found,) = examine(Check("odd", "Nothing.", falls, timedelta(1)))
    assert found.is_red
    assert "The check “odd” could not be made: OperationalError" in found.wrong
    assert "Patigul" not in found.as_line()


def test_the_sweep_is_not_held_up_by_a_lease_of_the_future(well: Flask) -> None:
    with well.app_context():
        tomorrow = now() + timedelta(days=1)
        db.session.execute(update(SweepLease).values(held_until=tomorrow, last_swept_at=tomorrow))
        db.session.commit()
        assert not sweep.is_fresh()
        db.session.rollback()
        assert sweep.sweep() is not None
        assert sweep.is_fresh()


def test_a_register_that_lacks_a_removal_is_red(well: Flask, asked: Asked) -> None:
    with well.app_context():
        row = record("profile.withdrawn", by=None, actor="shell:test")
        db.session.commit()
        db.session.add(UnregisteredRow(number=row.number))
        db.session.commit()
    (found,) = asked("register")
    assert found.is_red
    assert "The register lacks a line" in found.wrong

"""The public file where something breaks: nothing is lost at the desk, nobody is shown, it mends by itself."""

import os
import shutil
import signal
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app import create_app
from campaign.clock import now
from campaign.database import db
from campaign.doctor.checks import examine, table
from campaign.ledger import public_file, public_flags, reader, writer
from campaign.settings import read
from tests.cast import Member
from tests.ledger.samples import a_profile
from tests.ledger.test_public_file import ONE, OTHER, is_followed, path, rows  # noqa: F401 - path is a fixture
from tests.web import processes


@pytest.fixture
def public(app: Flask, path: Path) -> Path:  # noqa: F811
    """The public file, in which two people are shown."""
    for person in (ONE, OTHER):
        writer.append("publish", person.ref, person)
    db.session.commit()
    assert is_followed(app, path)
    return path


def withdraw_and_be_killed(environment: dict[str, str]) -> None:
    """Withdraw somebody, and be killed when the desk's commit is done and nothing else."""
    app = create_app(read(environment))
    with app.app_context():
        event.listen(db.session(), "after_commit", lambda _session: os.kill(os.getpid(), signal.SIGKILL))
        writer.append("withdraw", ONE.ref)
        db.session.commit()


def test_killed_between_the_two_commits_leaves_a_flag_and_the_next_start_mends_it(
    app: Flask, public: Path, home: Path
) -> None:
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_PUBLIC_DATABASE": str(public)}
    process = processes.processes.Process(target=withdraw_and_be_killed, args=(environment,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    db.session.rollback()
    assert reader.state(ONE.ref) == "withdrawn"
    assert len(rows(public)["listing"]) == 2
    (flag,) = public_flags.every(public)
    os.utime(flag, (0, 0))
    assert public_flags.Watched(public).is_behind()
    db.session.rollback()
    public_file.hold_open(app)
    assert is_followed(app, public)
    assert not public_flags.Watched(public).is_behind()


def publish_and_withdraw(environment: dict[str, str], first: int) -> None:
    """Publish ten people and withdraw every other, each in a commit of its own, beside others who do the same."""
    app = create_app(read(environment))
    with app.app_context():
        for number in range(first, first + 10):
            person = a_profile(ref=f"FXD-{number:05}")
            writer.append("publish", person.ref, person)
            db.session.commit()
            if number % 2:
                writer.append("withdraw", person.ref)
                db.session.commit()
                with sqlite3.connect(environment["CAMPAIGN_PUBLIC_DATABASE"]) as connection:
                    listed = connection.execute("SELECT 1 FROM listing WHERE ref = ?", (person.ref,)).fetchall()
                assert listed == []


def test_several_processes_at_once_leave_nothing_out_and_nobody_in(app: Flask, public: Path, home: Path) -> None:
    environment = {"CAMPAIGN_HOME": str(home), "CAMPAIGN_PUBLIC_DATABASE": str(public)}
    workers = [
        processes.processes.Process(target=publish_and_withdraw, args=(environment, first)) for first in (100, 200, 300)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(100)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert is_followed(app, public)
    assert len(rows(public)["listing"]) == 2 + 15


def diagnosis() -> str:
    """Return what the doctor says of the public file, and assert that it is red."""
    (check,) = (one for one in table() if one.name == "public file")
    (found,) = examine(check)
    assert found.is_red
    return found.as_line()


def test_a_file_that_takes_nothing_is_closed_told_in_red_and_brought_up_once_it_does(
    app: Flask, public: Path, tmp_path: Path
) -> None:
    app.extensions[public_file.HELD].close()
    shutil.move(public, tmp_path / "kept")
    public.mkdir()
    writer.append("withdraw", ONE.ref)
    db.session.commit()
    assert reader.state(ONE.ref) == "withdrawn"
    assert public_flags.is_closed(public)
    assert "could not be brought up" in diagnosis()
    assert not public_file.catch_up()
    public.rmdir()
    shutil.move(tmp_path / "kept", public)
    assert public_file.catch_up()
    assert is_followed(app, public)
    (check,) = (one for one in table() if one.name == "public file")
    assert examine(check) == []


def test_where_no_flag_can_be_laid_the_removal_goes_through_and_is_followed_later(app: Flask, public: Path) -> None:
    app.extensions[public_file.HELD].close()
    away = public.parent.rename(public.parent.with_name("away"))
    public.parent.touch()
    writer.append("withdraw", ONE.ref)
    db.session.commit()
    assert reader.state(ONE.ref) == "withdrawn"
    assert public_file.is_behind()
    public.parent.unlink()
    away.rename(public.parent)
    assert public_file.catch_up()
    assert is_followed(app, public)


def test_what_came_of_a_failure_is_made_good_before_the_file_is_opened_again(app: Flask, public: Path) -> None:
    app.extensions[public_file.HELD].close()
    away = public.parent.rename(public.parent.with_name("away"))
    public.parent.touch()
    writer.set_public_until(ONE.ref, now() + timedelta(days=1))
    db.session.commit()
    public.parent.unlink()
    away.rename(public.parent)
    public.chmod(public_flags.CLOSED)
    writer.set_public_until(OTHER.ref, now() + timedelta(days=2))
    db.session.commit()
    assert is_followed(app, public)
    assert len(rows(public)["public_until"]) == 2


def test_a_database_that_went_back_is_followed_too(app: Flask, public: Path) -> None:
    with sqlite3.connect(app.extensions["settings"].database_file) as connection:
        connection.execute("DROP TRIGGER ledger_entry_no_delete")
        connection.execute("DELETE FROM ledger_body WHERE number = 2")
        connection.execute("DELETE FROM ledger_entry WHERE number = 2")
    assert public_file.catch_up()
    assert is_followed(app, public)
    assert len(rows(public)["ledger_entry"]) == 1


def test_a_schema_that_changed_is_followed(app: Flask, public: Path) -> None:
    with sqlite3.connect(app.extensions["settings"].database_file) as connection:
        connection.execute("ALTER TABLE listing ADD COLUMN more TEXT")
        connection.execute("UPDATE listing SET more = 'a'")
    assert public_file.catch_up()
    assert {row[-1] for row in rows(public)["listing"]} == {"a"}


def test_what_somebody_changed_in_the_file_is_put_right_by_the_nightly_comparison(app: Flask, public: Path) -> None:
    with sqlite3.connect(public) as connection:
        connection.execute("DELETE FROM ledger_body WHERE number = 1")
        connection.execute("INSERT INTO ledger_body VALUES (1, 'other')")
        connection.execute("UPDATE listing_card SET card = 'other'")
        connection.execute("INSERT INTO index_mark VALUES ('slipped', 'in')")
    assert public_file.bring_up_all()
    assert is_followed(app, public)


def test_nobody_is_shown_while_a_copy_is_put_back(app: Flask, public: Path) -> None:
    public_file.clear()
    with public_file.at_rest():
        writer.append("withdraw", ONE.ref)
        db.session.commit()
        with sqlite3.connect(public) as connection:
            assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert public_file.bring_up_all()
    assert is_followed(app, public)


def test_the_first_page_of_the_desk_says_that_the_public_site_shows_nothing(
    app: Flask, edo: Member, home: Path
) -> None:
    told = "The public site shows nothing"
    assert told not in edo.get("/staff/cases").text
    missing = home.parent / "shown" / "public.sqlite"
    app.extensions["settings"] = replace(app.extensions["settings"], public_database=missing)
    assert told in edo.get("/staff/cases").text
    with app.app_context():
        public_file.hold_open(app)
        app.extensions[public_file.HELD].close()
    assert told not in edo.get("/staff/cases").text

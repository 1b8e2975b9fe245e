"""The public file of SQLite: the public tables alone, the same rows as the desk's before whoever asked is told done."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from campaign.clock import now
from campaign.database import db, public_tables
from campaign.ledger import identity, public_file, public_flags, pulse, remains, writer
from tests.ledger.samples import a_profile

ONE, OTHER = a_profile(), a_profile(ref="FXD-40719", name="Serik Pattern")


@pytest.fixture
def path(app: Flask, home: Path) -> Iterator[Path]:
    """The public file of the desk whose app context is open."""
    path = home.parent / "shown" / "public.sqlite"
    app.extensions["settings"] = replace(app.extensions["settings"], public_database=path)
    with app.app_context():
        db.session.execute(db.text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        db.session.commit()
        public_file.hold_open(app)
        yield path
        db.session.rollback()
        app.extensions[public_file.HELD].close()


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Return every row of the public tables of a file."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return {name: set(connection.execute(f"SELECT * FROM {name}")) for name in public_tables()}  # noqa: S608


def is_followed(app: Flask, path: Path) -> bool:
    """Whether the file has the rows of the desk, one for one, and no flag lies beside it."""
    here = app.extensions["settings"]
    return rows(path) == rows(here.database_file) and public_flags.every(path) == []


def test_it_holds_the_public_tables_and_no_other(app: Flask, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        named = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert named == set(public_tables())
    assert "case_file" not in named


def test_what_is_published_narrowed_and_withdrawn_is_followed_when_the_commit_returns(app: Flask, path: Path) -> None:
    writer.append("publish", ONE.ref, ONE)
    writer.append("publish", OTHER.ref, OTHER, public_until=now() + timedelta(days=3))
    assert rows(path)["listing"] == set()
    db.session.commit()
    assert is_followed(app, path)
    assert len(rows(path)["listing"]) == 2
    writer.append("publish", ONE.ref, a_profile(version=2, occupation=""), hides_older=True)
    db.session.commit()
    assert is_followed(app, path)
    assert len(rows(path)["ledger_body"]) == 2
    writer.append("withdraw", OTHER.ref)
    db.session.commit()
    assert is_followed(app, path)
    assert {row[0] for row in rows(path)["listing"]} == {ONE.ref}


def test_what_changes_without_an_entry_is_followed(app: Flask, path: Path) -> None:
    writer.append("publish", ONE.ref, ONE)
    identity.make()
    db.session.commit()
    writer.set_public_until(ONE.ref, now() + timedelta(days=9))
    db.session.commit()
    assert is_followed(app, path)
    identity.renew(is_shut=True)
    db.session.commit()
    assert is_followed(app, path)
    assert identity.open_again()
    db.session.commit()
    assert is_followed(app, path)
    db.session.execute(db.text("DELETE FROM listing_word"))
    db.session.execute(db.text("UPDATE listing SET display_name = 'Somebody Else'"))
    writer.rebuild()
    db.session.commit()
    assert is_followed(app, path)
    pulse.beat()
    db.session.commit()
    assert public_file.catch_up()
    assert is_followed(app, path)


def test_a_savepoint_is_no_commit_and_a_rollback_leaves_nothing(app: Flask, path: Path) -> None:
    with db.session.begin_nested():
        writer.append("publish", ONE.ref, ONE)
    assert rows(path)["listing"] == set()
    db.session.rollback()
    assert is_followed(app, path)
    savepoint = db.session.begin_nested()
    writer.append("publish", OTHER.ref, OTHER)
    savepoint.rollback()
    writer.append("publish", ONE.ref, ONE)
    db.session.commit()
    assert is_followed(app, path)
    assert {row[0] for row in rows(path)["listing"]} == {ONE.ref}


def test_of_who_was_withdrawn_not_a_byte_stays_in_the_file_or_its_log(app: Flask, path: Path) -> None:
    writer.append("publish", ONE.ref, a_profile(occupation="hatmaker-of-Qaraqum"))
    writer.append("publish", OTHER.ref, OTHER)
    db.session.commit()
    assert b"hatmaker-of-Qaraqum" in path.read_bytes()
    writer.append("withdraw", ONE.ref)
    db.session.commit()
    files = [path, path.with_name("public.sqlite-wal")]
    assert [file for file in files if b"hatmaker-of-Qaraqum" in file.read_bytes()] == []
    remains.remove()
    assert is_followed(app, path)
    assert [file for file in files if ONE.display_name.encode() in file.read_bytes()] == []


def test_a_reader_keeps_the_log_and_the_next_sweep_empties_it(app: Flask, path: Path) -> None:
    writer.append("publish", ONE.ref, a_profile(occupation="hatmaker-of-Qaraqum"))
    db.session.commit()
    log = path.with_name("public.sqlite-wal")
    reader = sqlite3.connect(path, isolation_level=None)
    writer.append("publish", OTHER.ref, a_profile(ref=OTHER.ref, occupation="hatmaker-of-Qaraqum"))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM listing").fetchall()
    db.session.commit()
    writer.append("withdraw", OTHER.ref)
    db.session.commit()
    assert log.stat().st_size
    reader.execute("COMMIT")
    public_file.empty_log()
    assert log.stat().st_size == 0
    reader.close()

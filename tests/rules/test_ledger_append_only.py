"""Invariant 5: the database itself refuses to change what was published or recorded; bodies may go, never change."""

# ruff: noqa: S608 - every statement is made of this file's own words

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from campaign.audit import log
from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.models import Body
from tests.ledger.home import TRIGGERS, home_app, postgres_app, sqlite_app
from tests.ledger.samples import a_profile

__all__ = ["home_app", "postgres_app", "sqlite_app"]
CHANGES = {
    "ledger_entry": "ref = 'FXD-99999'",
    "ledger_body": "body = body",
    "audit_row": "action = 'nothing'",
}


@pytest.fixture
def filled(home_app):
    with home_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        log.record("publishing.publish", by=3, subject="FXD-10001")
        db.session.commit()
        yield home_app


def refused(statement: str) -> bool:
    """Whether the database refuses a statement with the words of our trigger."""
    try:
        db.session.execute(text(statement))
        db.session.commit()
    except DBAPIError as error:
        db.session.rollback()
        return "append-only" in str(error.orig)
    return False


@pytest.mark.parametrize("table", CHANGES)
def test_no_row_can_be_changed(filled, table):
    assert refused(f"UPDATE {table} SET {CHANGES[table]}")


@pytest.mark.parametrize("table", ["ledger_entry", "audit_row"])
def test_no_header_and_no_deed_can_be_deleted(filled, table):
    if table == "ledger_entry":
        writer.drop_bodies("FXD-10001")
        db.session.commit()
    assert refused(f"DELETE FROM {table}")


def test_a_body_can_go_but_the_database_refuses_another_in_place_of_one_that_is_there(filled):
    if db.engine.dialect.name == "sqlite":
        assert refused("INSERT OR REPLACE INTO ledger_body (number, body) VALUES (1, x'7b7d')")
    else:
        assert refused("INSERT INTO ledger_body VALUES (1, '{}') ON CONFLICT (number) DO UPDATE SET body = '{}'")
    assert writer.drop_bodies("FXD-10001") == 1


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", CHANGES)
def test_sqlite_refuses_to_replace_a_row_whatever_its_client_turns_off(sqlite_app, table, recursive):
    with sqlite_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        log.record("publishing.publish", by=3)
        db.session.commit()
        connection = db.session.connection()
        connection.exec_driver_sql(f"PRAGMA recursive_triggers={recursive}")
        for verb in ("INSERT OR REPLACE", "REPLACE"):
            assert refused(f"{verb} INTO {table} SELECT * FROM {table}"), verb
        assert refused(f"UPDATE OR REPLACE {table} SET number = number")


@pytest.mark.parametrize("table", CHANGES)
def test_postgresql_refuses_to_truncate(postgres_app, table):
    with postgres_app.app_context():
        assert refused(f"TRUNCATE {table} CASCADE")


def test_no_append_only_table_has_a_second_unique_key_that_a_replace_could_delete_through(filled):
    inspector = inspect(db.engine)
    for table in TRIGGERS:
        assert inspector.get_unique_constraints(table) == [], table
        assert not [index for index in inspector.get_indexes(table) if index["unique"]], table


def test_every_trigger_that_the_models_name_is_in_the_database(filled):
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[db.engine.dialect.name]
    found = set(db.session.scalars(text(query)))
    for table, by_dialect in TRIGGERS.items():
        wanted = {
            statement.split()[2] for statement in by_dialect[db.engine.dialect.name] if "CREATE TRIGGER" in statement
        }
        assert wanted <= found, table


def test_a_withdrawn_body_is_not_left_in_the_bytes_of_the_sqlite_file(sqlite_app, tmp_path):
    canary = "Canaryname Withdrawnperson"
    with sqlite_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", name=canary))
        db.session.commit()
        writer.append("withdraw", "FXD-10001")
        db.session.commit()
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert db.session.get(Body, 1) is None
    for file in tmp_path.iterdir():
        content = file.read_bytes().lower()
        assert canary.lower().encode() not in content, file.name
        assert b"canaryname-withdrawnperson" not in content, file.name

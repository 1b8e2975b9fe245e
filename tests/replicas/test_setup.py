"""`flask replica setup`: a database with the public tables alone, which follows the desk's; printed, or done."""

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from campaign.database import db, public_tables
from campaign.ledger import identity, pulse, reader
from tests.ledger.samples import a_profile
from tests.public.people import publish, withdraw
from tests.replicas.conftest import ROLE, SLOT, Machines
from tests.web import processes

pytestmark = pytest.mark.long


def said(ran: Result, code: int = 0) -> str:
    assert ran.exit_code == code, ran.output
    return str(ran.output)


def statements(printed: str) -> list[str]:
    """Return the statements of what was printed for psql."""
    return [line.removesuffix(";") for line in printed.splitlines() if line and not line.startswith("--")]


def test_a_replica_holds_the_public_tables_alone_and_follows_them(machines: Machines) -> None:
    printed = said(machines.typed(machines.desk, "--role", ROLE))
    assert "ALTER SYSTEM SET max_slot_wal_keep_size = '2GB';" in printed
    assert f"CREATE ROLE {ROLE} LOGIN REPLICATION;" in printed
    machines.tell(machines.desk, *statements(printed), "SELECT pg_reload_conf()")
    publish(machines.desk, a_profile(), a_profile(ref="FXD-40719", name="Serik Pattern"))
    with machines.desk.app_context():
        identity.make()
        pulse.beat()
        db.session.commit()

    followed = said(machines.typed(machines.replica, "--from", machines.source, "--apply"))
    assert "13 public tables made, and no other." in followed
    assert "Everything is copied." in followed
    assert machines.tables() == set(public_tables())
    assert [state(machines.replica, ref) for ref in ("FXD-40718", "FXD-40719")] == ["public", "public"]

    withdraw(machines.desk, "FXD-40719")
    processes.until(lambda: state(machines.replica, "FXD-40719") == "withdrawn", "the withdrawal", seconds=30)
    assert "It follows the primary already." in said(
        machines.typed(machines.replica, "--from", machines.source, "--apply")
    )
    # Done again at the primary, the publication is brought up to date; and made anew, the replica is whole again.
    assert f"13 tables are published; {ROLE} reads them" in said(
        machines.typed(machines.desk, "--role", ROLE, "--apply")
    )
    machines.tell(machines.replica, "CREATE ROLE site LOGIN")
    again = said(machines.typed(machines.replica, "--from", machines.source, "--role", "site", "--apply", "--anew"))
    assert "Everything is copied." in again
    with machines.replica.app_context():
        read = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND "
        for deed, count in (("SELECT", len(public_tables())), ("INSERT", 0), ("DELETE", 0)):
            assert db.session.scalar(text(f"{read} has_table_privilege('site', oid, '{deed}')")) == count
        db.session.rollback()
    assert [state(machines.replica, ref) for ref in ("FXD-40718", "FXD-40719")] == ["public", "withdrawn"]


def test_a_primary_that_came_back_from_a_copy_is_followed_anew(machines: Machines) -> None:
    machines.tell(machines.desk, f"CREATE ROLE {ROLE} LOGIN REPLICATION")
    said(machines.typed(machines.desk, "--role", ROLE, "--apply"))
    publish(machines.desk, a_profile())
    said(machines.typed(machines.replica, "--from", machines.source, "--apply"))
    machines.tell(machines.replica, f"ALTER SUBSCRIPTION {SLOT} DISABLE")
    slot = f"SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}'"  # noqa: S608 - our own name
    processes.until(lambda: answer(machines.desk, slot) is False, "the slot to be free", seconds=30)
    machines.tell(machines.desk, f"SELECT pg_drop_replication_slot('{SLOT}')")
    anew = said(machines.typed(machines.replica, "--from", machines.source, "--apply", "--anew"))
    assert f"The primary did not let go of {SLOT}." in anew
    assert "Everything is copied." in anew
    assert state(machines.replica, "FXD-40718") == "public"


def answer(app: Flask, statement: str) -> object:
    with app.app_context():
        found = db.session.scalar(text(statement))
        db.session.rollback()
    return found


def state(app: Flask, ref: str) -> object:
    with app.app_context():
        try:
            return reader.state(ref)
        finally:
            db.session.rollback()


def test_what_can_not_be_done_is_said_in_a_sentence(machines: Machines) -> None:
    desk, replica = machines.desk, machines.replica
    assert "say --role ROLE" in said(machines.typed(desk, "--apply"), 2)
    assert f'CREATE ROLE "{ROLE}" LOGIN;' in said(machines.typed(desk, "--role", ROLE, "--apply"), 1)
    assert "say --from" in said(machines.typed(replica), 2)
    assert "--slot takes small letters" in said(machines.typed(replica, "--from", "host=a", "--slot", "a;b"), 2)
    refused = said(machines.typed(replica, "--from", "host=/nowhere dbname=a user=b", "--apply"), 1)
    assert "PostgreSQL refuses it:" in refused
    assert "Traceback" not in refused
    printed = said(machines.typed(replica, "--from", "host=it's password=x%y:z"))
    assert statements(printed) == [
        f"CREATE SUBSCRIPTION {SLOT} CONNECTION 'host=it''s password=x%y:z' PUBLICATION byname_public"
    ]
    machines.tell(replica, "CREATE TABLE case_file (id int)")
    assert "This database holds cases." in said(machines.typed(replica, "--from", "host=a", "--apply", "--anew"), 1)


def test_sqlite_has_no_replicas(app: Flask) -> None:
    ran = app.test_cli_runner().invoke(args=["replica", "setup", "--role", "a"])
    assert ran.exit_code == 2
    assert re.search("Replicas need PostgreSQL", ran.output)

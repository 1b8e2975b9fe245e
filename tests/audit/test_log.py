"""Deeds are recorded in a chain that tells when a row was touched."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campaign import hashchain
from campaign.audit import log
from campaign.database import aside, db, reading
from campaign.ledger.writer import OnlyReading


def three_deeds(home_app: Flask) -> None:
    with home_app.app_context():
        log.record("case.read", by=7, subject="FXD-40718")
        log.record("case.edit", by=7, subject="FXD-40718", details={"fields": ["names"], "version": 2})
        log.record("publishing.sweep", by=None, actor="sweep")
        db.session.commit()


def test_an_untouched_log_passes(home_app):
    three_deeds(home_app)
    with home_app.app_context():
        found = log.verify()
    assert found.faults == ()
    assert found.row_count == 3


def test_many_deeds_recorded_at_once_stand_in_the_chain_in_their_order(home_app):
    three_deeds(home_app)
    with home_app.app_context():
        subjects = [f"FXD-4071{number}" for number in range(5)]
        rows = log.record_all([log.Deed("case.created", 7, subject=ref) for ref in subjects])
        assert [(row.number, row.subject) for row in rows] == list(enumerate(subjects, 4))
        log.record("cases.imported", by=7)
        db.session.commit()
        found = log.verify()
    assert (found.faults, found.row_count) == ((), 9)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_row SET actor_id = 8 WHERE number = 2",
        "DELETE FROM audit_row WHERE number = 3",
        "INSERT INTO audit_row SELECT * FROM audit_row WHERE number = 2",
    ],
)
def test_the_database_refuses_to_change_a_row(home_app, statement):
    three_deeds(home_app)
    with home_app.app_context(), pytest.raises(DBAPIError):
        db.session.execute(text(statement))


def test_a_row_changed_behind_the_database_is_named(sqlite_app):
    three_deeds(sqlite_app)
    with sqlite_app.app_context():
        db.session.execute(text("DROP TRIGGER audit_row_no_update"))
        db.session.execute(text("UPDATE audit_row SET actor_id = 8 WHERE number = 2"))
        faults = log.verify().faults
    assert len(faults) == 1
    assert "row 2 " in faults[0]


def test_a_row_removed_behind_the_database_is_named(sqlite_app):
    three_deeds(sqlite_app)
    with sqlite_app.app_context():
        db.session.execute(text("DROP TRIGGER audit_row_no_delete"))
        db.session.execute(text("DELETE FROM audit_row WHERE number = 2"))
        faults = log.verify().faults
    assert any("row 2 is missing" in fault for fault in faults)


def test_a_reading_is_recorded_aside_of_the_request_that_reads(home_app):
    with home_app.test_request_context("/staff/cases/1"):
        with pytest.raises(OnlyReading):
            log.record("case.read", by=7)
        with aside() as session:
            log.record("case.read", by=7, session=session)
    with home_app.app_context(), reading():
        assert log.verify().row_count == 1


def test_a_home_of_an_earlier_release_says_where_its_chain_became_keyed(home_app):
    three_deeds(home_app)
    with home_app.app_context():
        plain_from_the_first(home_app)
        assert (log.verify().faults, log.verify().row_count) == ((), 3)
        row = log.record("case.read", by=7)
        db.session.commit()
        switch = db.session.get_one(log.AuditRow, 4)
        assert (row.number, switch.action, switch.chain[0]) == (5, log.SWITCH, "k")
        log.record("case.read", by=8)
        db.session.commit()
        assert (log.verify().faults, log.verify().row_count) == ((), 6)
        home_app.extensions["keyring"].add_key()
        assert log.verify().faults == ()


def test_a_first_keyed_row_that_was_rolled_back_is_no_fault(home_app):
    three_deeds(home_app)
    with home_app.app_context():
        plain_from_the_first(home_app)
        log.record("case.read", by=7)
        db.session.rollback()
        db.session.commit()
        assert log.verify().faults == ()


def test_a_home_of_an_earlier_release_leaves_no_note_to_be_made_by_the_sweep(home_app):
    """It reads the folder of keys only: what it records must not be the first keyed row."""
    note = home_app.extensions["keyring"].folder / "audit-keyed-from"
    with home_app.app_context():
        assert not log.key_from_here()
        db.session.commit()
    three_deeds(home_app)
    with home_app.app_context():
        plain_from_the_first(home_app)
        assert log.key_from_here()
        db.session.commit()
        assert (note.read_text(), log.verify().row_count, log.verify().faults) == ("4\n", 4, ())
        assert not log.key_from_here()
        db.session.commit()


def plain_from_the_first(home_app):
    """Write the chain as releases before 0.3 did."""
    before = hashchain.START
    table = log.AuditRow.__table__
    for statement in PROTECTION[db.engine.dialect.name]:
        db.session.execute(text(statement))
    for row in db.session.scalars(select(log.AuditRow).order_by(log.AuditRow.number)).all():
        before = log.link(before, row)
        db.session.execute(table.update().where(table.c.number == row.number).values(chain=before))
    db.session.commit()
    db.session.expire_all()
    (home_app.extensions["keyring"].folder / "audit-keyed-from").unlink()


PROTECTION = {
    "sqlite": ["DROP TRIGGER audit_row_no_update"],
    "postgresql": ["ALTER TABLE audit_row DISABLE TRIGGER ALL"],
}

"""Invariant 6: the chain holds without bodies, and a changed byte anywhere is named."""

# ruff: noqa: S608 - every statement is made of this file's own words

import pytest
from sqlalchemy import text

from campaign.database import db
from campaign.ledger import writer
from campaign.ledger.models import Body, Entry
from campaign.ledger.verification import verify
from tests.ledger.home import home_app
from tests.ledger.samples import a_profile

__all__ = ["home_app"]
COLUMNS = {
    "number": "7",
    "kind": "'Publish'",
    "subject": "'Profile'",
    "ref": "'FXD-10009'",
    "audience": "'partners'",
    "format": "'profile/9'",
    "at": "'2020-01-01 00:00:00'",
    "digest": "'" + "0" * 64 + "'",
    "chain": "'" + "0" * 64 + "'",
}
WITHOUT_PROTECTION = {
    "sqlite": ["DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_body_no_update", "PRAGMA foreign_keys=OFF"],
    "postgresql": ["ALTER TABLE ledger_entry DISABLE TRIGGER ALL", "ALTER TABLE ledger_body DISABLE TRIGGER ALL"],
}


@pytest.fixture(autouse=True)
def _five_entries(home_app):
    with home_app.app_context():
        for ref in ("FXD-10001", "FXD-10002", "FXD-10003"):
            writer.append("publish", ref, a_profile(ref=ref))
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", version=2), hides_older=True)
        writer.append("withdraw", "FXD-10002", merged_into="FXD-10003")
        db.session.commit()
        yield
        db.session.rollback()


def tamper(statement: str) -> tuple[str, ...]:
    """Change the ledger as somebody who owns the database could, and return what the walk says."""
    for preparation in WITHOUT_PROTECTION[db.engine.dialect.name]:
        db.session.execute(text(preparation))
    db.session.execute(text(statement))
    db.session.expire_all()
    return verify().faults


def test_the_chain_holds_where_bodies_are_gone():
    found = verify()
    assert (found.entry_count, found.body_count, found.faults) == (5, 2, ())


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_header_is_named(column):
    if column == "number" and db.engine.dialect.name == "sqlite":
        db.session.execute(text("COMMIT"))
        db.session.execute(text("PRAGMA foreign_keys=OFF"))
        db.session.execute(text("BEGIN IMMEDIATE"))
    faults = tamper(f"UPDATE ledger_entry SET {column} = {COLUMNS[column]} WHERE number = 3")
    named = {"number": "Entry 3 is missing"}.get(column, "Entry 3 does not match its chain")
    assert any(named in fault for fault in faults), faults


def test_a_changed_goal_of_a_merge_is_named():
    faults = tamper("UPDATE ledger_entry SET merged_into = 'FXD-66666' WHERE number = 5")
    assert faults == ("The body of entry 5 does not match its digest: it was changed.",)


def test_a_changed_body_is_named():
    body = db.session.get(Body, 3).body.replace(b"A teacher.", b"A thinker.")
    for preparation in WITHOUT_PROTECTION[db.engine.dialect.name]:
        db.session.execute(text(preparation))
    db.session.execute(text("UPDATE ledger_body SET body = :body WHERE number = 3"), {"body": body})
    db.session.expire_all()
    assert verify().faults == ("The body of entry 3 does not match its digest: it was changed.",)


def test_a_body_that_should_be_gone_is_named():
    db.session.execute(text("INSERT INTO ledger_body SELECT 2, body FROM ledger_body WHERE number = 3"))
    assert verify().faults == ("Entry 2 still has its body, though FXD-10002 is withdrawn.",)


def test_a_public_profile_without_its_body_is_named():
    db.session.execute(text("DELETE FROM ledger_body WHERE number = 3"))
    assert verify().faults == ("Entry 3 has no body, though FXD-10003 is public.",)


def test_a_list_that_shows_another_state_is_named():
    db.session.execute(text("DELETE FROM listing WHERE ref = 'FXD-10003'"))
    assert verify().faults == (
        "The listing shows another state of FXD-10003 than the ledger: run `flask ledger reindex`.",
    )


def test_two_documents_that_say_the_same_differ_in_digest_by_their_salt():
    for number in (6, 7):
        ref = f"FXD-2000{number}"
        salted = a_profile(ref="FXD-20000", salt=f"{number:032x}")
        writer.publish(a_profile(ref=ref, salt=f"{number:032x}"))
        assert salted.salt != a_profile().salt
    digests = {entry.digest for entry in db.session.query(Entry).filter(Entry.number > 5)}
    assert len(digests) == 2


def test_a_document_without_a_salt_is_refused():
    with pytest.raises(writer.Refused, match="no salt"):
        writer.publish(a_profile(ref="FXD-20001", salt=""))

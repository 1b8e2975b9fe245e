"""A save, what it takes out of the public, and its audit row hold together or not at all."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from campaign.audit.log import AuditRow
from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger import reader
from campaign.ledger.models import Body, Entry, Listing
from campaign.publishing.models import Publication
from tests.publishing.builders import consent
from tests.publishing.conftest import app, desk
from tests.publishing.desk import Desk

__all__ = ["app", "desk"]
both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
TABLES = (Case, Revision, AuditRow, Entry, Body, Listing, Publication)


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def break_the_audit() -> None:
    """Make the database refuse the row that says a profile was withdrawn: the last thing a withdrawal writes."""
    dialect = db.engine.dialect.name
    if dialect == "sqlite":
        db.session.execute(
            text(
                "CREATE TRIGGER broken BEFORE INSERT ON audit_row WHEN NEW.action = 'profile.withdrawn' "
                "BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END"
            )
        )
    else:
        db.session.execute(
            text("ALTER TABLE audit_row ADD CONSTRAINT broken CHECK (action <> 'profile.withdrawn') NOT VALID")
        )
    db.session.commit()


@both_databases
def test_a_withdrawal_that_fails_leaves_the_case_as_it_was(desk: Desk) -> None:
    case = desk.public()
    db.session.commit()
    ref, before = case.ref, counts()
    break_the_audit()
    with pytest.raises(DBAPIError, match="broken"):
        desk.saves(case, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])
    db.session.rollback()
    assert counts() == before
    assert reader.state(ref) == "public"


@both_databases
def test_a_save_that_withdraws_writes_all_of_it_before_anybody_commits(desk: Desk) -> None:
    case = desk.public()
    db.session.commit()
    before = counts()
    desk.saves(case, consents=[consent(state="withdrawn", confirmed_by=desk.sana.id)])
    cases, revisions, audit, entries, bodies, listing, publications = counts()
    assert [cases, revisions, entries, bodies, listing, publications] == [
        before[0],
        before[1] + 1,
        before[3] + 1,
        before[4] - 1,
        before[5] - 1,
        before[6] + 1,
    ]
    # What was saved, what of it limits, and the withdrawal.
    assert audit == before[2] + 3
    db.session.rollback()
    assert counts() == before

"""`flask audit of`: what an account did and opened, for a device that was lost or somebody who left."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from campaign.audit.log import AuditRow, record
from campaign.clock import now
from campaign.database import db
from tests.cast import Cast
from tests.commands.test_accounts import run


def test_what_an_account_did_is_listed_and_so_is_that_somebody_asked(app: Flask, cast: Cast) -> None:
    edo, vera = cast("edo", "editor"), cast("vera", "viewer")
    with app.app_context():
        with time_machine.travel(now() - timedelta(days=40)):
            record("case.read_confidential", by=edo.account_id, subject="FXD-10001")
        record("case.read_confidential", by=edo.account_id, subject="FXD-10002", details={"fields": ["contacts"]})
        record("case.read_confidential", by=vera.account_id, subject="FXD-10003")
        db.session.commit()
    status, told = run(app, "audit", "of", edo.email.upper())
    assert status == 0
    assert "case.read_confidential  FXD-10002" in told
    assert "FXD-10001" not in told
    assert "FXD-10003" not in told
    assert "contacts" not in told
    assert "FXD-10001" in run(app, "audit", "of", edo.email, "--days", "60")[1]
    with app.app_context():
        asked = db.session.scalars(select(AuditRow.subject).where(AuditRow.action == "audit.looked_through")).all()
    assert asked == [f"account:{edo.account_id}"] * 2


def test_an_unknown_address_is_told(app: Flask) -> None:
    status, told = run(app, "audit", "of", "nobody@example.org")
    assert (status, "There is no account nobody@example.org." in told) == (1, True)

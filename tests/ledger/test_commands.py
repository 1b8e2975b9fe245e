"""The commands say what they did, and exit with a status that a script can trust."""

import json

import pytest
from sqlalchemy import text

from campaign.audit import log
from campaign.commands import audit, ledger
from campaign.database import db
from campaign.ledger import writer
from tests.ledger.samples import a_profile


@pytest.fixture
def shell(sqlite_app):
    ledger.register(sqlite_app)
    audit.register(sqlite_app)
    with sqlite_app.app_context():
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001"))
        log.record("publishing.publish", by=3, subject="FXD-10001")
        db.session.commit()
    return sqlite_app.test_cli_runner()


def test_an_untouched_ledger_and_log_pass(shell):
    assert shell.invoke(args=["ledger", "verify"]).output.startswith("1 entries verified, 1 bodies, chain ends ")
    assert shell.invoke(args=["audit", "verify"]).output.startswith("1 rows verified, chain ends ")


@pytest.mark.parametrize(
    ("group", "trigger", "change"),
    [
        ("ledger", "ledger_entry_no_update", "UPDATE ledger_entry SET ref = 'FXD-10009'"),
        ("audit", "audit_row_no_update", "UPDATE audit_row SET action = 'nothing'"),
    ],
)
def test_a_touched_one_ends_with_status_1_and_the_row_is_named(shell, sqlite_app, group, trigger, change):
    with sqlite_app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(change))
    result = shell.invoke(args=[group, "verify"])
    assert result.exit_code == 1
    assert "1 does not match its chain" in result.stderr


@pytest.mark.parametrize(("group", "table"), [("ledger", "ledger_entry"), ("audit", "audit_row")])
def test_what_somebody_noted_on_paper_must_be_there(shell, sqlite_app, group, table):
    """Whoever cuts off the end may have changed the register too."""
    told = shell.invoke(args=[group, "verify"]).output
    option, number, chain = told.partition("note: ")[2].split()[:3]
    assert shell.invoke(args=[group, "verify", option, number, chain]).exit_code == 0
    for wrong in ("0" * 16, chain[:4]):
        ran = shell.invoke(args=[group, "verify", option, number, wrong])
        assert (ran.exit_code, "another one than you noted" in ran.stderr) == (1, True), wrong
    with sqlite_app.app_context(), db.engine.connect() as connection, connection.begin():
        for name in ("ledger_body", "public_until"):
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - words of this file
        connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - words of this file
    ran = shell.invoke(args=[group, "verify", option, number, chain])
    assert ran.exit_code == 1
    assert f"{number}, which you noted, is not there" in ran.stderr


def test_reindex_can_be_run_twice(shell):
    assert [shell.invoke(args=["ledger", "reindex"]).output for _ in range(2)] == [
        "1 public profiles listed, as of entry 1.\n"
    ] * 2


def test_an_export_is_never_overwritten_unasked(shell, tmp_path):
    path = str(tmp_path / "all.jsonl")
    assert shell.invoke(args=["ledger", "export", path]).exit_code == 0
    assert json.loads((tmp_path / "all.jsonl").read_text())["ref"] == "FXD-10001"
    assert shell.invoke(args=["ledger", "export", path]).exit_code == 1
    assert shell.invoke(args=["ledger", "export", path, "--yes"]).exit_code == 0

"""Following the ledger from an entry on."""

import pytest
from sqlalchemy import event

from campaign.database import db
from campaign.ledger import changes, writer
from tests.ledger.samples import a_profile


@pytest.fixture(autouse=True)
def _a_little_history(home_app):
    with home_app.app_context():
        for ref in ("FXD-10001", "FXD-10002", "FXD-10003"):
            writer.append("publish", ref, a_profile(ref=ref))
        writer.append("publish", "FXD-10001", a_profile(ref="FXD-10001", version=2))
        writer.append("withdraw", "FXD-10002", merged_into="FXD-10003")
        yield


def followed(start: int, limit: int) -> list[tuple[int, str, str]]:
    found = []
    while True:
        page = changes.since(start, limit)
        found += [(change.number, change.kind, change.ref) for change in page.changes]
        if page.next == page.head:
            return found
        start = page.next


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_only_the_newest_entry_of_each_subject_is_told_in_order(limit):
    assert followed(0, limit) == [
        (3, "publish", "FXD-10003"),
        (4, "publish", "FXD-10001"),
        (5, "withdraw", "FXD-10002"),
    ]


def test_a_merge_says_where_to_read_on_and_hands_out_no_body():
    (merge,) = changes.since(4, 10).changes
    assert (merge.merged_into, merge.body) == ("FXD-10003", None)


def test_a_follower_at_the_head_has_nothing_to_read():
    page = changes.since(5, 10)
    assert (page.changes, page.next, page.head) == ([], 5, 5)


def test_a_follower_ahead_of_the_ledger_must_start_again():
    with pytest.raises(changes.StartAgain, match="start again from 0"):
        changes.since(6, 10)


@pytest.mark.parametrize("home_app", ["sqlite"], indirect=True)
def test_a_follower_is_answered_without_walking_through_the_ledger(home_app):
    asked: list[tuple[str, object]] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    changes.since(4, 10)
    plans = [step for question in asked for step in plan_of(*question)]
    assert any(step.startswith("SEARCH ledger_entry USING INTEGER PRIMARY KEY (rowid>?") for step in plans)
    assert [step for step in plans if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"] == []


def plan_of(statement: str, parameters: object) -> list[str]:
    """Return what SQLite does to answer a question, step by step."""
    with db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        return [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()]

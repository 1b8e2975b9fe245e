"""The chain of both logs is reckoned as it always was: homes of earlier releases verify."""

from datetime import UTC, datetime

import pytest

from campaign.audit import log
from campaign.audit.log import AuditRow
from campaign.hashchain import START, Walk, link
from campaign.ledger import chain
from campaign.ledger.models import Entry

AT = datetime(2026, 5, 4, 10, 20, 30, 123456, tzinfo=UTC)


def test_an_entry_of_the_ledger_has_the_chain_value_that_version_0_1_0_gave_it():
    entry = Entry(
        number=7, kind="publish", subject="profile", ref="FXD-40718", audience="public", format="profile/1", at=AT,
        digest="d" * 64,
    )  # fmt: skip
    assert chain.link("a" * 64, entry) == "7feb49cf642e5216643db5f03a355abac6910dc164f1c66de3fa18eef40bef6c"


def test_a_row_of_the_audit_log_has_the_chain_value_that_version_0_1_0_gave_it():
    row = AuditRow(
        number=7, at=AT, actor_id=3, actor="", action="case.created", subject="FXD-40718",
        details='{"fields":["names"],"number":1}', chain="",
    )  # fmt: skip
    assert log.link("a" * 64, row) == "6950cf33281a296b53217defc0e8853f7ad368d50bbeb2c9e552ca9fe6512489"


@pytest.fixture
def rows() -> list[tuple[int, str, dict[str, object]]]:
    """Three rows of a log that is whole."""
    before, made = START, []
    for number in (1, 2, 3):
        covered: dict[str, object] = {"number": number, "what": "something"}
        before = link(before, covered)
        made.append((number, before, covered))
    return made


def faults(rows: list[tuple[int, str, dict[str, object]]]) -> list[str]:
    """Return what a walk over rows finds."""
    walk = Walk("audit row")
    return [fault for row in rows for fault in walk.faults_of(*row)]


def test_a_whole_log_has_no_faults(rows):
    assert faults(rows) == []


def test_a_changed_row_is_named_once(rows):
    rows[1][2]["what"] = "something else"
    assert faults(rows) == ["Audit row 2 does not match its chain: it, or one before it, was changed."]


def test_a_missing_row_is_named_and_what_follows_it_does_not_match(rows):
    del rows[1]
    assert faults(rows) == [
        "Audit row 2 is missing: audit row 3 follows audit row 1.",
        "Audit row 3 does not match its chain: it, or one before it, was changed.",
    ]

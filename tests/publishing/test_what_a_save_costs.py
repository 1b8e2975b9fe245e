"""A save, an approval and a publication ask for what they need: nothing that they do walks through a whole table.

Read in SQLite's own plan of every statement, because time depends on the machine and a test has few rows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from campaign.cases.file import Name
from campaign.database import db
from tests.publishing.desk import Desk

# Tables that stay small whatever the number of cases: who works here, what is settled for all.
SMALL = ("account", "account_sponsor", "account_grant", "grant", "hold")
# The newest row of a chain: SQLite calls it a scan, and ends with the first row.
NEWEST = re.compile(r"FROM (\w+) ORDER BY \1\.number DESC\s+LIMIT")


@contextmanager
def steps() -> Iterator[list[str]]:
    """Collect the steps of the plan of every statement that is executed inside."""
    asked: list[tuple[str, Any]] = []

    def remember(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        asked.append((statement, parameters))

    found: list[str] = []
    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
    cursor = db.session.connection().connection.cursor()
    for statement, parameters in asked:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and not NEWEST.search(statement):
            found += [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()]


def walks(found: list[str]) -> list[str]:
    """Return the steps that walk through a table whose rows grow with the cases."""
    return [step for step in found if step.startswith("SCAN") and step.split()[1] not in SMALL]


def test_the_reader_of_plans_sees_a_walk(desk: Desk) -> None:
    desk.opens()
    with steps() as found:
        db.session.connection().exec_driver_sql("SELECT ref FROM case_file WHERE display_name LIKE '%a%'")
    assert walks(found) == ["SCAN case_file"]


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, case: desk.saves(case, employer="Orchard school"),
        lambda desk, case: desk.saves(case, names=[Name(text="Tursunay Sadir"), Name(text="تۇرسۇناي")]),
        lambda desk, case: desk.approves(case),
    ],
    ids=["saving a fact", "saving names", "submitting and approving"],
)
def test_nothing_of_a_case_s_way_walks_through_a_table(desk: Desk, act: Callable[[Desk, Any], object]) -> None:
    case = desk.opens()
    with steps() as found:
        act(desk, case)
        db.session.flush()
    assert len(found) > 5
    assert walks(found) == []


def test_publishing_walks_through_no_table(desk: Desk) -> None:
    case = desk.opens()
    desk.approves(case)
    with steps() as found:
        desk.publishes(case)
    assert walks(found) == []

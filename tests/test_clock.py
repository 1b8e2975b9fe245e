"""One clock: what is written, decided and shown asks campaign/clock.py which moment and which day it is."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from campaign.clock import NotInvented, as_of, now, today

ROOT = Path(__file__).parents[1]


def other_clocks(source: str) -> Iterator[str]:
    """Yield where code asks the system which moment or day it is."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute) or node.attr not in {"now", "utcnow", "today"}:
            continue
        if ast.unparse(node.value).rpartition(".")[2] in {"datetime", "date"}:
            yield f"line {node.lineno}: {ast.unparse(node)}"


def test_nothing_else_asks_the_system_which_moment_it_is() -> None:
    others = [path for path in (ROOT / "campaign").rglob("*.py") if path != ROOT / "campaign" / "clock.py"]
    assert [f"{path.name}, {found}" for path in others for found in other_clocks(path.read_text())] == []


def test_a_planted_clock_is_found() -> None:
    assert list(other_clocks("import datetime\nday = datetime.date.today()")) == ["line 2: datetime.date.today"]


def test_today_is_the_day_of_the_campaigns_time_zone(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], timezone="Asia/Urumqi")
    with app.app_context(), time_machine.travel(datetime(2026, 6, 1, 19, 0, tzinfo=UTC), tick=False):
        assert today() == date(2026, 6, 2)
        assert now() == datetime(2026, 6, 1, 19, 0, tzinfo=UTC)


def test_only_a_demonstration_is_given_another_clock(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotInvented), as_of(datetime(2020, 1, 1, tzinfo=UTC)):
        pass

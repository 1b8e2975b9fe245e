"""The demonstration's invented past: in order, in working hours, and possible in a demonstration alone."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from campaign.clock import NotInvented, as_of, now
from campaign.demo.seeding import FOLLOWED_UP, OPENED, REVIEWED, moments

PRESENT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
CODE = Path(__file__).parents[2] / "campaign"


@pytest.mark.parametrize("days", [OPENED, REVIEWED, FOLLOWED_UP])
def test_moments_are_in_order_in_working_hours_and_over_by_now(days: tuple[int, int]) -> None:
    told = moments(days, 48, PRESENT)
    assert told == sorted(set(told))
    assert all(8 <= moment.hour < 18 for moment in told)
    assert [(PRESENT.date() - moment.date()).days for moment in (told[0], told[-1])] == list(days)


def test_nobody_is_read_before_their_case_is_open() -> None:
    pairs = zip(moments(OPENED, 48, PRESENT), moments(REVIEWED, 48, PRESENT), strict=True)
    assert all(opened < read for opened, read in pairs)
    assert moments(REVIEWED, 48, PRESENT)[-1] < moments(FOLLOWED_UP, 48, PRESENT)[0]


def test_a_demonstration_may_be_given_another_clock(app: Flask) -> None:
    (app.extensions["settings"].home / "DEMONSTRATION").write_text("")
    with app.app_context():
        with as_of(PRESENT - timedelta(days=90)):
            assert now() == PRESENT - timedelta(days=90)
        assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_anybody_else_is_refused_one(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotInvented), as_of(PRESENT):
        pass


def test_nothing_but_the_demonstration_asks_for_one() -> None:
    files = (path for path in CODE.rglob("*.py") if re.search(r"import .*\bas_of\b|def as_of\(", path.read_text()))
    asking = {path.relative_to(CODE).parts[0] for path in files}
    assert asking == {"clock.py", "demo"}

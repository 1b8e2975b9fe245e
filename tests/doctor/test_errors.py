"""Errors of every process of the confidential side are counted by day, and told to administrators."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest
import structlog
import time_machine
from flask import Flask

from campaign import log
from campaign.clock import now
from campaign.database import db
from campaign.doctor import errors, rounds
from campaign.publishing import sweep
from tests.doctor.conftest import Asked

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(autouse=True)
def uncounted() -> Iterator[None]:
    """Begin with a process that has counted all it wrote."""
    log.errors.counted(log.errors.uncounted)
    yield
    log.errors.counted(log.errors.uncounted)


@both
def test_each_process_adds_its_own_to_the_count_of_the_day(app: Flask) -> None:
    structlog.get_logger("test").error("odd")
    logging.getLogger("test").warning("not odd enough")
    with app.app_context():
        assert (errors.keep(errors.DESK), errors.keep(errors.DESK)) == (1, 0)
        logging.getLogger("test").error("odd again")
        errors.keep(errors.SWEEP)
        errors.add(errors.DESK, 2)
        assert [errors.lately(one) for one in (errors.DESK, errors.SWEEP, errors.FAILED_SWEEPS)] == [3, 1, 0]
        assert errors.lately(*errors.PROCESSES) == 4
        with time_machine.travel(now() + timedelta(days=2)):
            assert errors.lately(*errors.PROCESSES) == 0


def test_administrators_are_told_of_which_process(well: Flask, asked: Asked) -> None:
    with well.app_context():
        errors.add(errors.DESK, 1)
        errors.add(errors.SWEEP, 2)
    wrong = [one.wrong for one in asked("errors")]
    assert wrong == ["1 error was written to the log of the desk since yesterday.",
                     "2 errors were written to the log of the sweep since yesterday."]  # fmt: skip
    assert not any(one.is_red for one in asked("errors"))


class Fallen(Exception):
    """A sweep that falls."""


def swept(app: Flask, monkeypatch: pytest.MonkeyPatch, falls: list[bool], then: Callable[[int], object]) -> None:
    """Sweep as often as `falls` has lines, each falling or not."""
    stopped, left = Event(), list(falls)

    def fall() -> None:
        if not left[1:]:
            stopped.set()
        if left.pop(0):
            raise Fallen

    monkeypatch.setattr(sweep, "sweep", fall)
    sweep.run(app, 0, stopped, then)


def test_sweeps_that_fail_are_counted_and_what_follows_them_is_done_all_the_same(
    well: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def then(failed: int) -> None:
        told.append(failed)
        rounds.of_sweep(failed)

    swept(well, monkeypatch, [True, True, False], then)
    assert told == [1, 1, 0]
    assert "2 sweeps have failed since yesterday." in [one.wrong for one in asked("errors")]
    with well.app_context():
        assert errors.lately(errors.SWEEP) == 2
        db.session.rollback()


def test_what_could_not_be_told_is_told_with_the_next(well: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    def then(failed: int) -> None:
        told.append(failed)
        if len(told) == 1:
            raise Fallen

    swept(well, monkeypatch, [True, True, False], then)
    assert told == [1, 2, 0]

"""What the sweep's doctor run leaves: asked again when due, told at /readyz without a detail, and to administrators."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from campaign.clock import now
from campaign.database import db
from campaign.doctor import results
from campaign.doctor.checks import table
from campaign.doctor.models import DoctorResult
from tests.cast import Member, sign_in


def keep(app: Flask, check: str, *, is_red: bool) -> None:
    diagnosis = {"wrong": "The table of secrets lies open.", "endangers": "All.", "to_do": "Type: x", "is_red": is_red}
    with app.app_context():
        db.session.merge(DoctorResult(check=check, at=now(), diagnoses=json.dumps([diagnosis])))
        db.session.commit()


def test_each_check_is_asked_once_and_again_when_it_is_due(well: Flask) -> None:
    with well.app_context():
        assert results.examine_due() == len(table())
        assert results.examine_due() == 0
        with time_machine.travel(now() + timedelta(minutes=6)):
            assert 0 < results.examine_due() < len(table())
        # Kept answers of an hour to come are none.
        assert results.examine_due() > 0
        assert db.session.scalar(select(func.count()).select_from(DoctorResult)) == len(table())


def test_what_was_red_and_is_mended_is_not_told_for_long(well: Flask) -> None:
    with well.app_context():
        results.examine_due()
    keep(well, "sweep", is_red=True)
    assert well.test_client().get("/readyz").status_code == 503
    with well.app_context():
        assert results.examine_due() == 1
    assert well.test_client().get("/readyz").status_code == 200


@pytest.mark.parametrize(("is_red", "status"), [(True, 503), (False, 200)])
def test_readiness_turns_red_in_words_that_help_nobody(well: Flask, is_red: bool, status: int) -> None:
    keep(well, "disk", is_red=is_red)
    answer = well.test_client().get("/readyz")
    assert answer.status_code == status
    assert "secrets" not in answer.text
    assert ("flask doctor" in answer.text) is is_red


def test_pictures_out_of_reach_are_told(well: Flask) -> None:
    media = well.extensions["settings"].media
    media.parent.mkdir(parents=True, exist_ok=True)
    media.touch()
    assert "The pictures can't be reached." in well.test_client().get("/readyz").text


def test_administrators_are_told_on_their_first_page_and_nobody_else(well: Flask, ada: Member, edo: Member) -> None:
    keep(well, "disk", is_red=True)
    page = ada.get("/staff/me").text
    assert "The doctor found 1 thing that must be mended" in page
    assert "The table of secrets lies open." in page
    both = sign_in(well, "Bea", "administrator", "editor")
    assert "The table of secrets lies open." in both.get("/staff/cases").text
    for path in ("/staff/me", "/staff/cases"):
        assert "The table of secrets" not in edo.get(path).text

"""What an import could not settle stands at the desk until somebody decides."""

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.cases import revisions
from campaign.cases.models import Case
from campaign.database import db
from campaign.imports.models import ImportLook
from tests.staff.conftest import Person
from tests.staff.writing import written


@pytest.fixture
def ref(app: Flask, edo: Person, sana: Person) -> str:
    """A case whose occupation the sheet and staff both changed."""
    reference = written(edo, sana)
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == reference)).one()
        words = {"path": "occupation", "column": "Occupation", "ours": "Keeper of bees", "words": "Poet of bees"}
        db.session.add(ImportLook(case_id=case.id, row_number=7, kind="conflict", **words))
        db.session.commit()
    return reference


def occupation(app: Flask, ref: str) -> str:
    with app.app_context():
        return revisions.head(db.session.scalars(select(Case).where(Case.ref == ref)).one()).occupation


def test_both_values_stand_side_by_side(edo: Person, ref: str) -> None:
    page = edo.sees("/imports/waiting")
    assert "Keeper of bees" in page
    assert "Poet of bees" in page


def test_taking_the_sheets_value_is_a_revision(app: Flask, edo: Person, ref: str) -> None:
    edo.posts("/imports/waiting/1", take="sheet")
    assert occupation(app, ref) == "Poet of bees"
    assert "Nothing waits" in edo.sees("/imports/waiting")


def test_keeping_ours_changes_nothing_and_asks_no_more(app: Flask, edo: Person, ref: str) -> None:
    before = occupation(app, ref)
    edo.posts("/imports/waiting/1", take="ours")
    assert occupation(app, ref) == before
    assert "Nothing waits" in edo.sees("/imports/waiting")


def test_a_value_whose_field_is_gone_is_refused_in_words(app: Flask, edo: Person, ref: str) -> None:
    with app.app_context():
        db.session.scalars(select(ImportLook)).one().path = "episodes/00000000/reason_stated"
        db.session.commit()
    answer = edo.posts("/imports/waiting/1", 409, take="sheet")
    assert "Keep ours" in answer.get_data(as_text=True)

"""What an import could not settle stands at the desk until somebody decides."""

from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign import sheets
from campaign.accounts.models import Account
from campaign.cases import revisions
from campaign.cases.file import OutsideId
from campaign.cases.models import Case
from campaign.commands.cases import run
from campaign.database import db
from campaign.imports import mapping
from campaign.imports.models import ImportLook
from campaign.publishing import authorship
from tests.staff.conftest import Person
from tests.staff.writing import written

NUMBER = OutsideId(id="0000aaaa", scheme="sheet", value="K 1")


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


def test_whoever_takes_a_cell_over_writes_beside_whoever_brought_it(
    app: Flask, edo: Person, noor: Person, tmp_path: Path
) -> None:
    reference = edo.opens_case("Mahire Bulaqbeg")
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == reference)).one()
        name = msgspec.structs.replace(revisions.head(case).names[0], script="Latn")
        fields = {"names": [name], "occupation": "Keeper of bees", "outside_ids": [NUMBER]}
        file = msgspec.structs.replace(revisions.head(case), **fields)
        revisions.revise(case, file, by=db.session.get_one(Account, edo.id), base_version=case.version, reason="Told.")
        db.session.commit()
        path = tmp_path / "list.csv"
        path.write_text("Case ID,Name,Occupation\nK 1,Mahire Bulaqbeg,Poet of bees\n", "utf-8")
        table = sheets.read(path).sheet
        run(path, table, mapping.written(mapping.propose(table)), by=db.session.get_one(Account, noor.id))
        assert authorship.writers_of(case) == {edo.id}
        look = db.session.scalars(select(ImportLook.id).where(ImportLook.kind == "conflict")).one()
    edo.posts(f"/imports/waiting/{look}", take="sheet")
    assert occupation(app, reference) == "Poet of bees"
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == reference)).one()
        assert authorship.writers_of(case) == {edo.id, noor.id}


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

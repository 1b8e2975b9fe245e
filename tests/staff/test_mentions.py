"""Finding a case by a relative's name: for who may read it, recorded, and never by other confidential words."""

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import revisions
from campaign.cases.file import Relative
from campaign.cases.models import Case
from campaign.database import db
from tests.staff.conftest import Person
from tests.staff.writing import written


@pytest.fixture
def ref(app: Flask, edo: Person, sana: Person) -> str:
    """A case with a relative called Zulpiye Örükzar, and an address that nobody may search."""
    reference = written(edo, sana)
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == reference)).one()
        by = db.session.get_one(Account, edo.id)
        file = revisions.head(case)
        kin = Relative(relation="sibling", name="Zulpiye Örükzar")
        file = msgspec.structs.replace(file, relatives=[kin], last_address="Apricot lane")
        revisions.revise(case, file, by=by, base_version=case.version, reason="Told by the family.")
        db.session.commit()
    return reference


def test_a_relatives_name_leads_to_the_case_and_the_find_is_recorded(app: Flask, edo: Person, ref: str) -> None:
    assert ref in edo.sees("/cases?q=zulpiye+orukzar")
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == "case.confidential_read")).all()
        assert ref in {row.subject for row in rows}


def test_other_confidential_words_find_nothing(edo: Person, ref: str) -> None:
    assert ref not in edo.sees("/cases?q=apricot+lane")


def test_who_may_not_read_confidential_fields_finds_nothing_by_them(vito: Person, ref: str) -> None:
    assert ref not in vito.sees("/cases?q=zulpiye+orukzar")

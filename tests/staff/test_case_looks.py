"""What waits after an import stands on the page of its case and narrows the worklist, until somebody settles it."""

import pytest
from flask import Flask

from campaign.cases.models import Case
from campaign.database import db
from campaign.imports.models import ImportLook
from tests.imports.asking import Asking
from tests.staff.conftest import Opens, Person
from tests.staff.test_worklist import refs_on

SHEET = "case_id,name,DOB\nA1,Semet Örükzar,circa always\nA2,Nigar Anarbagh,1972\n"


@pytest.fixture
def import_number(app: Flask, edo: Person) -> int:
    """An import of two people, by Edo, of which one cell is to be looked at."""
    return Asking(app, edo.id).imports(SHEET)


def waiting(app: Flask) -> list[ImportLook]:
    with app.app_context():
        return [look for look in db.session.query(ImportLook) if look.settled_at is None and look.case_id]


def test_the_worklist_is_narrowed_by_import_and_by_what_waits(
    app: Flask, edo: Person, vito: Person, opens: Opens, import_number: int
) -> None:
    other = opens("Tursun Bulaq")
    page = edo.sees(f"/cases?import={import_number}")
    assert len(refs_on(page)) == 2
    assert other not in refs_on(page)
    assert "of the import “families.csv” of" in page
    assert f'<option value="{import_number}" selected>' in page
    (ref,) = refs_on(edo.sees(f"/cases?looks=yes&import={import_number}"))
    assert refs_on(edo.sees("/cases?looks=yes")) == [ref]
    for unknown in ("99", "x", "²"):
        assert len(refs_on(edo.sees(f"/cases?import={unknown}"))) == 3
    assert len(refs_on(vito.sees(f"/cases?import={import_number}"))) == 3
    assert "families.csv" not in vito.sees("/cases")


def test_a_case_says_what_waits_and_the_words_stand_with_the_confidential_fields(
    app: Flask, edo: Person, vito: Person, import_number: int
) -> None:
    look = waiting(app)[0]
    with app.app_context():
        ref = db.session.get_one(Case, look.case_id).ref
    assert "circa always" in look.words + look.message
    for person in (edo, vito):
        page = person.sees(f"/cases/{ref}")
        assert "Row 2, column “DOB”" in page
        assert "circa always</bdi></blockquote>" not in page
        assert look.message not in page
    assert "<bdi>circa always</bdi></blockquote>" in edo.sees(f"/cases/{ref}?confidential=1")
    assert "Seen: nothing to change" not in vito.sees(f"/cases/{ref}")
    vito.posts(f"/cases/{ref}/looks", 403, look=str(look.id))
    edo.posts(f"/cases/{ref}/looks", look=["99999", "x"])
    assert [one.id for one in waiting(app)] == [look.id]
    edo.posts(f"/cases/{ref}/looks", look=str(look.id), deed="entered")
    assert waiting(app) == []
    assert 'id="looks"' not in edo.sees(f"/cases/{ref}")
    assert refs_on(edo.sees("/cases?looks=yes")) == []
    with app.app_context():
        settled = db.session.get_one(ImportLook, look.id)
        assert (settled.settled_by_id, settled.settled_how) == (edo.id, "entered")


def test_what_waits_of_another_case_is_not_settled_by_its_number(
    app: Flask, edo: Person, opens: Opens, import_number: int
) -> None:
    other = opens("Tursun Bulaq")
    edo.posts(f"/cases/{other}/looks", look=str(waiting(app)[0].id))
    assert len(waiting(app)) == 1

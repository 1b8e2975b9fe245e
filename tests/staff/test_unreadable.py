"""What the desk is told of a case whose file, or whose public document, can't be read."""

from flask import Flask
from sqlalchemy import insert, select, update

from campaign.cases.models import Case, Revision
from campaign.database import db
from campaign.ledger.models import Body, Entry
from tests.staff.conftest import Opens, Person
from tests.staff.writing import approved


def test_a_file_of_an_unknown_format_is_named_on_every_page_of_its_case(app: Flask, edo: Person, opens: Opens) -> None:
    ref, other = opens("Tursunay Sadirova"), opens("Polat Sadirov")
    with app.app_context():
        of_case = Revision.case_id == select(Case.id).where(Case.ref == ref).scalar_subquery()
        db.session.execute(update(Revision).where(of_case).values(snapshot=b'{"format":"case/9"}'))
        db.session.commit()
    for page in ("", "/edit", "/preview"):
        told = edo.sees(f"/cases/{ref}{page}", 503)
        assert f"The document of {ref}, revision 1 has the format case/9, which this version" in told, page
        assert "Nothing was changed" in told
    for page in ("/cases", "/cases?q=Sadirov", f"/cases/{other}", f"/cases/{ref}/history"):
        edo.sees(page)


def test_a_damaged_public_document_is_named_where_the_way_out_is(
    app: Flask, edo: Person, sana: Person, noor: Person, pia: Person
) -> None:
    ref = approved(edo, sana, noor)
    pia.posts(f"/cases/{ref}/publish", kind="update")
    with app.app_context():
        number = db.session.scalars(select(Entry.number).where(Entry.ref == ref)).one()
        db.session.delete(db.session.get_one(Body, number))
        db.session.flush()
        db.session.execute(insert(Body).values(number=number, body=b"noise"))
        db.session.commit()
    told = pia.sees(f"/cases/{ref}")
    assert f"The document of {ref}, entry {number} is damaged: it does not match its digest." in told
    assert "Withdraw the profile; then have it read and published anew." in told
    pia.posts(f"/cases/{ref}/withdraw", reason="It can&#39;t be read.")
    assert "is damaged" not in pia.sees(f"/cases/{ref}")
    edo.posts(f"/cases/{ref}/take-back")
    edo.posts(f"/cases/{ref}/submit", note="Please read it anew")
    noor.posts(f"/cases/{ref}/approve", version=4, would_neighbour_know="no")
    pia.posts(f"/cases/{ref}/publish", kind="update")
    assert app.test_client().get(f"/api/v1/profiles/{ref}", base_url="https://localhost").status_code == 200

"""What the last recheck left to settle: a page for publishers, until each is mended or taken down."""

from flask import Flask

from campaign.cases.queries import any_by_ref
from campaign.clock import now
from campaign.database import db
from campaign.publishing.models import RecheckFault
from tests.staff.conftest import Person
from tests.staff.test_pausing import public


def test_a_publisher_reads_what_is_to_be_settled_and_goes_to_the_case_from_there(
    app: Flask, edo: Person, noor: Person, pia: Person, sana: Person
) -> None:
    assert "Nothing waits" in pia.sees("/recheck")
    ref = public(edo, sana, noor, pia)
    with app.app_context():
        case = any_by_ref(ref)
        assert case is not None
        db.session.add(RecheckFault(case_id=case.id, at=now(), lacks_age=True, sentences="One fault.\nAnother fault."))
        db.session.commit()
    page = pia.sees("/recheck")
    assert f'href="/staff/cases/{ref}#gate"' in page
    assert "<p>One fault.</p><p>Another fault.</p>" in page
    edo.sees("/recheck", 403)
    pia.posts(f"/cases/{ref}/pause")
    assert ref not in pia.sees("/recheck")

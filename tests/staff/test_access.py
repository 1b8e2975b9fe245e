"""Who may see and do what at the desk: closed fields on request alone, restricted cases not at all."""

import io
from collections.abc import Callable

from flask import Flask
from PIL import Image
from sqlalchemy import select

from campaign.accounts.models import Account
from campaign.audit.log import AuditRow
from campaign.cases import members, queries
from campaign.database import db
from tests.staff.conftest import Person
from tests.staff.writing import written

GIVER = "Orunjan Sadirova"


def readings(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditRow).where(AuditRow.action == "case.confidential_read")).all())


def restrict(app: Flask, ref: str, owner: int) -> None:
    with app.app_context():
        case, account = queries.any_by_ref(ref), db.session.get(Account, owner)
        assert case is not None
        assert account is not None
        members.restrict(case, by=account)
        db.session.commit()


def test_closed_fields_are_shown_on_request_and_each_reading_is_recorded(app: Flask, edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    before = readings(app)
    assert GIVER not in edo.sees(f"/cases/{ref}")
    assert GIVER not in edo.sees(f"/cases/{ref}/edit")
    assert readings(app) == before
    assert GIVER in edo.posts(f"/cases/{ref}", 200, confidential="1").get_data(as_text=True)
    assert GIVER in edo.sees(f"/cases/{ref}?confidential=1")
    assert readings(app) == before + 2


def test_a_viewer_and_a_publisher_read_no_closed_field(edo: Person, sana: Person, vito: Person, pia: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit")
    for person in (vito, pia):
        assert GIVER not in person.sees(f"/cases/{ref}")
        person.sees(f"/cases/{ref}?confidential=1", 403)
        person.posts(f"/cases/{ref}", 403, confidential="1")
        assert GIVER not in person.sees(f"/cases/{ref}/difference?before=1&after=2")
        person.sees(f"/cases/{ref}/difference?before=1&after=2&confidential=1", 403)


def test_a_viewer_reads_of_a_closed_source_its_public_line_alone(edo: Person, sana: Person, vito: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"sources-0-is_confidential": "y"})
    assert "An invented article" in edo.sees(f"/cases/{ref}")
    assert "An invented article" not in vito.sees(f"/cases/{ref}")
    assert "An invented article" not in vito.sees(f"/cases/{ref}/difference?before=1&after=2")


def test_a_restricted_case_does_not_exist_for_who_is_not_named(
    app: Flask, edo: Person, noor: Person, vito: Person
) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    restrict(app, ref, edo.id)
    for path in ("", "/edit", "/history", "/preview", "/difference", "/images", "/pause"):
        noor.sees(f"/cases/{ref}{path}", 404)
    for path in ("/submit", "/take-back", "/approve", "/ask-changes", "/restore", "/pause", "/edit"):
        noor.posts(f"/cases/{ref}{path}", 404)
    assert "Gulnar Tashova" not in noor.sees("/cases?q=gulnar")
    assert "Gulnar Tashova" in edo.sees("/cases?q=gulnar")


def test_a_viewer_changes_nothing(edo: Person, vito: Person) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    for path in ("/submit", "/take-back", "/approve", "/ask-changes", "/restore", "/edit", "/publish"):
        vito.posts(f"/cases/{ref}{path}", 403)
    vito.posts("/cases/new", 403, name="Nobody")


def test_who_is_not_signed_in_is_led_to_the_sign_in(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    answer = app.test_client().get(f"/staff/cases/{ref}", base_url="https://localhost")
    assert answer.status_code == 302
    assert "/staff/sign-in" in answer.location


def test_the_worklist_goes_on_by_key_and_loses_nobody(app: Flask, edo: Person) -> None:
    from campaign.staff import worklist

    names = [f"Invented Person {n:02}" for n in range(7)]
    for name in names:
        edo.opens_case(name)
    worklist.PAGE, kept = 3, worklist.PAGE
    try:
        seen, path = "", "/cases?q=invented"
        while path:
            page = edo.sees(path)
            seen += page
            path = page.partition('href="/staff')[2] and _next(page)
    finally:
        worklist.PAGE = kept
    assert [seen.count(f"<bdi>{name}</bdi>") for name in names] == [1] * 7


def _next(page: str) -> str:
    import html
    import re

    found = re.search(r'href="/staff([^"]+)" rel="next"', page)
    return html.unescape(found[1]) if found else ""


def test_nonsense_in_addresses_answers_a_4xx(edo: Person) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    edo.sees("/cases?after=yesterday", 400)
    edo.sees("/cases?after=2026-01-01_x", 400)
    edo.sees("/cases/FXD-99999x", 404)
    edo.sees(f"/cases/{ref}/difference?before=7&after=9", 404)
    edo.posts(f"/cases/{ref}/edit", 404, version="99")
    edo.posts(f"/cases/{ref}/edit", 404, version="none")
    edo.posts(f"/cases/{ref}/holds/1/ask-return", 404)


def test_an_earlier_revision_is_made_the_newest_again(app: Flask, edo: Person, case_of: Callable[..., object]) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "a poet"})
    assert "a poet" in edo.sees(f"/cases/{ref}/difference?before=1&after=2")
    edo.posts(f"/cases/{ref}/restore", number="1", reason="She asked for it.")
    assert "a poet" not in edo.sees(f"/cases/{ref}")
    assert "restored from 1" in edo.sees(f"/cases/{ref}/history")


def picture(kind: str) -> io.BytesIO:
    held = io.BytesIO()
    Image.new("RGB", (600, 750), "#335577").save(held, kind)
    held.seek(0)
    return held


def test_a_picture_is_taken_drawn_anew_and_shown_to_staff(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    edo.posts(f"/cases/{ref}/images", picture=(picture("PNG"), "p.png"))
    page = edo.sees(f"/cases/{ref}/images")
    address = page.partition(f'src="/staff/cases/{ref}/images/')[2].partition('"')[0]
    with edo.client.get(f"/staff/cases/{ref}/images/{address}", base_url="https://localhost") as shown:
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    edo.sees(f"/cases/{ref}/images/{'0' * 64}", 404)


def test_what_is_no_picture_is_refused_with_a_sentence(edo: Person) -> None:
    ref = edo.opens_case("Gulnar Tashova")
    edo.posts(f"/cases/{ref}/images", 422, picture=(io.BytesIO(b"<svg></svg>"), "p.svg"))
    edo.posts(f"/cases/{ref}/images", 422, picture=(picture("GIF"), "p.gif"))
    edo.posts(f"/cases/{ref}/images", 422)

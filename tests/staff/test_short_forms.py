"""The short forms of the desk: what they refuse answers 422, on the page on which it was typed and with all of it."""

import re

import pytest

from tests.staff.conftest import Opens, Person
from tests.staff.writing import approved, written

TOO_LONG = "Nobody may lose this. " * 500


def test_a_note_to_the_reviewer_comes_back(edo: Person, opens: Opens) -> None:
    ref = opens("Semet Örükzar")
    page = edo.posts(f"/cases/{ref}/submit", 422, note=TOO_LONG).text
    assert TOO_LONG.strip() in page
    assert "Ask for a review" in page


@pytest.mark.parametrize("step", ["approve", "ask-changes"])
def test_a_note_of_the_reviewer_comes_back(edo: Person, noor: Person, opens: Opens, step: str) -> None:
    ref = opens("Semet Örükzar")
    edo.posts(f"/cases/{ref}/submit")
    page = noor.posts(f"/cases/{ref}/{step}", 422, note=TOO_LONG, would_neighbour_know="no", version=1).text
    assert TOO_LONG.strip() in page
    assert "cannot be longer" in page


def test_a_public_note_comes_back_with_the_preview(edo: Person, sana: Person, noor: Person, pia: Person) -> None:
    ref = approved(edo, sana, noor)
    page = pia.posts(f"/cases/{ref}/publish", 422, kind="correction", note=TOO_LONG).text
    assert TOO_LONG.strip() in page
    assert "Preview of the public page" in page
    assert '<option selected value="correction">' in page


def test_a_reason_why_two_are_not_the_same_comes_back(edo: Person, opens: Opens) -> None:
    ref, other = opens("Qahriman Bulaqtewe"), opens("Qahriman Bulaqtéwe")
    page = edo.posts(f"/cases/{ref}/not-the-same", 422, other=other, reason=TOO_LONG).text
    assert TOO_LONG.strip() in page
    assert "Take that back" not in page


def test_without_a_picture_the_page_says_so_beside_the_control(edo: Person, opens: Opens) -> None:
    ref = opens("Semet Örükzar")
    page = edo.posts(f"/cases/{ref}/images", 422).text
    assert re.search(r'<input[^>]*aria-invalid="true"[^>]*type="file"', page)
    assert page.count("Choose a picture first.") == 2


def test_what_is_no_number_of_a_revision_confirms_nothing(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    for version in ("", "x", "-1", "99999999999999999999", "²"):
        sana.posts(f"/cases/{ref}/risks/d0000001/assess", 404, version=version)


def test_json_is_no_form(edo: Person) -> None:
    answer = edo.client.post(
        "/staff/cases/new", json={"name": "Semet Örükzar"}, headers={"X-CSRFToken": edo.client.token()}
    )
    assert answer.status_code == 415

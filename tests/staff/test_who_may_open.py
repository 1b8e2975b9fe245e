"""Restricting a case: it does not exist for who is not named on it."""

from flask import Flask

from tests.cast import Cast
from tests.staff.conftest import Person
from tests.staff.writing import written


def test_a_restricted_case_exists_only_for_the_named(app: Flask, edo: Person, sana: Person, noor: Person) -> None:
    ref = written(edo, sana)
    assert ref in noor.sees(f"/cases/{ref}")
    sana.posts(f"/cases/{ref}/access", deed="restrict")
    noor.sees(f"/cases/{ref}", 404)
    sana.posts(f"/cases/{ref}/access", deed="name", account=noor.id)
    assert ref in noor.sees(f"/cases/{ref}")
    sana.posts(f"/cases/{ref}/access", deed="remove", account=noor.id)
    noor.sees(f"/cases/{ref}", 404)
    sana.posts(f"/cases/{ref}/access", deed="lift")
    assert ref in noor.sees(f"/cases/{ref}")


def test_the_last_named_cannot_be_taken_off(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    sana.posts(f"/cases/{ref}/access", deed="restrict")
    page = sana.posts(f"/cases/{ref}/access", 409, deed="remove", account=sana.id)
    assert "name somebody else" in page.get_data(as_text=True)


def test_only_a_safety_officer_decides_who_may_open(edo: Person, sana: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/access", 403, deed="restrict")
    sana.posts(f"/cases/{ref}/access", 400, deed="something else")
    sana.posts(f"/cases/{ref}/access", 400, deed="name", account="nobody")


def test_the_rail_counts_the_reviews_that_wait_for_whoever_looks(edo: Person, sana: Person, noor: Person) -> None:
    ref = written(edo, sana)
    assert "waiting</span>" not in noor.sees("/cases")
    edo.posts(f"/cases/{ref}/submit")
    assert '<span class="number">1<span class="unseen"> waiting</span>' in noor.sees("/cases")
    sana.posts(f"/cases/{ref}/access", deed="restrict")
    assert "waiting</span>" not in noor.sees("/cases")


def test_who_reads_by_one_role_and_works_by_another_works_on_their_own_cases_only(
    app: Flask, edo: Person, cast: Cast
) -> None:
    both = Person(cast("Bela", "viewer", "contributor"))
    theirs, own = edo.opens_case("Mahire Bulaqbeg"), both.opens_case("Ana Orun")
    assert "Mahire" in both.sees(f"/cases/{theirs}")
    for path, fields in (
        ("comments", {"body": "Which garden?"}),
        ("images", {}),
        ("edit", {}),
        ("submit", {}),
        ("take-back", {}),
        ("own-word", {"note": "asked"}),
        ("restore/1", {}),
    ):
        assert both.client.posts(f"/staff/cases/{theirs}/{path}", fields).status_code in {403, 404, 405}, path
    both.sees(f"/cases/{theirs}/images", 403)
    both.sees(f"/cases/{own}/images")
    both.posts(f"/cases/{own}/comments", body="Which garden?")
    edo.posts(f"/cases/{theirs}/comments", body="Mine")
    both.posts(f"/cases/{theirs}/comments/2/settle", 403)

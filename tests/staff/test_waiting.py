"""The first page: what waits for each role is what this person may do, and nothing of what they may not see."""

import re
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import update

from campaign.accounts.models import Sponsor
from campaign.cases.models import Case
from campaign.clock import now
from campaign.database import db
from tests.accounts.signing import told
from tests.publishing.builders import day
from tests.staff.conftest import Opens, Person
from tests.staff.writing import COMPLETE, approved, written

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def number(page: str) -> str:
    return re.search(r"<h1>([^<]+)</h1>", page)[1]


def section(page: str, title: str) -> str:
    found = re.search(rf"<h2[^>]*>{re.escape(title)}.*?</section>", page, re.S)
    return found[0] if found else ""


@both
def test_each_step_stands_with_who_can_do_it_and_with_nobody_else(
    edo: Person, noor: Person, sana: Person, pia: Person, vito: Person
) -> None:
    for person in (edo, noor, pia, vito):
        assert number(person.sees("/")) == "Nothing waits for you"
    ref = edo.opens_case("Mahire Bulaqbeg")
    ref = written(edo, sana, "Tursunay Sadirova")
    edo.posts(f"/cases/{ref}/submit", note="Please read")
    assert ref in section(noor.sees("/"), "To review: you wrote none of these")
    assert ref not in section(edo.sees("/"), "To review: you wrote none of these"), "who wrote it reviews it not"
    noor.posts(f"/cases/{ref}/ask-changes", note="Which of the two gardens?")
    page = edo.sees("/")
    assert "Which of the two gardens?" in section(page, "Changes asked of you")
    assert f"/staff/cases/{ref}/edit" in section(page, "Changes asked of you")
    assert "Noor" in section(page, "Changes asked of you")
    assert section(noor.sees("/"), "To review: you wrote none of these") == ""
    assert number(vito.sees("/")) == "Nothing waits for you"


@both
@pytest.mark.parametrize("chain", [("noor", "edo"), ("edo", "noor"), ("noor", "pia", "edo"), ("pia", "noor", "edo")])
def test_nobody_is_asked_to_review_with_who_alone_let_them_in(
    app: Flask, edo: Person, noor: Person, sana: Person, pia: Person, chain: tuple[str, ...]
) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit", note="Please read")
    people = {"edo": edo, "noor": noor, "pia": pia}
    assert ref in noor.sees("/")
    with app.app_context():
        for one, other in pairwise(chain):
            sponsor = Sponsor(account_id=people[one].id, sponsor_id=people[other].id, how="invited", at=now())
            db.session.add(sponsor)
        db.session.commit()
    assert ref not in noor.sees("/")
    with app.app_context():
        db.session.execute(update(Sponsor).values(vouched_at=now()))
        db.session.commit()
    assert ref in noor.sees("/")


@both
def test_what_is_approved_waits_for_a_publisher(edo: Person, noor: Person, sana: Person, pia: Person) -> None:
    ref = approved(edo, sana, noor)
    assert ref in section(pia.sees("/"), "Approved, to be published")
    assert section(edo.sees("/"), "Approved, to be published") == ""


def test_a_consent_waits_for_an_officer(edo: Person, sana: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref, confidential=True) | COMPLETE)
    assert ref in section(sana.sees("/"), "Consents and risks to confirm")
    assert section(edo.sees("/"), "Consents and risks to confirm") == ""


def test_comments_of_others_on_ones_own_cases_are_told_and_confidential_ones_not(
    edo: Person, noor: Person, sana: Person
) -> None:
    ref = written(edo, sana)
    noor.posts(f"/cases/{ref}/comments", path="", body="Is it the same orchard?")
    noor.posts(f"/cases/{ref}/comments", path="consents/c0000001", body="Her sister is afraid.", confidential="1")
    page = section(edo.sees("/"), "Said on your cases")
    assert "Is it the same orchard?" in page
    assert "Her sister is afraid." not in page
    assert "About a confidential field" in page
    assert section(noor.sees("/"), "Said on your cases") == ""


def test_the_rail_counts_what_its_reader_can_act_on(edo: Person, noor: Person, sana: Person, vito: Person) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit", note="Please read")
    waiting = {person: '1<span class="unseen"> waiting' in person.sees("/cases") for person in (edo, noor, vito)}
    assert list(waiting.values()) == [False, True, False]


def test_what_falls_due_and_what_is_not_saved_stand_there(edo: Person, opens: Opens) -> None:
    ref = opens("Nigar Anarbag", next_review_on=day("2026-12-01"))
    later = opens("Serik Pattern", next_review_on=day("2029-12-01"))
    page = edo.sees("/")
    assert ref in section(page, "Falling due, your cases")
    assert later not in section(page, "Falling due, your cases")
    edo.posts("/unsaved/keep", 200, **edo.typed(ref) | {"occupation": "poet"})
    assert f"{ref}" in section(edo.sees("/"), "Not saved yet")


def test_a_restricted_case_waits_for_nobody_who_may_not_see_it(
    app: Flask, edo: Person, noor: Person, sana: Person
) -> None:
    ref = written(edo, sana)
    edo.posts(f"/cases/{ref}/submit", note="Please read")
    with app.app_context():
        db.session.query(Case).filter_by(ref=ref).one().is_restricted = True
        db.session.commit()
    assert ref not in noor.sees("/")
    assert number(noor.sees("/")) == "Nothing waits for you"
    assert told(app, noor.id) == []


def test_an_administrator_has_a_first_page(signed_in: object) -> None:
    ada = signed_in("Ada", "administrator")  # type: ignore[operator]
    assert number(ada.sees("/")) == "Nothing waits for you"

"""Possible duplicates at the desk: offered before a case is opened and on its page, decided by people, remembered."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Account
from campaign.cases import members
from campaign.cases.file import OutsideId
from campaign.cases.models import Case
from campaign.database import db
from campaign.dates.edtf import parse
from campaign.duplicates.models import NotTheSame
from tests.staff.conftest import Opens, Person

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def restrict(app: Flask, ref: str, by: Person) -> None:
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == ref)).one()
        members.restrict(case, by=db.session.get_one(Account, by.id))
        db.session.commit()


def count_of_cases(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Case)) or 0


def panel(page: str) -> str:
    """Return the part of a case's page that says who it may be, "" where there is none."""
    found = re.search(r'<section id="likely">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@both
def test_who_a_name_may_be_is_shown_before_a_case_is_opened(app: Flask, edo: Person, opens: Opens) -> None:
    known = opens("Semet Örükzar")
    answer = edo.posts("/cases/new", 200, name="Семет Орукзар", reason="Told by a friend")
    page = answer.get_data(as_text=True)
    assert known in page
    assert "is spelt" in page
    assert "Told by a friend" in page
    assert count_of_cases(app) == 1


def test_it_is_opened_anyway_when_somebody_says_so_and_not_for_another_name(
    app: Flask, edo: Person, opens: Opens
) -> None:
    opens("Semet Örükzar")
    opens("Nigar Anarbag")
    edo.posts("/cases/new", 200, name="Nigar Anarbag", anyway="Semet Örükzar")
    assert count_of_cases(app) == 2
    edo.posts("/cases/new", 302, name="Semet Örükzar", anyway="Semet Örükzar")
    assert count_of_cases(app) == 3


def test_a_name_that_nobody_has_opens_at_once(app: Flask, edo: Person, opens: Opens) -> None:
    opens("Semet Örükzar")
    edo.posts("/cases/new", 302, name="Nigar Anarbag")
    assert count_of_cases(app) == 2


def test_what_is_typed_so_far_is_answered_as_a_piece_of_a_page(edo: Person, opens: Opens) -> None:
    known = opens("Semet Örükzar")
    piece = edo.posts("/likely", 200, name="semet orukzar").text
    assert known in piece
    assert "<html" not in piece
    for nobody in ("", "Nigar"):
        assert "Nobody like this is known" in edo.posts("/likely", 200, name=nobody).text


@both
def test_the_page_of_a_case_says_who_it_may_be_with_evidence_for_and_against(edo: Person, opens: Opens) -> None:
    one = opens("Semet Örükzar", birth=parse("1970-03-05"), gender="male", origin_place="653121")
    other = opens("Семет Орукзар", birth=parse("1970"), gender="male", origin_place="654002")
    shown = panel(edo.sees(f"/cases/{one}"))
    assert other in shown
    assert "Born 1970-03-05 and 1970, which fit." in shown
    assert "From different places: Konasheher County and " in shown


def test_homonyms_born_in_other_years_are_not_offered(edo: Person, opens: Opens) -> None:
    one = opens("Semet Örükzar", birth=parse("1970"))
    opens("Semet Örükzar", birth=parse("1948"))
    assert panel(edo.sees(f"/cases/{one}")) == ""


def test_a_shared_number_is_offered_whatever_the_names(edo: Person, opens: Opens) -> None:
    number = [OutsideId(scheme="sheet", value="KN 7")]
    one, other = opens("Semet Örükzar", outside_ids=number), opens("Baqi", outside_ids=number)
    assert other in panel(edo.sees(f"/cases/{one}"))


def test_never_more_than_five_are_offered(edo: Person, opens: Opens) -> None:
    one = opens("Semet Örükzar")
    for _ in range(7):
        opens("Semet Örükzar")
    assert panel(edo.sees(f"/cases/{one}")).count("Not the same person</button>") == 5


@both
def test_not_the_same_is_remembered_on_both_and_taken_back(edo: Person, noor: Person, opens: Opens) -> None:
    one, other = opens("Semet Örükzar"), opens("Semet Orukzar")
    edo.posts(f"/cases/{one}/not-the-same", other=other, reason="He is the uncle.")
    for ref in (one, other):
        shown = panel(noor.sees(f"/cases/{ref}"))
        assert "Decided: not the same person" in shown
        assert "Not the same person</button>" not in shown
        assert "uncle" not in shown
    noor.posts(f"/cases/{other}/not-the-same", other=one, take_back="1")
    assert "Not the same person</button>" in panel(edo.sees(f"/cases/{one}"))


@both
def test_a_restricted_case_is_nobodys_candidate(app: Flask, edo: Person, sana: Person, opens: Opens) -> None:
    one, hidden = opens("Semet Örükzar"), opens("Semet Örükzar")
    restrict(app, hidden, sana)
    assert panel(edo.sees(f"/cases/{one}")) == ""
    assert hidden not in edo.posts("/likely", 200, name="Semet Örükzar").text
    edo.posts(f"/cases/{one}/not-the-same", 404, other=hidden)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(NotTheSame)) == 0
    assert hidden in panel(sana.sees(f"/cases/{one}"))


def test_a_restricted_case_does_not_keep_a_name_from_being_opened(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    restrict(app, opens("Semet Örükzar"), sana)
    edo.posts("/cases/new", 302, name="Semet Örükzar")


def test_what_was_told_apart_from_a_case_since_restricted_is_not_named(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    one, other = opens("Semet Örükzar"), opens("Semet Orukzar")
    edo.posts(f"/cases/{one}/not-the-same", other=other)
    restrict(app, other, sana)
    assert panel(edo.sees(f"/cases/{one}")) == ""


def test_who_only_views_may_not_decide(vito: Person, opens: Opens) -> None:
    one, other = opens("Semet Örükzar"), opens("Semet Orukzar")
    vito.posts(f"/cases/{one}/not-the-same", 403, other=other)
    assert "Not the same person</button>" not in vito.sees(f"/cases/{one}")


def test_a_case_is_not_told_apart_from_itself(edo: Person, opens: Opens) -> None:
    one = opens("Semet Örükzar")
    edo.posts(f"/cases/{one}/not-the-same", 400, other=one)


def test_where_one_is_restricted_only_an_officer_named_on_it_decides(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    one, hidden = opens("Semet Örükzar"), opens("Semet Örükzar")
    restrict(app, hidden, sana)
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.ref == hidden)).one()
        members.name_member(case, edo.id, by=db.session.get_one(Account, sana.id))
        db.session.commit()
    shown = panel(edo.sees(f"/cases/{one}"))
    assert hidden in shown
    assert "Not the same person</button>" not in shown
    edo.posts(f"/cases/{one}/not-the-same", 403, other=hidden)
    sana.posts(f"/cases/{one}/not-the-same", other=hidden)
    assert "Decided: not the same person" in panel(sana.sees(f"/cases/{one}"))

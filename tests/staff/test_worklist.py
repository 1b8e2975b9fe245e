"""The desk's box finds a person under every spelling and says why; the list is narrowed and says how."""

import re

import pytest
from flask import Flask

from campaign.accounts.models import Account
from campaign.cases import members
from campaign.cases.file import Consent, Episode, OutsideId, Relative, Text
from campaign.cases.models import Case
from campaign.database import db
from campaign.staff import worklist
from tests.staff.conftest import Opens, Person
from tests.staff.reading import without_moment

both = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)


def refs_on(page: str) -> list[str]:
    """Return the references in the table of a page, in order."""
    return re.findall(r'data-label="Number">([A-Z]+-\d{5})<', page)


def restrict(app: Flask, ref: str, by: Person) -> None:
    with app.app_context():
        case = db.session.query(Case).filter_by(ref=ref).one()
        members.restrict(case, by=db.session.get_one(Account, by.id))
        db.session.commit()


@both
@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("Тохтибай", "one of the names is Tokhtibay"),
        ("توختىباي ئىليار", "the same words in another order: Ilyar Tokhtibay"),
        ("Ilyar Tokhmibay", "one letter differs: Tokhtibay"),
        ("ILYAR TOKHTIBAY", "the same name"),
        ("Ильяржан Зейтун", "spelt Ilyarjan Zeytun in Latin letters"),
        ("kn 17", "number kn 17"),
        ("Kashgar", "from Kashgar"),
        ("喀什", "from Kashgar"),
        ("beekeeper", "work: beekeeper"),
        ("beekeeper Kashgar", "from Kashgar"),
    ],
)
def test_a_person_is_found_and_the_page_says_why(edo: Person, opens: Opens, asked: str, why: str) -> None:
    ref = opens(
        "Ilyar Tokhtibay",
        "Ilyarjan Zeytun",
        occupation="Beekeeper",
        origin_place="653121",
        outside_ids=[OutsideId(scheme="sheet", value="KN 17")],
    )
    opens("Nigar Anarbag", occupation="Baker", origin_place="654002")
    page = edo.sees(f"/cases?q={asked}")
    assert refs_on(page)[0] == ref
    assert why in page


def test_the_best_answer_stands_first_and_the_count_is_told(edo: Person, opens: Opens) -> None:
    near, same = opens("Semet Örükzat"), opens("Semet Örükzar")
    page = edo.sees("/cases?q=semet orukzar")
    assert refs_on(page) == [same, near]
    assert "2 cases for" in page


def test_words_of_a_story_and_confidential_words_find_nothing(edo: Person, opens: Opens) -> None:
    opens("Semet Örükzar", texts=[Text(text="He mended radios.")], last_address="Apricot lane")
    assert refs_on(edo.sees("/cases?q=radios")) == refs_on(edo.sees("/cases?q=apricot")) == []


def test_where_nothing_is_found_the_nearest_names_are_offered(edo: Person, opens: Opens) -> None:
    ref = opens("Semet Örükzar")
    page = edo.sees("/cases?q=sadirova semet")
    assert refs_on(page) == []
    assert ref in page


@both
def test_a_restricted_case_changes_neither_results_nor_counts_nor_order(
    app: Flask, edo: Person, sana: Person, opens: Opens
) -> None:
    for number in range(3):
        opens("Semet Örükzar", occupation=f"Baker {number}")
    opens("Semet Örükzat")
    asked = ["/cases", "/cases?q=semet orukzar", "/cases?q=baker", "/cases?q=Кадыр", "/cases?restricted=yes"]
    before = [edo.sees(path) for path in asked]
    hidden = opens("Semet Örükzar", "Qadir Bulaq", by=sana, occupation="Baker")
    restrict(app, hidden, sana)
    assert [refs_on(edo.sees(path)) for path in asked] == [refs_on(page) for page in before]
    assert [without_moment(edo.sees(path)) for path in asked] == [without_moment(page) for page in before]
    assert hidden in sana.sees("/cases?q=Кадыр Булак")


def test_filters_combine_and_are_told_in_words(edo: Person, noor: Person, opens: Opens) -> None:
    waiting = Consent(basis="family", state="given")
    wanted = opens("Semet Örükzar", consents=[waiting], tags=["urgent"], episodes=[Episode(held_place="653121")])
    opens("Semet Örükzar", tags=["urgent"], episodes=[Episode(held_place="653121")])
    opens("Semet Örükzar", consents=[waiting], tags=["urgent"], episodes=[Episode(held_place="653121")], by=noor)
    opens("Semet Örükzar", consents=[waiting], tags=["urgent"], origin_place="654002")
    page = edo.sees("/cases?owner=me&consent=yes&tag=urgent&place=Kashgar Prefecture&state=draft")
    assert refs_on(page) == [wanted]
    told = "draft; owned by you; in Kashgar Prefecture; tagged “urgent”; with a consent to confirm or to ask for again"
    assert told in page


def test_filters_narrow_what_is_searched_too(edo: Person, noor: Person, opens: Opens) -> None:
    opens("Semet Örükzar")
    theirs = opens("Semet Örükzat", by=noor)
    assert refs_on(edo.sees(f"/cases?q=semet&owner={noor.id}")) == [theirs]


def test_a_chosen_owner_and_nobody(app: Flask, edo: Person, noor: Person, opens: Opens) -> None:
    theirs, nobodys = opens("Semet Örükzar", by=noor), opens("Nigar Anarbag")
    with app.app_context():
        db.session.query(Case).filter_by(ref=nobodys).one().owner_id = None
        db.session.commit()
    page = edo.sees(f"/cases?owner={noor.id}")
    assert refs_on(page) == [theirs]
    assert "owned by Noor" in page
    assert refs_on(edo.sees("/cases?owner=nobody")) == [nobodys]


def test_a_place_that_nobody_knows_is_said_and_narrows_nothing(edo: Person, opens: Opens) -> None:
    ref = opens("Semet Örükzar")
    page = edo.sees("/cases?place=Quxqachistan")
    assert "The gazetteer has no “Quxqachistan”" in page
    assert refs_on(page) == [ref]


def test_the_further_page_keeps_every_filter(edo: Person, opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = [opens("Semet Örükzar", tags=["urgent"]) for _ in range(3)]
    monkeypatch.setattr(worklist, "PAGE", 2)
    page = edo.sees("/cases?tag=urgent&owner=me")
    further = re.search(r'href="/staff(/cases\?[^"]+)" rel="next"', page)
    assert further
    assert "tag=urgent" in further[1]
    assert "owner=me" in further[1]
    assert refs_on(page) + refs_on(edo.sees(further[1].replace("&amp;", "&"))) == refs[::-1]


@pytest.mark.parametrize(
    "typed",
    ["%27%20OR%201=1", "%22*%22 NEAR(", "a" * 3000, "%E2%80%AE%D8%A7", "王", "%2B%2B", "owner=%27&q=%25", "-", "*"],
)
def test_any_string_is_answered(edo: Person, opens: Opens, typed: str) -> None:
    opens("Semet Örükzar")
    edo.sees(f"/cases?q={typed}")


@both
@pytest.mark.parametrize("number", ["99999999999", "9" * 400, "-1", "x"])
def test_a_page_that_nobody_was_led_to_is_a_bad_request(edo: Person, number: str) -> None:
    edo.sees(f"/cases?after=2026-01-01T00:00:00%2B00:00_{number}", 400)


def test_a_relative_is_found_beside_the_answers_and_the_page_says_that_it_is_recorded(
    edo: Person, opens: Opens
) -> None:
    ref = opens("Semet Örükzar", relatives=[Relative(name="Zulpiye Orukzar")])
    page = edo.sees("/cases?q=zulpiye orukzar")
    assert "A relative or witness of this name" in page
    assert "This search is recorded." in page
    assert ref in page

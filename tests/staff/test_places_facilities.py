"""Facilities at the desk: listed and searched by who imports them, named in a case by any spelling. Invented names."""

import re

import pytest
from flask import Flask

from campaign.cases import facilities
from campaign.database import db
from campaign.places.facilities import Facility as Read
from campaign.publishing import holds
from tests.staff.conftest import Person, controls
from tests.staff.writing import head

LIST = (
    Read("7", ("Bahar Prison", "باھار تۈرمىسى", "巴哈尔监狱"), "prison", "654021", "county", 43.95, 81.33, "Invented"),
    Read("8", ("Gulzar Camp No. 2",), "internment_camp", "653121", "hidden"),
    Read("9", ("Gulzar Camp No. 3",), "internment_camp", "653121", "county"),
)
EPISODE = {"episodes-0-id": "90000001", "episodes-0-events-0-id": "e0000001", "episodes-0-stays-0-id": "f0000001"}
FIELD = "episodes-0-stays-0-facility_name"


@pytest.fixture
def listed(app: Flask, edo: Person) -> None:
    """Three facilities in the desk's list."""
    with app.app_context():
        for read in LIST:
            facilities.keep(read, scheme="invented", key=read.code, by=edo.id)
        db.session.commit()


def stay(app: Flask, ref: str) -> str:
    return str(head(app, ref).episodes[0].stays[0].facility_name)


def saved(edo: Person, words: str) -> str:
    ref = edo.opens_case("Mahire Bulaqbeg")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | EPISODE | {FIELD: words})
    return ref


def shown(page: str) -> list[str]:
    return re.findall(r"<td data-label=\"Number\">(F-\d+)</td>", page)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("words", ["Bahar Prison", "BAHAR-PRISON", "باھار تۈرمىسى", "巴哈尔监狱", "F-0001"])
def test_a_facility_in_any_spelling_is_kept_by_its_number_and_name(app: Flask, edo: Person, words: str) -> None:
    ref = saved(edo, words)

    assert stay(app, ref) == "F-0001 Bahar Prison"
    page = edo.sees(f"/cases/{ref}/edit")
    assert "Prison · Ghulja County, Ili Prefecture, Xinjiang · in public: county. The name is never public." in page
    assert "F-0001 Bahar Prison" in edo.sees(f"/cases/{ref}")


@pytest.mark.usefixtures("listed")
def test_kind_and_place_are_asked_about_with_everything_typed_kept(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    fields = edo.typed(ref) | EPISODE | {FIELD: "Camp in Konasheher", "occupation": "botanist"}
    page = edo.posts(f"/cases/{ref}/edit", 422, **fields).get_data(as_text=True)

    picks = re.findall(rf'name="{FIELD}-pick"[^>]* value="([^"]+)"', page)
    assert picks == ["F-0002 Gulzar Camp No. 2", "F-0003 Gulzar Camp No. 3", "=Camp in Konasheher"]
    assert 'value="botanist"' in page
    edo.posts(f"/cases/{ref}/edit", **controls(page) | {f"{FIELD}-pick": picks[1]})
    assert stay(app, ref) == "F-0003 Gulzar Camp No. 3"


@pytest.mark.usefixtures("listed")
def test_words_may_be_kept_and_are_not_asked_about_again(app: Flask, edo: Person) -> None:
    ref = edo.opens_case("Mahire Bulaqbeg")
    fields = edo.typed(ref) | EPISODE | {FIELD: "Camp in Konasheher", f"{FIELD}-pick": "=Camp in Konasheher"}
    edo.posts(f"/cases/{ref}/edit", **fields)
    assert stay(app, ref) == "Camp in Konasheher"

    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "botanist"})
    assert (stay(app, ref), head(app, ref).occupation) == ("Camp in Konasheher", "botanist")
    edo.posts(f"/cases/{ref}/edit", 422, **edo.typed(ref) | {FIELD: "Camp in Konasheher county"})


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("words", ["A school by the river", "F-9999 Nowhere", ""])
def test_what_is_in_no_list_is_kept_in_its_words(app: Flask, edo: Person, words: str) -> None:
    assert stay(app, saved(edo, words)) == words


@pytest.mark.usefixtures("listed")
def test_a_facility_that_is_called_otherwise_later_is_still_read(app: Flask, edo: Person) -> None:
    ref = saved(edo, "Bahar Prison")
    with app.app_context():
        facilities.keep(Read("7", ("Almazar Prison",), "prison", "", "county"), scheme="invented", key="7", by=edo.id)
        db.session.commit()

    assert "Now called Almazar Prison." in edo.sees(f"/cases/{ref}/edit")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref))
    assert stay(app, ref) == "F-0001 Bahar Prison"
    assert "revision 2" in edo.sees(f"/cases/{ref}/edit")


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("", ["F-0001", "F-0002", "F-0003"]),
        ("?q=巴哈尔监狱", ["F-0001"]),
        ("?q=Kashgar+Prefecture", ["F-0002", "F-0003"]),
        ("?q=gulzar+3", ["F-0003"]),
        ("?type=prison", ["F-0001"]),
        ("?precision=hidden", ["F-0002"]),
        ("?q=Konasheher&precision=county", ["F-0003"]),
        ("?q=Korla", []),
        ("?q=%27+OR+1%3D1", []),
    ],
)
def test_the_list_is_searched_by_any_spelling_place_kind_and_precision(
    edo: Person, query: str, refs: list[str]
) -> None:
    assert shown(edo.sees(f"/facilities{query}")) == refs


def test_an_empty_list_says_where_facilities_come_from(edo: Person) -> None:
    assert "flask places facilities import" in edo.sees("/facilities")


@pytest.mark.usefixtures("listed")
def test_facilities_are_offered_while_somebody_types(edo: Person) -> None:
    answer = edo.client.get("/staff/facilities/suggest", query_string={"q": "باھار"}, base_url="https://localhost")

    (one,) = answer.get_json()
    assert one["words"] == "F-0001 Bahar Prison"
    assert "Ghulja County" in one["more"]


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("words", ["F-0001", "باھار تۈرمىسى", "bahar prison"])
def test_a_hold_on_a_facility_is_asked_for_by_any_of_its_names(app: Flask, sana: Person, words: str) -> None:
    sana.posts("/cords", reach="facility", subject=words, count=0, reason="A threat")

    with app.app_context():
        assert [hold.subject for hold in holds.active()] == ["F-0001"]

"""A place in the edit form: typed in any spelling, shown in words, asked about where the words do not say which."""

import re

import pytest
from flask import Flask

from tests.staff.conftest import Person, controls
from tests.staff.writing import head

NAME = "Mahire Bulaqbeg"


def typed(edo: Person, ref: str, **places: str) -> dict[str, object]:
    return edo.typed(ref) | {name.replace("__", "-"): words for name, words in places.items()}


def refused(edo: Person, ref: str, fields: dict[str, object]) -> str:
    return edo.posts(f"/cases/{ref}/edit", 422, **fields).get_data(as_text=True)


def offered(page: str, control: str) -> list[str]:
    return re.findall(rf'type="radio" name="{control}-pick"[^>]* value="([^"]+)"', page)


@pytest.mark.parametrize("words", ["Konasheher", "疏附县", "كوناشەھەر", "Shufu", "Kona Sheher County, Kashgar"])
def test_a_place_in_any_spelling_is_kept_as_its_code_and_shown_with_its_parents(
    app: Flask, edo: Person, words: str
) -> None:
    ref = edo.opens_case(NAME)
    edo.posts(f"/cases/{ref}/edit", **typed(edo, ref, origin_place=words))

    assert head(app, ref).origin_place == "653121"
    page = edo.sees(f"/cases/{ref}/edit")
    assert 'value="Konasheher County, Kashgar Prefecture, Xinjiang"' in page
    assert '<bdi lang="ug">كوناشەھەر</bdi>' in page
    assert "653121" not in page


def test_a_form_with_places_that_nobody_touched_saves_nothing(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    edo.posts(f"/cases/{ref}/edit", **typed(edo, ref, origin_place="Konasheher", birth_place="Toqquzaq"))
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref))

    file = head(app, ref)
    assert (file.origin_place, file.birth_place) == ("653121", "g13196618")
    assert "revision 2" in edo.sees(f"/cases/{ref}/edit")


def test_a_town_is_kept_and_the_form_says_what_of_it_may_be_public(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    words = "Toqquzaq town, Konasheher (Shufu) county, Kashgar"
    edo.posts(f"/cases/{ref}/edit", **typed(edo, ref, birth_place=words))

    assert head(app, ref).birth_place == "g13196618"
    assert "In public at most: Konasheher County, Kashgar Prefecture, Xinjiang." in edo.sees(f"/cases/{ref}/edit")


@pytest.mark.parametrize("words", ["Ghulja", "伊宁", "غۇلجا", "Kulja"])
def test_a_name_of_two_places_is_asked_about_with_everything_typed_kept(app: Flask, edo: Person, words: str) -> None:
    ref = edo.opens_case(NAME)
    page = refused(edo, ref, typed(edo, ref, origin_place=words, occupation="botanist"))

    assert f"“{words}” is the name of several places. Choose the one that is meant." in page
    assert offered(page, "origin_place") == ["654002", "654021"]
    assert "Ghulja County, Ili Prefecture, Xinjiang" in page
    assert f'value="{words}"' in page
    assert 'value="botanist"' in page
    assert 'aria-describedby="origin_place-hint origin_place-error"' in page
    assert head(app, ref).origin_place == ""

    edo.posts(f"/cases/{ref}/edit", **controls(page) | {"origin_place-pick": "654021"})
    assert (head(app, ref).origin_place, head(app, ref).occupation) == ("654021", "botanist")


def test_what_the_gazetteer_does_not_know_is_refused_with_what_is_near(edo: Person) -> None:
    ref = edo.opens_case(NAME)
    page = refused(edo, ref, typed(edo, ref, origin_place="Maralbesha", birth_place="Zzzzzz"))

    assert "No place in the gazetteer is called “Maralbesha”." in page
    assert offered(page, "origin_place")[0] == "653130"
    assert "The gazetteer has no “Zzzzzz”, and nothing near it." in page
    assert offered(page, "birth_place") == []


def test_a_choice_that_does_not_answer_the_words_is_not_taken(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    fields = typed(edo, ref, origin_place="Kashgar") | {"origin_place-pick": "654021"}
    page = refused(edo, ref, fields)

    assert offered(page, "origin_place") == ["6531", "653101"]
    edo.posts(f"/cases/{ref}/edit", **fields | {"origin_place": "Korla"})
    assert head(app, ref).origin_place == "652801"


def test_every_place_of_an_episode_and_of_a_death_is_asked_about_in_the_same_way(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    names = ["held_place", "last_contact_place", "events-0-place", "stays-0-place"]
    places = {f"episodes-0-{name}": "Ghulja" for name in names} | {"death-place": "Ghulja"}
    rows = {"episodes-0-id": "90000001", "episodes-0-events-0-id": "e0000001", "episodes-0-stays-0-id": "f0000001"}
    page = refused(edo, ref, edo.typed(ref) | rows | places)

    assert all(offered(page, name) == ["654002", "654021"] for name in places)
    edo.posts(f"/cases/{ref}/edit", **controls(page) | {f"{name}-pick": "654002" for name in places})
    (episode,) = head(app, ref).episodes
    assert (episode.held_place, episode.last_contact_place) == ("654002", "654002")
    assert (episode.events[0].place, episode.stays[0].place, head(app, ref).death.place) == ("654002",) * 3


def test_a_code_that_the_gazetteer_lost_is_kept_until_somebody_writes_another(app: Flask, edo: Person) -> None:
    ref = edo.opens_case(NAME)
    own = app.extensions["settings"].home / "places.csv"
    own.write_text("code,level,parent,latin\nx-bahar,county,6540,Bahar\n")
    edo.posts(f"/cases/{ref}/edit", **typed(edo, ref, origin_place="Bahar"))
    own.unlink()

    assert "This code is no longer in the gazetteer" in edo.sees(f"/cases/{ref}/edit")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"occupation": "botanist"})
    assert (head(app, ref).origin_place, head(app, ref).occupation) == ("x-bahar", "botanist")
    edo.posts(f"/cases/{ref}/edit", **edo.typed(ref) | {"origin_place": "Korla"})
    assert head(app, ref).origin_place == "652801"


@pytest.mark.parametrize(
    ("begun", "words"), [("Ghul", "Ghulja City, Ili Prefecture, Xinjiang"), ("غۇل", "Ghulja City, Ili Prefecture")]
)
def test_places_are_offered_while_somebody_types(edo: Person, begun: str, words: str) -> None:
    answer = edo.client.get("/staff/places/suggest", query_string={"q": begun}, base_url="https://localhost")

    first = answer.get_json()[0]
    assert first["words"].startswith(words)
    assert first["more"] == "City · غۇلجا · 伊宁市"


@pytest.mark.parametrize("begun", ["", "x" * 1500, "\ufffd", "' OR 1=1 --", "()"])
def test_whatever_is_begun_is_answered(edo: Person, begun: str) -> None:
    answer = edo.client.get("/staff/places/suggest", query_string={"q": begun}, base_url="https://localhost")
    assert (answer.status_code, answer.get_json()) == (200, [])


def test_half_a_character_is_a_bad_request(edo: Person) -> None:
    answer = edo.client.get("/staff/places/suggest?q=%ed%a0%80%ff", base_url="https://localhost")
    assert answer.status_code == 400

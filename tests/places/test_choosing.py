"""What somebody means who types a place into a form."""

import pytest

from campaign.places.current import gazetteer
from campaign.places.reading import choose, suggest


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Konasheher", "653121"),
        ("疏附县", "653121"),
        ("كوناشەھەر", "653121"),
        ("Toqquzaq town, Konasheher (Shufu) county, Kashgar", "g13196618"),
        ("Ghulja city", "654002"),
        ("Ghulja City, Ili Prefecture, Xinjiang", "654002"),
        ("ghulja city,  ili prefecture, xinjiang ", "654002"),
        ("654002", "654002"),
        ("Urumqi", "6501"),
        ("Istanbul, Turkey", "TR-34"),
    ],
)
def test_words_that_name_one_place_are_that_place(typed, code):
    assert choose(typed).code == code


@pytest.mark.parametrize("typed", ["Ghulja", "伊宁", "غۇلجا", "Kulja", "Ghulja (Yining)"])
def test_words_that_name_two_places_offer_both_and_take_neither(typed):
    choice = choose(typed)

    assert (choice.code, choice.candidates, choice.is_named) == ("", ("654002", "654021"), True)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Maralbesha", "653130"),
        ("Khoorla", "652801"),
        ("Awat town", "652928"),
        ("Ghulja prison", "654002"),
        ("12 Aksu Road, Urumqi", "6501"),
        ("Bahar village, Konasheher County", "653121"),
        ("She was taken from Korla and never seen again", "652801"),
    ],
)
def test_what_is_misspelt_or_more_than_a_place_is_asked_about_and_never_taken(typed, near):
    choice = choose(typed)

    assert choice.code == ""
    assert not choice.is_named
    assert near in choice.candidates


@pytest.mark.parametrize("typed", ["", "  ", "zzzzzz", "()", "county", "x" * 5000])
def test_words_that_are_near_nothing_offer_nothing(typed):
    choice = choose(typed)

    assert (choice.code, choice.candidates) == ("", ())


def test_the_words_of_every_place_lead_back_to_it_alone():
    known = gazetteer()

    assert [place.code for place in known if choose(known.words(place.code)).code != place.code] == []


def test_the_words_of_a_place_say_what_it_lies_in():
    assert gazetteer().words("g13196618") == "Toqquzaq, Konasheher County, Kashgar Prefecture, Xinjiang"
    assert gazetteer().words("TR-34") == "Istanbul, Turkey"


@pytest.mark.parametrize(
    ("begun", "code"), [("Ghul", "654002"), ("غۇل", "654002"), ("伊", "6540"), ("Konash", "653121")]
)
def test_a_place_is_offered_while_its_name_is_typed(begun, code):
    assert code in suggest(begun)


def test_while_typing_what_begins_so_comes_before_what_sounds_so():
    assert suggest("Konash")[0] == "653121"


def test_nothing_typed_is_offered_nothing():
    assert suggest("") == suggest(" ,") == ()

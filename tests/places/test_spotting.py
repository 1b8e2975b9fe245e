"""A facility under any spelling, and by what it is and where it stands. Every name here is invented."""

import pytest

from campaign.places.facilities import Facility, spot

LIST = [
    Facility("F-0001", ("Bahar Prison", "باھار تۈرمىسى", "巴哈尔监狱"), "prison", "654021", "county"),
    Facility("F-0002", ("Gulzar Camp No. 2",), "internment_camp", "653121", "hidden"),
    Facility("F-0003", ("Gulzar Camp No. 3",), "internment_camp", "653121", "county"),
    Facility("F-0004", ("The old school",), "unknown", "", "hidden"),
]


def spotted(text):
    return [(hit.facility.code, hit.is_exact) for hit in spot(text, LIST)]


@pytest.mark.parametrize(
    "text", ["Bahar Prison", "BAHAR  prison", "باھار تۈرمىسى", "巴哈尔监狱", "F-0001", "f-0001", " bahar-prison "]
)
def test_a_name_in_any_script_or_the_number_is_that_facility_alone(text):
    assert spotted(text) == [("F-0001", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Ghulja prison",
        "伊宁监狱",
        "تۈرمە، غۇلجا ناھىيىسى",
        "Prison in Ghulja County",
        "Behar prison",
        "Bahar",
        "Prizon Bahar",
    ],
)
def test_kind_and_place_or_another_spelling_lead_to_it(text):
    assert spotted(text)[0] == ("F-0001", False)


def test_a_number_is_never_a_misprint():
    assert spotted("Gulzar Camp 3") == [("F-0003", False)]
    assert spotted("Gulzar camp 4") == []


def test_a_county_or_its_prefecture_lists_what_stands_in_it():
    assert {code for code, _ in spotted("Konasheher")} == {"F-0002", "F-0003"}
    assert {code for code, _ in spotted("Kashgar Prefecture")} == {"F-0002", "F-0003"}


@pytest.mark.parametrize("text", ["", " ", "()", "zzz", "Korla prison", "county", "\x00", "x" * 10_000, "' OR 1=1 --"])
def test_words_that_lead_to_none_find_none(text):
    assert spotted(text) == []

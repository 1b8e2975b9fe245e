"""The shipped places: whole, consistent, and inside the region."""

from campaign.places.current import gazetteer
from campaign.places.index import KINDS, LEVELS, in_other_systems


def test_every_unit_of_the_region_is_there():
    inside = [gazetteer().by_code(code) for code in gazetteer().within("65")]
    counties = [place for place in inside if place.level == "county"]
    prefectures = [place for place in inside if place.level == "prefecture"]

    assert (len(prefectures), len(counties)) == (14, 108)


def test_every_place_lies_in_something_wider():
    for place in gazetteer():
        if place.parent:
            assert LEVELS.index(gazetteer().by_code(place.parent).level) < LEVELS.index(place.level), place.code
        else:
            assert place.level in ("country", "region")
        assert place.kind in KINDS[place.level]


def test_a_county_lies_in_the_prefecture_its_code_says():
    for place in gazetteer():
        if place.level == "county":
            assert place.parent == ("65" if place.code.startswith("6590") else place.code[:4])


def test_places_of_the_region_have_coordinates_within_it():
    for place in gazetteer():
        inside = "65" in {parent.code for parent in gazetteer().parents(place.code)}
        if inside and place.lat is not None and place.lon is not None:
            assert 34 < place.lat < 50, place
            assert 73 < place.lon < 97, place


def test_counties_and_prefectures_have_names_in_chinese_and_latin():
    for place in gazetteer():
        if place.level in ("prefecture", "county"):
            assert place.chinese, place.code
            assert place.pinyin, place.code
            assert place.latin[0].isascii(), place.code


def test_every_syllable_of_pinyin_is_there_in_the_other_systems():
    assert in_other_systems("Xinyuan") == ("hsinyuan", "синьюань")
    whole = [place for place in gazetteer() if place.level in ("prefecture", "county") and place.code.startswith("65")]
    assert [place.pinyin for place in whole if not in_other_systems(place.pinyin)] == []

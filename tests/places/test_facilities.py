"""Facilities from a sheet, read and checked."""

from collections.abc import Iterable

from campaign.places.current import rows_of
from campaign.places.facilities import Facility, FacilitySheet, facilities_of
from campaign.places.scanning import facility_types
from campaign.vocabulary.events import FACILITY_TYPE

HEAD = "id,title,tier,prefecture,county,lat,lon"


def read_facilities(lines: Iterable[str], *, source: str = "") -> FacilitySheet:
    """What the lines of a CSV hold."""
    return facilities_of(enumerate(rows_of(lines), start=2), source=source)


def test_a_row_becomes_a_facility_with_its_type_and_place():
    sheet = read_facilities([HEAD, "7,Bahar Facility #1,4,Kashgar,Yengisheher,39.4,76.05"], source="Invented Project")

    assert sheet.facilities == [
        Facility("7", ("Bahar Facility #1",), "prison", "653122", "exact", 39.4, 76.05, "Invented Project")
    ]
    assert (sheet.refused, sheet.doubts) == ([], [])


def test_a_row_of_our_own_words_needs_only_name_and_type():
    sheet = read_facilities(["name;type;place", "Bahar Prison;prison;Ghulja County", "Gulzar Camp;internment_camp;"])

    assert [(f.type, f.place, f.precision) for f in sheet.facilities] == [
        ("prison", "654021", "county"),
        ("internment_camp", "", "hidden"),
    ]
    assert [(doubt.row, doubt.reason) for doubt in sheet.doubts] == [(3, "The row names no place.")]


def test_a_county_that_lies_elsewhere_is_read_with_a_doubt():
    sheet = read_facilities([HEAD, "8,Bahar,3,Kashgar,Akto,39.1,75.9"])

    assert sheet.facilities[0].place == "653022"
    assert [doubt.row for doubt in sheet.doubts] == [2]


def test_a_column_of_counties_names_the_city_and_not_its_prefecture_and_guesses_between_no_two():
    sheet = read_facilities([HEAD, "9,Bahar,3,Aksu,Aksu,41.1,80.2", "10,Gulzar,3,Ili,Ghulja,43.9,81.3"])

    assert [facility.place for facility in sheet.facilities] == ["652901", "6540"]
    assert [doubt.row for doubt in sheet.doubts] == [3]


def test_every_kind_of_building_in_the_words_is_of_the_vocabulary():
    assert facility_types() <= set(FACILITY_TYPE.codes)


def test_a_bad_row_is_refused_with_its_reason():
    rows = [
        HEAD + ",type",
        "1,,4,Kashgar,,,,",
        "2,Bahar,4,Kashgar,,123,75,",
        "3,Gulzar,,Kashgar,,,,castle",
        "4,A,,,,,,",
        "4,B,,,,,,",
    ]

    sheet = read_facilities(rows)

    assert [facility.code for facility in sheet.facilities] == ["4"]
    assert [fault.row for fault in sheet.refused] == [2, 3, 4, 6]

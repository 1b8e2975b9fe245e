"""The list of facilities: kept from sheets, found again, named by case files in a way that lasts."""

import pytest
from flask import Flask

from campaign.cases import facilities
from campaign.cases.facilities import by_ref, every, find, in_file, keep, named_in
from campaign.cases.file import CaseFile, Episode, Event, Stay, decode, encode
from campaign.database import db
from campaign.places.facilities import Facility
from tests.cast import hired

both_databases = pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
BAHAR = Facility("7", ("Bahar Prison", "باھار تۈرمىسى"), "prison", "654021", "county", 43.9512, 81.3344, "Invented")


@pytest.fixture
def officer(app: Flask, db_session: object) -> int:
    """The number of somebody who imports."""
    return hired("Edo").id


def changed(facility: Facility, **changes: object) -> Facility:
    import msgspec

    return msgspec.structs.replace(facility, **changes)


@both_databases
def test_a_facility_is_created_once_and_then_unchanged(officer: int) -> None:
    outcomes = [keep(BAHAR, scheme="invented", key="7", by=officer) for _ in range(2)]
    db.session.flush()

    assert outcomes == ["created", "unchanged"]
    (one,) = every()
    assert (one.ref, one.name, one.latitude) == ("F-0001", "Bahar Prison", 43.9512)
    assert by_ref("F-0001") is one
    assert by_ref("F-0002") is by_ref("F-1") is by_ref("x") is None


@both_databases
def test_the_same_number_of_another_list_is_another_facility(officer: int) -> None:
    for scheme in ("one", "other"):
        assert keep(BAHAR, scheme=scheme, key="7", by=officer) == "created"
    assert len(every()) == 2


@both_databases
def test_a_sheet_that_says_less_takes_nothing_away_and_widens_no_precision(officer: int) -> None:
    hidden = changed(BAHAR, precision="hidden", is_precision_stated=True)
    keep(hidden, scheme="invented", key="7", by=officer)
    less = Facility("7", ("Bahar Prison", "باھار تۈرمىسى"), "unknown", "", "exact")

    assert keep(less, scheme="invented", key="7", by=officer) == "unchanged"
    (one,) = every()
    assert (one.type, one.place, one.precision, one.latitude) == ("prison", "654021", "hidden", 43.9512)
    assert keep(BAHAR, scheme="invented", key="7", by=officer) == "unchanged"
    narrower = changed(BAHAR, precision="region", is_precision_stated=True)
    assert keep(narrower, scheme="invented", key="7", by=officer) == "updated"
    assert one.precision == "region"


@both_databases
def test_a_facility_is_found_by_any_of_its_names(officer: int) -> None:
    keep(BAHAR, scheme="invented", key="7", by=officer)
    db.session.flush()

    assert [(one.ref, is_exact) for one, is_exact in find("باھار تۈرمىسى")] == [("F-0001", True)]
    assert [(one.ref, is_exact) for one, is_exact in find("伊宁县监狱")] == [("F-0001", False)]


@both_databases
def test_a_file_names_a_facility_by_reference_after_it_was_renamed_and_by_its_exact_name(officer: int) -> None:
    keep(BAHAR, scheme="invented", key="7", by=officer)
    db.session.flush()
    event = Event(facility_name=in_file(every()[0]))
    stay = Stay(facility_name="bahar PRISON")
    file = CaseFile(episodes=[Episode(events=[event], stays=[stay, Stay(facility_name="A school by the river")])])
    file = decode(encode(file))
    assert event.facility_name == "F-0001 Bahar Prison"
    assert {said: [one.ref for one in found] for said, found in named_in(file).items()} == {
        "F-0001 Bahar Prison": ["F-0001"],
        "bahar PRISON": ["F-0001"],
    }

    keep(changed(BAHAR, names=("Almazar Prison",)), scheme="invented", key="7", by=officer)

    assert every()[0].name == "Almazar Prison"
    assert file.episodes[0].events[0].facility_name == "F-0001 Bahar Prison"
    assert list(named_in(file)) == ["F-0001 Bahar Prison"]


@both_databases
def test_the_words_for_where_somebody_is_held_name_a_facility_too(officer: int) -> None:
    keep(changed(BAHAR, names=("No.9 Women’s Prison",)), scheme="invented", key="9", by=officer)
    db.session.flush()
    file = CaseFile(episodes=[Episode(held_words="No.9 Women’s Prison, Ghulja (Yining) County")])

    assert [one.ref for one in named_in(file)["No.9 Women’s Prison"]] == ["F-0001"]


def test_a_file_without_facilities_asks_no_database() -> None:
    assert facilities.named_in(CaseFile(episodes=[Episode()])) == {}


def test_a_file_written_before_facilities_were_named_is_still_read() -> None:
    old = encode(CaseFile(episodes=[Episode(events=[Event()])])).replace(b'"facility_name":"",', b"")
    assert b"facility_name" not in old
    assert decode(old).episodes[0].events[0].facility_name == ""

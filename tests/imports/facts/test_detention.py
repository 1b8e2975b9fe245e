"""Arrest, release, death, facility and why, as a row tells them."""

from datetime import date

import pytest
from flask import Flask

from campaign.cases.status import status
from tests.imports.facts.conftest import CASES, Brings

DAY = date(2026, 11, 30)
ARREST = {"Date of arrest": ("arrest_date", "2017-05-03")}


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_a_date_of_arrest_is_an_arrest_and_no_last_contact(app: Flask, brings: Brings) -> None:
    columns = (
        "[columns]\n'Date of arrest' = 'arrest_date'\n'Place of arrest' = 'arrest_place'\n"
        "'Date of last contact' = 'last_contact_date'\n"
    )
    brought = brings(path=CASES / "f06_date_of_arrest.csv", stated=columns)
    first, second = (file.episodes[0] for file in brought.files)
    assert [(one.type, one.date.edtf, one.place) for one in first.events] == [("arrest", "2017-05-03", "6531")]
    assert (first.start.edtf, first.last_contact.edtf) == ("2017-05-03", "2019")
    assert (second.start.edtf, second.last_contact.edtf, second.last_contact_place) == ("2018", "", "")
    assert [(one.type, one.date.edtf, one.place) for one in second.events] == [("arrest", "2018", "6532")]


def test_who_arrested_and_where_belong_to_the_arrest(brings: Brings) -> None:
    brought = brings({
        **ARREST,
        "Where": ("arrest_place", "Konasheher county, Kashgar"),
        "By": ("arrest_authority", "National security police"),
    })  # fmt: skip
    (arrest,) = brought.file.episodes[0].events
    assert (arrest.place, arrest.authority, arrest.confidence) == (
        "653121",
        "National security police",
        "single_source",
    )


def test_a_date_of_arrest_that_cannot_be_read_keeps_its_words_and_makes_no_arrest(brings: Brings) -> None:
    brought = brings({"Date of arrest": ("arrest_date", "some time ago")})
    (episode,) = brought.file.episodes
    assert (episode.start.written, episode.events) == ("some time ago", [])
    assert brought.says("No date could be read from this. The words are kept as written.")


def test_a_release_is_an_event_and_the_end_of_the_episode(brings: Brings) -> None:
    file = brings({**ARREST, "Released on": ("release_date", "2019-02")}).file
    (episode,) = file.episodes
    assert [(one.type, one.date.edtf) for one in episode.events] == [("arrest", "2017-05-03"), ("release", "2019-02")]
    assert (episode.end.edtf, episode.end_reason) == ("2019-02", "released")
    assert status(file, DAY).code == "released_conditions_unknown"


@pytest.mark.parametrize("cell", ["no", "still detained"])
def test_a_release_without_a_date_is_a_note(brings: Brings, cell: str) -> None:
    brought = brings({**ARREST, "Released on": ("release_date", cell)})
    (episode,) = brought.file.episodes
    assert [one.type for one in episode.events] == ["arrest"]
    assert (episode.end.edtf, episode.end_reason) == ("", "")
    assert [(note.came_from, note.text) for note in brought.file.notes] == [("Released on", cell)]
    assert brought.says("No date could be read")


def test_a_death_is_reported_with_its_day_and_place_and_waits_for_the_gate(brings: Brings) -> None:
    brought = brings({
        **ARREST,
        "Died": ("death_date", "2018-11-05"),
        "Where": ("death_place", "Hotan"),
        "Link": ("source_url", "https://news.example/1"),
    })  # fmt: skip
    file = brought.file
    assert (file.death.is_reported, file.death.date.edtf, file.death.place) == (True, "2018-11-05", "6532")
    assert file.death.next_of_kin_know is False
    death = file.episodes[0].events[-1]
    assert (death.type, death.date.edtf, death.place) == ("death", "2018-11-05", "6532")
    cited = {row.fact for row in file.citations}
    assert {"death", f"episodes/{file.episodes[0].id}/events/{death.id}"} <= cited
    assert brought.says("Nothing leaves before the next of kin know")


def test_a_death_without_a_detention_makes_no_detention(brings: Brings) -> None:
    file = brings({"Died": ("death_date", "2018")}).file
    assert (file.death.is_reported, file.episodes) == (True, [])


def test_the_name_of_a_facility_stays_at_the_desk_and_its_kind_may_be_told(brings: Brings) -> None:
    (stay,) = brings({"Prison": ("facility", "Hotan No. 2 Prison")}).file.episodes[0].stays
    assert (stay.facility, stay.facility_name, stay.place) == ("prison", "Hotan No. 2 Prison", "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Released from Kashgar prison", "released_conditions_unknown"),
        ("Prison (died 2018)", "died_in_custody"),
        ("获释", "released_conditions_unknown"),
        ("освобождён", "released_conditions_unknown"),
    ],
)
def test_a_place_that_tells_a_situation_is_no_place(brings: Brings, cell: str, code: str) -> None:
    brought = brings({**ARREST, "Held at": ("held_place", cell)})
    (episode,) = brought.file.episodes
    assert (episode.held_place, episode.held_facility_types, episode.held_words) == ("", [], "")
    assert status(brought.file, DAY).code == code
    assert [note.text for note in brought.file.notes] == [cell]
    assert brought.says("not where they are held")


def test_a_place_is_read_as_before(brings: Brings) -> None:
    (episode,) = brings({"Held at": ("held_place", "Prison, Hotan")}).file.episodes
    assert (episode.held_place, episode.held_facility_types) == ("6532", ["prison"])


def test_why_in_our_view_is_read_by_the_list_and_the_rest_is_a_note(brings: Brings) -> None:
    brought = brings({"Why": ("activity", "Journalism; study_abroad; owning a goat")})
    assert brought.file.episodes[0].activities == ["journalism", "study_abroad"]
    assert [note.text for note in brought.file.notes] == ["Journalism; study_abroad; owning a goat"]
    assert brought.says("not in the list of activities")

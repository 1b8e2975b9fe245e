"""The situation follows from the events, and from a person's hand where there is a reason."""

from datetime import date

from campaign.cases.file import CaseFile, Episode, Event, Sentence
from campaign.cases.status import status
from campaign.dates.parse import read

TODAY = date(2026, 5, 1)


def event(kind: str, when: str, **fields: object) -> Event:
    return Event(type=kind, date=read(when), confidence="single_source", **fields)  # type: ignore[arg-type]


def test_the_newest_event_that_bears_on_it_decides() -> None:
    events = [
        event("arrest", "2017-06"),
        event("transfer", "2018", facility="internment_camp"),
        event("sighting", "2020"),
    ]
    found = status(CaseFile(episodes=[Episode(events=events)]), TODAY)
    assert (found.code, found.as_of.edtf, found.confidence) == ("internment_camp", "2018", "single_source")
    assert not found.is_set_by_hand


def test_what_a_person_set_holds_with_its_own_date() -> None:
    file = CaseFile(
        episodes=[Episode(events=[event("arrest", "2017-06")])],
        status_override="house_arrest",
        status_override_reason="A neighbour saw him.",
        status_as_of=read("2021"),
        status_confidence="contested",
    )
    found = status(file, TODAY)
    assert (found.code, found.as_of.edtf, found.confidence, found.is_set_by_hand) == (
        "house_arrest", "2021", "contested", True,
    )  # fmt: skip


def test_without_events_it_is_not_known_as_of_what_staff_wrote() -> None:
    found = status(CaseFile(status_as_of=read("2019")), TODAY)
    assert (found.code, found.as_of.edtf) == ("unknown", "2019")


def test_a_sentence_that_ended_moves_it_by_the_clock_and_only_then() -> None:
    file = CaseFile(
        episodes=[
            Episode(
                events=[event("arrest", "2017-06"), event("sentence", "2018-01")],
                sentence=Sentence(kind="term", years=7, expected_end=read("2024-05")),
            )
        ]
    )
    assert status(file, date(2024, 5, 31)).code == "serving_sentence"
    assert status(file, date(2024, 6, 1)).code == "sentence_over_release_unconfirmed"

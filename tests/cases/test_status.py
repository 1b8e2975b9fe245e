"""The situation follows from the events, and from a person's hand where there is a reason."""

from datetime import date

import pytest

from campaign.cases.file import CaseFile, Episode, Event, Sentence, Stay
from campaign.cases.status import kinds_of_place, status
from campaign.dates.edtf import PartialDate
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
    found = status(file, date(2024, 6, 1))
    assert (found.code, found.as_of.edtf) == ("sentence_over_release_unconfirmed", "2018-01")


def sentenced(*, events: list[Event] | None = None, **fields: object) -> CaseFile:
    """Return somebody who was sentenced in January 2018."""
    passed = Sentence(kind="term", **fields)  # type: ignore[arg-type]
    events = [event("arrest", "2017-06"), event("sentence", "2018-01")] if events is None else events
    return CaseFile(episodes=[Episode(start=read("2017-06"), events=events, sentence=passed)])


def test_a_term_ends_by_its_start_and_length_where_no_end_is_written() -> None:
    file = sentenced(years=3, start=read("2017-06-10"))
    assert status(file, date(2020, 6, 30)).code == "serving_sentence"
    assert status(file, date(2020, 7, 1)).code == "sentence_over_release_unconfirmed"
    assert status(sentenced(years=3), date(2021, 1, 31)).code == "serving_sentence"
    assert status(sentenced(years=3), date(2021, 2, 1)).code == "sentence_over_release_unconfirmed"
    about = sentenced(years=3, start=read("about 2017"))
    assert status(about, date(2021, 6, 1)).code == "serving_sentence"
    assert status(about, date(2022, 1, 2)).code == "sentence_over_release_unconfirmed"


def test_a_term_that_was_changed_has_no_end_that_we_could_reckon() -> None:
    changed = [event("arrest", "2017-06"), event("sentence", "2018-01"), event("sentence_change", "2019")]
    assert status(sentenced(events=changed, years=1), TODAY).code == "serving_sentence"


def test_an_episode_is_a_deprivation_of_liberty_without_any_event() -> None:
    found = status(CaseFile(episodes=[Episode(start=read("perhaps 2018"))]), TODAY)
    assert (found.code, found.as_of.edtf) == ("detained_form_unknown", "2018?")
    assert status(CaseFile(episodes=[Episode(held_facility_types=["prison"])]), TODAY).code == (
        "in_prison_sentence_unknown"
    )
    assert status(sentenced(events=[], years=30), TODAY).code == "serving_sentence"


def test_an_episode_of_steps_of_a_trial_alone_may_be_somebody_on_bail() -> None:
    charged = Episode(events=[event("charge", "2025"), event("trial", "2026-01")])
    assert status(CaseFile(episodes=[charged]), TODAY).code == "unknown"
    taken = Episode(start=read("2024"), events=[event("charge", "2025")])
    assert status(CaseFile(episodes=[taken]), TODAY).code == "detained_pretrial"


def test_an_end_is_a_release_only_where_it_says_so() -> None:
    ended = Episode(start=read("2018"), end=read("2020-05"), end_reason="released")
    assert status(CaseFile(episodes=[ended]), TODAY).code == "released_conditions_unknown"
    unsaid = Episode(start=read("2018"), end=read("2020-05"))
    assert status(CaseFile(episodes=[unsaid]), TODAY).code == "unknown"


def test_the_kind_of_place_that_is_written_down_decides_or_makes_it_doubtful() -> None:
    def held(kinds: list[str], *events: Event) -> str:
        episode = Episode(events=[event("arrest", "2017"), *events], held_facility_types=kinds)
        return status(CaseFile(episodes=[episode]), TODAY).code

    assert held(["internment_camp"]) == "internment_camp"
    assert held(["prison", "internment_camp"]) == "detained_form_unknown"
    assert held(["hospital"]) == "detained_form_unknown"
    assert held(["prison"], event("transfer", "2018", facility="internment_camp")) == "detained_form_unknown"
    assert held(["internment_camp"], event("transfer", "2018", facility="internment_camp")) == "internment_camp"


def test_a_date_and_a_confidence_that_staff_wrote_hold_where_they_are_not_older() -> None:
    taken = [Episode(events=[event("arrest", "2017-06")])]
    later = CaseFile(episodes=taken, status_as_of=read("2026-04"), status_confidence="contested")
    assert (status(later, TODAY).as_of.edtf, status(later, TODAY).confidence) == ("2026-04", "contested")
    older = CaseFile(episodes=taken, status_as_of=read("2016"), status_confidence="contested")
    assert (status(older, TODAY).as_of.edtf, status(older, TODAY).confidence) == ("2017-06", "single_source")


@pytest.mark.parametrize(
    ("left", "known", "kinds"),
    [
        ("", "2019", ["internment_camp"]),
        ("2020", "2019", ["internment_camp"]),
        ("2018", "2019", []),  # it had ended before the last news
    ],
)
def test_a_stay_that_has_ended_is_not_where_somebody_was_last(left: str, known: str, kinds: list[str]) -> None:
    stay = Stay(
        id="a0000001", facility="internment_camp", start=read("2017"), end=read(left) if left else PartialDate()
    )
    file = CaseFile(episodes=[Episode(id="90000001", start=read("2017"), stays=[stay])], status_as_of=read(known))
    assert kinds_of_place(file, "detained_form_unknown", is_set_by_hand=False) == kinds
    file.episodes[0].events = [Event(id="e0000001", type="re_arrest", date=read("2017-12"))]
    file.episodes[0].stays[0].start = read("2017-05")
    assert kinds_of_place(file, "detained_form_unknown", is_set_by_hand=False) == []


def test_a_stay_elsewhere_after_a_transfer_leaves_the_kind_of_place_open() -> None:
    moved = Event(id="e0000001", type="transfer", date=read("2017"), facility="internment_camp", confidence="confirmed")
    stay = Stay(id="a0000001", facility="hospital", start=read("2019"))
    file = CaseFile(episodes=[Episode(id="90000001", start=read("2016"), events=[moved])])
    assert status(file, TODAY).code == "internment_camp"
    file.episodes[0].stays = [stay]
    assert status(file, TODAY).code == "detained_form_unknown"

"""The line in time: which shape a date has, what a silence says, and when silence says nothing."""

from typing import Any

import msgspec

from campaign.dates import edtf as dates
from campaign.ledger.documents import Citation, Death, Event, Profile, Status, Stay, When
from campaign.public.phrases import status_sentence
from campaign.public.sources import Evidence
from campaign.public.timeline import Moment, timeline
from tests.ledger.samples import a_place, a_profile, an_episode, made

TODAY = dates.parse("2026-05-04")


def on(edtf: str) -> When:
    date = dates.parse(edtf)
    return made(When, edtf=edtf, earliest=date.earliest, latest=date.latest)


def event(number: int, kind: str, edtf: str, account: str = "", **changes: Any) -> Event:
    fields: dict[str, Any] = {"place": None, "authority": "", "confidence": "unknown"} | changes
    return made(Event, id=f"000000a{number}", type=kind, date=on(edtf) if edtf else None, account=account, **fields)


def held(*events: Event, code: str = "in_prison_sentence_unknown", **changes: Any) -> Profile:
    status = made(Status, code=code, confidence="single_source", basis="family")
    return a_profile(status=status, episodes=[an_episode(events=list(events), **({"start": None} | changes))])


def line(document: Profile) -> list[Moment]:
    return timeline(document, Evidence(document), today=TODAY)


def told(document: Profile) -> list[tuple[str, str, str]]:
    return [(moment.shape, moment.when, moment.words) for moment in line(document)]


def test_a_known_day_a_month_and_a_span_have_their_shapes_and_silences_their_length() -> None:
    document = held(
        event(1, "arrest", "2017-10-14", "Called to the police station"),
        event(2, "incommunicado", "2017-11/2018-09", "Held in a camp."),
        event(3, "sighting", "2021-01", "Seen in the yard."),
    )
    assert told(document) == [
        ("day", "14 October 2017", "Called to the police station."),
        ("span", "November 2017 to September 2018", "Held in a camp."),
        ("silence", "", "No news for two years and four months."),
        ("open", "January 2021", "Seen in the yard."),
        ("silence", "", "No news since then: five years and four months."),
    ]
    assert [moment.is_hushed for moment in line(document)] == [False, True, False, True, False]


def test_a_silence_whose_length_nobody_can_count_says_no_length() -> None:
    document = held(event(1, "arrest", "2015~", "Taken."), event(2, "sighting", "../2019", "Seen."))
    words = [words for shape, _, words in told(document) if shape == "silence"]
    assert words == ["No news since then."]


def test_what_has_no_date_is_told_first_and_says_so() -> None:
    document = held(event(1, "arrest", "2026-02", "Taken."), event(2, "hunger_strike", "", "Refused food."))
    assert told(document)[0] == ("open", "date not known", "Refused food.")


def test_between_a_release_and_the_next_arrest_there_is_no_silence() -> None:
    document = held(event(1, "release", "2019-01-10"), event(2, "re_arrest", "2025-12", "Taken again."))
    assert [shape for shape, _, _ in told(document)] == ["day", "open"]


def test_after_a_release_nothing_is_silent() -> None:
    document = held(event(1, "release", "2019-01-10"), code="released_conditional")
    assert [shape for shape, _, _ in told(document)] == ["day"]


def test_what_the_authorities_say_ends_no_silence() -> None:
    document = held(event(1, "arrest", "2017-07-02", "Taken."), event(2, "state_statement", "2018-04", "They deny it."))
    assert told(document)[-1] == ("silence", "", "No news since 2 July 2017: eight years and ten months.")


def test_a_situation_that_is_newer_than_every_event_is_a_point_on_the_line() -> None:
    document = held(event(1, "arrest", "2018-03", "Taken."))
    document = a_profile(episodes=document.episodes, status=msgspec.structs.replace(document.status, as_of=on("2019")))
    assert told(document)[1:] == [
        ("open", "2019", "Latest information."),
        ("silence", "", "No news since then: six to eight years."),
    ]


def test_a_death_that_is_not_confirmed_is_told_as_a_report_and_ends_the_silence() -> None:
    died = made(
        Death,
        date=on("2025~"),
    )
    document = msgspec.structs.replace(held(event(1, "arrest", "2018-02", "Taken.")), death=died)
    assert told(document)[-1] == ("open", "about 2025", "Reported to have died. Not confirmed.")
    assert status_sentence(document).endswith("we know of no sentence. Reported to have died. Not confirmed.")


def test_how_a_detention_ended_is_told_where_no_event_tells_it() -> None:
    document = held(event(1, "arrest", "2018-03"), end=on("2019-02"), end_reason="term_served", code="in_exile")
    assert told(document)[-1] == ("open", "February 2019", "Released, the term served.")


def test_a_stay_without_a_beginning_is_told_by_its_end() -> None:
    place = a_place(facility="prison")
    stay = made(Stay, id="000000b1", place=place, end=on("2026-01"), how_known="By a letter")
    assert told(held(stays=[stay])) == [("span", "until January 2026", "Prison, Amber Valley. By a letter.")]


def test_the_quiet_line_says_kind_place_authority_and_certainty() -> None:
    place = a_place(facility="court")
    document = held(
        event(
            1, "sentence", "2026-01", "Behind closed doors.", place=place, authority="A court", confidence="contested"
        )
    )
    assert line(document)[0].aside == "Sentence · Court, Amber Valley · A court · sources disagree"


def test_what_supports_the_detention_as_a_whole_stands_at_its_beginning() -> None:
    document = held(event(1, "arrest", "2026-01"), event(2, "transfer", "2026-02"))
    facts = ("episodes/000000e1", "episodes/000000e1/events/000000a2/account")
    cited = [made(Citation, source=number, fact=fact) for number, fact in enumerate(facts, 1)]
    document = a_profile(episodes=document.episodes, status=document.status, citations=cited)
    assert [moment.support.numbers for moment in line(document)] == [(1,), (2,)]

"""Which event decides what we say of somebody, and when a person must."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dates.edtf import parse
from campaign.vocabulary.events import EVENT_TYPE, FACILITY_TYPE
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.status import (
    BEGAN,
    CONFIDENCE,
    ENDED,
    STATUS,
    DerivedStatus,
    KnownSentence,
    StatusEvent,
    derive_status,
    moved_by_clock,
)
from campaign.vocabulary.table import UnknownCode

TODAY = datetime.date(2026, 5, 1)


def event(kind: str, date: str = "", facility: str = "", confidence: str = "single_source") -> StatusEvent:
    known = parse(date) if date else None
    return StatusEvent(
        type=kind,
        confidence=confidence,
        edtf=date,
        earliest=known and known.earliest,
        latest=known and known.latest,
        facility_type=facility,
    )


def sentence(kind: str = "term", ends: str = "") -> KnownSentence:
    return KnownSentence(kind=kind, ends=ends, ends_latest=parse(ends).latest if ends else None)


def status(*events: StatusEvent, known: KnownSentence | None = None) -> tuple[str, str]:
    derived = derive_status(events, known, TODAY)
    assert derived.question == ""
    return derived.code, derived.as_of


def test_without_events_nothing_is_known() -> None:
    assert derive_status([], None, TODAY) == DerivedStatus(code="unknown")


def test_the_newest_event_decides_whatever_the_order_given() -> None:
    arrest, trial, release = event("arrest", "2017-05"), event("trial", "2018"), event("release", "2020-03-01")
    assert status(release, arrest, trial) == ("released_conditions_unknown", "2020-03-01")
    assert status(trial, arrest) == ("detained_on_trial", "2018")


@pytest.mark.parametrize(
    "kind",
    ["call_or_letter", "sighting", "proof_of_life", "hearing", "state_statement", "no_news", "televised_confession",
     "appeal", "burial", "hospitalisation", "other"],
)  # fmt: skip
def test_calls_sightings_hearings_and_the_states_word_move_nothing(kind: str) -> None:
    assert status(event("arrest", "2017-05"), event(kind, "2021")) == ("detained_form_unknown", "2017-05")


@pytest.mark.parametrize("confidence", ["contested", "disproved", "unknown"])
def test_what_is_not_sure_enough_moves_nothing(confidence: str) -> None:
    events = event("arrest", "2017-05"), event("release", "2021", confidence=confidence)
    assert status(*events) == ("detained_form_unknown", "2017-05")


def test_the_confidence_is_that_of_the_deciding_event() -> None:
    events = [event("arrest", "2017", confidence="confirmed"), event("trial", "2018", confidence="corroborated")]
    assert derive_status(events, None, TODAY).confidence == "corroborated"


@pytest.mark.parametrize(
    ("facility", "code"),
    [
        ("prison", "in_prison_sentence_unknown"), ("internment_camp", "internment_camp"), ("home", "house_arrest"),
        ("psychiatric_institution", "psychiatric_confinement"), ("labour_facility", "labour_transfer"),
        ("guarded_residence", "detained_form_unknown"), ("hospital", "detained_form_unknown"),
        ("", "detained_form_unknown"),
    ],
)  # fmt: skip
def test_a_transfer_leads_where_its_facility_says(facility: str, code: str) -> None:
    assert status(event("arrest", "2017"), event("transfer", "2018", facility))[0] == code


def test_the_place_of_an_arrest_is_not_a_place_of_detention() -> None:
    assert status(event("arrest", "2017", "home")) == ("detained_form_unknown", "2017")


def test_a_prison_is_a_place_and_takes_no_sentence_away() -> None:
    events = event("sentence", "2018"), event("transfer", "2019", "prison")
    assert status(*events, known=sentence()) == ("serving_sentence", "2019")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("term", "serving_sentence"), ("life", "serving_sentence"), ("death_with_reprieve", "under_sentence_of_death"),
        ("suspended", "sentence_served_outside_prison"), ("administrative", "detained_without_charge"),
        ("unknown", "in_prison_sentence_unknown"),
    ],
)  # fmt: skip
def test_a_sentence_leads_where_its_kind_says(kind: str, code: str) -> None:
    assert status(event("sentence", "2018"), known=sentence(kind))[0] == code


def test_a_kind_of_sentence_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode):
        derive_status([event("sentence", "2018")], sentence("eternal"), TODAY)


def test_steps_of_one_case_follow_each_other_where_dates_overlap() -> None:
    assert status(event("sentence", "2017"), event("arrest", "2017-05"), known=sentence())[0] == "serving_sentence"
    assert status(event("charge"), event("arrest", "2017-05"))[0] == "detained_pretrial"


def test_a_tie_is_for_a_person_to_decide() -> None:
    derived = derive_status([event("sentence", "2018"), event("release", "2018")], sentence(), TODAY)
    assert derived.question == (
        "The dates do not say which came last: Released, conditions not known or Serving a sentence."
    )


def test_two_events_of_one_day_that_say_the_same_are_no_tie() -> None:
    assert status(event("arrest", "2018"), event("re_arrest", "2018")) == ("detained_form_unknown", "2018")


@pytest.mark.parametrize(
    ("before", "code"),
    [("arrest", "died_in_custody"), ("release", "died_after_release"), ("exile", "died_after_release")],
)
def test_a_death_is_in_custody_or_after_it(before: str, code: str) -> None:
    assert status(event(before, "2018"), event("death", "2020")) == (code, "2020")


def test_a_death_out_of_nowhere_asks_whether_it_was_in_custody() -> None:
    assert derive_status([event("death", "2020")], None, TODAY).question


def test_a_trial_after_a_release_without_an_arrest_is_asked_about() -> None:
    events = [event("release", "2018"), event("trial", "2020")]
    assert derive_status(events, None, TODAY).question
    assert status(*events, event("re_arrest", "2019"))[0] == "detained_on_trial"


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("2024-05", ("sentence_over_release_unconfirmed", "2018")),
        ("2026-04-30", ("sentence_over_release_unconfirmed", "2018")),
        ("2026-05-01", ("serving_sentence", "2018")),
        ("2026", ("serving_sentence", "2018")),
        ("", ("serving_sentence", "2018")),
    ],
)
def test_a_term_that_ends_moves_the_status_by_the_clock(ends: str, expected: tuple[str, str]) -> None:
    assert status(event("sentence", "2018"), known=sentence("term", ends)) == expected


def test_the_clock_does_not_outrank_news_from_after_the_end() -> None:
    over = sentence("term", "2024-05")
    moved = event("transfer", "2025", "prison")
    assert status(event("sentence", "2018"), moved, known=over) == ("serving_sentence", "2025")
    assert status(event("sentence", "2018"), event("release", "2023"), known=over)[0] == "released_conditions_unknown"


@pytest.mark.parametrize(
    ("kind", "code", "after"),
    [
        ("suspended", "sentence_served_outside_prison", "sentence_over_release_unconfirmed"),
        ("administrative", "detained_without_charge", "sentence_over_release_unconfirmed"),
        ("death_with_reprieve", "under_sentence_of_death", "under_sentence_of_death"),
        ("life", "serving_sentence", "serving_sentence"),
    ],
)
def test_every_kind_of_term_ends(kind: str, code: str, after: str) -> None:
    assert status(event("sentence", "2018"), known=sentence(kind, "2030"))[0] == code
    assert status(event("sentence", "2018"), known=sentence(kind, "2020")) == (after, "2018")


def test_an_acquittal_leaves_open_whether_somebody_is_held() -> None:
    assert status(event("arrest", "2017"), event("trial", "2018"), event("acquittal", "2019")) == ("unknown", "2019")
    free = event("arrest", "2017"), event("release", "2018-01"), event("acquittal", "2019")
    assert derive_status(free, None, TODAY).code == "released_conditions_unknown"
    assert status(event("arrest", "2017"), event("acquittal", "2019"), event("re_arrest", "2020"))[0] == (
        "detained_form_unknown"
    )


@pytest.mark.parametrize("kind", ["charge", "indictment", "trial", "conviction"])
def test_a_step_of_a_trial_without_an_arrest_is_no_detention(kind: str) -> None:
    assert status(event(kind, "2019"))[0] == "unknown"
    assert derive_status([event("release", "2018"), event(kind, "2019")], None, TODAY).code == (
        "released_conditions_unknown"
    )


def test_what_an_episode_says_by_itself_moves_it_too() -> None:
    assert status(event(BEGAN, "2018")) == ("detained_form_unknown", "2018")
    assert status(event(BEGAN, "2018"), event(ENDED, "2019")) == ("unknown", "2019")


def test_the_clock_moves_an_overridden_status_too_but_never_life_or_death() -> None:
    serving = DerivedStatus(code="serving_sentence", as_of="2018")
    assert moved_by_clock(serving, sentence("term", "2024"), TODAY).code == "sentence_over_release_unconfirmed"
    assert moved_by_clock(serving, sentence("life", "2024"), TODAY) == serving
    assert moved_by_clock(serving, None, TODAY) == serving


EVENTS = st.builds(
    event,
    st.sampled_from([*EVENT_TYPE.codes, "no_such_event"]),
    st.sampled_from(["", "2017", "2017-05", "2017-05-03", "2016/2018", "../2017", "2018/..", "2017-24"]),
    st.sampled_from(["", *FACILITY_TYPE.codes]),
    st.sampled_from(CONFIDENCE.codes),
)
SENTENCES = st.none() | st.builds(sentence, st.sampled_from(SENTENCE_KIND.codes), st.sampled_from(["", "2024", "2030"]))


@given(st.lists(EVENTS, max_size=8), SENTENCES)
def test_any_events_give_a_status_and_their_order_does_not_matter_unless_a_person_is_asked(
    events: list[StatusEvent], known: KnownSentence | None
) -> None:
    derived = derive_status(events, known, TODAY)
    assert derived.code in STATUS
    if not derived.question:
        again = derive_status(list(reversed(events)), known, TODAY)
        assert (again.code, again.question) == (derived.code, "")

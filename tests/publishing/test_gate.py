"""The ten rules: what each asks for, and that it stops what lacks it."""

import datetime

import msgspec
import pytest

from campaign.cases.file import Consent, Death, Episode, Relative, Source, Text
from campaign.publishing.consent.signatures import fingerprint
from campaign.publishing.gate.checklist import RULES, Rule, check, stopping
from campaign.publishing.gate.question import Question
from tests.publishing.builders import (
    DAY,
    NOW,
    OFFICER,
    REVIEWER,
    WRITER,
    a_file,
    a_question,
    consent,
    day,
    decision,
    event,
    image,
    risk,
)


def line(number: int, question: Question) -> Rule:
    return check(question)[number - 1]


def stops(question: Question) -> list[int]:
    return [rule.number for rule in stopping(question)]


def test_there_are_ten_rules_in_order() -> None:
    assert [number for number, _, _ in RULES] == list(range(1, 11))


def test_a_complete_file_that_another_approved_may_leave() -> None:
    assert stops(a_question(a_file())) == []


def test_every_line_says_something_and_where_to_mend_it() -> None:
    for rule in check(a_question(a_file())):
        assert rule.sentence.endswith(".")
        assert rule.link.startswith("#")


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (1, {"consents": []}),
        (1, {"consents": [consent(confirmed_by=None)]}),
        (1, {"consents": [consent(scopes=["store"])]}),
        (1, {"consents": [consent(scopes=["publish_name"])]}),
        (1, {"consents": [consent(state="refused")]}),
        (2, {"risks": []}),
        (2, {"risks": [risk(level="not_assessed")]}),
        (2, {"risks": [risk(assessed_by=None)]}),
        (2, {"risks": [risk(review_by=day("2026-05-03"))]}),
        (2, {"risks": [risk(), risk(id="d0000002", to="family", level="critical")]}),
        (3, {"citations": []}),
        (3, {"episodes": []}),
        (3, {"texts": [Text(id="f0000008", kind="story", text="Without a source.")]}),
        (4, {"status_basis": ""}),
        (9, {"death": Death(is_reported=True)}),
    ],
)
def test_what_lacks_something_is_stopped_by_its_rule(number: int, changes: dict[str, object]) -> None:
    assert number in stops(a_question(a_file(**changes)))


def test_a_status_without_a_date_is_stopped() -> None:
    undated = [Episode(id="90000001", events=[event(date=day("2018-04"), is_public=True, type="no_news")])]
    assert 4 in stops(a_question(a_file(episodes=undated)))


def test_a_group_without_its_consent_does_not_stop_the_rest() -> None:
    question = a_question(a_file(consents=[consent(scopes=["store", "publish_name"])]))
    assert line(1, question).state == "lacks"
    assert stops(question) == []


def test_a_fact_marked_as_our_view_needs_no_citation() -> None:
    text = Text(id="f0000008", kind="details", text="Our reading of it.", our_view=True)
    assert stops(a_question(a_file(texts=[*a_file().texts, text]))) == []


def test_the_detention_needs_a_citation_and_no_mark_stands_for_it() -> None:
    file = a_file(citations=[], our_view=["status"], texts=[])
    file.episodes[0].events[0].our_view = True
    assert "the detention" in line(3, a_question(file)).sentence


def test_a_picture_that_lacks_something_stays_and_stops_nothing() -> None:
    question = a_question(a_file(images=[image(credit="")]))
    assert (line(5, question).state, stops(question)) == ("lacks", [])


def test_nobody_approved() -> None:
    question = a_question(a_file(), approved_by=None)
    assert (line(6, question).state, stops(question)) == ("waits", [6])


def test_a_writer_approved() -> None:
    assert stops(a_question(a_file(), approved_by=WRITER)) == [6]


def test_a_relative_named_in_a_text_is_found_in_any_case_and_with_any_mark() -> None:
    texts = [Text(id="f0000001", kind="summary", text="Her brother POLÁT was asked about her.")]
    question = a_question(a_file(texts=texts))
    assert 7 in stops(question)
    assert "Polat" not in line(7, question).sentence


def test_a_relative_is_named_by_their_own_word_and_by_nobody_elses() -> None:
    relative = Relative(id="80000001", relation="sibling", name="Polat Sadirov", speaks_publicly=True)
    texts = [Text(id="f0000001", kind="summary", text="Her brother Polat speaks for her.")]
    file = a_file(relatives=[relative], texts=texts)
    assert stops(a_question(file)) == [7]
    file.consents = [consent(), consent(id="c0000002", basis="self", about="80000001", giver="Polat Sadirov")]
    assert stops(a_question(file)) == []
    file.consents[1].basis = "family"
    assert stops(a_question(file)) == [7]
    file.consents[1] = consent(id="c0000002", basis="self", about="80000001", giver="Polat Sadirov", confirmed_by=None)
    assert stops(a_question(file)) == [7]


def test_a_family_name_that_the_person_shares_gives_nobody_away() -> None:
    texts = [Text(id="f0000001", kind="summary", text="Tursunay Sadirova taught.")]
    assert stops(a_question(a_file(texts=texts))) == []


def test_a_giver_called_the_family_names_nobody() -> None:
    texts = [Text(id="f0000001", kind="summary", text="Her family has not heard of her.")]
    assert stops(a_question(a_file(consents=[consent(giver="The family")], texts=texts))) == []


def test_a_testimony_waits_for_the_answer_whether_a_neighbour_would_know() -> None:
    assert stops(a_question(a_file(), would_neighbour_know=None)) == [7]
    assert stops(a_question(a_file(), would_neighbour_know=True)) == [7]


def test_somebody_who_may_be_under_18_needs_two_signatures() -> None:
    file = a_file(birth=day("2010"))
    assert 7 in stops(a_question(file))
    note = decision(kind="best_interests", text="Silence was tried for two years; the guardian asks for it.")
    told = [Text(id="f0000001", kind="summary", text="Taken at night.")]
    guarded = a_file(birth=day("2010"), consents=[consent(outside_reach=True)], decisions=[note], texts=told)
    assert 7 not in stops(a_question(guarded))
    for fault in (
        {"consents": [consent(outside_reach=False)]},
        {"decisions": [decision(kind="best_interests", second_by=OFFICER, text="One person alone.")]},
        {"decisions": [decision(kind="best_interests", text="Long ago.", signed_on=day("2026-01-01"))]},
    ):
        assert 7 in stops(a_question(msgspec.structs.replace(guarded, **fault)))


def test_an_embargo_waits_and_a_hold_stops() -> None:
    soon = NOW + datetime.timedelta(hours=1)
    assert line(8, a_question(a_file(), embargo_until=soon)).state == "waits"
    assert stops(a_question(a_file(), embargo_until=NOW)) == []
    assert stops(a_question(a_file(), holds=("Paused on 2026-01-01.",))) == [8]


def test_a_release_known_from_the_authorities_alone_is_their_claim() -> None:
    released = event(id="e0000002", type="release", date=day("2021-01"), confidence="single_source")
    file = a_file()
    file.episodes[0].events.append(released)
    file.sources.append(Source(id="50000003", type="official_statement"))
    file.citations[0].fact = "episodes/90000001/events/e0000001"
    file.citations.append(cited("50000003", "episodes/90000001/events/e0000002"))
    assert 9 in stops(a_question(file))
    file.citations.append(cited("50000001", "episodes/90000001/events/e0000002"))
    assert stops(a_question(file)) == []


def cited(source: str, fact: str) -> object:
    from campaign.cases.file import Citation

    return Citation(source_id=source, fact=fact)


def test_a_critical_risk_to_the_person_alone_leaves_by_the_written_wish_of_the_family() -> None:
    critical = risk(level="critical")
    signed = decision(kind="critical", stands_on=[fingerprint(critical)])
    assert stops(a_question(a_file(risks=[critical], decisions=[signed]))) == []
    for fault in (
        {"consents": [consent(how="call")]},
        {"consents": [consent(until=day("2026-05-03")), consent(id="c0000002", how="call")]},
        {"decisions": []},
        {"decisions": [decision(kind="critical", stands_on=[fingerprint(critical)], second_by=None)]},
        {"risks": [risk(level="critical", concerns=["retaliation"])]},
    ):
        file = a_file(risks=[critical], decisions=[signed])
        assert stops(a_question(msgspec.structs.replace(file, **fault))) == [2], fault


def public_interest(**changes: object) -> Consent:
    row = consent(
        basis="public_interest", second_signature=REVIEWER, reason="Wrote to the family twice.", confirmed_by=OFFICER
    )
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def test_public_interest_is_signed_by_two_states_the_attempts_and_grows_old() -> None:
    assert stops(a_question(a_file(consents=[public_interest()]))) == []
    assert stops(a_question(a_file(consents=[public_interest(second_signature=OFFICER)]))) == [1]
    assert stops(a_question(a_file(consents=[public_interest(second_signature=WRITER)]))) == [1]
    assert stops(a_question(a_file(consents=[public_interest(reason="")]))) == [1]
    later = DAY + datetime.timedelta(days=200)
    old = a_file(consents=[public_interest()], risks=[risk(review_by=day("2027-12-31"))])
    assert stops(a_question(old, day=later)) == [1]


def test_a_correction_is_not_stopped_by_a_review_date_and_is_by_a_refusal() -> None:
    late = a_question(a_file(risks=[risk(review_by=day("2026-01-31"))]))
    assert stopping(late)
    assert stopping(late, is_correction=True) == []
    refused = a_question(a_file(consents=[consent(state="refused")]))
    assert stopping(refused, is_correction=True)

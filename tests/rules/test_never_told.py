"""What nobody may tell (domain.md, Never): each line of it is a test here, of the gate and of the projection."""

import pytest

from campaign.cases.file import Charge, Citation, Contact, Death, Episode, Image, Proceeding, Relative, Text, Violation
from campaign.ledger.browse import card_of, encode_card, facets_of
from campaign.ledger.documents import encode
from campaign.publishing.gate.checklist import check, stopping
from campaign.publishing.projection.profile import project
from tests.publishing.builders import a_file, a_meta, a_question, consent, day, decision, event, image

CHILD = "80000009"


def stops(**changes: object) -> list[int]:
    return [rule.number for rule in stopping(a_question(a_file(**changes)))]


def told(**changes: object) -> str:
    file = a_file(**changes)
    return encode(project(file, a_meta(file)).document).decode()


def summary(text: str) -> list[Text]:
    return [Text(id="f0000001", kind="summary", text=text)]


# someone under 18 who is not the detained person


def test_a_child_of_the_family_is_named_by_nobodys_word() -> None:
    child = Relative(id=CHILD, relation="child", name="Subhi Sadirov", is_minor=True)
    own = consent(id="c0000002", basis="self", about=CHILD)
    named = summary("Her son Subhi was put into a home.")
    assert stops(relatives=[child], texts=named, consents=[consent(), own]) == [7]
    child.is_minor = False
    assert stops(relatives=[child], texts=named, consents=[consent(), own]) == []


def test_a_picture_with_somebody_else_under_18_stays() -> None:
    assert '"images":[]' in told(images=[image(shows_minor=True)])


def test_the_number_of_children_leaves_in_no_document() -> None:
    assert told(children_count=41) == told()


# a detained person under 18


def test_of_a_detained_child_no_portrait_school_birth_or_exact_place_leaves() -> None:
    body = told(birth=day("2010-04-12"), employer="School 5", occupation="Pupil of school 5")
    assert '"images":[]' in body
    assert "chool 5" not in body
    assert "2010" not in body
    assert '"653121"' not in body
    assert '"precision":"county"' not in body


def test_a_detained_child_needs_a_guardian_outside_and_a_note_signed_by_two() -> None:
    note = decision(kind="best_interests", text="Silence was tried; the guardian asks for it.")
    child = {"birth": day("2010"), "decisions": [note], "consents": [consent(outside_reach=True)]}
    child["texts"] = summary("Taken at night.")
    assert stops(**child) == []
    assert stops(**{**child, "decisions": []}) == [7]
    assert stops(**{**child, "decisions": [decision(kind="best_interests", second_by=None)]}) == [7]
    assert stops(**{**child, "consents": [consent()]}) == [7]
    public_interest = consent(basis="public_interest", giver_kind="", second_signature=5, reason="Wrote twice.")
    assert 7 in stops(**{**child, "consents": [public_interest]})


def test_it_is_asked_again_every_three_months_and_at_18() -> None:
    old = decision(kind="best_interests", text="Long ago.", signed_on=day("2026-01-20"))
    assert stops(birth=day("2010"), decisions=[old], consents=[consent(outside_reach=True)]) == [7]
    grown_up = day("2008-04-01")  # turned 18 between the consent of January and this May
    assert stops(birth=grown_up) == [1]
    assert stops(birth=grown_up, consents=[consent(obtained_on=day("2026-05-02"))]) == []


# sexual violence, gender identity or health detail without that person's own free consent


def test_sexual_violence_leaves_by_the_persons_own_word_alone() -> None:
    row = Violation(id="70000002", kind="sexual_violence", account="what-she-told")
    assert "what-she-told" not in told(violations=[row])
    assert "what-she-told" in told(violations=[row], consents=[consent(basis="self")])


def test_gender_identity_leaves_by_the_persons_own_word_alone() -> None:
    words = {"gender": "another", "gender_words": "in-their-own-words"}
    assert "in-their-own-words" not in told(**words)
    assert "in-their-own-words" in told(**words, consents=[consent(basis="self")])


@pytest.mark.parametrize("told_there", ["She has type 2 diabetes.", "She is given METFORMIN at noon."])
def test_a_detail_of_health_leaves_by_the_persons_own_word_alone(told_there: str) -> None:
    kept = {"health_condition": "Type 2 diabetes", "health_medication": "metformin, aspirin", "health_line": told_there}
    assert stops(**kept) == [7]
    assert stops(**kept, consents=[consent(basis="self")]) == []
    assert stops(**{**kept, "health_line": "She needs care that is denied."}) == []


def test_how_she_was_treated_leaves_with_the_health_consent_alone() -> None:
    beaten = event(id="e0000002", type="ill_treatment", account="what-was-done")
    episodes = [Episode(id="90000001", start=day("2018-04"), events=[event(), beaten])]
    without = consent(scopes=["store", "publish_name", "publish_story"])
    assert "what-was-done" not in told(episodes=episodes, consents=[without])
    assert "what-was-done" in told(episodes=episodes)


# a death before the family knows


def test_no_death_leaves_before_the_family_knows() -> None:
    died = event(id="e0000002", type="death", date=day("2021"), account="how-it-happened")
    episodes = [Episode(id="90000001", events=[event(), died], end=day("2021"), end_reason="died")]
    death = Death(is_reported=True, cause_alleged="how-it-happened", independent_sources=["50000001", "50000002"])
    file = {"episodes": episodes, "death": death}
    assert 9 in stops(**file)
    body = told(**file)
    assert "how-it-happened" not in body
    assert '"death":null' in body
    assert "died" not in body


# contacts, addresses or document numbers in public


@pytest.mark.parametrize(
    "words",
    [
        "Write to polat@mail.example for more.",
        "Call +7 701 123 45 67 in the evening.",
        "Call 138 1234 5678.",
        "WeChat: polat-sadirov-77",
        "Her identity card is 653121197404120023.",
        "Her passport G12345678 was taken.",
        "She lived in 7 Orchard Lane, Qaghiliq.",
        "The file is called (2018) Xin 31 Criminal 44.",
        "Ask at kok-bazar stall nine.",
    ],
)
def test_nothing_that_leads_to_a_door_leaves(words: str) -> None:
    kept = {
        "last_address": "7 Orchard Lane, Qaghiliq",
        "contacts": [Contact(id="30000001", channel="Kök-bazar, stall nine")],
        "episodes": [
            Episode(
                id="90000001",
                start=day("2018-04"),
                events=[event()],
                proceedings=[Proceeding(id="21000001", case_number="(2018) Xin 31 Criminal 44")],
            )
        ],
    }
    assert stops(**kept, texts=summary(words)) == [7]
    assert stops(**kept, texts=summary("She was held 31 days in 2018, in room 44 with 17 others.")) == []


def test_what_the_check_finds_wrongly_two_people_call_harmless() -> None:
    words = summary("The form is called AB1234567.")
    harmless = decision(kind="harmless", about=["ab1234567"])
    assert stops(texts=words) == [7]
    assert stops(texts=words, decisions=[harmless]) == []
    harmless.second_by = harmless.signed_by
    assert stops(texts=words, decisions=[harmless]) == [7]


# a charge by the state shown as fact


def charged(**changes: object) -> dict[str, object]:
    charge = Charge(id="31000001", text="Disturbing the public order")
    episode = Episode(
        id="90000001", start=day("2018-04"), events=[event()], charges=[charge], reason_stated="Illegal preaching"
    )
    cited = [
        *a_file().citations,
        Citation(id="40000005", source_id="50000001", fact="episodes/90000001/charges/31000001"),
        Citation(id="40000006", source_id="50000001", fact="episodes/90000001/reason_stated"),
    ]
    return {"episodes": [episode], "citations": cited, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": summary("A teacher, held for disturbing the public order.")},
        {"texts": summary("The authorities say “disturbing the public order”.")},
        {"occupation": "Teacher (illegal preaching)"},
        {"employer": "A ring for illegal preaching"},
        {"groups": ["illegal preaching"]},
        {"images": [image(alt="Before the trial for disturbing the public order")]},
        {"texts": [Text(id="f0000002", kind="story", text="She was tried for disturbing the public order.")]},
    ],
)
def test_a_charge_stands_in_no_card_and_as_no_fact(changes: dict[str, object]) -> None:
    assert stops(**charged(**changes)) == [7]


def test_a_charge_may_stand_in_quotation_marks_as_what_the_authorities_say() -> None:
    quoted = Text(
        id="f0000002", kind="story", text="The authorities say: “Disturbing the public order.” She denies it."
    )
    assert stops(**charged(texts=[quoted])) == []


def test_a_charge_is_in_no_title_and_no_card() -> None:
    file = a_file(**charged())
    document = project(file, a_meta(file)).document
    card = encode_card(card_of(document))
    assert b"Disturbing" not in card
    assert b"preaching" not in card
    assert "Disturbing" not in document.display_name + document.slug
    assert all("preaching" not in value for _, value in facets_of(document))


def test_the_checklist_says_where_each_of_it_is_mended() -> None:
    for line in check(a_question(a_file(**charged(texts=summary("Held for illegal preaching."))))):
        assert line.link.startswith("#")


def test_a_picture_made_by_the_captors_is_no_portrait() -> None:
    assert '"images":[]' in told(images=[image(made_by_captors=True)])
    assert isinstance(image(), Image)

"""The closed lists: as domain.md has them, readable, and never losing a code."""

import pytest

from campaign import vocabulary
from campaign.vocabulary import VOCABULARIES
from campaign.vocabulary.events import EVENT_TYPE, FACILITY_LEADS_TO, FACILITY_TYPE, LEADS_TO, SENTENCE_LEADS_TO
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.people import OCCUPATION_GROUP
from campaign.vocabulary.status import CONFIDENCE, OF_MANY, SHORT_LABELS, SITUATION_OF, STATUS, SUFFICIENT, short_label
from campaign.vocabulary.table import Term, UnknownCode, Vocabulary

# domain.md, section "Vocabularies" and "Drafting states": a code that goes missing here was published once.
DOMAIN = {
    "status": """detained_form_unknown detained_pretrial detained_on_trial detained_without_charge internment_camp
        in_prison_sentence_unknown serving_sentence under_sentence_of_death sentence_over_release_unconfirmed
        sentence_served_outside_prison house_arrest psychiatric_confinement labour_transfer disappeared
        forced_residence_or_exit_ban released_conditions_unknown released_conditional released_unconditional
        in_exile died_in_custody died_after_release executed unknown""",
    "sentence_kind": "term life death death_with_reprieve suspended administrative unknown",
    "confidence": "confirmed corroborated single_source contested disproved unknown",
    "event_type": """summons search arrest abduction disappearance incommunicado transfer charge indictment hearing
        trial conviction acquittal sentence appeal sentence_change family_visit call_or_letter contact_cut
        hunger_strike ill_treatment hospitalisation medical_denial sighting proof_of_life state_statement
        passport_taken summoned_to_return deportation_or_extradition children_taken televised_confession
        reprisal_on_family no_news release re_arrest exile exchange death burial un_action other""",
    "facility_type": """police_station pretrial_centre prison internment_camp labour_facility military_base
        intelligence_facility secret_site court hospital psychiatric_institution juvenile_institution
        state_childrens_institution home guarded_residence border_or_airport abroad unknown""",
    "precision": "exact town county prefecture region hidden",
    "activity": """religious_practice religious_dress travel_abroad contact_abroad money_sent_abroad study_abroad
        phone_or_app_use language_or_culture art_or_literature journalism teaching academic_work
        business_or_charity legal_work peaceful_protest political_opinion birth_policy ethnicity family_link
        refusal_to_cooperate earlier_police_contact disclosing_information state_service online_speech
        human_rights_defence association unknown other""",
    "violation": """arbitrary_detention enforced_disappearance incommunicado_detention torture_or_ill_treatment
        sexual_violence unfair_trial no_counsel denial_of_medical_care forced_labour forced_confession
        family_separation reprisal_against_relatives death_in_custody other""",
    "legal_basis": """none_known administrative emergency_or_security_law speech_or_political
        ordinary_law_disproportionate anti_state terrorism_or_extremism other unknown""",
    "source_type": """testimony relative released_detainee media ngo_report un_document court_document
        official_statement official_database leaked_document satellite_image photo_or_video social_media
        letter other""",
    "reliability": "reliable usually_reliable not_known doubtful unreliable",
    "consent_scope": """store publish_name publish_photo publish_story publish_health publish_family
        share_partners share_un press write_home write_embassy write_authorities write_person""",
    "consent_basis": "self family lawyer spoke_publicly already_published_by_us public_interest",
    "consent_state": "given limited refused withdrawn paused_duress_suspected ended",
    "risk_level": "low moderate high critical not_assessed",
    "risk_to": "person family source interviewer other",
    "concern": "legal_prejudice retaliation surveillance extortion child outing location other",
    "appeal_kind": """letter_to_authority letter_to_prisoner petition urgent_action embassy phone social_post
        vigil un_communication""",
    "impact": "none_yet contact_allowed moved improved charge_dropped sentence_reduced released unclear",
    "drafting_state": "draft in_review changes_asked approved",
}


@pytest.mark.parametrize("name", DOMAIN)
def test_a_vocabulary_holds_exactly_the_codes_of_the_domain(name: str) -> None:
    assert VOCABULARIES[name].codes == tuple(DOMAIN[name].split())


@pytest.mark.parametrize("name", VOCABULARIES)
def test_codes_are_stable_names_and_labels_are_for_people(name: str) -> None:
    for term in VOCABULARIES[name].terms:
        assert term.code.isascii(), term
        assert term.code.replace("_", "a").isalpha(), term
        assert "_" not in term.label, term
        assert term.label[0].isupper(), term
        assert len({t.label for t in VOCABULARIES[name].terms}) == len(VOCABULARIES[name].terms)


def test_every_vocabulary_of_the_room_is_in_the_list_of_all() -> None:
    named = [value for value in vars(vocabulary).values() if isinstance(value, Vocabulary)]
    assert sorted(map(repr, named)) == sorted(map(repr, VOCABULARIES.values()))


def test_a_code_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UnknownCode, match="status has no code 'imprisoned'"):
        STATUS["imprisoned"]


def test_a_retired_code_is_read_but_no_longer_offered() -> None:
    fruit = Vocabulary("fruit", "Fruit", "apple | Apple\npear | Pear", retired="quince | Quince | 0101 | not grown")
    assert fruit.codes == ("apple", "pear")
    assert fruit["quince"] == Term("quince", "Quince", "0101", "not grown", is_retired=True)
    assert fruit.choices() == [("apple", "Apple"), ("pear", "Pear")]
    assert fruit.choices("quince", blank="Choose") == [
        ("", "Choose"),
        ("apple", "Apple"),
        ("pear", "Pear"),
        ("quince", "Quince"),
    ]


@pytest.mark.parametrize("table", ["a | A\na | B", "a", "a | A | 1 | note | more"])
def test_a_damaged_table_is_refused_at_once(table: str) -> None:
    with pytest.raises(ValueError, match=r"twice|no label|more than"):
        Vocabulary("fruit", "Fruit", table)


def test_every_status_counts_somewhere_and_has_a_label_of_three_words_or_so() -> None:
    assert tuple(SITUATION_OF) == tuple(SHORT_LABELS) == tuple(OF_MANY) == STATUS.codes
    held = [code for code, group in SITUATION_OF.items() if group in {"held", "restricted"} and code != "disappeared"]
    assert [code for code in held if "when last heard of" not in OF_MANY[code]] == []
    assert all(len(label.split()) <= 3 for label in SHORT_LABELS.values())


def test_lists_say_since_when_nothing_more_is_known() -> None:
    assert short_label("serving_sentence") == "Serving a sentence"
    assert short_label("internment_camp", last_known=2018) == "In a camp, last known 2018"
    assert short_label("unknown", last_known=2018) == "No news since 2018"
    assert short_label("released_unconditional", last_known=2018) == "Released"
    assert short_label("sentence_over_release_unconfirmed", last_known=2018) == "Release not confirmed"


def test_the_tables_that_move_a_status_name_only_codes_there_are() -> None:
    assert set(LEADS_TO) <= set(EVENT_TYPE.codes)
    assert set(FACILITY_LEADS_TO) <= set(FACILITY_TYPE.codes)
    assert set(SENTENCE_LEADS_TO) == set(SENTENCE_KIND.codes)
    assert set(SUFFICIENT) <= set(CONFIDENCE.codes)
    led_to = {*LEADS_TO.values(), *FACILITY_LEADS_TO.values(), *SENTENCE_LEADS_TO.values()}
    assert {code for code in led_to if not code.startswith("by ")} <= set(STATUS.codes)


def test_fields_of_work_are_few_and_plain() -> None:
    assert 12 <= len(OCCUPATION_GROUP) <= 20

"""What a status line says, word for word, and what none of them may say."""

import itertools
import re

import pytest

from campaign.vocabulary.events import FACILITY_TYPE
from campaign.vocabulary.law import SENTENCE_KIND
from campaign.vocabulary.situations import Told, sentence_in_words, status_line, term_in_words, where
from campaign.vocabulary.status import SITUATION_OF, STATUS
from campaign.vocabulary.status_lines import KINDS, LINES
from campaign.vocabulary.table import UnknownCode

CAMP = ("internment_camp",)
OLD = {"heard": "February 2018", "heard_in": "in February 2018"}
TERM = {"sentence_kind": "term", "length": "15 years", "passed": "in 2019", "until": "2034", "ended": "in 2034"}


def line(code: str, **facts: object) -> str:
    return status_line(Told(code=code, **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("internment_camp", {"kinds": CAMP, "place": "Kashgar", **OLD},
         "Held in an internment camp in Kashgar when last heard of, February 2018. We know of no release."),
        ("internment_camp", {"kinds": CAMP, "place": "Kashgar", "is_fresh": True},
         "Held in an internment camp in Kashgar."),
        ("detained_form_unknown", {"heard": "January 2021"},
         "In detention when last heard of, January 2021. No news has reached us since."),
        ("detained_form_unknown", {"kinds": ("internment_camp", "prison"), "heard": "2018", "is_kept": True},
         "Held when last heard of, 2018; whether in an internment camp or a prison we do not know. "
         "We know of no release."),
        ("detained_form_unknown", {"kinds": ("guarded_residence",), "is_fresh": True}, "Held in a guarded residence."),
        ("detained_form_unknown", {"is_fresh": True}, "In detention."),
        ("detained_form_unknown", {}, "In detention when last heard of, date not known. No news has reached us since."),
        ("serving_sentence", {"heard": "2019", **TERM},
         "Sentenced to 15 years in 2019; by that sentence held until about 2034. Last news: 2019. "
         "We know of no release."),
        ("serving_sentence", {"kinds": ("hospital",), "place": "Konasheher", **OLD, **TERM},
         "Held in a hospital in Konasheher when last heard of, February 2018. Sentenced to 15 years in 2019; by that "
         "sentence held until about 2034. We know of no release."),
        ("serving_sentence", {"kinds": ("prison",), "place": "Ghulja", "is_fresh": True, **TERM},
         "Held in a prison in Ghulja, serving a sentence of 15 years. By that sentence held until about 2034."),
        ("serving_sentence", {"place": "near Urumqi", "is_fresh": True}, "Held near Urumqi, serving a sentence."),
        ("serving_sentence", {"sentence_kind": "life", "heard": "2019"},
         "Sentenced to life imprisonment. Last news: 2019. We know of no release."),
        ("serving_sentence", {"heard": "2025", "is_past": True, **TERM},
         "In detention when last heard of, 2025. Sentenced to 15 years in 2019. By the sentence known to us the term "
         "ended in 2034. We know of no release."),
        ("serving_sentence", {"kinds": ("prison",), "is_fresh": True, "is_past": True, **TERM},
         "Held in a prison. Sentenced to 15 years in 2019. By the sentence known to us the term ended in 2034."),
        ("under_sentence_of_death", {"sentence_kind": "death_with_reprieve", "length": "2 years", "passed": "in 2020",
                                     "ended": "in 2022", "is_reckoned": True, "is_over": True, "heard": "2020"},
         "Sentenced to death with a reprieve of 2 years in 2020. By the sentence known to us the reprieve would have "
         "ended in 2022. What followed is not known to us. Last news: 2020. We know of no release."),
        ("serving_sentence", {"kinds": ("prison", "hospital"), "heard": "2019", "sentence_kind": "term"},
         "Held when last heard of, 2019; whether in a prison or a hospital we do not know. Sentenced; for how long is "
         "not known to us. We know of no release."),
        ("under_sentence_of_death", {"sentence_kind": "death_with_reprieve", "is_past": True, "heard": "2019"},
         "Sentenced to death with a reprieve. Last news: 2019. We know of no release."),
        ("sentence_over_release_unconfirmed", {"ended": "in May 2024"},
         "By the sentence known to us the term ended in May 2024. Release is not confirmed."),
        ("sentence_over_release_unconfirmed", {"ended": "in May 2024", "is_reckoned": True},
         "By the sentence known to us the term would have ended in May 2024. Release is not confirmed."),
        ("sentence_over_release_unconfirmed", {},
         "By the sentence known to us the term has ended. Release is not confirmed."),
        ("in_prison_sentence_unknown", {"kinds": ("prison",), "place": "Aksu", "is_fresh": True},
         "Held in a prison in Aksu; we know of no sentence."),
        ("detained_without_charge", {"sentence_kind": "administrative", "length": "15 days", "is_fresh": True},
         "In detention without charge. Given an administrative term of 15 days."),
        ("sentence_served_outside_prison", {"sentence_kind": "suspended", "length": "3 years", "passed": "in 2019",
                                            "until": "2022", "heard": "2019"},
         "Serving a sentence outside prison when last heard of, 2019. Sentenced in 2019 to 3 years, suspended or "
         "outside prison. That term runs until about 2022."),
        ("internment_camp", {"kinds": CAMP, "claimed_free": "Aynur", **OLD},
         "Held in an internment camp when last heard of, February 2018. The authorities say that Aynur is free. "
         "Nobody independent could confirm it."),
        ("internment_camp", {"kinds": CAMP, "is_death_reported": True, **OLD},
         "Held in an internment camp when last heard of, February 2018. Reported to have died. Not confirmed."),
        ("unknown", {"acquitted": "in 2020", "heard": "2020"},
         "Acquitted in 2020. Whether released is not known to us. Last news: 2020."),
        ("unknown", OLD, "Last heard of in February 2018. Whether in detention today is not known to us."),
        ("disappeared", {"heard_in": "in January 2021", "heard": "January 2021"},
         "Disappeared; last heard of in January 2021. The authorities have not said where, as far as we know. "
         "No news has reached us since."),
        ("died_in_custody", {"place": "Aksu"}, "Reported to have died. Not confirmed."),
        ("died_in_custody", {"place": "Aksu", "died": "on 3 May 2020", "is_death_confirmed": True},
         "Died in custody in Aksu on 3 May 2020."),
        ("released_conditional", {"heard": "May 2020"}, "Released under conditions. Last news: May 2020."),
        ("released_conditional", {"confidence": "contested"}, "Reported to have been released. Not confirmed."),
    ],
)  # fmt: skip
def test_a_line_says_what_is_known(code: str, facts: dict[str, object], said: str) -> None:
    assert line(code, **facts) == said


def test_a_status_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode):
        line("imprisoned")


def test_every_status_has_a_line_that_needs_no_fact_and_one_best_for_any_facts() -> None:
    assert set(LINES) == set(STATUS.codes)
    for code, lines in LINES.items():
        assert frozenset() in lines, code
        for facts, other in itertools.combinations(lines, 2):
            assert facts | other in lines, f"{code}: no line for {sorted(facts | other)}"


FACTS = {
    "kinds": [(), ("prison",), ("internment_camp", "prison"), ("home", "abroad")],
    "place": ["", "Aksu"],
    "is_fresh": [True, False],
    "length": ["", "2 years"],
    "until": ["", "2022"],
    "ended": ["", "in 2022"],
    "claimed_free": ["", "Aynur"],
    "is_death_reported": [True, False],
}


@pytest.mark.parametrize("code", STATUS.codes)
def test_no_line_says_more_than_its_facts(code: str) -> None:
    for kind in ("", *SENTENCE_KIND.codes):
        for values in itertools.product(*FACTS.values()):
            facts = dict(zip(FACTS, values, strict=True))
            said = line(code, sentence_kind=kind, heard="May 2021", heard_in="in May 2021", passed="in 2020", **facts)
            assert re.fullmatch(r"(?:[A-Z][^{}]*?[.] ?)+", said), said
            assert "  " not in said
            assert not re.search(r"\b(was|were|he|she|his|her|him)\b", said), said
            sure = not facts["is_fresh"] and SITUATION_OF[code] in {"held", "restricted"}
            assert not sure or "May 2021" in said, said
            assert "Aksu" not in said or facts["place"]
            if not facts["kinds"] and code not in {"internment_camp", "psychiatric_confinement"}:
                named = [words for words in KINDS.values() if words in said and words not in {"at home", "abroad"}]
                assert named == [], said
            assert "We know of no release" not in said or not facts["claimed_free"], said


def test_every_kind_of_place_has_words_for_a_sentence() -> None:
    assert set(KINDS) == set(FACILITY_TYPE.codes) - {"unknown"}
    assert where(Told(code="unknown", kinds=("home",), place="Aksu")) == "at home in Aksu"
    assert where(Told(code="unknown", kinds=("prison", "hospital"), place="Aksu")) == "in Aksu"
    assert where(Told(code="unknown", kinds=("of_no_list",))) == ""


@pytest.mark.parametrize(
    ("kind", "length", "said"),
    [
        ("term", {"years": 15}, "15 years"), ("term", {"years": 1, "months": 6}, "1 year and 6 months"),
        ("term", {"years": 1, "months": 6, "days": 1}, "1 year, 6 months and 1 day"), ("term", {}, ""),
        ("life", {}, "life imprisonment"),
    ],
)  # fmt: skip
def test_a_term_is_told_in_full(kind: str, length: dict[str, int], said: str) -> None:
    assert term_in_words(kind, **length) == said


@pytest.mark.parametrize("kind", SENTENCE_KIND.codes)
def test_a_sentence_is_told_with_its_length_or_without(kind: str) -> None:
    assert "{" not in sentence_in_words(kind, "2 years") + sentence_in_words(kind, "")
    assert sentence_in_words("death", "2 years") == sentence_in_words("death", "") == "death"

"""What the public reads, word for word."""

import re

import pytest

from campaign.vocabulary import sentences
from campaign.vocabulary.sentences import (
    STATUS_SENTENCES,
    age_when_detained,
    age_when_last_heard_of,
    authorities_say,
    claimed_free,
    home_count,
    status_sentence,
    term_in_words,
    two_dates,
)
from campaign.vocabulary.status import STATUS
from campaign.vocabulary.table import UnknownCode


@pytest.mark.parametrize(
    ("code", "facts", "sentence"),
    [
        ("serving_sentence", {"place": "Ghulja", "term": "15 years"},
         "In a prison in Ghulja, serving a sentence of 15 years."),
        ("serving_sentence", {"place": "near Urumqi"}, "In a prison near Urumqi, serving a sentence."),
        ("serving_sentence", {"term": "life imprisonment"}, "Serving a sentence of life imprisonment."),
        ("in_prison_sentence_unknown", {"place": "Aksu", "term": "15 years"},
         "In a prison in Aksu; we know of no sentence."),
        ("detained_form_unknown", {}, "Held in an internment camp or a prison; we do not know which."),
        ("detained_form_unknown", {"place": "Kucha", "last_heard": "January 2021"},
         "Was in detention when last heard of (January 2021); no news has reached us since."),
        ("unknown", {"last_heard": "January 2021", "last_heard_in": "in January 2021"},
         "Last heard of in January 2021; no news has reached us since."),
        ("internment_camp", {"place": "Korla", "last_heard": "2018"}, "Held in an internment camp in Korla."),
        ("sentence_over_release_unconfirmed", {"ended": "in May 2024"},
         "By the sentence known to us the term ended in May 2024. Release is not confirmed."),
        ("sentence_over_release_unconfirmed", {},
         "By the sentence known to us the term has ended. Release is not confirmed."),
        ("died_in_custody", {"place": "Aksu"}, "Reported to have died. Not confirmed."),
        ("died_in_custody", {"place": "Aksu", "ended": "on 3 May 2020", "confidence": "corroborated"},
         "Died in custody in Aksu on 3 May 2020."),
        ("executed", {"confidence": "contested"}, "Reported to have died. Not confirmed."),
        ("released_conditional", {}, "Released under conditions."),
        ("released_conditional", {"confidence": "contested"}, "Reported to have been released. Not confirmed."),
    ],
)  # fmt: skip
def test_the_status_is_one_sentence(code: str, facts: dict[str, str], sentence: str) -> None:
    assert status_sentence(code, **facts) == sentence


def test_a_status_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode):
        status_sentence("imprisoned")


def test_every_status_has_a_sentence_that_needs_no_fact_and_one_best_for_any_facts() -> None:
    assert tuple(STATUS_SENTENCES) == STATUS.codes
    for code, lines in STATUS_SENTENCES.items():
        assert frozenset() in lines, code
        for facts in lines:
            for other in lines:
                assert facts | other in lines, f"{code}: no line for {sorted(facts | other)}"


@pytest.mark.parametrize("code", STATUS.codes)
def test_a_sentence_uses_each_fact_it_asks_for_and_leaves_no_gap(code: str) -> None:
    for facts, line in STATUS_SENTENCES[code].items():
        wanted = {"place": "{place}", "term": "{term}", "ended": "{ended}"}
        assert {wanted[fact] for fact in facts} == set(re.findall(r"{\w+}", line))
    said = status_sentence(code, confidence="confirmed", place="Aksu", term="two years", ended="2020")
    assert said[0].isupper()
    assert said.endswith(".")
    assert "{" not in said
    assert "  " not in said


def test_nothing_says_he_or_she() -> None:
    texts = [line for lines in STATUS_SENTENCES.values() for line in lines.values()]
    texts += [text for name, text in vars(sentences).items() if name.isupper() and isinstance(text, str)]
    assert len(texts) > 40
    assert [text for text in texts if re.search(r"\b(he|she|his|her|hers|him)\b", text, re.IGNORECASE)] == []


def test_the_fixed_sentences_are_those_of_the_domain() -> None:
    assert sentences.NO_REASON_GIVEN == "The authorities have given no reason that we know of."
    assert sentences.NOT_A_SAMPLE == "The people we profile: not a sample of all who are held."
    assert sentences.NOT_PUBLIC == (
        "This profile is not public at present. "
        "Please take down posters and copies of it and do not share them."
    )  # fmt: skip
    assert claimed_free("Aynur") == "The authorities say that Aynur is free. Nobody independent could confirm it."


def test_two_dates_stand_under_the_status() -> None:
    assert two_dates("January 2021", "May 2026") == (
        "Latest information: January 2021. Last checked by us: May 2026, nothing new."
    )
    assert two_dates("January 2021", "May 2026", found_news=True) == (
        "Latest information: January 2021. Last checked by us: May 2026."
    )
    assert two_dates("January 2021", "") == "Latest information: January 2021."
    assert two_dates("", "") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("separatism", "The authorities say: “separatism”"),
        (' "separatism" ', "The authorities say: “separatism”"),
        ("", "The authorities have given no reason that we know of."),
        ('""', "The authorities have given no reason that we know of."),
    ],
)
def test_a_charge_stands_in_quotation_marks_after_whose_word_it_is(words: str, said: str) -> None:
    assert authorities_say(words) == said


@pytest.mark.parametrize(
    ("public", "profiled", "said"),
    [
        (25, 31, "25 people are public here; 31 have been profiled; some are not shown."),
        (1, 31, "1 person is public here; 31 have been profiled; some are not shown."),
        (1, 1, "1 person is public here; 1 has been profiled."),
        (0, 0, "0 people are public here; 0 have been profiled."),
        (1200, 12000, "1,200 people are public here; 12,000 have been profiled; some are not shown."),
    ],
)
def test_the_count_on_the_home_page_is_honest(public: int, profiled: int, said: str) -> None:
    assert home_count(public, profiled) == said


def test_an_age_is_that_of_the_last_news() -> None:
    assert age_when_last_heard_of(51, 52) == "51 or 52 when last heard of"
    assert age_when_last_heard_of(51, 51) == "51 when last heard of"
    assert age_when_last_heard_of(30, 35) == "30 to 35 when last heard of"
    assert [age_when_detained(*ages) for ages in ((51, 52), (51, 51), (30, 35))] == [
        "51 or 52 when detained",
        "51 when detained",
        "30 to 35 when detained",
    ]


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

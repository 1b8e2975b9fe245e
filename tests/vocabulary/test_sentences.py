"""What the public reads, word for word."""

import pytest

from campaign.vocabulary import sentences
from campaign.vocabulary.sentences import (
    age_when_detained,
    age_when_last_heard_of,
    authorities_said_to_say,
    authorities_say,
    home_count,
    says_nothing,
    two_dates,
    unquoted,
)
from campaign.vocabulary.situations import claimed_free


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
    assert two_dates("", "May 2026", means="press") == "Last checked by us: May 2026, in the press, nothing new."
    assert two_dates("", "May 2026", means="A list", found_news=True) == "Last checked by us: May 2026, A list."


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


def test_a_claim_that_others_report_stands_without_quotation_marks() -> None:
    assert authorities_said_to_say("He left. ") == "As reported, the authorities say: He left."


@pytest.mark.parametrize(
    ("counts", "long_ago", "profiled", "said"),
    [
        ({"held": 30, "free": 3, "dead": 2, "restricted": 2, "unknown": 5}, 28, 44,
         ["42 people have a page here: 30 were held when last heard of, 28 of them more than a year ago; 3 came out; "
          "2 died or are reported dead; 2 were at home or abroad and not free to move when last heard of; of 5 we do "
          "not know whether they are still held.", "44 people have been profiled; some are not shown."]),
        ({"held": 1}, 0, 1, ["1 person has a page here: 1 was held when last heard of."]),
        ({"free": 1200}, 0, 1200, ["1,200 people have a page here: 1,200 came out."]),
        ({}, 0, 0, ["0 people have a page here."]),
    ],
)  # fmt: skip
def test_the_count_on_the_home_page_adds_up(
    counts: dict[str, int], long_ago: int, profiled: int, said: list[str]
) -> None:
    assert home_count(sum(counts.values()), counts, long_ago, profiled) == said


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ('"separatism"', "separatism"), ("«сепаратизм»", "сепаратизм"), ("„Unruhe“", "Unruhe"),
        ("“a “b” c”", "a “b” c"),
        ("「分裂国家」", "分裂国家"), ("“‘twice’”", "twice"),
        ('Officials said "separatism"', 'Officials said "separatism"'),
        ('"a" and "b"', '"a" and "b"'), ("“a” b “c”", "“a” b “c”"), ("'tis", "'tis"), ('"open', '"open'), ('""', ""),
        ('"', ""), ("", ""), ("authorities’ word’", "authorities’ word’"),
    ],
)  # fmt: skip
def test_quotation_marks_go_in_pairs_only(words: str, plain: str) -> None:
    assert unquoted(words) == plain


@pytest.mark.parametrize(
    "words",
    ["No charge disclosed", "no charges or reasons given", "Unknown", "Reason unknown", "not known.", "N/A", "None",
     "-",
     "Charges have not been disclosed", "No official charges have been made public", "Not disclosed to the family",
     "unknown / no reason given", "No information", "“No charge disclosed”", "不详", "原因不明", "罪名未公开", "无",
     "неизвестно", "Причина неизвестна", "нет", "bilinmiyor", "غير معروف", "نامەلۇم", "белгісіз",
     "They did not say why",
     "没有罪名", "未被告知罪名", "无罪名", "暂无", "情况不明", "не предъявлено", "нет данных", "без обвинения",
     "Hiçbir suçlama açıklanmadı", "gerekçe bildirilmedi", "لم تعلن أي تهمة", "لا توجد تهمة", "بدون تهمة",
     "ھېچقانداق سەۋەب ئېلان قىلىنمىدى", "айып тағылмады", "charges: none", "not been told", "No trial, no charge",
     "Unknown reasons"],
)  # fmt: skip
def test_words_that_say_that_there_is_no_reason_are_none(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words",
    ["separatism", "No longer praying in public", "None of his children went to school", "Charged without evidence",
     "Charge: inciting hatred", "unknown religious activity", "分裂国家", "экстремизм", "No licence for a school",
     "Disclosed state secrets", "Knowledge of unknown persons", "无证传教", "未经许可集会", "没有身份证",
     "нет паспорта",
     "без разрешения вышел", "Not told the truth", "No permission to travel", "айыптау: сепаратизм"],
)  # fmt: skip
def test_words_that_say_something_are_a_reason(words: str) -> None:
    assert not says_nothing(words)


def test_an_age_is_that_of_the_last_news() -> None:
    assert age_when_last_heard_of(51, 52) == "51 or 52 when last heard of"
    assert age_when_last_heard_of(51, 51) == "51 when last heard of"
    assert age_when_last_heard_of(30, 35) == "30 to 35 when last heard of"
    assert [age_when_detained(*ages) for ages in ((51, 52), (51, 51), (30, 35))] == [
        "51 or 52 when detained",
        "51 when detained",
        "30 to 35 when detained",
    ]

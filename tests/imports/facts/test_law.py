"""Charges, articles, sentences, courts, hearings and texts of a row."""

import pytest

from campaign.imports.facts import terms
from tests.imports.facts.conftest import OTHER, Brings


@pytest.mark.parametrize(
    ("cell", "kind", "length"),
    [
        ("15 years", "term", (15, None, None)),
        ("sentenced to 15 years in prison", "term", (15, None, None)),
        ("fifteen years", "term", (15, None, None)),
        ("15 years and 6 months", "term", (15, 6, None)),
        ("18 months", "term", (None, 18, None)),
        ("15 days", "term", (None, None, 15)),
        ("15年", "term", (15, None, None)),
        ("有期徒刑十五年", "term", (15, None, None)),
        ("七年六个月", "term", (7, 6, None)),
        ("15 лет лишения свободы", "term", (15, None, None)),
        ("٧ سنوات", "term", (7, None, None)),
        ("السجن 10 سنوات", "term", (10, None, None)),
        ("۵ سال حبس", "term", (5, None, None)),
        ("10 yıl hapis", "term", (10, None, None)),
        ("15 жыл", "term", (15, None, None)),
        ("15 يىل", "term", (15, None, None)),
        ("6 años de prisión", "term", (6, None, None)),
        ("cinq ans", None, ()),
        ("6 ans de prison", "term", (6, None, None)),
        ("7 Jahre Haft", "term", (7, None, None)),
        ("3 years suspended", "suspended", (3, None, None)),
        ("life imprisonment", "life", (None, None, None)),
        ("无期徒刑", "life", (None, None, None)),
        ("пожизненно", "life", (None, None, None)),
        ("müebbet", "life", (None, None, None)),
        ("السجن المؤبد", "life", (None, None, None)),
        ("حبس ابد", "life", (None, None, None)),
        ("مۇددەتسىز قاماق", "life", (None, None, None)),
        ("death", "death", (None, None, None)),
        ("死缓", "death_with_reprieve", (None, None, None)),
        ("смертная казнь", "death", (None, None, None)),
        ("sentenced", "unknown", (None, None, None)),
        ("released after 5 years", None, ()),
        ("15-20 years", None, ()),
        ("5 years ago", None, ()),
        ("1.5 years", None, ()),
        ("about 10 years", None, ()),
        ("2019", None, ()),
        ("15", None, ()),
    ],
)
def test_a_sentence_is_read_where_every_word_is_understood(
    cell: str, kind: str | None, length: tuple[int, ...]
) -> None:
    found = terms.read(cell)
    assert (found and found.kind, found[1:4] if found else ()) == (kind, length)


@pytest.mark.parametrize(
    ("header", "cell", "length"),
    [("Sentence (years)", "15", (15, None)), ("刑期（年）", "15", (15, None)), ("Срок, лет", "15", (15, None)),
     ("Months of sentence", "18", (None, 18)), ("Sentence", "15", None), ("Sentence (years)", "2019", None)],
)  # fmt: skip
def test_a_bare_number_has_the_unit_of_its_header(
    header: str, cell: str, length: tuple[int | None, ...] | None
) -> None:
    found = terms.read(cell, header)
    assert (found[1:3] if found else None) == length


def test_a_term_is_a_sentence_of_the_episode(brings: Brings) -> None:
    brought = brings({"Sentence": ("sentence", "15 years, 5 years deprivation of political rights")})
    sentence = brought.file.episodes[0].sentence
    assert (sentence.kind, sentence.years, sentence.text) == ("term", 15, "")
    assert [note.text for note in brought.file.notes] == ["15 years, 5 years deprivation of political rights"]
    assert brought.says("Only the words before")


def test_what_is_no_sentence_is_a_note_and_told(brings: Brings) -> None:
    brought = brings({"Sentence": ("sentence", "long")})
    assert (brought.file.episodes, [note.text for note in brought.file.notes]) == ([], ["long"])
    assert brought.says("No sentence could be read")
    assert brings({"Sentence": ("sentence", "not sentenced")}).files[-1].episodes == []


def test_charge_and_article_stand_together(brings: Brings) -> None:
    file = brings({
        "Charge 1": ("charge", "Splittism"),
        "Article 1": ("article", "Criminal Law, article 103"),
        "Charge 2": ("charge", "Terrorism"),
        "Article 2": ("article", "article 120"),
    }).file  # fmt: skip
    charges = file.episodes[0].charges
    assert [(one.text, one.article) for one in charges] == [
        ("Splittism", "Criminal Law, article 103"),
        ("Terrorism", "article 120"),
    ]


def test_no_charge_is_no_charge(brings: Brings) -> None:
    brought = brings({"Charge": ("charge", "No charge disclosed")})
    assert brought.file.episodes == []
    assert [note.text for note in brought.file.notes] == ["No charge disclosed"]


def test_a_hearing_that_has_passed_is_an_event_and_one_to_come_is_the_next(brings: Brings) -> None:
    first = brings({"Court": ("court", "Hotan County Court"), "Hearing": ("hearing_date", "2019-03-01")}).file
    second = brings(
        OTHER | {"Court": ("court", "Hotan County Court"), "Hearing": ("hearing_date", "2150-03-01")}
    ).files[-1]
    assert [(one.type, one.date.edtf) for one in first.episodes[0].events] == [("hearing", "2019-03-01")]
    assert [(one.court, one.next_hearing.edtf) for one in second.episodes[0].proceedings] == [
        ("Hotan County Court", "2150-03-01")
    ]


def test_a_text_is_a_summary(brings: Brings) -> None:
    (text,) = brings({"About": ("summary", "A baker of the old town.")}).file.texts
    assert (text.kind, text.text) == ("summary", "A baker of the old town.")

"""Names among the person's own, and what is answered for once: rows of names, pronunciations, words called harmless."""

import pytest

from campaign.cases.file import CaseFile, Citation, Consent, Contact, Name, Proceeding, Relative, Source, Text
from campaign.demo.reading import people
from campaign.publishing.gate.findings import Finding
from campaign.publishing.gate.known_names import unnamed
from campaign.publishing.gate.named_people import named
from campaign.publishing.projection.profile import project
from tests.publishing.builders import DAY, a_file, a_meta, consent, decision
from tests.publishing.test_naming import aygul, own, stops


@pytest.mark.parametrize(
    "row",
    [
        "Gulnar Yusupova (sister)",
        "Gulnar Yusupova (sister), +90 555 123 45 67",
        "Yusupova Gulnar, sister",
        "Gulnar",
        "Гульнар Юсупова",
        "گۈلنار",
        "G. Yusupova",
        "Gulnar Y.",
        "gulnaryusupova",
        "Tursunay Sadirova, sister of Gulnar",
        "Gulnar's sister",
    ],
)
def test_a_public_name_row_holds_nobody_elses_whole_name(row: str) -> None:
    sister = Relative(id="80000001", relation="sibling", name="Gulnar Yusupova")
    assert stops(relatives=[sister], names=own(row)) == [7]


@pytest.mark.parametrize(
    ("father", "row"),
    [
        ("Sadir", "Tursunay Sadir"),
        ("Sadir", "Tursunay Sadir qizi"),
        ("Sadir Polatov", "Tursunay Sadirovna"),
        ("Sadir", "تۇرسۇناي سادىر"),
        ("Sadir", "Tursunay bint Sadir"),
        ("Tohti Tursunay", "Tursunay Tohti"),
    ],
)
def test_a_child_is_called_after_a_parent(father: str, row: str) -> None:
    assert stops(relatives=[Relative(id="80000001", relation="parent", name=father)], names=own(row)) == []


def test_a_pronunciation_is_a_public_text() -> None:
    names = [Name(id="a0000001", text="Tursunay Sadirova", is_preferred=True, pronunciation="as Polat says it")]
    assert stops(names=names) == [7]


def test_a_name_of_the_person_that_may_not_be_public_is_looked_for_too() -> None:
    hidden = Name(id="a0000002", text="Gulnar", is_public=False)
    texts = [Text(id="f0000001", kind="summary", text="Friends called her Gülnar.")]
    assert stops(names=[*a_file().names, hidden], texts=texts) == [7]


def test_a_word_that_names_somebody_else_is_called_harmless_by_two() -> None:
    texts = [Text(id="f0000001", kind="summary", text="The writer Aygul Osmanova wrote of her.")]
    assert stops(relatives=[aygul()], texts=texts) == [7]
    assert stops(relatives=[aygul()], texts=texts, decisions=[decision(kind="harmless", about=["aygul"])]) == []


def test_an_answer_stands_while_the_text_is_the_same() -> None:
    text = "The writer Aygul Osmanova wrote of her."
    mark = Finding("summary", "aygul", "", text).mark
    answer = decision(kind="harmless", about=["aygul"], stands_on=[mark])
    asked = {"relatives": [aygul()], "decisions": [answer]}
    assert stops(**asked, texts=[Text(id="f0000001", kind="summary", text=text)]) == []
    changed = [Text(id="f0000001", kind="summary", text="Her sister Aygul wrote of her.")]
    assert stops(**asked, texts=changed) == [7]


def test_everybody_whom_the_file_knows_is_looked_for() -> None:
    names = unnamed(a_file(), DAY)
    assert {"Polat Sadirov", "Gheni Orazov", "Orunjan Sadirova"} <= set(names)
    assert unnamed(CaseFile(), DAY) == []
    episode = a_file().episodes[0]
    episode.proceedings = [Proceeding(judge="A Judge", counsel="Nur Lawyer")]
    file = a_file(contacts=[Contact(name="Rena")], episodes=[episode], consents=[Consent(giver="Ma")])
    file.sources.append(Source(author="Zhang Wei", is_confidential=True))
    assert {"Rena", "A Judge", "Nur Lawyer", "Ma", "Zhang Wei"} <= set(unnamed(file, DAY))
    assert isinstance(Citation(), Citation)
    assert isinstance(consent(), Consent)


def test_of_ten_profiles_of_the_demonstration_one_at_most_is_found_wrongly() -> None:
    folk = [person.file for person in people()]
    documents = [(file, project(file, a_meta(file)).document) for file in folk]
    wrong = [file for file, document in documents if list(named(file, document, unnamed(file, DAY)))]
    assert len(wrong) <= len(folk) / 10

"""What changes spelling alone makes nobody a writer; what may change a meaning does."""

from collections.abc import Iterator

import pytest
from flask import Flask

from campaign.cases.file import CaseFile, Name, Relative, Text
from campaign.cases.spelling import is_spelling
from campaign.settings import read


@pytest.fixture(autouse=True, scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An application that knows the gazetteer, and no more."""
    application = Flask("campaign")
    application.extensions["settings"] = read({"CAMPAIGN_HOME": str(tmp_path_factory.mktemp("home"))})
    with application.app_context():
        yield


def file(text: str, kind: str = "story", **changes: object) -> CaseFile:
    names = [Name(id="a0000001", text="Tursunay Sadirova")]
    relatives = [Relative(id="80000001", relation="child", name="polat sadirov")]
    return CaseFile(names=names, relatives=relatives, texts=[Text(id="f0000001", kind=kind, text=text)], **changes)


def is_alone(before: str, after: str, kind: str = "story") -> bool:
    return is_spelling(file(before, kind), file(after, kind))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("she was detaned at night.", "She was detained at night."),
        ("A teacher, taken from a shcool", "A teacher taken from a school."),
        ("The goverment closed the comittee.", "The government closed the committee."),
        ("She was TAKEN from school.", "She was taken from school."),
        ("Она была учительинцей", "Она была учительницей."),
        ("Öğretmen olarak çalışıyrdu", "Öğretmen olarak çalışıyordu."),
        ("Elle est enseigante.", "Elle est enseignante."),
        ("Ол мұғалімі болған", "ол мұғалімі болған."),
        ("ئۇ ئوقۇتقۇچى", "ئۇ، ئوقۇتقۇچى."),
        ("她是老师", "她是老师。"),
    ],
)
def test_letter_case_punctuation_and_misspelt_words_are_spelling(before: str, after: str) -> None:
    assert is_alone(before, after)
    assert is_alone(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("She was held for forty days.", "She was held for fifty days."),
        ("Она провела там тринадцать лет.", "Она провела там тридцать лет."),
        ("Held for 15 years.", "Held for 16 years."),
        ("Held for 1,5 years.", "Held for 15 years."),
        ("Taken in march.", "Taken in March."),
        ("She was taken in april.", "She was taken in aprils."),
        ("She never said so.", "She newer said so."),
        ("The arrest was lawful.", "The arrest was unlawful."),
        ("Öğrenciler gittiler.", "Öğrenciler gitmediler."),
        ("Олар барды сол жаққа.", "Олар бармады сол жаққа."),
        ("Он был виновен.", "Он был невиновен."),
        ("She lived in kashgar.", "She lived in Kashgar."),
        ("She lived in Kashgar.", "She lived in Kashgor."),
        ("Her son polat asks.", "Her son Polat asks."),
        ("She saw Karimov there.", "She saw Kerimov there."),
        ("Karimov was there.", "Kerimov was there."),
        ("She saw a rose there.", "She saw a Rose there."),
        ("They said “she was detaned”.", "They said “she was detained”."),
        ("They said «она была арестованна».", "They said «она была арестована»."),
        ("He was killed?", "He was killed."),
        ("She had sons.", "She had son."),
        ("The woman was tried.", "The woman was dried."),
        ("She was his wife.", "She was her wife."),
        ("She was taken.", "She was taken away."),
        ("她是老师", "他是老师"),
        ("ئۇ ئوقۇتقۇچى", "ئۇ ئوقۇغۇچى"),
        ("same", "same"),
    ],
)
def test_what_may_change_a_meaning_is_not(before: str, after: str) -> None:
    assert not is_alone(before, after)
    assert not is_alone(after, before)


@pytest.mark.parametrize("kind", ["quote", "other"])
def test_somebodys_own_words_are_not_ours_to_correct(kind: str) -> None:
    assert not is_alone("she was detaned at night", "she was detained at night", kind)


def test_another_field_a_row_more_or_another_language_is_no_spelling() -> None:
    before = file("she was detaned at night")
    assert not is_spelling(before, file("she was detained at night", occupation="nurse"))
    assert not is_spelling(
        before, CaseFile(names=before.names, relatives=before.relatives, texts=[*before.texts, Text()])
    )
    other = file("she was detained at night")
    other.texts[0].language = "ru"
    assert not is_spelling(before, other)
    assert not is_spelling(CaseFile(occupation="Nurse"), CaseFile(occupation="nurse"))

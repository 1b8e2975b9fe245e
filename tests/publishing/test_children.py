"""A possible minor: what stays behind, who says otherwise, and what no text may tell of them."""

import datetime

import pytest

from campaign.cases.age import age_facts
from campaign.cases.file import CaseFile, Episode, Text
from campaign.cases.revisions import head
from campaign.cases.workflow import submit
from campaign.dates.edtf import PartialDate
from campaign.ledger.documents import encode
from campaign.publishing import decisions
from campaign.publishing.errors import NotConfirmed
from campaign.publishing.gate.checklist import check, open_findings, stopping
from campaign.publishing.projection.profile import project
from tests.publishing.builders import DAY, a_file, a_meta, a_question, consent, day, decision, event, image
from tests.publishing.desk import Desk

YOUNG = [Episode(id="90000001", start=day("2024-04"), events=[event(date=day("2024-04"))], held_place="653121")]
NOTE = {
    "decisions": [decision(kind="best_interests", text="The guardian asks for it.")],
    "consents": [consent(outside_reach=True)],
}


def stops(file: CaseFile, when: datetime.date = DAY) -> list[int]:
    return [rule.number for rule in stopping(a_question(file, day=when))]


def unknown_age(**changes: object) -> CaseFile:
    return a_file(**{"birth": PartialDate(), "episodes": YOUNG, **changes})


def summary(text: str) -> list[Text]:
    return [Text(id="f0000001", kind="summary", text=text)]


def test_who_says_nothing_of_an_age_is_treated_as_a_possible_minor() -> None:
    file = unknown_age()
    assert stops(file) == [7]
    assert "18" in check(a_question(file))[6].sentence
    document = project(file, a_meta(file)).document
    assert (document.images, document.occupation, document.employer) == ([], "", "")
    assert b'"653121"' not in encode(document)


def test_a_writer_and_a_reviewer_say_otherwise_and_their_word_stands_while_the_age_is_the_same() -> None:
    file = unknown_age()
    signed = decision(kind="grown_up", text="Her sons are grown up.", stands_on=[age_facts(file)])
    assert stops(unknown_age(decisions=[signed])) == []
    assert stops(unknown_age(decisions=[signed], age_reported="17")) == [7]
    assert stops(unknown_age(decisions=[decision(kind="grown_up", stands_on=[age_facts(file)], second_by=None)])) == [7]


def test_the_reviewer_is_nobody_who_wrote_it(desk: Desk) -> None:
    case = desk.opens(unknown_age(images=[], relatives=[]))
    said = decisions.decide(case, "grown_up", by=desk.edo, text="A grandmother, says her family.")
    with pytest.raises(NotConfirmed):
        decisions.countersign(case, said.id, by=desk.edo)
    submit(case, by=desk.edo)
    decisions.countersign(case, said.id, by=desk.rana)
    assert stops(head(case)) == []


@pytest.mark.parametrize(
    "words",
    [
        "A pupil of Kashgar No. 3 Middle School, born on 3 March 2010.",
        "Born in 2010, taken at night.",
        "Родилась в 2010 году.",
        "Ученица третьей школы.",
        "她在第三中学读书。",
        "２０１０年出生。",
        "She herds sheep with the shepherds.",
        "Taken in Konasheher County.",
        "بالا مەكتەپتە ئوقۇيتتى.",
        "Her birthday is in March.",
        "She was in the ninth grade.",
        "Родилась третьего марта.",
        "Девятиклассница из города.",
        "她是初三学生，三月三日出生。",
        "Jahrgang 2010.",
        "کلاس نهم بود.",
        "她在疏附被抓走。",
        "Taken in two thousand and ten.",
    ],
)
def test_birth_school_work_and_place_of_a_guarded_child_stand_in_no_text(words: str) -> None:
    child = {"birth": day("2010-03-03"), "occupation": "Sheep herder", "employer": "", **NOTE}
    assert stops(a_file(**child, texts=summary(words))) == [7], words
    assert stops(a_file(**child, texts=summary("Taken at night. Nobody says where."))) == []
    assert stops(a_file(birth=day("1970"), texts=summary(words))) == []


def test_what_the_texts_of_a_child_say_is_answered_by_the_reviewer_alone() -> None:
    child = {"birth": day("2010-03-03"), **NOTE, "texts": summary("A school of thought.")}
    found = open_findings(a_question(a_file(**child)))
    assert {(one.word, one.is_for_officer) for one in found} == {("school", False)}
    answer = decision(kind="answered", about=["school"], stands_on=[found[0].mark], second_by=None)
    assert stops(a_file(**{**child, "decisions": [*NOTE["decisions"], answer]})) == []
    other = {**child, "texts": summary("A school in Kashgar."), "decisions": [*NOTE["decisions"], answer]}
    assert stops(a_file(**other)) == [7]


def test_it_is_asked_again_at_18_of_a_child_and_not_of_who_was_never_said_to_be_one() -> None:
    assert stops(a_file(birth=day("2008-04-01"), texts=summary("Taken."))) == [1]
    assert stops(a_file(birth=PartialDate())) == []  # shown by the arrest of 2018 since this spring
    assert isinstance(image().alt, str)


@pytest.mark.parametrize(
    "text",
    [
        "Her 6-year-old son asks for her.",
        "Her youngest son, six, lives in Ghulja.",
        "Their little one is four.",
        "Of her kids, the eldest is 9.",
        "Her son, born in 2015, waits at home.",
        "Her son (b. 3 May 2015) waits.",
        "Her daughter, now 9, is in an orphanage in Hotan.",
        "Her son goes to school in Kashgar.",
        "Her niece is in the second grade.",
        "她六岁的儿子在喀什上学。",
        "Её шестилетний сын живёт в Кашгаре.",
        "Oğlu 7 yaşında.",
        "Her son is seven.",
        "Her daughter is in primary school.",
        "Her son was put in a boarding school.",
        "Her teenage daughter waits.",
        "Her son's fifth birthday came.",
        "Her younger sister, 12, was questioned.",
        "Her brother was 15 when he was asked.",
        "Её сыну исполнилось семь.",
        "Её дочь 2015 года рождения.",
        "Её сын учится в третьем классе.",
        "Детям 3, 5 и 8 лет.",
        "她三个月大的女儿在家。",
        "她的弟弟12岁。",
        "ئۇنىڭ ئالتە ياشلىق ئوغلى بار.",
        "Оның алты жасар ұлы бар.",
        "Olti yoshli o'g'li bor.",
        "ابنها البالغ من العمر ست سنوات.",
        "ابنها في الصف الثالث.",
        "پسرش شش ساله است.",
        "Ihr sechsjähriger Sohn wartet.",
        "Son fils a 6 ans.",
        "여섯 살 아들이 있다.",
    ],
)
def test_of_a_child_of_the_family_no_age_birth_or_school_leaves_unanswered(text: str) -> None:
    told = [Text(id="f0000001", kind="summary", text=text)]
    question = a_question(a_file(texts=told))
    assert [rule.number for rule in stopping(question)] == [7]


@pytest.mark.parametrize(
    "text",
    [
        "She has two daughters and a son.",
        "Her son was questioned for 6 hours.",
        "Born in Kashgar, she taught there. Her children live abroad.",
        "Her three children were told nothing.",
        "Her son is one of six.",
        "She taught children at school No. 5.",
        "Her sister is 45, her brother 30.",
        "Её сын живёт в Алматы с 2015 года.",
        "儿子2015年去了土耳其。",
    ],
)
def test_how_many_children_there_are_may_be_told(text: str) -> None:
    told = [Text(id="f0000001", kind="summary", text=text)]
    assert stopping(a_question(a_file(texts=told))) == []

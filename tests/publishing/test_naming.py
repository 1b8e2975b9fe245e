"""Names found in texts by their sound: in any script and spelling, with endings, and not in ordinary words."""

import pytest

from campaign.cases.file import CaseFile, Image, Name, Relative, Text
from campaign.publishing.gate.checklist import stopping
from campaign.publishing.gate.known_names import unnamed
from campaign.publishing.gate.named_people import found_in, needle
from tests.publishing.builders import DAY, a_file, a_question, decision, image

OWN = frozenset({"tursunay", "sadirova"})
PROSE = (
    "She taught for twenty years in a village school. In April 2017 the police came at night and took her. Nobody in "
    "the county would say where. Amnesty wrote to the embassy. Neither letters nor calls were answered. "
    "On Monday her students asked again. Kashgar, Urumqi, Ghulja and Kucha are far away."
)
CHINESE = (
    "她于二〇一七年四月在喀什地区被带走，此后家人再也没有得到任何消息。当局没有说明理由，也没有告知关押地点。"
    "她是一名中学教师，教数学二十年。邻居说那天夜里来了三辆车，把她从家里带走。"
)


def found(name: str, text: str) -> set[str]:
    wanted = needle(name, OWN)
    return set(found_in(text, wanted, OWN)) if wanted else set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Айгуль", "Her sister Aygul was asked about her."),
        ("Aygül", "Её сестру Айгуль вызвали в полицию."),
        ("Polat", "Оны Полаттың үйінде ұстады."),
        ("Polat Sadirov", "پولاتنىڭ ئۆيىدە تۇتۇلدى."),
        ("پولات", "They asked Polat where she was."),
        ("Yusup", "Her cousin Yusuf spoke to us."),
        ("Polat", "他的弟弟帕拉提说过这件事。"),
        ("王伟", "她的同学王伟看见了她。"),
        ("Zhang Wei", "她的同学张伟看见了她。"),
        ("Zhang Wei", "Её видел Чжан Вэй."),
        ("王伟", "Her friend Wang Wei saw her."),
        ("Ali Nur", "They took Али Нур as well."),
        ("O'tkur", "Her teacher O’tkur remembers her."),
        ("Polat Sadirov", "HER BROTHER POLÁT WAS THERE."),
    ],
)
def test_a_name_is_found_in_another_script_or_spelling(name: str, text: str) -> None:
    assert found(name, text)


@pytest.mark.parametrize(
    "name",
    ["Polat", "Айгуль", "Gheni Orazov", "Memet", "Rena", "Dilnur", "Kerim", "Ilham", "Nurlan", "Zaynap", "王伟", "Ali"],
)
def test_nobody_is_found_in_ordinary_words(name: str) -> None:
    assert found(name, PROSE) == set()
    assert found(name, CHINESE) == set()


def test_a_name_that_the_person_shares_gives_nobody_away() -> None:
    assert needle("Sadirova", OWN) is None
    assert found("Polat Sadirova", "Tursunay Sadirova taught.") == set()


def stops(**changes: object) -> list[int]:
    return [rule.number for rule in stopping(a_question(a_file(**changes)))]


def aygul() -> Relative:
    return Relative(id="80000001", relation="sibling", name="Айгуль Садирова")


def test_a_relative_named_in_latin_letters_is_seen_in_every_kind_of_text() -> None:
    for texts in (
        [Text(id="f0000001", kind="summary", text="Her sister Aygul was asked about her.")],
        [Text(id="f0000002", kind="story", language="zh", translation_state="unread", text="她的妹妹Aygul也被问话。")],
    ):
        assert stops(relatives=[aygul()], texts=texts) == [7], texts
    episode = a_file().episodes[0]
    episode.reason_suspected = "Because Aygul lives abroad."
    assert 7 in stops(relatives=[aygul()], episodes=[episode])
    assert stops(relatives=[aygul()], images=[image(caption="With Aigul in a garden")]) == [7]
    assert isinstance(image(), Image)


def test_a_name_of_the_person_that_may_not_be_public_is_looked_for_too() -> None:
    hidden = Name(id="a0000002", text="Gulnar", is_public=False)
    texts = [Text(id="f0000001", kind="summary", text="Friends called her Gülnar.")]
    assert stops(names=[*a_file().names, hidden], texts=texts) == [7]


def test_a_word_that_names_somebody_else_is_called_harmless_by_two() -> None:
    texts = [Text(id="f0000001", kind="summary", text="The writer Aygul Osmanova wrote of her.")]
    assert stops(relatives=[aygul()], texts=texts) == [7]
    assert stops(relatives=[aygul()], texts=texts, decisions=[decision(kind="harmless", about=["aygul"])]) == []


def test_everybody_whom_the_file_knows_is_looked_for() -> None:
    names = unnamed(a_file(), DAY)
    assert {"Polat Sadirov", "Gheni Orazov", "Orunjan Sadirova"} <= set(names)
    assert unnamed(CaseFile(), DAY) == []

"""Genders and peoples as lists write them: each word is one code, and a word of no list is no code."""

import pytest

from campaign.vocabulary.as_written import gender_of, peoples_of, says_no_gender

FEMALE = [
    "F",
    "female",
    "أنثى",
    "زن",
    "жен.",
    "женский",
    "MUJER",
    "Frau",
    "weiblich",
    "女",
    "女性",
    "ئايال",
    "әйел",
    "Kadın",
]
MALE = ["m", "Male", "мужской", "مرد", "ذكر", "HOMBRE", "homme", "männlich", "男", "ئەر", "ер", "Erkek"]
PEOPLES = [
    ("Uighur", "uyghur"), ("维吾尔族", "uyghur"), ("уйгур", "uyghur"), ("ئۇيغۇر", "uyghur"), ("ұйғыр", "uyghur"),
    ("Ouïghour", "uyghur"), ("أويغوري", "uyghur"), ("ethnic Uyghur", "uyghur"), ("Uygur Türkü", "uyghur"),
    ("Kazak", "kazakh"), ("Qazaq", "kazakh"), ("казах", "kazakh"), ("哈萨克族", "kazakh"), ("قازاق", "kazakh"),
    ("киргиз", "kyrgyz"), ("柯尔克孜", "kyrgyz"), ("O'zbek", "uzbek"), ("回族", "hui"), ("Dungan", "hui"),
    ("汉族", "han"),
    ("Tibeterin", "tibetan"), ("蒙古族", "mongol"), ("Sibo", "xibe"), ("طاجيك", "tajik"), ("Tatarin", "tatar"),
]  # fmt: skip


@pytest.mark.parametrize("words", FEMALE)
def test_a_word_for_a_woman_is_female(words: str) -> None:
    assert gender_of(words) == "female"


@pytest.mark.parametrize("words", MALE)
def test_a_word_for_a_man_is_male(words: str) -> None:
    assert gender_of(words) == "male"


@pytest.mark.parametrize("words", ["1", "femur", "he", "other words", ""])
def test_any_other_word_is_no_gender(words: str) -> None:
    assert gender_of(words) == ""


def test_an_m_beside_an_h_is_left_open_because_it_may_be_mujer() -> None:
    assert gender_of("M", frozenset("hm")) == ""
    assert gender_of("M", frozenset("hmf")) == "male"
    assert gender_of("H", frozenset("hm")) == "male"


@pytest.mark.parametrize("words", ["unknown", "-", "не указан", "不详", "x"])
def test_a_gender_that_is_not_known_is_said_to_be(words: str) -> None:
    assert says_no_gender(words)


@pytest.mark.parametrize(("words", "code"), PEOPLES)
def test_a_people_is_known_as_people_write_it(words: str, code: str) -> None:
    assert peoples_of(words) == ((code,), ())


def test_several_peoples_are_several_and_unknown_ones_are_told_apart() -> None:
    assert peoples_of("Kyrgyz/Uzbek").codes == ("kyrgyz", "uzbek")
    assert peoples_of("Uighur and Uyghur").codes == ("uyghur",)
    assert peoples_of("Uyghur, Martian") == (("uyghur",), ("Martian",))
    assert peoples_of("Martian/Venusian") == ((), ("Martian", "Venusian"))


def test_a_figure_is_no_gender_that_is_not_stated() -> None:
    assert not says_no_gender("1")
    assert gender_of("Kadin") == "female"

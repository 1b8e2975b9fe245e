"""One person under every spelling: what counts as the same name, and what does not. Every name is invented."""

import pytest

from campaign.names.matching import Match, may_be_alike, score
from campaign.names.reading import forms
from campaign.names.reasons import why

SAME = 0.85
DIFFERENT = 0.7


def alike(left: str, right: str) -> float:
    return score(left, right).score


@pytest.mark.parametrize(
    "spelling",
    [
        "Нурел Бакриев",
        "Нурель Бакриев",
        "نۇرېل باكرىيېف",
        "努热勒·巴克里耶夫",
        "NUREL BAKRIYEV",
        "Bakriyev, Nurel",
        "Nurel Bakrijew",
        "Nurel Bakriev",
    ],
)
def test_a_name_is_found_in_every_script_it_is_written_in(spelling: str) -> None:
    assert alike("Nurel Bakriyev", spelling) > SAME


@pytest.mark.parametrize("dot", ["·", "•", "‧", "．", "・", "･", "∙", " · ", ".", "-", "・ "])
def test_any_dot_parts_the_words_of_a_foreign_name_in_chinese(dot: str) -> None:
    assert alike("Ablimit Sadir", f"阿布力米提{dot}萨迪尔") > SAME


@pytest.mark.parametrize(
    ("characters", "latin"),
    [("魏兰英", "Wei Lanying"), ("欧阳明德", "Ouyang Mingde"), ("曾璐", "Zeng Lu"), ("呂芳", "Lü Fang")],
)
def test_a_bare_chinese_name_is_surname_and_given_name(characters: str, latin: str) -> None:
    assert alike(characters, latin) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ablimit Sadir", "Sadir Ablimit"),
        ("Ablimit Sadir", "A. Sadir"),
        ("Rustem Haji Sadir", "Rustem Sadir"),
        ("Rustemjan Sadir", "Rustem Sadir"),
        ("Hayrigul Sadir", "Hayri Gul Sadir"),
        ("Karim bin Salman", "Karim Salman"),
        ("Karim ibn Salman", "كريم بن سلمان"),
        ("Tariq al-Mansuri", "Tariq Mansuri"),
        ("Tariq al-Mansuri", "طارق المنصوري"),
        ("Tariq el Mansouri", "طارق منصوري"),
        ("Abdel Karim Zidani", "Abdulkarim Zidani"),
        ("Abdelkarim Zidani", "عبد الكريم زيداني"),
        ("Mohammad Reza Darvishi", "محمدرضا درویشی"),
        ("Elham Darvishi", "الهام درویشی"),
        ("Imad al-Din Zidani", "عمادالدين زيداني"),
        ("Imadeddine Zidani", "عماد الدين زيداني"),
        ("Abu Karim Zidani", "ابوكريم زيداني"),
        ("Tariq Almansuri", "Tariq al-Mansuri"),
        ("Aidar Sultanuly", "Айдар Сұлтанұлы"),
        ("Elshan Kerimoglu", "Elşan Kərimoğlu"),
        ("Gulnara Rashid qizi", "Gulnara Rashid"),
        ("Dzmitry Ramanau", "Дмитрий Романов"),
        ("Viktar Piatrovich Lipnitski", "Виктор Петрович Липницкий"),
        ("Maimaiti Tuersun", "Memet Tursun"),
        ("Xelil Qurban", "Khelil Qurban"),
        ("Elyar Ekhmet", "Elyar Ehmet"),
    ],
)
def test_customs_of_writing_do_not_make_another_person(left: str, right: str) -> None:
    assert alike(left, right) > SAME
    assert may_be_alike(forms(left), forms(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kairat Sadir", "海拉提·萨迪尔"),  # Chinese h for Kazakh q
        ("Ibrahim Sadir", "依布拉音萨迪尔"),  # a foreign name without its dot
        ("Karim Abdel Sadir", "卡里姆·阿卜杜勒-萨迪尔"),
        ("Pasang Norbu", "巴桑诺布"),
        ("Wei Jingzhai", "Вэй Цзинчжай"),  # Russian spelling of Chinese
        ("Zhou Lanying", "تشو لان ينغ"),  # Arabic spelling of Chinese
        ("Abd El-Karim Zidani", "عبد الكريم زيداني"),
        ("Abliz Sadir", "Abdulaziz Sadir"),
        ("Madad Zidani", "مدد زيداني"),  # two d with a vowel between, which nobody writes
    ],
)
def test_conventions_between_two_languages_do_not_make_another_person(left: str, right: str) -> None:
    assert alike(left, right) > 0.8
    assert may_be_alike(forms(left), forms(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("سعید کریمی", "سعيد كريمي"),
        ("سعید‌کریمی", "سعیدکریمی"),
        ("Nurel\u200b Bak\u200driyev", "Nurel Bakriyev"),
        ("Вiктар Лiпскi", "Віктар Ліпскі"),
        ("Νurel Bakriyev", "Nurel Bakriyev"),
        ("ﻣﺤﺴﻦ", "محسن"),
        ("Nurel Bakriyev", "Ｎｕｒｅｌ Ｂａｋｒｉｙｅｖ"),
    ],
)
def test_letters_that_only_look_or_are_coded_otherwise_are_the_same(left: str, right: str) -> None:
    assert alike(left, right) == 1


@pytest.mark.parametrize(
    "typed", ["Nurel Bakriyew", "Nurel Bskriyev", "Nuren Bakriyev", "Nurel Bakiryev", "Nurel Bakryev"]
)
def test_one_wrong_letter_is_forgiven(typed: str) -> None:
    assert alike("Nurel Bakriyev", typed) > SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nurel Bakriyev", "Tahir Bakriyev"),
        ("魏兰英", "魏建国"),
        ("Wei Lanying", "Wei Jianguo"),
        ("Zhang Li", "Zhang Lu"),
        ("Erlan Sadir", "阿布力米提·萨迪尔"),
        ("محسن كريم", "محسن سعيد"),
    ],
)
def test_brothers_who_share_a_family_name_are_two_people(left: str, right: str) -> None:
    assert alike(left, right) < DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hesen Sadir", "Hüsen Sadir"),
        ("حسن سادري", "حسين سادري"),
        ("艾山·萨迪尔", "玉山·萨迪尔"),
        ("Memet Sadir", "Ehmet Sadir"),
        ("Tursun Sadir", "Turghun Sadir"),
        ("Ablimit Sadir", "Ablikim Sadir"),
    ],
)
def test_known_names_that_sound_alike_are_two_names(left: str, right: str) -> None:
    assert alike(left, right) < DIFFERENT


def test_chinese_names_of_one_sound_in_other_characters_are_not_the_same() -> None:
    assert alike("魏兰英", "魏蓝鹰") < 0.95
    assert alike("魏兰英", "魏蘭英") == 1  # but for the traditional form of a character
    assert alike("阿布力米提·萨迪尔", "阿卜力米提·萨迪尔") > 0.98  # a foreign name may be written in several


@pytest.mark.parametrize(
    "field",
    [
        "Dilnur Sadir (Bahar)",
        "Dilnur Sadir / Bahar",
        "Dilnur Sadir（Bahar）",
        "Dilnur Sadir a.k.a. Bahar",
        "Dilnur Sadir «Bahar»",
    ],
)
def test_an_alias_in_the_field_is_a_name_of_its_own(field: str) -> None:
    assert forms(field).aliases == ("Bahar",)
    assert alike(field, "Bahar") > 0.99


def test_scripts_mixed_in_a_field_are_one_name_each() -> None:
    assert alike("Wei Lanying 魏兰英", "魏兰英") == 1
    assert alike("Wei Lanying 魏兰英", "Wei Lanying") > 0.99


def test_words_written_together_in_a_bracket_are_parted_at_the_capital() -> None:
    assert forms("艾尔肯·萨迪尔（ErkinSadir）").aliases == ("ErkinSadir",)
    assert [token.text for token in forms("ErkinSadir").names[0].tokens] == ["Erkin", "Sadir"]


def test_titles_suffixes_and_patronymics_are_words_of_their_own() -> None:
    roles = {
        token.text: token.role
        for name in (forms("Dr. Rustemjan Haji al-Sadir"), forms("Ян Петрович Липа"))
        for token in name.names[0].tokens
    }
    assert roles == {
        "Dr": "honorific",
        "Rustemjan": "name",
        "jan": "suffix",
        "Haji": "honorific",
        "al": "particle",
        "Sadir": "name",
        "Ян": "name",
        "Петрович": "patronymic",
        "Липа": "name",
    }


def test_the_score_does_not_depend_on_who_is_asked() -> None:
    names = [
        "Nurel Bakriyev",
        "Нурел Бакриев",
        "魏兰英",
        "طارق المنصوري",
        "A. Sadir",
        "Dzmitry Ramanau",
        "努热勒·巴克里耶夫",
    ]
    for left in names:
        for right in names:
            assert alike(left, right) == pytest.approx(alike(right, left))


@pytest.mark.parametrize(
    ("asked", "stored", "code", "parameters"),
    [
        ("Nurel Bakriyev", "nurel BAKRIYEV", "same_name", {}),
        ("Nurel Bakriyev", "Нурел Бакриев", "spelt", {"name": "Нурел Бакриев", "script": "Cyrl"}),
        ("Bahar", "Dilnur Sadir (Bahar)", "alias", {"name": "Bahar"}),
        ("Nuren Bakriyev", "Nurel Bakriyev", "one_letter", {"asked": "Nuren", "found": "Nurel"}),
        ("Maimaiti Sadir", "Memet Sadir", "name_form", {"asked": "Maimaiti", "found": "Memet"}),
        ("A. Sadir", "Ablimit Sadir", "initials", {"asked": "A", "found": "Ablimit"}),
        ("I. Sadir", "Ilyar Sadir", "initials", {"asked": "I", "found": "Ilyar"}),
        ("sadir i", "Ilyar Sadir", "initials", {"asked": "i", "found": "Ilyar"}),
        ("E. Sadir", "Erkin Sadir", "initials", {"asked": "E", "found": "Erkin"}),
        ("Г. Садир", "Гулям Садир", "initials", {"asked": "Г", "found": "Гулям"}),
        ("Ekhmed Sadir", "Ehmet Sadir", "sounds_like", {"asked": "Ekhmed", "found": "Ehmet"}),
        ("Salim Sadir", "Salman Sadir", "near", {"asked": "Salim", "found": "Salman"}),
        ("Tohti Sadir", "Tohtaxun Sadir", "near", {"asked": "Tohti", "found": "Tohtaxun"}),
        ("محمد العز", "محمد زيداني", "nothing", {}),
        ("Yaqup Qasim", "Qasim Yaqup", "other_order", {"asked": "Yaqup Qasim", "found": "Qasim Yaqup"}),
        ("Yaqup Qasim", "قاسىم ياقۇپ", "other_order", {"asked": "Yaqup Qasim", "found": "قاسىم ياقۇپ"}),
        ("Wei Lanying", "Lanying Wei", "same_name", {}),
        ("Bakriyev, Nurel", "Nurel Bakriyev", "same_name", {}),
        ("Sadir", "Ablimit Sadir", "part_of_name", {"found": "Sadir"}),
        ("Sadir", "Wei Lanying", "nothing", {}),
    ],
)
def test_a_match_says_why(asked: str, stored: str, code: str, parameters: dict[str, str]) -> None:
    assert why(score(asked, stored)) == (code, parameters)


def test_evidence_names_the_words_that_were_compared() -> None:
    match: Match = score("Nurel Bakriyev", "Нурел Бакриев")
    assert [(pair.left, pair.right, pair.how) for pair in match.pairs] == [
        ("Nurel", "Нурел", "script"),
        ("Bakriyev", "Бакриев", "script"),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [("Ablimit Sadir", "Rustem Sadir"), ("Wei Lanying", "Wei Jianguo"), ("Memet Tursun", "Memet Polat")],
)
def test_names_with_half_in_common_are_given_up_before_they_are_aligned(left: str, right: str) -> None:
    assert not may_be_alike(forms(left), forms(right))

"""What a header means by its words: all of it or nothing, in the languages of the field."""

import tomllib
from pathlib import Path

import pytest

from campaign.imports import mapping
from campaign.imports.mapping.headers import LANGUAGES, meanings, relation_of
from campaign.imports.targets import TARGETS

ROOM = Path(mapping.__file__).parent
MEANS = """
name           | Full name (Uyghur); name_zh; 姓名; ФИО; Аты-жөні; الاسم الكامل; نام; Adı Soyadı; Nom; ئىسمى
name           | Nombre completo; Name / 姓名; Name of detainee
name_family    | Surname; Last name; Apellidos; Nachname; Фамилия; نام خانوادگی; Soyadı; lastName
birth          | Date of birth; dob; Дата рождения; 出生年月; تاريخ الميلاد; Doğum tarihi; Туған күні
birth          | تۇغۇلغان ۋاقتى; Tughulghan yili; dateOfBirth
arrest_date    | Date of arrest; Arrest / Date; arrested on; Дата ареста / Date of arrest; 被捕日期; Festnahmedatum
arrest_date    | تاریخ بازداشت; Fecha de detención
arrest_place   | Place of arrest; Место ареста; Lieu d'arrestation
held_place     | held_location; Place of detention; 关押地点
ethnicity      | Ethnicity; Национальность; 民族; Ұлты; مىللىتى
nationality    | Citizenship; Гражданство; 国籍; Nacionalidad; الجنسية
gender         | Sex; الجنس; Жынысы; Geschlecht; جىنسى
age            | Age (years); Age at arrest; العمر عند الاعتقال; Возраст на момент ареста
source_person  | Witness name; Reported by (name); Имя свидетеля; 证人姓名; اسم الشاهد; نام شاهد; Şahit adı
source_person  | Nombre del testigo; Nom du témoin; Name des Zeugen; گۇۋاھچىنىڭ ئىسمى; Куәгердің аты
relative       | Father's name; نام پدر; 父亲姓名; Wife; next of kin
consent        | Name may be published; Publish?; 是否公开; Можно публиковать?; هل يمكن نشر الاسم؟
last_contact_date | Date of last contact; arrest_last_contact_date; last seen
"""
SAYS_NOTHING = (
    "Agency responsible", "Work phone", "Consent withheld", "Reason for release", "Prisoner number", "Email address",
    "Network of source", "Date of contact with source", "Name of the hospital", "User name", "Renamed", "Case name",
    "Marital status", "Place", "Country", "Reason for arrest", "Father's age", "Lawyer's date of birth",
    "Lugar de detención",
    "Place of arrest or detention and of the trial", "", "…", "Имя файла", "医院名称",
)  # fmt: skip


@pytest.mark.parametrize(
    ("target", "header"),
    [
        (line.partition("|")[0].strip(), header.strip())
        for line in filter(None, MEANS.splitlines())
        for header in line.partition("|")[2].split(";")
    ],
)
def test_a_whole_header_means_its_target(target: str, header: str) -> None:
    assert meanings(header).targets[:1] == (target,)


@pytest.mark.parametrize("header", SAYS_NOTHING)
def test_a_part_of_a_header_says_nothing(header: str) -> None:
    assert meanings(header).targets == ()


@pytest.mark.parametrize("word", ["name", "age", "work", "held", "arrest", "id", "source", "consent"])
def test_a_word_within_a_word_or_beside_an_unknown_one_says_nothing(word: str) -> None:
    for header in (f"x{word}", f"{word}x", f"{word} qzx", f"qzx {word}"):
        assert meanings(header).targets == ()


def test_names_of_others_are_never_names_of_the_person() -> None:
    others = [
        "lawyer",
        "interviewer",
        "photographer",
        "witness",
        "informant",
        "contact person",
        "child",
        "mother",
        "judge",
    ]
    for other in others:
        assert set(meanings(f"{other} name").targets) <= {"note", "relative", "source_person"} != set()
        assert set(meanings(f"Name of {other}").targets) <= {"note", "relative", "source_person"}


def test_a_header_without_end_is_not_understood_and_takes_no_time() -> None:
    assert meanings("name " * 5_000).targets == ()


def test_the_relation_is_that_of_the_header() -> None:
    assert [relation_of(header) for header in ("Father's name", "妻子", "Relative", "Name")] == [
        "parent",
        "spouse",
        "",
        "",
    ]


def test_every_word_of_a_language_has_one_meaning_and_every_set_a_target() -> None:
    concepts: set[str] = set()
    for language in LANGUAGES:
        table = tomllib.loads((ROOM / f"words/{language}.toml").read_text("utf-8"))
        said = [word for words in table["words"].values() for word in words]
        assert len(said) == len(set(said)), language
        concepts |= {concept for combined in table["words"] for concept in combined.split()}
    meant = tomllib.loads((ROOM / "meanings.toml").read_text("utf-8"))
    assert set(meant["sets"]) | {"ignore"} == set(TARGETS)
    used = {concept for sets in meant["sets"].values() for one in sets for concept in one.split()}
    assert used <= concepts

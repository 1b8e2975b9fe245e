"""Who somebody is: parts of a name, other names, numbers, relatives; and what may be public of them."""

from pathlib import Path

import pytest
from flask import Flask

from campaign.imports.facts.family import relation_of
from tests.imports.facts.conftest import CASES, Brings
from tests.imports.facts.public import document_of


def test_the_parts_of_a_name_are_one_name(brings: Brings) -> None:
    file = brings({
        "Name": ("note", ""),
        "Surname": ("name_family", "Testova"),
        "First name": ("name_given", "Amina"),
        "Patronymic": ("name_patronymic", "Karimovna"),
    }).file  # fmt: skip
    assert [(name.text, name.is_preferred, name.kind) for name in file.names] == [
        ("Amina Karimovna Testova", True, "full")
    ]


def test_the_parts_of_each_script_are_a_name_and_a_full_name_is_not_said_twice(brings: Brings) -> None:
    file = brings({
        "Given": ("name_given", "Amina"), "Family": ("name_family", "Testova"),
        "Имя": ("name_given", "Амина"), "Фамилия": ("name_family", "Тестова"),
    }).file  # fmt: skip
    assert [name.text for name in file.names] == ["Amina Testova", "Амина Тестова"]
    assert [name.is_preferred for name in file.names] == [True, False]


def test_other_names_come_last_and_none_of_them_twice(brings: Brings) -> None:
    brought = brings({
        "Name": ("alias", "Aygul; AMINA TESTOVA"),
        "Full name": ("name", "Amina Testova"),
        "Writes as": ("pseudonym", "Bulbul"),
    })  # fmt: skip
    names = [(name.text, name.kind, name.is_preferred) for name in brought.file.names]
    assert names == [("Amina Testova", "full", True), ("Aygul", "alias", False), ("Bulbul", "alias", False)]
    assert brought.says("ask whether the real name may be public")


@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_the_number_of_a_row_is_never_public_and_an_identity_number_is_told(app: Flask, brings: Brings) -> None:
    brought = brings(path=CASES / "f05_national_id_as_id.csv", stated="[columns]\nid = 'id'\n")
    assert [(row.value, row.is_public) for row in brought.file.outside_ids] == [("653101197404120011", False)]
    assert brought.says("This looks like an identity number")
    assert "653101197404120011" not in document_of(brought.file)


def test_a_number_in_another_list_is_kept_with_the_name_of_its_list(brings: Brings) -> None:
    (row,) = brings({"XVD entry": ("outside_id", "4711")}).file.outside_ids
    assert (row.scheme, row.value, row.is_public) == ("XVD entry", "4711", False)


def test_the_smaller_facts_stand_in_their_fields(brings: Brings) -> None:
    file = brings({
        "Age": ("age", "35"), "Age in": ("age_on", "2018"), "Citizen of": ("nationality", "Kazakhstan / China"),
        "Faith": ("religion", "Islam"), "Works for": ("employer", "Hotan Bakery"), "Lives": ("address", "12 Mill Lane"),
        "From": ("home_town", "Toqquzaq town, Konasheher county, Kashgar"), "Tags": ("tag", "spring, bakers"),
        "Born in": ("birth_place", "Hotan"),
    }).file  # fmt: skip
    assert (file.age_reported, file.age_reported_on.edtf, file.birth_place) == ("35", "2018", "6532")
    assert (file.nationalities, file.religion, file.employer) == (["Kazakhstan", "China"], "Islam", "Hotan Bakery")
    assert file.last_address == "Toqquzaq town, Konasheher county, Kashgar; 12 Mill Lane"
    assert file.tags == ["spring", "bakers"]


def test_an_age_is_of_the_day_that_the_map_states(brings: Brings) -> None:
    file = brings({"Age": ("age", "early seventies")}, stated="[rows]\nas_of = '2021'\n").file
    assert file.age_reported_on.edtf == "2021"


@pytest.mark.parametrize(
    ("header", "relation"),
    [
        ("Father's name", ("parent", False)), ("Name of wife", ("spouse", False)), ("mother_name", ("parent", False)),
        ("Mother-in-law", ("in_law", False)), ("Children", ("child", True)), ("Fatherland", ("", False)),
        ("父亲姓名", ("parent", False)), ("دادىسىنىڭ ئىسمى دادىسى", ("parent", False)), ("Имя отца", ("parent", False)),
        ("اسم الأب", ("parent", False)), ("نام پدر", ("parent", False)), ("Baba adı", ("parent", False)),
        ("Әкесі", ("parent", False)), ("Nombre de la madre", ("parent", False)), ("Nom de l'épouse", ("spouse", False)),
        ("Name des Bruders, Bruder", ("sibling", False)), ("Next of kin", ("other", False)),
    ],
)  # fmt: skip
def test_the_header_says_what_a_relative_is(header: str, relation: tuple[str, bool]) -> None:
    assert relation_of(header) == relation


def test_a_relative_is_never_a_name_of_the_person_nor_public(brings: Brings) -> None:
    brought = brings({
        "Father's name": ("relative", "Karim Zulyarov"),
        "Children": ("relative", "Aygul (7), Dilnur (detained), Nurlan"),
        "Contact": ("relative", "sister: Patime Zulyarova"),
    })  # fmt: skip
    file = brought.file
    assert [name.text for name in file.names] == ["Amina Testova"]
    assert [(row.relation, row.name, row.is_minor, row.is_detained) for row in file.relatives] == [
        ("parent", "Karim Zulyarov", None, None),
        ("child", "Aygul", True, None),
        ("child", "Dilnur", None, True),
        ("child", "Nurlan", None, None),
        ("sibling", "Patime Zulyarova", None, None),
    ]
    assert brought.says("A relative who may be under 18")
    told = document_of(file)
    assert not [word for word in ("Karim", "Aygul", "Dilnur", "Nurlan", "Patime", "Zulyarov") if word in told]


def test_a_number_of_children_is_a_number(brings: Brings) -> None:
    file = brings({"Children": ("relative", "3")}).file
    assert (file.children_count, file.relatives) == (3, [])


def test_the_same_row_again_changes_nothing(brings: Brings, tmp_path: Path) -> None:
    columns = {
        "No": ("id", "A 1"), "Given": ("name_given", "Amina"), "Name": ("name_family", "Testova"),
        "Father": ("relative", "Karim"), "Status": ("status", "Released"), "Link": ("source_url", "https://n.example/1"),
        "Publish?": ("consent", "no"), "Arrest": ("arrest_date", "2017"), "Charge": ("charge", "Splittism"),
    }  # fmt: skip
    first, second = brings(columns), brings(columns)
    assert (first.report.created, second.report.created, second.report.unchanged) == (1, 0, 1)
    assert first.file == second.file

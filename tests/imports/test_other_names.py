"""Several names in one cell: other names, spellings in two scripts, two persons; and halves of peoples."""

import pytest

from campaign.imports.other_names import names_in
from campaign.imports.steps import Step
from tests.imports.conftest import Planned, told


def names(step: Step) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in step.draft.file.names]


@pytest.mark.parametrize(
    ("cell", "first", "other"),
    [
        ("Amina Testova aka Amine Test", "Amina Testova", "Amine Test"),
        ("Amina Testova (a.k.a. Amine)", "Amina Testova", "Amine"),
        ("Amina, also known as Amine", "Amina", "Amine"),
        ("Тестов Иван (он же Пример)", "Тестов Иван", "Пример"),
        ("测试甲（又名测试乙）", "测试甲", "测试乙"),
        ("علی معروف به حسن", "علی", "حسن"),
        ("Mehmet alias Memet", "Mehmet", "Memet"),
        ("Rahile dite Rahi", "Rahile", "Rahi"),
        ("Adil (nom de guerre: Shahin)", "Adil", "Shahin"),
    ],
)
def test_another_name_in_the_cell_is_a_name_of_its_own(planned: Planned, cell: str, first: str, other: str) -> None:
    (step,) = planned(f'id,name\n1,"{cell}"\n')
    assert names(step) == [(first, "full"), (other, "alias")]
    assert f"“{other}” is read as another name of the same person" in told(step)


@pytest.mark.parametrize("cell", ["Akas Akama", "Amina Testova AKA", "Mehmet s/o Ali", "Ali", "Dita Ditova"])
def test_what_only_looks_like_it_stays_one_name(cell: str) -> None:
    found = names_in(cell)
    assert (found.name, found.spellings, found.others, found.may_be_two) == (cell, (), (), False)


def test_a_slash_between_two_scripts_stands_between_spellings(planned: Planned) -> None:
    (step,) = planned("id,name\n1,Amina Testova / Амина Тестова\n")
    assert [(name.text, name.script, name.is_preferred) for name in step.draft.file.names] == [
        ("Amina Testova", "Latn", True), ("Амина Тестова", "Cyrl", False),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["Amina Testova / Zulfiya Ornek", "Amina / Zulfiya", "甲一/乙二"])
def test_a_slash_that_tells_nothing_is_kept_as_one_and_waits_for_a_look(planned: Planned, cell: str) -> None:
    (step,) = planned(f"id,name\n1,{cell}\n")
    assert names(step) == [(cell, "full")]
    assert told(step).count("These may be two persons, or one under two names") == 1


@pytest.mark.parametrize("cell", ["half Uyghur", "Half-Kazakh", "non-Uyghur", "Uyghur?", "полу-казах", "半维吾尔"])
def test_a_part_a_doubt_or_a_denial_makes_nobody_of_a_people(planned: Planned, cell: str) -> None:
    (step,) = planned(f"id,name,ethnicity\n1,Amina Testova,{cell}\n")
    assert step.draft.file.ethnicities == []
    assert cell in [note.text for note in step.draft.file.notes]
    assert "not in the list of peoples" in told(step)


@pytest.mark.parametrize("cell", ["half Kazak half Han", "mixed Kazakh and Han"])
def test_two_parts_are_both_peoples(planned: Planned, cell: str) -> None:
    (step,) = planned(f"id,name,ethnicity\n1,Amina Testova,{cell}\n")
    assert step.draft.file.ethnicities == ["kazakh", "han"]


def test_a_row_that_names_nobody_is_not_asked_to_what_it_consents(planned: Planned) -> None:
    nobody, amina = planned("id,name,consent\n1,,yes\n2,Amina Testova,yes\n")
    assert "It does not say to what" not in told(nobody)
    assert "It does not say to what" in told(amina)

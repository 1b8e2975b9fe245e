"""What stands beside a name leaves it, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.names.beside import split_name, tells_only

BESIDE = [
    ("Amina Testova - RELEASED", "Amina Testova", "news"), ("Amina Testova -released", "Amina Testova", "news"),
    ("Bahtiyar Testov (deceased)", "Bahtiyar Testov", "news"), ("Zulfiya Testova [1]", "Zulfiya Testova", "mark"),
    ("Ilham Testov*", "Ilham Testov", "mark"), ("Ilham Testov ***", "Ilham Testov", "mark"),
    ("Amina Testova¹", "Amina Testova", "mark"), ("1. Amina Testova", "Amina Testova", "mark"),
    ("Amina Testova RELEASED", "Amina Testova", "news"), ("AMINA TESTOVA RELEASED", "AMINA TESTOVA", "news"),
    ("Amina Testova released 2019", "Amina Testova", "news"), ("Amina Testova, deceased", "Amina Testova", "news"),
    ("RELEASED: Amina Testova", "Amina Testova", "news"), ("The late Amina Testova", "Amina Testova", "news"),
    ("Amina Testova (deceased", "Amina Testova", "news"), ("†Karl Test", "Karl Test", "news"),
    ("Amina Testova (in prison since 2017)", "Amina Testova", "news"),
    ("Тестова Амина (освобождена в 2019)", "Тестова Амина", "news"), ("Тестов Иван - умер", "Тестов Иван", "news"),
    ("阿依古丽（已释放）", "阿依古丽", "news"), ("阿依古丽已释放", "阿依古丽", "news"),
    ("阿依古丽 女士", "阿依古丽", "title"),
    ("المرحوم علي تستوف", "علي تستوف", "news"), ("أمينة تستوفا (متوفاة)", "أمينة تستوفا", "news"),
    ("علی نمونه (آزاد شده)", "علی نمونه", "news"), ("Ali Testov - tahliye", "Ali Testov", "news"),
    ("ئامىنە تەستوۋا (قويۇپ بېرىلگەن)", "ئامىنە تەستوۋا", "news"),
    ("Амина Тестова (қайтыс болған)", "Амина Тестова", "news"),
    ("Juan Pérez (fallecido)", "Juan Pérez", "news"), ("Jean Test (libéré)", "Jean Test", "news"),
    ("Karl Test (verstorben)", "Karl Test", "news"), ("Mr. Ilham Testov", "Ilham Testov", "title"),
    ("г-н Тестов", "Тестов", "title"), ("Herr Karl Test", "Karl Test", "title"),
    ("Amina Testova (35)", "Amina Testova", "remark"), ("Amina Testova, F, 35", "Amina Testova", "remark"),
    ("Amina Testova (minor)", "Amina Testova", "remark"), ("Amina (not her real name)", "Amina", "remark"),
    ("Amina Testova (surname unknown)", "Amina Testova", "remark"),
    ("Amina Testova (wife of Osman Testov)", "Amina Testova", "relative"),
]  # fmt: skip
NAMES = [
    "Jean-Pierre Testov", "Abd al-Rahman", "Free Ali", "Shahid Ali", "Ahmet Shahid", "Ahmet Testov (Imam Hajim)",
    "Amina Testova (Emine Testova)", "李明 (Li Ming)", "M. Testov", "D. B. Testov", "Testova, Amina",
    "Sultan Test - Haji",
    "Bahar 12", "Ku-man", "Erkin Tursun", "Erkin Tursun (Erkin Ayup)", "آزاد کریمی",  "علی‌اکبر نمونه‌پور", "شهيد علي",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "name", "kind"), BESIDE)
def test_what_stands_beside_a_name_leaves_it_and_is_of_a_kind(cell: str, name: str, kind: str) -> None:
    split = split_name(cell)
    assert (split.name, {word.kind for word in split.words}) == (name, {kind})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_keeps_all_of_its_words(name: str) -> None:
    assert split_name(name) == (name, ())


@pytest.mark.parametrize("cell", ["RELEASED", "Released", "died in 2019", "освобожден", "已释放", "verstorben"])
def test_news_alone_is_no_name(cell: str) -> None:
    assert tells_only(cell)


@pytest.mark.parametrize(
    "cell", ["Free", "Shahid", "Amina Testova", "Erkin", "Erkin Tursun", "آزاد", "آزاد کریمی", "حر", ""]
)
def test_a_name_is_not_taken_for_news(cell: str) -> None:
    assert not tells_only(cell)


@given(st.text(max_size=60) | st.lists(st.sampled_from([cell for cell, _, _ in BESIDE])).map(" ".join))
def test_a_cell_with_a_letter_keeps_a_name_with_one(cell: str) -> None:
    name = split_name(cell).name
    assert any(map(str.isalpha, name)) or not any(map(str.isalpha, cell))

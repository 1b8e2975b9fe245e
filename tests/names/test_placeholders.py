"""Who is nobody, which lines are no rows, and whom a cell names instead of its person."""

import pytest

from campaign.names.persons import is_damaged, may_be_two, persons_in, whose
from campaign.names.placeholders import is_footer, is_nobody

NOBODY = [
    "Anonymous", "Name withheld", "Name withheld at the family's request", "Unidentified male", "N.N.", "NN",
    "***", ".", "XX", "ХХХ", "x x x",
    "-", "2", "NULL", "nan", "#NAME?", "John Doe", "Unknown 3", "Detainee 5", "Woman, 35", "TBC", "same as above",
    "name not released by police", "Unnamed Uyghur student", "неизвестно", "Неустановленное лицо",
    "имя не разглашается",
    "姓名不详", "不明身份男子", "匿名", "一名男子", "佚名", "同上", "مجهول الهوية", "رجل", "ناشناس", "بی‌نام",
    "İsmi bilinmiyor",
    "белгісіз", "نامەلۇم", "namelum", "Nombre reservado", "desconocida", "anonyme", "Inconnu", "unbekannt", "k. A.",
    "Name auf Wunsch der Familie nicht genannt",
]  # fmt: skip
SOMEBODY = [
    "Amina Testova", "Nan", "Na", "Tursun (surname unknown)", "Man Kwan", "An Nan", "Sum Kim", "A.K.", "Bala", "Page",
    "محفوظ حسن", "محجوب", "سري", "Erich Kind", "Исмаил Неизвестный", "王和平", "Unal", "Totala",
]  # fmt: skip
FOOTERS = [
    "Total", "Total: 58", "Total 58", "58 persons", "Source: volunteers", "Note: as of May", "Page 1 of 3",
    "Итого: 5",
    "Updated 2021-05-01", "合计58人", "注：以上", "المجموع: 5", "Toplam", "Quelle: Verein", "* released in 2023",
    "† died in 2019", "** names in bold are of students",
]  # fmt: skip


@pytest.mark.parametrize("cell", NOBODY)
def test_a_placeholder_names_nobody(cell: str) -> None:
    assert is_nobody(cell)


@pytest.mark.parametrize("cell", SOMEBODY)
def test_a_name_is_somebody(cell: str) -> None:
    assert not is_nobody(cell)
    assert not is_footer(cell)


@pytest.mark.parametrize("cell", FOOTERS)
def test_a_line_about_the_list_is_no_person(cell: str) -> None:
    assert is_footer(cell)


@pytest.mark.parametrize("cell", ["Total Ali", "*Amina Testova", "* Amina Testova", "Note Testov", "Всеволод", "جمعه"])
def test_a_name_that_begins_like_such_a_line_is_none(cell: str) -> None:
    assert not is_footer(cell)


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("Osman Testov; Rahile Testova", ("Osman Testov", "Rahile Testova")),
        ("Osman and Rahile", ("Osman", "Rahile")),
        ("Osman Testov & Rahile Testova", ("Osman Testov", "Rahile Testova")),
        ("Осман и Рахиля Тестовы", ("Осман", "Рахиля Тестовы")),
        ("张建和李明", ("张建", "李明")),
        ("阿依古丽、古丽娜尔", ("阿依古丽", "古丽娜尔")),
        ("علي حسن تست و محمد حسين تست", ("علي حسن تست", "محمد حسين تست")),
        ("Ana María Test y Juan Pablo Test", ("Ana María Test", "Juan Pablo Test")),
    ],
)
def test_two_persons_in_a_cell_are_two(cell: str, persons: tuple[str, ...]) -> None:
    assert persons_in(cell) == persons


@pytest.mark.parametrize("cell", ["José Ortega y Gasset", "王和平", "Osman Testov; Осман Тестов", "Testov, Osman"])
def test_one_person_is_one(cell: str) -> None:
    assert persons_in(cell) == (cell,)


def test_two_whole_names_that_are_not_alike_may_be_two_persons() -> None:
    assert may_be_two("Osman Testov, Rahile Sample")
    assert not may_be_two("Osman Testov / Usman Testov")
    assert not may_be_two("Testov, Osman")


@pytest.mark.parametrize(
    ("cell", "relative", "is_child"),
    [
        ("Baby of Amina Testova", "Amina Testova", True), ("Ребёнок Амины Тестовой", "Амины Тестовой", True),
        ("阿依古丽的孩子", "阿依古丽", True), ("طفل أمينة", "أمينة", True),
        ("Amina Testova'nın bebeği", "Amina Testova", True),
        ("Bebé de Ana", "Ana", True), ("Wife of Osman", "Osman", False), ("Sohn von Karl", "Karl", False),
    ],
)  # fmt: skip
def test_a_person_named_by_a_relative_has_no_name_of_their_own(cell: str, relative: str, is_child: bool) -> None:
    assert whose(cell) == (relative, is_child)


@pytest.mark.parametrize("cell", ["Amina Testova", "Ibn Sina", "Ana de Testo", "Tursun oghli Ahmet"])
def test_a_name_of_ones_own_is_nobody_elses(cell: str) -> None:
    assert whose(cell) is None


@pytest.mark.parametrize("cell", ["عبدهللا", "عبد هللا", "األحمد", "ةديجخ", "Test\ufffdov", "\ufb01ras"])
def test_letters_in_an_order_that_no_word_has_are_damage(cell: str) -> None:
    assert is_damaged(cell)


@pytest.mark.parametrize("cell", ["عبدالله", "الأحمد", "خديجة", "علی‌اکبر", "Amina Testova", "بالال"])
def test_a_whole_name_is_not_damaged(cell: str) -> None:
    assert not is_damaged(cell)

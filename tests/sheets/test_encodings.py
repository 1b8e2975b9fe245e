"""How a text file is encoded: certain, told, or asked; and every encoding that can be named is read apart."""

import pytest

from campaign import sheets
from campaign.sheets import EncodingAsked, Unreadable
from campaign.sheets.encodings import TAKEN

CYRILLIC = "Номер,Имя,Пол\n1,Тестов Иван,м\n2,Пример Анна,ж\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_that_is_marked_or_utf_8_is_read_without_a_word(encoding: str) -> None:
    book = sheets.read(CYRILLIC.encode(encoding), "list.csv")
    assert book.sheet.rows == (("1", "Тестов Иван", "м"), ("2", "Пример Анна", "ж"))
    assert book.all_told == ()


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_a_header_in_the_language_of_its_letters_makes_an_encoding_certain_and_it_is_told(encoding: str) -> None:
    book = sheets.read(CYRILLIC.encode(encoding), "list.csv")
    assert book.sheet.column("Имя") == ["Тестов Иван", "Пример Анна"]
    assert book.encoding == encoding
    assert "“Номер”" in book.told[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("編號,姓名,性別\n1,測試甲,男\n", "big5"),
        ("الاسم,الجنس,العمر\nتجربة مثال,أنثى,30\n", "cp1256"),
        ("Adı,Soyadı,Doğum tarihi\nAyşe,Örnek,1980\n", "cp1254"),
    ],
)
def test_so_do_headers_of_other_languages(text: str, encoding: str) -> None:
    book = sheets.read(text.encode(encoding), "list.csv")
    assert (book.encoding, book.sheet.headers) == (encoding, tuple(text.splitlines()[0].split(",")))


def test_letters_that_two_encodings_read_differently_under_one_header_are_asked() -> None:
    # Both read "Имя"; only one has the first letter of the name.
    with pytest.raises(EncodingAsked) as asked:
        sheets.read("Номер,Имя\n1,Әсел Үлгі\n".encode("kz1048"), "list.csv")
    samples = {one.encoding: one.samples for one in asked.value.candidates}
    assert "Әсел Үлгі" in samples["kz1048"]
    assert "Әсел Үлгі" not in samples["cp1251"]


def test_unmarked_utf_16_is_asked_and_read_once_it_is_named() -> None:
    content = CYRILLIC.encode("utf-16-le")
    with pytest.raises(EncodingAsked) as asked:
        sheets.read(content, "list.csv")
    assert asked.value.candidates[0].encoding == "utf-16-le"
    assert sheets.read(content, "list.csv", encoding="utf-16-le").sheet.column("Имя")[0] == "Тестов Иван"


@pytest.mark.parametrize("encoding", TAKEN)
def test_every_encoding_that_can_be_named_is_read_by_its_name(encoding: str) -> None:
    content = "id,name\n1,Amina\n".encode(encoding)
    assert sheets.read(content, "list.csv", encoding=encoding).sheet.rows == (("1", "Amina"),)


def test_an_encoding_that_is_unknown_or_wrong_is_refused() -> None:
    with pytest.raises(Unreadable, match="'rot13' is no encoding"):
        sheets.read(b"id,name\n1,x\n", "list.csv", encoding="rot13")
    with pytest.raises(Unreadable, match="'nonsense' is no encoding that is known here"):
        sheets.read(b"id,name\n1,x\n", "list.csv", encoding="nonsense")
    with pytest.raises(Unreadable, match="is not utf-8 throughout: byte 11 is none of its letters"):
        sheets.read(b"id,name\n1,\xe9\n", "list.csv", encoding="utf-8")


@pytest.mark.parametrize(
    ("cell", "kind", "meant"),
    [
        ("Ð¢ÐµÑ\x81Ñ‚Ð¾Ð²", "encoding", "Тестов"),
        ("عبد هللا", "pdf", ""),
        ("األحمد", "pdf", ""),
        ("Pe\ufffda", "encoding", ""),
    ],
)
def test_letters_broken_before_are_told_and_read_as_they_stand(cell: str, kind: str, meant: str) -> None:
    sheet = sheets.read(f"id,name\n1,{cell}\n".encode(), "list.csv").sheet
    assert sheet.rows == (("1", cell),)
    assert [(note.row, note.column, note.kind) for note in sheet.notes] == [(2, "name", kind)]
    assert meant in sheet.notes[0].words


@pytest.mark.parametrize("cell", ["عبد الله", "Peña", "Ørsted", "Ñandú", "الأحمد", "Тестов", "Ýasin"])
def test_letters_that_are_right_are_not_told(cell: str) -> None:
    assert sheets.read(f"id,name\n1,{cell}\n".encode(), "list.csv").all_told == ()

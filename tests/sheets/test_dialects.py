"""CSV as programs and people write it: separators, marks, whole lines in marks, two encodings in one file."""

import pytest

from campaign import sheets
from campaign.sheets import EncodingAsked, Sheet, Unreadable


def sheet(text: str | bytes) -> Sheet:
    return sheets.read(text.encode() if isinstance(text, str) else text, "list.csv").sheet


@pytest.mark.parametrize("separator", ["؛", "،", "，", "；", "^", "~"])
def test_a_separator_of_another_script_is_found(separator: str) -> None:
    found = sheet("الرقم|الاسم|العمر\n1|أمينة تجربة|30\n2|بختيار مثال|40\n".replace("|", separator))
    assert (found.headers, found.rows[0]) == (("الرقم", "الاسم", "العمر"), ("1", "أمينة تجربة", "30"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_system_ends_them(end: str) -> None:
    found = sheet(f"id,name,town{end}1,Amina,Kashgar{end}2,Bahtiyar,Hotan{end}")
    assert (found.column("name"), found.numbers) == (["Amina", "Bahtiyar"], (2, 3))


def test_blanks_before_a_quotation_mark_are_no_part_of_the_cell() -> None:
    found = sheet('id, name, town\n1, "Testova, Amina", Kashgar\n2, "Testov, Bahtiyar", Hotan\n')
    assert found.rows == (("1", "Testova, Amina", "Kashgar"), ("2", "Testov, Bahtiyar", "Hotan"))


def test_cells_between_apostrophes_are_cells() -> None:
    found = sheet("id,name,town\n1,'Testova, Amina',Kashgar\n2,'Testov, Bahtiyar',Hotan\n")
    assert found.column("name") == ["Testova, Amina", "Testov, Bahtiyar"]


def test_an_apostrophe_that_is_a_letter_stays() -> None:
    assert sheet("id,name,town\n1,'Abd al-Test,Kashgar\n2,Qur'an,Hotan\n").column("name") == ["'Abd al-Test", "Qur'an"]


@pytest.mark.parametrize("first", ['"id,name,note"', "id,name,note"])
def test_lines_that_were_each_made_one_quoted_cell_are_lines_again_and_that_is_told(first: str) -> None:
    found = sheet(f'{first}\n"1,Amina,""a, b"""\n"2,Bahtiyar,x"\n')
    assert (found.headers, found.rows) == (("id", "name", "note"), (("1", "Amina", "a, b"), ("2", "Bahtiyar", "x")))
    assert "as if it were one cell" in found.told[0]


def test_a_list_of_one_column_of_quoted_names_stays_one_column() -> None:
    assert sheet('Name\n"Testova, Amina"\n"Testov, Bahtiyar"\n').column("Name") == [
        "Testova, Amina",
        "Testov, Bahtiyar",
    ]


def test_rows_that_are_all_longer_than_the_headers_are_told() -> None:
    found = sheet("id,name,town\n1,Testova, Amina,Kashgar\n2,Testov, Bahtiyar,Hotan\n")
    assert "Most rows have more cells than there are headers, such as row 2" in found.told[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BEGIN:VCARD\nFN:Amina Testova\nEND:VCARD\n", "cards of addresses"),
        ("INSERT INTO people VALUES (1,'Amina');\n", "commands to a database"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "web page in one file"),
    ],
)
def test_texts_that_are_no_list_are_refused_by_what_they_are(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        sheet(text)


def test_the_letters_that_tell_an_encoding_are_found_wherever_they_stand() -> None:
    with pytest.raises(EncodingAsked) as asked:
        sheet(b"id,name,town\n" + b"1,Amina,Kashgar\n" * 20_000 + "2,Peña,Hotan\n".encode("cp1252"))
    samples = {one.encoding: one.samples for one in asked.value.candidates}
    assert samples["cp1252"] == ("Peña",)


def test_lines_of_two_encodings_in_one_file_are_refused_by_the_first_that_differs() -> None:
    lines = "id,name\n1,Peña\n2,Núñez\n3,Ibáñez\n4,José\n".encode()
    with pytest.raises(Unreadable, match=r"UTF-8, but for letters in 1 place, the first in line 6 \(“5,Mu.oz”\)"):
        sheet(lines + "5,Muñoz\n".encode("cp1252"))

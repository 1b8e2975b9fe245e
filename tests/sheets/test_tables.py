"""The shapes of lists: separators, ragged lines, headers in two rows, second lists, and what is told of each."""

import pytest

from campaign import sheets
from campaign.sheets import Sheet, Unreadable, Workbook
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook

HEAD = "id,name,town\n"


def read(text: str) -> Workbook:
    return sheets.read(text.encode(), "list.csv")


def sheet(text: str) -> Sheet:
    return read(text).sheet


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_though_another_one_stands_in_the_cells(separator: str) -> None:
    others = "".join(one for one in ",;|" if one != separator)
    lines = ["id\0name\0note", f"1\0Amina\0first {others} second", f"2\0Bahtiyar\0a{others}"]
    found = sheet("\n".join(lines).replace("\0", separator))
    assert found.headers == ("id", "name", "note")
    assert found.column("note") == [f"first {others} second", f"a{others}"]


def test_a_first_line_that_states_the_separator_is_obeyed_and_counted() -> None:
    found = sheet("sep=;\nid;name\n1;Testova, Amina\n")
    assert (found.headers, found.rows, found.numbers) == (("id", "name"), (("1", "Testova, Amina"),), (3,))


def test_a_line_with_more_cells_than_headers_is_not_read_and_told_by_its_number() -> None:
    found = sheet(HEAD + "1,Amina,Kashgar\n2,Testov, Bahtiyar,Hotan\n3,Zulfiya,Aksu\n4,Ilham,Korla\n")
    assert found.column("id") == ["1", "3", "4"]
    assert found.told[0].startswith("Row 3 has more cells than there are headers")
    assert [(note.row, note.kind, note.words) for note in found.notes] == [(3, "unread", "2, Testov, Bahtiyar, Hotan")]


def test_a_line_with_fewer_cells_is_read_and_told() -> None:
    found = sheet(HEAD + "1,Amina\n2,Bahtiyar,Hotan\n")
    assert found.rows == (("1", "Amina", ""), ("2", "Bahtiyar", "Hotan"))
    assert found.told == ("Row 2 has fewer cells than there are headers; the last ones were read as empty.",)


def test_a_column_without_a_header_that_every_line_has_is_kept() -> None:
    found = sheet("id,name\n1,Amina,Kashgar\n2,Bahtiyar,Hotan\n")
    assert (found.headers, found.rows[0]) == (("id", "name", "column 3"), ("1", "Amina", "Kashgar"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '1,Amina,"Kashgar\n2,Bahtiyar,Hotan\n3,Zulfiya,Aksu"\n4,Ilham,Korla\n', 2),
        (HEAD + '1,Amina,Kashgar\n2,"Bahtiyar" Testov,Hotan\n', 3),
        (HEAD + '1,Amina,"a\nnote"\n2,Bahtiyar,"open\n3,Zulfiya,Aksu\n', 4),
    ],
)
def test_a_quote_that_would_swallow_people_is_refused_by_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable, match=f"Line {line} opens a quotation mark"):
        read(text)


def test_a_cell_of_several_lines_is_one_cell() -> None:
    found = sheet('id,name,note\n1,Amina,"first, second\n\nthird, fourth"\n2,Bahtiyar,"said ""no"""\n')
    assert found.column("note") == ["first, second\n\nthird, fourth", 'said "no"']
    assert (found.numbers, found.told) == ((2, 3), ())


def test_headers_in_two_rows_are_joined_and_told() -> None:
    found = sheet("id,name,arrest,,release\n,,date,place,date\n1,Amina,2017,Kashgar,2019\n2,Bahtiyar,2018,Hotan,\n")
    assert found.headers == ("id", "name", "arrest date", "arrest place", "release date")
    assert found.numbers == (3, 4)
    assert found.told == ("Rows 1 and 2 were read together as headers, such as “arrest place”.",)


def test_a_first_row_of_a_list_is_no_second_row_of_headers() -> None:
    found = sheet("id,name,,note\n1,Amina,Kashgar,\n2,Bahtiyar,Hotan,x\n")
    assert (found.headers, len(found.rows)) == (("id", "name", "column 3", "note"), 2)


def test_headers_that_are_said_twice_are_told_apart() -> None:
    found = sheet("id,Name,Name\n1,Amina,Testova\n")
    assert found.headers == ("id", "Name", "Name (2)")
    assert found.told == ("More than one column is called “Name”; this one is “Name (2)” here.",)


def test_a_list_without_headers_is_told_of() -> None:
    assert "though “1974” looks like a value" in sheet("Amina,1974\nBahtiyar,1963\n").told[0]


def test_headers_said_again_on_every_page_are_nobody() -> None:
    found = sheet(HEAD + "1,Amina,Kashgar\nid,name,town\n2,Bahtiyar,Hotan\n")
    assert (found.column("id"), found.numbers) == (["1", "2"], (2, 4))
    assert found.told == ("Row 3 has the headers again: no row of the list.",)


def test_empty_rows_inside_a_list_end_nothing() -> None:
    assert sheet(HEAD + "1,Amina,Kashgar\n" + "\n" * 50 + "2,Bahtiyar,Hotan\n").numbers == (2, 53)


def test_a_second_list_below_is_told_and_not_read() -> None:
    found = sheet(HEAD + "1,Amina,Kashgar\n2,Bahtiyar,Hotan\n\nfacility,rooms,guards\nBahar,12,40\nGulzar,8,30\n")
    assert found.column("name") == ["Amina", "Bahtiyar"]
    assert "In row 5 a second list begins (“facility, rooms, guards”)" in found.told[0]
    assert [note.row for note in found.notes] == [5, 6, 7]


@pytest.mark.parametrize(
    "last", ["Total,2,", "Итого,2,", "合计,2,", "\n,Updated in May 2024,", "* released,,", "Source: volunteers,,"]
)
def test_what_stands_below_a_list_is_told_and_no_row(last: str) -> None:
    found = sheet(HEAD + "1,Amina,Kashgar\n2,Bahtiyar,Hotan\n" + last + "\n")
    assert found.column("name") == ["Amina", "Bahtiyar"]
    assert found.told[-1].startswith("Below the list stands “")


@pytest.mark.parametrize("last", ["3,Zulfiya,", ",Zulfiya,", "Kashgar prefecture,,"])
def test_a_row_of_few_cells_that_may_be_somebody_is_kept(last: str) -> None:
    assert sheet(HEAD + "1,Amina,Kashgar\n2,Bahtiyar,Hotan\n" + last + "\n").numbers == (2, 3, 4)


def test_a_title_of_several_rows_is_told() -> None:
    found = sheet("People detained,,\nas of May 2024,,\n\n" + HEAD + "1,Amina,Kashgar\n")
    assert (found.headers, found.numbers) == (("id", "name", "town"), (5,))
    assert "“People detained”; “as of May 2024”" in found.told[0]


def test_a_hidden_sheet_is_taken_last_and_told() -> None:
    lists = {
        "Old": sheet_xml(rows_xml([["Name"], ["Old Testov"]])),
        "New": sheet_xml(rows_xml([["Name"], ["Amina"], ["Bahtiyar"]])),
    }
    book = sheets.read(workbook(lists, states={"Old": 'state="hidden"'}), "list.xlsx")
    assert [(one.name, one.is_hidden) for one in book.sheets] == [("New", False), ("Old", True)]
    assert "“Old” (1 row, hidden) is not" in book.all_told[0]
    assert sheets.read(workbook(lists), "list.xlsx", sheet="New").sheet.name == "New"


def test_an_empty_sheet_before_the_list_is_passed_over() -> None:
    lists = {"Cover": sheet_xml(""), "List": sheet_xml(rows_xml([["Name"], ["Amina"]]))}
    assert sheets.read(workbook(lists), "list.xlsx").sheet.name == "List"

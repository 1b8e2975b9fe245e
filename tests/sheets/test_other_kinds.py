"""Workbooks of other kinds, .xls, .xlsb and .ods: their values are read, and what is not read of them is told."""

from pathlib import Path

from campaign import sheets
from campaign.sheets import CellNote
from tests.sheets.workbooks import ods, ods_row, xlsb

CASES = Path(__file__).parent / "old_kinds"
DATE = '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>{}</text:p></table:table-cell>'


def test_an_old_workbook_is_read_with_its_merged_ranges_and_days_that_may_be_years_are_told() -> None:
    book = sheets.read(CASES / "dates.xls")
    assert (book.kind, book.sheet.headers) == ("xls", ("id", "Name", "Born", "Shown as a year", "Town"))
    assert book.sheet.rows == (
        ("17", "Амина Testova", "1974-04-12", "1974-01-01", "Kashgar"),
        ("18", "Bahtiyar Testov", "", "", "Kashgar"),
    )
    assert book.sheet.notes == (
        CellNote(2, "Town", "merged", "2 to 3"), CellNote(2, "Shown as a year", "first_day", "1974-01-01"),
    )  # fmt: skip
    assert book.told[0].startswith("Of a .xls file only the values are read: comments, links, colours, errors")
    assert "merged" not in book.told[0]
    assert "“Old” (1 row, hidden) is not" in book.all_told[-1]


def test_an_old_workbook_that_counts_days_from_1904_and_is_protected_is_read() -> None:
    assert sheets.read(CASES / "since_1904.xls").sheet.rows == (("1", "Amina Testova", "1974-04-12"),)


def test_a_binary_workbook_is_read_and_what_is_not_read_of_it_is_told() -> None:
    book = sheets.read(xlsb([("id", "Name", "Born"), (1, "Амина Testova", 1974), (2, "Bahtiyar", None)]), "list.xlsb")
    assert (book.kind, book.sheet.rows) == ("xlsb", (("1", "Амина Testova", "1974"), ("2", "Bahtiyar", "")))
    assert "comments, links, colours, errors, the formats" in book.told[0]


def test_an_open_document_is_read_and_a_comment_in_a_cell_is_no_part_of_it() -> None:
    annotated = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Do not publish</text:p>'
        "</office:annotation><text:p><text:span>Amina</text:span><text:s/>Testova</text:p></table:table-cell>"
    )
    book = sheets.read(ods(ods_row("id", "Name"), ods_row("1", annotated)), "list.ods")
    assert (book.kind, book.sheet.rows) == ("ods", (("1", "Amina Testova"),))
    assert book.told[0].startswith("Of a .ods file only the values are read")


def test_rows_that_an_open_document_says_once_for_several_keep_their_numbers() -> None:
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = ods_row("Amina", "Kashgar", attributes='table:number-rows-repeated="2"')
    found = sheets.read(ods(ods_row("Name", "Town"), twice, empty, ods_row("Bahtiyar", "Hotan")), "list.ods").sheet
    assert (found.column("Name"), found.numbers) == (["Amina", "Amina", "Bahtiyar"], (2, 3, 7))


def test_a_day_of_an_open_document_that_may_be_a_year_is_told() -> None:
    rows = ods_row("Name", "Born"), ods_row("Amina", DATE.format("1974-01-01", "1974"))
    found = sheets.read(ods(*rows, ods_row("B", DATE.format("1974-04-12", "12.04.74"))), "list.ods").sheet
    assert found.column("Born") == ["1974-01-01", "1974-04-12"]
    assert "the file does not say whether the day is shown: row 2, Born" in found.told[1]

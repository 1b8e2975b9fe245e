"""Small lists of every kind of trouble, all invented: each is read rightly, or refused in one sentence."""

from pathlib import Path

import pytest

from campaign import sheets
from campaign.sheets import CellNote, EncodingAsked, Sheet, Unreadable

CASES = Path(__file__).parent / "cases"
HEADERS = ("Case ID", "Name", "Date of birth", "Gender", "Home town", "Occupation", "Last contact date")
AMINA = ("K-001", "Amina Testova", "12 April 1974", "F", "Kashgar", "Teacher", "May 2017")
BAHTIYAR = ("K-002", "Bahtiyar Testov", "1963", "M", "Hotan", "Farmer", "2018")


def the_sheet(name: str, **stated: str) -> Sheet:
    return sheets.read(CASES / name, name, **stated).sheet


def told(name: str) -> str:
    return " ".join(sheets.read(CASES / name, name).all_told)


def refusal(name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        sheets.read(CASES / name, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "encoding", "samples"),
    [
        ("f10_spanish_cp1252.csv", "cp1252", ("José Peña Ibáñez", "María Núñez Muñoz", "médica")),
        ("f10b_one_row_cp1251.csv", "cp1251", ("Тестов Иван Петрович", "учитель")),
    ],
)
def test_an_encoding_that_is_not_certain_is_asked_with_the_first_names_under_each(
    name: str, encoding: str, samples: tuple[str, ...]
) -> None:
    with pytest.raises(EncodingAsked) as asked:
        sheets.read(CASES / name, name)
    assert (asked.value.candidates[0].encoding, asked.value.candidates[0].samples) == (encoding, samples)
    assert len(asked.value.candidates) > 1
    assert f"{encoding}: “{samples[0]}" in str(asked.value)
    assert samples[0] in the_sheet(name, encoding=encoding).column("name")


def test_letters_that_were_encoded_twice_are_read_as_written_and_told() -> None:
    sheet = the_sheet("f10c_mojibake_already.csv")
    assert sheet.rows == (("1", "JosÃ© PeÃ±a"),)
    assert sheet.notes == (CellNote(2, "name", "encoding", "JosÃ© PeÃ±a, perhaps José Peña"),)
    assert "encoded twice" in told("f10c_mojibake_already.csv")


def test_a_joiner_inside_a_name_stays() -> None:
    assert the_sheet("f11_zwnj.csv").rows == (("1", "علی\u200cاکبر نمونه\u200cپور", "دانش\u200cآموز"),)


def test_the_size_that_a_workbook_states_of_itself_is_not_believed() -> None:
    sheet = the_sheet("f12_dimension_a1.xlsx")
    assert (sheet.headers, sheet.rows) == (HEADERS, (AMINA, BAHTIYAR))


def test_every_sheet_is_read_one_is_taken_and_the_others_are_told_with_how_to_choose_them() -> None:
    book = sheets.read(CASES / "f13_two_sheets.xlsx", "two.xlsx")
    assert [(one.name, len(one.rows)) for one in book.sheets] == [("Men", 2), ("Women", 1)]
    assert "“Women” (1 row) is not" in book.all_told[0]
    assert "--sheet “Women”" in book.all_told[0]
    women = sheets.read(CASES / "f13_two_sheets.xlsx", "two.xlsx", sheet="Women").sheet
    assert women.column("Name") == ["Zulfiya Testova"]
    with pytest.raises(Unreadable, match=r"no sheet “Children”\. Its sheets are: “Men”, “Women”"):
        sheets.read(CASES / "f13_two_sheets.xlsx", "two.xlsx", sheet="Children")


def test_a_chart_before_the_list_is_passed_over_and_told() -> None:
    assert the_sheet("f13b_chart_sheet_first.xlsx").rows == (("1", "Amina Testova"),)
    assert "“Chart” is a chart" in told("f13b_chart_sheet_first.xlsx")


def test_formulas_without_results_are_told_by_their_cells() -> None:
    sheet = the_sheet("f14_formulas_without_values.xlsx")
    assert [(note.row, note.column) for note in sheet.notes if note.kind == "formula"] == [
        (2, "Name"),
        (3, "Date of birth"),
    ]
    assert "row 2, Name" in told("f14_formulas_without_values.xlsx")
    assert "Open the file in a spreadsheet, save it" in told("f14_formulas_without_values.xlsx")


def test_errors_are_empty_cells_and_each_is_told() -> None:
    sheet = the_sheet("f15_error_cells.xlsx")
    assert sheet.rows == (("K-001", "", "", "F", "", "Teacher", ""), ("K-002", *BAHTIYAR[1:5], "", "2018"))
    assert [(note.row, note.column, note.words) for note in sheet.notes] == [
        (2, "Name", "#NAME?"),
        (2, "Date of birth", "#REF!"),
        (2, "Home town", "#N/A"),
        (2, "Last contact date", "#VALUE!"),
        (3, "Occupation", "#N/A"),
    ]
    assert "row 3, Occupation (“#N/A”)" in told("f15_error_cells.xlsx")


def test_a_date_is_written_as_its_cell_shows_it() -> None:
    assert the_sheet("f16_shown_as_year.xlsx").rows == (
        ("K-001", "Amina Testova", "1974", "F", "Kashgar", "Teacher", "May 2017"),
    )


def test_a_title_above_the_headers_is_told_and_no_header() -> None:
    sheet = the_sheet("f17_title_above_headers.xlsx")
    assert (sheet.headers, sheet.rows, sheet.numbers) == (HEADERS, (AMINA, BAHTIYAR), (4, 5))
    assert "“List of detained persons, as of 1 May 2024”" in told("f17_title_above_headers.xlsx")


def test_a_merged_range_holds_for_every_row_that_it_spans() -> None:
    sheet = the_sheet("f18_merged_down.xlsx")
    assert sheet.rows[1] == ("K-002", "Bahtiyar Testov", "1963", "M", "Kashgar", "Farmer", "May 2017")
    assert "row 2, Home town (“2 to 3”)" in told("f18_merged_down.xlsx")


def test_sums_sources_and_remarks_below_a_list_are_nobody_and_told() -> None:
    sheet = the_sheet("f19_totals_and_footers.xlsx")
    assert sheet.rows == (AMINA, BAHTIYAR)
    assert [(note.row, note.words) for note in sheet.notes if note.kind == "footer"] == [
        (4, "Total, 2"),
        (5, "Source: volunteers"),
        (6, "* released in 2023"),
    ]
    assert "“* released in 2023”" in told("f19_totals_and_footers.xlsx")


def test_comments_and_the_addresses_behind_words_are_kept() -> None:
    notes = the_sheet("f20_comment_and_link.xlsx").notes
    assert CellNote(2, "Name", "comment", "The family asked us not to publish the name") in notes
    assert CellNote(2, "Source", "link", "https://example.org/report/17") in notes
    assert "The family asked us not to publish the name" in told("f20_comment_and_link.xlsx")


def test_an_open_quote_is_refused_by_its_line() -> None:
    assert "Line 3 opens a quotation mark" in refusal("f21_unbalanced_quote.csv")


def test_headers_without_rows_and_what_is_no_sheet_are_refused() -> None:
    assert "no rows under them" in refusal("f22_header_only.csv")
    assert refusal("f22b_list.json").startswith("This is JSON, no sheet.")


def test_paragraphs_stay() -> None:
    assert the_sheet("f30_paragraphs.csv").column("notes") == ["First paragraph.\n\nSecond paragraph."]


def test_chinese_headers_make_their_encoding_certain_and_it_is_told() -> None:
    book = sheets.read(CASES / "p01_gb18030_chinese_headers.csv", "list.csv")
    assert book.sheet.headers == ("编号", "姓名", "性别", "出生日期", "职业", "关押地点")
    assert book.sheet.rows == (
        ("A1", "测试甲", "男", "1974年4月12日", "教师", "喀什监狱"),
        ("A2", "样本乙", "女", "1963年", "农民", "和田看守所"),
    )
    assert (book.encoding, "GB18030" in book.told[0]) == ("gb18030", True)


@pytest.mark.parametrize(
    ("name", "column", "cells"),
    [
        ("p02_ambiguous_day_and_month.csv", "birth date", ["03/04/1974", "13/04/1974", "03.04.1974", "1974-00-00"]),
        ("p03_serial_days_stay_words.csv", "birth date", ["27131"]),
        ("p09_section_rows.csv", "Case ID", ["Kashgar prefecture", "K-1"]),
        ("f23_map_with_a_slip.csv", "Witness name", ["Rahile Samplova"]),
    ],
)
def test_what_was_read_rightly_is_read_as_before(name: str, column: str, cells: list[str]) -> None:
    assert the_sheet(name).column(column)[: len(cells)] == cells
    assert told(name) == ""

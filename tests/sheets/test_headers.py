"""Where headers stand in lists as people lay them out: titles of several cells, groups above, a second list beside."""

from campaign import sheets
from campaign.sheets import Sheet
from tests.sheets.workbooks import rows_xml, sheet_xml, workbook

PEOPLE = [["No", "Name", "Town", "Born"], [1, "Amina Testova", "Kashgar", "1974"], [2, "Bahtiyar", "Hotan", "1963"]]


def read(lines: list[list[object]], *merged: str) -> Sheet:
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    xml = sheet_xml(rows_xml(lines), after=f"<mergeCells>{ranges}</mergeCells>" if merged else "")
    return sheets.read(workbook({"S": xml}), "list.xlsx").sheet


def test_a_title_of_two_cells_is_told_and_no_header() -> None:
    found = read([["List of detained people", "Updated: May 2024"], [], *PEOPLE])
    assert (found.headers, found.numbers) == (("No", "Name", "Town", "Born"), (4, 5))
    assert "“List of detained people, Updated: May 2024”" in found.told[0]


def test_lines_of_what_the_list_is_are_told_and_no_header() -> None:
    found = read([["Prepared by", "Rahile Samplova"], ["Date", "2024-05-01"], *PEOPLE])
    assert (found.headers, found.numbers) == (("No", "Name", "Town", "Born"), (4, 5))
    assert "Rahile Samplova" in found.told[0]


def test_headers_that_are_fewer_than_the_columns_stay_the_headers() -> None:
    found = read([["No", "Name"], [1, "Amina Testova", "Kashgar"], [2, "Bahtiyar", "Hotan"]])
    assert found.headers == ("No", "Name", "column 3")


def test_a_group_merged_above_headers_is_a_part_of_them() -> None:
    lines: list[list[object]] = [
        ["People of 2024", "", "", "", ""], ["", "", "Arrest", "", "Release"], ["No", "Name", "date", "place", "date"],
        [1, "Amina", "2017", "Kashgar", "2019"],
    ]  # fmt: skip
    found = read(lines, "A1:E1", "C2:D2")
    assert found.headers == ("No", "Name", "Arrest date", "Arrest place", "Release date")
    assert (found.numbers, found.told[0]) == (
        (4,),
        "Rows 2 and 3 were read together as headers, such as “Arrest date”.",
    )
    assert "“People of 2024”" in found.told[1]


def test_a_second_list_beside_the_first_is_told_and_nobody_takes_its_names() -> None:
    found = read([[*line, "", *other] for line, other in zip(PEOPLE, reversed(PEOPLE[1:] + PEOPLE[:1]), strict=True)])
    assert (found.headers, len(found.rows)) == (("No", "Name", "Town", "Born"), 2)
    assert (
        "Beside the list, from its column 6 on, a second one stands (“No, Name, Town, Born”, 2 rows)" in found.told[0]
    )


def test_columns_behind_an_empty_one_are_told_where_they_may_be_a_list_of_their_own() -> None:
    found = read([["No", "Name", "", "Facility", "Rooms"], [1, "Amina", "", "Bahar", 12], [2, "Bahtiyar", "", "", ""]])
    assert found.headers == ("No", "Name", "Facility", "Rooms")
    assert found.told[0].startswith("Behind an empty column stand “Facility, Rooms”")

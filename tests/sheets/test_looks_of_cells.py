"""What people say by the look of cells: colours, heights of nothing, letters struck in a text, empty formats."""

import pytest

from campaign import sheets
from campaign.sheets import CellNote, Sheet
from campaign.sheets.colours import colour_of
from tests.sheets.workbooks import MAIN, rows_xml, sheet_xml, workbook

STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode=";;;"/></numFmts>'
    '<fonts><font/><font><color rgb="FFFF0000"/></font></fonts><fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF92D050"/></patternFill></fill></fills><cellXfs>'
    '<xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="200" fontId="0" fillId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="1"/><xf numFmtId="0" fontId="1" fillId="0"/></cellXfs></styleSheet>'
)
VEILED, GREEN, RED = 1, 2, 3
HEADERS = ["id", "Name", "Town"]


def looking(words: str, style: int) -> str:
    return f'<c s="{style}" t="str"><v>{words}</v></c>'


def read(lines: list[list[str]], *, rows: dict[int, str] | None = None, before: str = "", texts: str = "") -> Sheet:
    parts = {"xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>"} if texts else {}
    xml = sheet_xml(rows_xml([HEADERS, *lines], attributes=rows), before=before)
    return sheets.read(workbook({"S": xml}, styles=STYLES, parts=parts), "list.xlsx").sheet


def people(*styles: int) -> list[list[str]]:
    return [[looking(words, style) for words in (str(number), "Somebody", "Kashgar")] for number, style in
            enumerate(styles, 1)]  # fmt: skip


def test_a_colour_that_few_rows_have_is_told_and_not_read() -> None:
    found = read([*people(0, GREEN, 0), ["4", looking("Amina", RED), "Hotan"]])
    assert found.notes == (
        CellNote(3, "", "coloured", "green background"), CellNote(5, "Name", "coloured", "red letters"),
    )  # fmt: skip
    assert found.told[0].startswith("Colours set these apart: row 3 (“green background”); row 5, Name (“red letters”).")


@pytest.mark.parametrize("styles", [(GREEN, GREEN, GREEN, 0), (GREEN, 0, GREEN, 0, GREEN, 0), (0, 0, 0)])
def test_a_colour_of_most_rows_or_of_every_second_one_is_decoration(styles: tuple[int, ...]) -> None:
    assert read(people(*styles)).notes == ()


def test_the_colour_of_headers_is_not_told() -> None:
    xml = sheet_xml(rows_xml([[looking(name, GREEN) for name in HEADERS], *people(0, 0, 0)]))
    assert sheets.read(workbook({"S": xml}, styles=STYLES), "list.xlsx").sheet.notes == ()


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"rgb": "FFFFFF00"}, "yellow"),
        ({"rgb": "FF0070C0"}, "blue"),
        ({"rgb": "FFFFC000"}, "yellow"),
        ({"rgb": "FFD9D9D9"}, "grey"),
        ({"rgb": "FFFFFFFF"}, ""),
        ({"rgb": "FF000000"}, ""),
        ({"indexed": "10"}, "red"),
        ({"indexed": "64"}, ""),
        ({"theme": "1"}, ""),
        ({"theme": "9"}, "a colour"),
        ({"rgb": "nonsense"}, ""),
        ({}, ""),
    ],
)
def test_a_colour_is_called_as_people_call_it(attributes: dict[str, str], words: str) -> None:
    assert colour_of(attributes) == words


def test_a_row_without_height_a_column_without_width_and_a_format_of_nothing_are_hidden() -> None:
    found = read(
        [["1", "Amina", "Kashgar"], ["2", "Bahtiyar", "Hotan"], ["3", looking("Zulfiya", VEILED), "Aksu"]],
        rows={3: 'ht="0" customHeight="1"'},
        before='<cols><col min="3" max="3" width="0" customWidth="1"/></cols>',
    )
    assert found.column("Name") == ["Amina", "Bahtiyar", "Zulfiya"]
    assert found.notes == (CellNote(0, "Town", "hidden"), CellNote(3, "", "hidden"), CellNote(4, "Name", "hidden"))


def test_letters_struck_inside_a_text_that_cells_share_are_told_where_it_stands() -> None:
    texts = (
        "<si><t>Amina</t></si><si><r><rPr><strike/></rPr><t>Bahtiyar</t></r><r>"
        '<t xml:space="preserve"> Testov</t></r></si>'
        '<si><r><rPr><strike val="0"/></rPr><t>Zulfiya</t></r></si>'
    )
    shared = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c>']
    found = read([[str(number), text, "Kashgar"] for number, text in enumerate(shared, 1)], texts=texts)
    assert found.column("Name") == ["Amina", "Bahtiyar Testov", "Zulfiya"]
    assert found.notes == (CellNote(3, "Name", "struck"),)


def test_a_piece_of_an_address_in_a_formula_is_no_link() -> None:
    pieces = '<c t="str"><f>HYPERLINK("https://example.org/"&amp;A2,"report")</f><v>report</v></c>'
    assert read([["1", "Amina", pieces]]).notes == ()


def test_signs_above_letters_are_no_part_of_a_name() -> None:
    texts = '<si><t>測試</t><rPh sb="0" eb="2"><t>テスト</t></rPh></si>'
    assert read([["1", '<c t="s"><v>0</v></c>', "x"]], texts=texts).column("Name") == ["測試"]


@pytest.mark.parametrize("words", ["1974-04-12", "1974-04-12T00:00:00"])
def test_a_date_that_is_written_out_in_its_cell_is_read_as_its_day(words: str) -> None:
    assert read([["1", "Amina", f'<c t="d"><v>{words}</v></c>']]).column("Town") == ["1974-04-12"]


def test_a_protected_sheet_of_the_strict_standard_is_read() -> None:
    xml = sheet_xml(
        rows_xml([HEADERS, ["1", "Amina", "Kashgar"]]), after='<sheetProtection sheet="1" password="CC1A"/>'
    )
    strict = xml.replace(MAIN, 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"')
    assert sheets.read(workbook({"S": strict}), "list.xlsx").sheet.rows == (("1", "Amina", "Kashgar"),)

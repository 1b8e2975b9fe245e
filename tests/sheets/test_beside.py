"""What a workbook says beside its values: formats, hidden and struck cells, conversations, links; other kinds."""

import pytest

from campaign import sheets
from campaign.sheets import CellNote, Sheet
from tests.sheets.workbooks import DOCUMENT, MAIN, PACKAGE, rows_xml, sheet_xml, workbook

FORMATS = (
    "yyyy", "mmmm yyyy", "mmm-yy", 'yyyy"年"m"月"', "d mmm yyyy", "00000", '"K-"000', "0.00", "0%", "#,##0", "General",
    "yyyy;@", "[$-409]mmmm\\ yyyy",
)  # fmt: skip


def styled(*fonts: str) -> str:
    listed = "".join(
        f'<numFmt numFmtId="{200 + number}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for number, code in enumerate(FORMATS)
    )
    xfs = "".join(f'<xf numFmtId="{200 + number}" fontId="0"/>' for number in range(len(FORMATS)))
    return (
        f"<styleSheet {MAIN}><numFmts>{listed}</numFmts><fonts><font/><font><strike/></font></fonts>"
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{xfs}<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
    )


STRUCK = len(FORMATS) + 1


def read(lines: list[list[object]], *, before: str = "", after: str = "", **options: object) -> Sheet:
    xml = sheet_xml(rows_xml(lines, attributes=options.pop("rows", None)), before=before, after=after)  # type: ignore[arg-type]
    return sheets.read(workbook({"S": xml}, styles=styled(), **options), "list.xlsx").sheet  # type: ignore[arg-type]


def number(value: float, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (27030, "yyyy", "1974"),
        (42856, "mmmm yyyy", "May 2017"),
        (42856, "mmm-yy", "May-17"),
        (42856, 'yyyy"年"m"月"', "2017年5月"),
        (42856, "d mmm yyyy", "2017-05-01"),
        (42856, "yyyy;@", "2017"),
        (42856, "[$-409]mmmm\\ yyyy", "May 2017"),
        (17, "00000", "00017"),
        (12, '"K-"000', "K-012"),
        (2017.1, "0.00", "2017.10"),
        (0.35, "0%", "35%"),
        (12345, "#,##0", "12345"),
        (35, "General", "35"),
        (1.5, "General", "1.5"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value: float, number_format: str, words: str) -> None:
    style = FORMATS.index(number_format) + 1
    assert read([["Name", "x"], ["Amina", number(value, style)]]).column("x") == [words]


def test_the_epoch_of_1904_is_obeyed() -> None:
    options = {"properties": '<workbookPr date1904="1"/>'}
    assert read([["Name", "x"], ["Amina", number(25568, 1)]], **options).column("x") == ["1974"]


def test_a_number_too_long_for_a_workbook_is_told() -> None:
    found = read([["Name", "number"], ["Amina", 653101197404120011]])
    assert found.notes[0].kind == "inexact"
    assert "their last digits are lost: row 2, number" in found.told[0]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    found = read(
        [["Name", "Town"], ["Amina", "Kashgar"], ["Bahtiyar", "Hotan"]],
        rows={3: 'hidden="1"'},
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
    )
    assert found.column("Town") == ["Kashgar", "Hotan"]
    assert found.notes == (CellNote(0, "Town", "hidden"), CellNote(3, "", "hidden"))
    assert found.told == (
        "The sheet hides this, and it was read like the rest: Town; row 3. Look whether it should be taken.",
    )


def test_struck_cells_are_read_and_told_a_whole_row_once() -> None:
    struck = f'<c s="{STRUCK}" t="str"><v>x</v></c>'
    found = read([["Name", "a", "b"], ["Amina", struck, "y"], [struck, struck, struck]])
    assert found.notes == (CellNote(2, "a", "struck"), CellNote(3, "", "struck"))


def test_letters_struck_inside_a_cell_are_told() -> None:
    struck, rest = "<r><rPr><strike/></rPr><t>Amina</t></r>", '<r><t xml:space="preserve"> Bahtiyar</t></r>'
    partly = f'<c t="inlineStr"><is>{struck}{rest}</is></c>'
    found = read([["id", "Name"], ["1", partly]])
    assert (found.column("Name"), found.notes) == (["Amina Bahtiyar"], (CellNote(2, "Name", "struck"),))


def test_of_a_conversation_its_words_are_kept_and_not_the_notice_beside_it() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{DOCUMENT}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="b" Type="{DOCUMENT}/threadedComment" Target="../threadedComments/t.xml"/></Relationships>',
        "xl/comments1.xml": f'<comments {MAIN}><comment ref="A2"><text><t>[Threaded comment]</t></text></comment>'
        '<comment ref="B2"><text><r><t>An old</t></r><r><t> note</t></r></text></comment></comments>',
        "xl/threadedComments/t.xml": '<ThreadedComments><threadedComment ref="A2"><text>Do not publish</text>'
        '</threadedComment><threadedComment ref="A2"><text>Agreed</text></threadedComment></ThreadedComments>',
    }
    notes = read([["Name", "Town"], ["Amina", "Kashgar"]], parts=parts).notes
    assert [(note.row, note.column, note.words) for note in notes] == [
        (2, "Name", "Do not publish Agreed"),
        (2, "Town", "An old note"),
    ]


def test_an_address_in_a_formula_is_a_link() -> None:
    formula = '<c t="str"><f>HYPERLINK("https://example.org/17","report")</f><v>report</v></c>'
    found = read([["Name", "Source"], ["Amina", formula]])
    assert found.column("Source") == ["report"]
    assert found.notes == (CellNote(2, "Source", "link", "https://example.org/17"),)


def test_a_formula_whose_result_is_an_empty_text_is_no_missing_result() -> None:
    empty = '<c t="str"><f>IF(1=2,"x","")</f><v></v></c>'
    assert read([["Name", "x"], ["Amina", empty], ["Bahtiyar", "y"]]).notes == ()


def test_headers_merged_over_two_columns_name_both() -> None:
    found = read(
        [["Name", "Arrest", ""], ["", "date", "place"], ["Amina", "2017", "Kashgar"]],
        after='<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>',
    )
    assert (found.headers, found.rows) == (("Name", "Arrest date", "Arrest place"), (("Amina", "2017", "Kashgar"),))


def test_a_list_that_does_not_begin_in_the_first_cell_keeps_its_places() -> None:
    found = read(
        [[], [], ["", "", "Name", "Town"], ["", "", "Amina", "#N/A"], ["", "", "Bahtiyar", "Hotan"]],
        after='<mergeCells><mergeCell ref="D4:D5"/></mergeCells>',
        rows={5: 'hidden="1"'},
    )
    assert (found.headers, found.numbers) == (("Name", "Town"), (4, 5))
    assert CellNote(4, "Town", "error", "#N/A") in found.notes


def test_elements_with_a_prefix_and_cells_without_references_are_read() -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        '<x:c t="str"><x:v>Name</x:v></x:c><x:c t="str"><x:v>Born</x:v></x:c></x:row><x:row hidden="1"><x:c t="str">'
        '<x:v>Amina</x:v></x:c><x:c s="1"><x:v>27030</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    found = sheets.read(workbook({"S": xml}, styles=styled()), "list.xlsx").sheet
    assert (found.rows, found.notes) == ((("Amina", "1974"),), (CellNote(2, "", "hidden"),))

"""What is no list, or is made to take a machine down: one sentence each, within limits, and the next file is read."""

from collections.abc import Callable

import pytest

from campaign import sheets
from campaign.sheets import Unreadable
from tests.sheets.workbooks import DOCUMENT, MAIN, PACKAGE, rows_xml, sheet_xml, simple, workbook, zipped

LAUGHS = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + depth)} "{("&" + chr(97 + depth) + ";") * 10}">' for depth in range(9)
)
ONE_SHARED = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>')
A_LIST = rows_xml([["Name", "Town"], ["Amina", "Kashgar"]])
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def shared(text: str, before: str = "") -> bytes:
    return workbook(
        {"S": ONE_SHARED}, parts={"xl/sharedStrings.xml": f"{before}<sst {MAIN}><si><t>{text}</t></si></sst>"}
    )


def lying() -> bytes:
    """Return a workbook with a part of 300 MB that states 1,000 bytes."""
    content = zipped({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": b"x" * 300_000_000})
    return content.replace((300_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 5000


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "cells in two corners": (
        lambda: workbook({"S": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">'
                                         "<v>1</v></c></row>")}),
        "more than 100,000 rows",
    ),
    "corners out of order": (
        lambda: workbook({"S": sheet_xml('<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>')}),
        "far larger than it looks|more memory",
    ),
    "a million rows": (
        lambda: workbook({"S": sheet_xml('<row><c t="str"><v>1</v></c></row>' * 1_000_000)}), "more than 100,000 rows"
    ),
    "rows that hold nothing": (lambda: workbook({"S": sheet_xml("<row/>" * 3_000_000)}), "2,500,000 rows and cells"),
    "100,000 columns": (lambda: b"c," * 100_000 + b"\n" + b"1," * 100_000, "more than 2,000 columns"),
    "a CSV of a million rows": (lambda: b"id,name\n" + b"1,a\n" * 1_000_000, "more than 100,000 rows"),
    "a quote open to the end": (lambda: b'id,name\n1,"' + b"x,y\n" * 5_000_000, "Line 2 opens a quotation mark"),
    "a part of 900 MB": (
        lambda: workbook({"S": sheet_xml("")}, parts={"xl/sharedStrings.xml": "<sst>" + " " * 90_000_000 + "</sst>"}),
        "unpacked, is larger than 50 MB",
    ),
    "a part that lies about its size": (lying, "more memory|damaged"),
    "entities in a sheet": (
        lambda: workbook({"S": LAUGHS + "]>" + sheet_xml(A_LIST).replace("Amina", "&j;")}), "holds a document type"
    ),
    "entities in the strings": (lambda: shared("&j;", LAUGHS + "]>"), "damaged"),
    "an entity outside": (lambda: shared("&x;", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "damaged"),
    "too many links": (
        lambda: workbook({"S": sheet_xml(A_LIST, after="<hyperlinks>" + '<hyperlink ref="A1:A1048576" location="x"/>'
                                         * 300_000 + "</hyperlinks>")}),
        "more than 200,000 comments, links",
    ),
    "a password": (lambda: compound("EncryptedPackage"), "locked with a password. Open it, save it without one"),
    "no real xls": (lambda: compound("Workbook"), "damaged or not whole"),
    "a Word file of old": (lambda: compound("WordDocument"), "This is a Word document"),
    "a Word file": (lambda: zipped({"word/document.xml": "<a/>"}), "This is a Word document"),
    "an archive": (lambda: zipped({"list.csv": "a,b"}), "This is a ZIP archive"),
    "a web page": (lambda: b"\xef\xbb\xbf \n<HTML><body><table><tr><td>Name", "This is a web page"),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook/>', "This is XML"),
    "JSON in lines": (lambda: b'[\n {\n  "name": "Amina"\n }\n]\n', "This is JSON"),
    "a PDF": (lambda: b"%PDF-1.7\n", "This is a PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "This is a picture"),
    "a broken zip": (lambda: simple([["Name"], ["Amina"]])[:-300], "damaged or not whole"),
    "broken XML": (lambda: workbook({"S": "<worksheet><sheetData><row><c>"}), "damaged or not whole"),
    "no sheet": (lambda: workbook({}), "holds no sheet of cells"),
    "a locked ods": (
        lambda: zipped({"mimetype": ODS, "META-INF/manifest.xml": "<a><encryption-data/></a>"}), "with a password"
    ),
    "zeros": (lambda: b"\0" * 1_000_000, "no text in an encoding"),
    "nothing": (lambda: b"", "is empty"),
    "blanks": (lambda: b"\n\n  \n", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_list_is_refused_in_a_sentence_that_says_what_to_do(name: str) -> None:
    made, words = HOSTILE[name]
    with pytest.raises(Unreadable, match=words) as refused:
        sheets.read(made(), "list.xlsx")
    assert str(refused.value).endswith(".")
    assert sheets.read(b"id,name\n1,Amina\n", "list.csv").sheet.rows == (("1", "Amina"),)


def test_a_file_larger_than_50_mb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Unreadable, match=r"list\.csv is larger than 50 MB"):
        sheets.read(b"x" * 50_000_001, "list.csv")


def test_a_sheet_that_is_too_large_does_not_keep_the_list_beside_it_from_being_read() -> None:
    large = sheet_xml("<row/>" * 3_000_000)
    book = sheets.read(workbook({"People": sheet_xml(A_LIST), "Data": large}), "list.xlsx")
    assert book.sheet.rows == (("Amina", "Kashgar"),)
    assert "2,500,000 rows and cells" in book.sheets[1].told[0]
    assert "“Data”" in book.all_told[0]


def test_merges_without_end_cost_no_more_than_the_rows_that_are_there() -> None:
    after = "<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 50_000 + "</mergeCells>"
    assert sheets.read(workbook({"S": sheet_xml(A_LIST, after=after)}), "x.xlsx").sheet.rows == (("Amina", "Kashgar"),)


def test_a_comment_that_is_told_a_thousand_times_is_one_note() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{DOCUMENT}/comments" Target="/xl/comments1.xml"/></Relationships>',
        "xl/comments1.xml": f"<comments {MAIN}>" + '<comment ref="A2"><text><t>x</t></text></comment>' * 1000
        + "</comments>",
    }  # fmt: skip
    notes = sheets.read(workbook({"S": sheet_xml(A_LIST)}, parts=parts), "x.xlsx").sheet.notes
    assert [(note.row, note.column, note.kind) for note in notes] == [(2, "Name", "comment")]

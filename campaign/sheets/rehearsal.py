"""Small files of each kind, read once at the start: what Python loads only when it is used is loaded then.

The process apart can open no file afterwards, not even one of its own program.
"""

import io
import zipfile
from collections.abc import Iterator

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Born</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Амина</t></is></c><c r="B2" s="1"><v>27030</v></c></row>'
)
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{DOCUMENT}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{DOCUMENT}"><sheets><sheet name="Lïst" sheetId="1" r:id="a"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" '
    f'Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="mmmm yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{CELLS}</sheetData></worksheet>",
}


def small_files() -> Iterator[bytes]:
    """Yield a CSV in two encodings, and a workbook."""
    yield "id,name\n1,Амина\n2,Bahtiyar\n\nTotal,2\n".encode()
    yield "姓名\n甲\n".encode("gb18030")
    yield "id,name\n1,Peña\n".encode("cp1252")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    yield out.getvalue()

"""Workbooks made by hand, part by part, so that a test can write what no program would."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = f'<styleSheet {MAIN}><fonts><font/></fonts><cellXfs><xf numFmtId="0" fontId="0"/></cellXfs></styleSheet>'


def column(place: int) -> str:
    """Return the letters of a column, A for 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, place: int, value: object) -> str:
    """Return a cell: text within it, a number, or the XML itself where it begins with `<`."""
    ref = f"{column(place)}{row}"
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("<c", f'<c r="{ref}"', 1)
    if isinstance(value, int | float):
        return f'<c r="{ref}"><v>{value}</v></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>' if value else ""


def rows_xml(lines: Iterable[Iterable[object]], *, attributes: Mapping[int, str] | None = None) -> str:
    """Return the rows of a sheet; `attributes` are those of rows by number."""
    stated = attributes or {}
    return "".join(
        f'<row r="{number}" {stated.get(number, "")}>'
        + "".join(cell(number, place, value) for place, value in enumerate(line))
        + "</row>"
        for number, line in enumerate(lines, 1)
    )


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a sheet around its rows."""
    return f'<worksheet {MAIN} xmlns:r="{DOCUMENT}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(
    sheets: Mapping[str, str],
    *,
    styles: str = STYLES,
    parts: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> bytes:
    """Return an .xlsx of sheets by name; `parts` are further parts, `states` what a sheet says of being shown."""
    named = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}" {(states or {}).get(name, "")}/>'
        for number, name in named
    )
    found = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{DOCUMENT}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number, _ in named}
            | {"rId900": ("styles", "styles.xml"), "rId901": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f"<sst {MAIN}/>",
        **{f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in named},
        **(parts or {}),
    }
    return zipped(found)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def simple(lines: Iterable[Iterable[object]], **options: str) -> bytes:
    """Return an .xlsx of one sheet."""
    return workbook({"Sheet1": sheet_xml(rows_xml(lines), **options)})


def _relations(found: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for key, (kind, target) in found.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def xlsb(lines: Iterable[Iterable[object]]) -> bytes:
    """Return an .xlsb of one sheet, its cells texts, numbers, or an error for None ([MS-XLSB] 2.1)."""

    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        return number + bytes([len(content) & 127 | 128, len(content) >> 7]) + content

    def words(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell_of(place: int, value: object) -> bytes:
        start = struct.pack("<II", place, 0)
        if value is None:
            return record(3, start + b"\x2a")
        return record(5, start + struct.pack("<d", value)) if isinstance(value, int | float) else record(
            6, start + words(str(value))
        )  # fmt: skip

    rows = [list(line) for line in lines]
    filled = b"".join(
        record(0, struct.pack("<I", number) + bytes(21)) + b"".join(map(cell_of, range(len(row)), row))
        for number, row in enumerate(rows)
    )
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + words("rId1") + words("List"))
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": _relations({"rId1": ("worksheet", "worksheets/sheet1.bin")}),
        "xl/worksheets/sheet1.bin": record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, 99))
        + record(145) + filled + record(146) + record(130),
    })  # fmt: skip


def ods(*rows: str) -> bytes:
    """Return an .ods of one sheet of rows (ods_row)."""
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    table = f"<table:table table:name='List'>{''.join(rows)}</table:table>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    })  # fmt: skip


def ods_row(*cells: str, attributes: str = "") -> str:
    """Return a row of an .ods: texts, or the XML of a cell itself."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    inside = "".join(cell if cell.startswith("<") else text.format(cell) for cell in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"

"""Workbooks made by hand, part by part, so that a test can write what no program would."""

import io
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

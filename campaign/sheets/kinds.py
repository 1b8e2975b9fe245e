"""What a file is by its first bytes, whatever its name says; what is no list is refused in a sentence that helps."""

import re
import zipfile
from io import BytesIO

from campaign.sheets.workbook import Unreadable

SAVE = "Open it in the program that made it, and save it as .xlsx or as CSV in UTF-8."
# First bytes | what it is and what to do.
OTHERS = (
    (b"%PDF", f"This is a PDF, no list. Ask whoever made it for the list itself. {SAVE}"),
    (b"{\\rtf", f"This is a text document (RTF), no list. {SAVE}"),
    (b"\x89PNG", "This is a picture, no list. Type what it shows into a sheet."),
    (b"\xff\xd8\xff", "This is a picture, no list. Type what it shows into a sheet."),
    (b"GIF8", "This is a picture, no list. Type what it shows into a sheet."),
    (b"SQLite format 3", "This is a database, no list. Export its table as CSV in UTF-8."),
    (b"\x1f\x8b", "This file is compressed (gzip). Unpack it first."),
    (b"7z\xbc\xaf", "This file is compressed (7z). Unpack it first."),
    (b"Rar!", "This file is compressed (rar). Unpack it first."),
    (b"age-encryption", "This file is encrypted. Open it first."),
    (b"-----BEGIN PGP", "This file is encrypted. Open it first."),
)
LOCKED = "The workbook is locked with a password. Open it, save it without one, and bring that file."
JSON = "This is JSON, no sheet. Export it as CSV in UTF-8, or open it in a spreadsheet and save it as .xlsx."
HTML = "This is a web page, no sheet, whatever its name says. Open it in a spreadsheet and save it as .xlsx."
XML = "This is XML, no sheet that can be read. Open it in a spreadsheet and save it as .xlsx."
WEB_ARCHIVE = "This is a web page in one file (MHTML), no sheet. Open it in a spreadsheet and save it as .xlsx."
VCARD = "These are cards of addresses (vCard), no sheet. Import them into a program of contacts, and export it as CSV."
SQL = "These are commands to a database (SQL), no sheet. Export its table as CSV in UTF-8."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_TEXTS = (
    (rb"MIME-Version:|From: .*\r?\nSubject: ", WEB_ARCHIVE),
    (rb"BEGIN:VCARD", VCARD),
    (rb"(INSERT INTO|CREATE TABLE|DROP TABLE|-- MySQL dump)\b", SQL),
)
# What a file of a compound document (xls and others) is by the name of its streams, in UTF-16.
STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", f"This is a Word document, no sheet. {SAVE}"),
    ("PowerPoint Document", f"This is a presentation, no sheet. {SAVE}"),
)
# A part of a zip file | the kind of workbook, or what to do.
PARTS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", f"This is a Word document, no sheet. {SAVE}"),
    ("ppt/presentation.xml", f"This is a presentation, no sheet. {SAVE}"),
    ("Index/Document.iwa", "This is a Numbers document. In Numbers choose: File, Export to, Excel."),
)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_PARTS = 10_000
BROKEN = "The workbook is damaged or not whole. Open it in a spreadsheet, save it again as .xlsx, and bring that file."


def kind_of(content: bytes) -> str:
    """Return csv, xlsx, xlsb, xls or ods. Raises Unreadable for what is none of them."""
    if not content.strip():
        raise Unreadable("The file is empty.")
    for start, sentence in OTHERS:
        if content.startswith(start):
            raise Unreadable(sentence)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(OLE):
        return _compound(content)
    refuse_other_text(content)
    return "csv"


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist()[:MAX_PARTS])
            for part, kind in PARTS:
                if part in names:
                    return _kind_or_refusal(kind)
            if "mimetype" in names and package.open("mimetype").read(100) == ODS:
                with package.open("META-INF/manifest.xml") as manifest:
                    is_locked = b"encryption-data" in manifest.read(1_000_000)
                return _kind_or_refusal(LOCKED if is_locked else "ods")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(BROKEN) from error
    raise Unreadable("This is a ZIP archive, no workbook. Unpack it, and bring the list that is in it.")


def _compound(content: bytes) -> str:
    for stream, sentence in STREAMS:
        if stream.encode("utf-16-le") in content:
            raise Unreadable(sentence)
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise Unreadable(f"This is no workbook that can be read. {SAVE}")


def _kind_or_refusal(kind: str) -> str:
    if " " in kind:
        raise Unreadable(kind)
    return kind


def refuse_other_text(content: bytes) -> None:
    """Raise Unreadable for a web page, XML or JSON."""
    start = content[:4000].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")
    if re.match(rb"<(!doctype html|html|head|body|table|meta|div|!--)", start, re.IGNORECASE):
        raise Unreadable(HTML)
    if re.match(rb"<(\?xml|[A-Za-z][\w:]*[ >])", start):
        raise Unreadable(HTML if b"<html" in start.lower() else XML)
    for pattern, sentence in OTHER_TEXTS:
        if re.match(pattern, start, re.IGNORECASE):
            raise Unreadable(sentence)
    end = content[-4000:].replace(b"\x00", b"").rstrip()
    is_json = re.match(rb'\{\s*("|\})|\[\s*(\{|\[|"|\]|-?\d|true|false|null)', start)
    if is_json and end.endswith((b"}", b"]")):
        raise Unreadable(JSON)

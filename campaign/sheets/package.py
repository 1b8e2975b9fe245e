"""The parts of an .xlsx file: unpacked no further than allowed, read as XML without entities, element by element."""

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.parsers import expat

from campaign.sheets.kinds import BROKEN
from campaign.sheets.limits import refuse_size
from campaign.sheets.workbook import Unreadable

CHUNK = 65_536
Started = Callable[[str, Mapping[str, str]], object]
FAULTS = (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, EOFError, expat.ExpatError)


class Package:
    """The parts of a workbook by name. Raises TooLarge where they unpack to more than is read.

    What a part says of its own size is not believed: its bytes are counted, and are those its checksum names.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(BytesIO(content))
            parts = [part for part in self.archive.infolist() if "/media/" not in part.filename]
            refuse_size(sum(part.file_size for part in parts), "The workbook, unpacked,")
            self.parts = {part.filename.lstrip("/"): self._read(part) for part in parts if not part.is_dir()}
        except (*FAULTS, ValueError) as error:
            raise Unreadable(BROKEN) from error

    def _read(self, part: zipfile.ZipInfo) -> bytes:
        with self.archive.open(part) as file:
            return file.read()

    def scan(self, name: str, started: Started, text: Callable[[str], object] | None = None) -> None:
        """Tell `started` each element of a part by its name without prefix, and `text` what stands in it."""

        def start(tag: str, attributes: dict[str, str]) -> None:
            started(tag.rpartition(":")[2], attributes)

        parser = new_parser()
        parser.StartElementHandler = start
        if text is not None:
            parser.CharacterDataHandler = text
        self.feed(parser, name)

    def feed(self, parser: expat.XMLParserType, name: str) -> None:
        """Parse a part. Raises Unreadable for what is no XML, and for entities."""
        try:
            parser.Parse(self.parts.get(name, b"<none/>"), True)
        except expat.ExpatError as error:
            raise Unreadable(BROKEN) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to, by id: the last word of its type, and its address or the name of its part."""
        folder, _, file = name.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def started(tag: str, attributes: Mapping[str, str]) -> None:
            if tag != "Relationship":
                return
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

        self.scan(f"{folder}/_rels/{file}.rels".lstrip("/"), started)
        return found


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses what no spreadsheet writes: a document type, and with it every entity."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def _refuse(*_: object) -> None:
    raise Unreadable("The workbook holds a document type, which no spreadsheet writes. Save it again as .xlsx.")

"""Versioned documents: stored JSON that says its format, such as "profile/1", read as the newest type of its kind.

A format that was stored once is read for ever, and stored bytes are never rewritten. To change a document: give its
struct the next number as its tag, and add one pure function that turns the fields of the format before into those of
the new one (decision 0007). Where documents lie sealed they are packed before (decision 0014): `pack`, `unpack`.
"""

import re
import zlib
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec

Fields = dict[str, Any]
Upgrade = Callable[[Fields], Fields]
D = TypeVar("D", bound=msgspec.Struct)

_FORMAT = re.compile(r"[a-z]{1,20}/[1-9][0-9]{0,3}")
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError)
# What an upgrade raises where the fields that it takes for granted are not there.
NOT_AS_WRITTEN = (*NOT_JSON, LookupError, TypeError, AttributeError, ValueError)
# What packed bytes begin with. JSON never does, so what was stored before there was a packing says so too.
PACKED = b"zlib/1\n"
# Bytes of a packed document: more is kept as it is and never unpacked. A case has about 1 MB at most.
LARGEST = 16 << 20


class UnreadableDocument(ValueError):
    """A stored document that can't be read. Its text names the document and its format, and quotes nothing of it."""


class UnknownFormat(UnreadableDocument):
    """A stored document of a format that this version of the code does not know, or that says none."""


class Damaged(UnreadableDocument):
    """A stored document that does not have the shape of the format that it says; the cause is the error of decoding."""


class Formats(Generic[D]):
    """All formats of one kind of document, and the chain of upgrades that leads from each of them to the newest."""

    def __init__(self, newest: type[D], *upgrades: Upgrade, unmarked: str = "") -> None:
        """Take the newest struct, tagged "kind/N", and N - 1 upgrades: the first makes format 2 of format 1.

        An upgrade is given the fields of a document, without the mark, and returns those of the next format.
        `unmarked` is the format of documents that were stored before they said one. Raises ValueError where the
        number of upgrades is not that of the tag.
        """
        kind = str(newest.__struct_config__.tag).partition("/")[0]
        self.every = tuple(f"{kind}/{number}" for number in range(1, len(upgrades) + 2))
        self.newest = self.every[-1]
        if newest.__struct_config__.tag != self.newest:
            raise ValueError(
                f"{newest.__name__} is {newest.__struct_config__.tag}, but its upgrades lead to {self.newest}."
            )
        self.struct = newest
        self.mark = str(newest.__struct_config__.tag_field)
        self._upgrades = upgrades
        self._unmarked = unmarked
        self._decoder = _decoder(newest, is_marked=unmarked not in ("", self.newest))
        self._mark_alone = msgspec.json.Decoder(msgspec.defstruct("Marked", [(self.mark, str | None, None)]))

    def read(self, content: bytes, name: str = "") -> D:
        """Return the document of stored bytes as the newest type. `name` says which it is where it can't be read.

        Raises UnknownFormat or Damaged.
        """
        try:
            return self._decoder.decode(content)
        except NOT_JSON:
            return self._read_older(content, name)

    def format_of(self, content: bytes, name: str = "") -> str:
        """Return the format that stored bytes say. Raises UnknownFormat, or Damaged for what is no JSON object."""
        try:
            said = getattr(self._mark_alone.decode(content), self.mark) or self._unmarked
        except NOT_JSON as error:
            raise Damaged(f"{_called(name)} is damaged: it is no JSON object that says its format.") from error
        if said not in self.every:
            raise UnknownFormat(_unknown(name, said))
        return str(said)

    def _read_older(self, content: bytes, name: str) -> D:
        format_ = self.format_of(content, name)
        try:
            fields = msgspec.json.decode(content)
            fields.pop(self.mark, None)
            for upgrade in self._upgrades[self.every.index(format_) :]:
                fields = upgrade(fields)
            return msgspec.convert(fields, self.struct)
        except NOT_AS_WRITTEN as error:
            raise Damaged(f"{_called(name)} is damaged: it does not have the shape of {format_}.") from error


def pack(content: bytes) -> bytes:
    """Return a document's bytes as they are kept where nobody outside reads them: compressed, and saying so."""
    return PACKED + zlib.compress(content) if len(content) <= LARGEST else content


def unpack(stored: bytes, name: str = "") -> bytes:
    """Return what was packed, and bytes that were stored before there was a packing as they are.

    Raises Damaged for what is cut off, changed, or would be larger than any packed document.
    """
    if not stored.startswith(PACKED):
        return stored
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(stored.removeprefix(PACKED), LARGEST + 1)
    except zlib.error as error:
        raise Damaged(f"{_called(name)} is damaged: it can't be unpacked.") from error
    if not reader.eof or reader.unused_data or len(content) > LARGEST:
        raise Damaged(f"{_called(name)} is damaged: it is not packed as it was written.")
    return content


def _decoder(struct: type[D], *, is_marked: bool) -> msgspec.json.Decoder[D]:
    """Return a decoder of a struct; with `is_marked` one that refuses what does not say its tag."""
    if not is_marked:
        return msgspec.json.Decoder(struct)
    # msgspec asks for a tag only where there are two to choose from; nothing has the shape of the second.
    config, never = struct.__struct_config__, Annotated[int, msgspec.Meta(ge=1, le=0)]
    other = msgspec.defstruct("Other", [("never", never)], tag_field=config.tag_field, tag="")
    return msgspec.json.Decoder(struct | other)


def _called(name: str) -> str:
    return f"The document of {name}" if name else "A document"


def _unknown(name: str, said: str) -> str:
    if not _FORMAT.fullmatch(said):
        return f"{_called(name)} does not say a format that could be read."
    return f"{_called(name)} has the format {said}, which this version of the code does not know."

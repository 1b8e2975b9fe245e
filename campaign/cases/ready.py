"""A case ready to be opened: all that is made of its file without asking the database.

Apart from opening, because while a case is written nobody else can save: who opens thousands makes them ready first.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from campaign.cases.calendar import today
from campaign.cases.describing import Description, description, mention_tokens, outside_keys
from campaign.cases.file import CaseFile, content_digest, encode
from campaign.cases.finding import rows_for
from campaign.cases.saving import changed
from campaign.search import ReadName, Rows

NOTHING = CaseFile()
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Rows)


@dataclass(frozen=True, slots=True)
class Ready:
    """What will be written of a new case: its first revision, its row, and all that it is found by.

    `packed` is the last of these, in a fifth of the memory: a sheet of 10,000 rows is found by half a million of them.
    """

    file: CaseFile
    salt: str
    reason: str
    digest: str
    fields: list[str]
    row: Description
    numbers: list[tuple[str, str]]
    mentions: list[str]
    packed: bytes

    @property
    def snapshot(self) -> bytes:
        """The file's bytes: made late, for they are larger than the file."""
        return encode(_salted(self.file, self.salt))

    @property
    def found_by(self) -> Rows:
        """What the case is found by."""
        return _decoder.decode(self.packed)


def ready(file: CaseFile, reason: str, *, read: Mapping[str, ReadName] | None = None) -> Ready:
    """Return a file, which must be sound (checks.check), ready to be opened, with a salt of its own.

    `read` are names that were read before, by their text.
    """
    salt = secrets.token_hex(16)
    salted = _salted(file, salt)
    return Ready(
        file=file,
        salt=salt,
        reason=reason,
        digest=content_digest(salted),
        fields=changed(NOTHING, salted),
        row=description(file, today()),
        numbers=sorted(outside_keys(file)),
        mentions=mention_tokens(file),
        packed=_encoder.encode(rows_for(file, read)),
    )


def _salted(file: CaseFile, salt: str) -> CaseFile:
    return msgspec.structs.replace(file, salt=salt)

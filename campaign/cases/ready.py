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


@dataclass(frozen=True, slots=True)
class Ready:
    """What will be written of a new case: its first revision, its row, and all that it is found by."""

    reason: str
    snapshot: bytes
    digest: str
    fields: list[str]
    row: Description
    numbers: list[tuple[str, str]]
    mentions: list[str]
    found_by: Rows


def ready(file: CaseFile, reason: str, *, read: Mapping[str, ReadName] | None = None) -> Ready:
    """Return a file, which must be sound (checks.check), ready to be opened, with a salt of its own.

    `read` are names that were read before, by their text.
    """
    file = msgspec.structs.replace(file, salt=secrets.token_hex(16))
    return Ready(
        reason=reason,
        snapshot=encode(file),
        digest=content_digest(file),
        fields=changed(NOTHING, file),
        row=description(file, today()),
        numbers=sorted(outside_keys(file)),
        mentions=mention_tokens(file),
        found_by=rows_for(file, read),
    )

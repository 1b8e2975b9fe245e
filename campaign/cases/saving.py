"""What a save writes: the revision with the whole file sealed, the case's row and index, the audit row.

Nothing here commits; revisions.py and opening.py decide what is saved.
"""

from collections.abc import Iterable
from typing import NamedTuple

from campaign.audit.log import Deed, record_all
from campaign.cases import finding
from campaign.cases.calendar import today
from campaign.cases.describing import describe
from campaign.cases.file import CaseFile, content_digest, encode
from campaign.cases.models import Case, Revision
from campaign.database import db, now


class Save(NamedTuple):
    """A file to be kept as the next revision of a case; `before` is the newest one so far, None for a new case.

    `revision` says who, why and how; its number, content, digest and time are filled in by the save.
    """

    case: Case
    file: CaseFile
    before: CaseFile | None
    revision: Revision


def save_all(saves: Iterable[Save]) -> None:
    """Append a revision to each case: one INSERT a table, however many there are."""
    saves, day, deeds = list(saves), today(), []
    with db.session.no_autoflush:
        for one in saves:
            _append(one)
            describe(one.case, one.file, one.before, day)
            deeds.append(_deed(one))
    db.session.flush()
    finding.index((one.case, one.file, one.before) for one in saves)
    record_all(deeds)


def _append(one: Save) -> None:
    case, new = one.case, one.revision
    new.case_id, new.number = case.id, case.version + 1
    new.snapshot, new.digest, new.at = encode(one.file), content_digest(one.file), now()
    case.version, case.updated_at = new.number, new.at
    if case.state == "approved" and new.digest != case.approved_digest:
        case.state = "draft"
    db.session.add(new)


def _deed(one: Save) -> Deed:
    new = one.revision
    details: dict[str, object] = {"number": new.number, "kind": new.kind, "fields": _changed(one.before, one.file)}
    return Deed("case.revised" if one.before else "case.created", new.author_id, one.case.ref, details)


def _changed(before: CaseFile | None, after: CaseFile) -> list[str]:
    """Return the top fields that differ, by name: enough to follow a deed, and nothing of what was written."""
    old = before or CaseFile()
    return [name for name in CaseFile.__struct_fields__ if getattr(old, name) != getattr(after, name)]

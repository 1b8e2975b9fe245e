"""What a save of an open case writes: the revision with the whole file sealed, the case's row and index, the audit row.

Nothing here commits; revisions.py decides what is saved. A case's first revision is opening.py's.
"""

from campaign.audit.log import Deed, record_all
from campaign.cases import finding
from campaign.cases.calendar import today
from campaign.cases.describing import describe
from campaign.cases.file import CaseFile, content_digest, encode
from campaign.cases.models import Case, Revision
from campaign.database import db, now


def save(case: Case, file: CaseFile, before: CaseFile, new: Revision) -> Revision:
    """Keep a file as the next revision of a case, and return it; `before` is the newest so far.

    `new` says who, why and how; its number, content, digest and time are filled in here.
    """
    with db.session.no_autoflush:
        _append(case, file, new)
        describe(case, file, before, today())
    db.session.flush()
    finding.index(case, file, before)
    details: dict[str, object] = {"number": new.number, "kind": new.kind, "fields": changed(before, file)}
    record_all([Deed("case.revised", new.author_id, case.ref, details)])
    return new


def changed(before: CaseFile, after: CaseFile) -> list[str]:
    """Return the top fields that differ, by name: enough to follow a deed, and nothing of what was written."""
    return [name for name in CaseFile.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def _append(case: Case, file: CaseFile, new: Revision) -> None:
    new.case_id, new.number = case.id, case.version + 1
    new.snapshot, new.digest, new.at = encode(file), content_digest(file), now()
    case.version, case.updated_at = new.number, new.at
    if case.state == "approved" and new.digest != case.approved_digest:
        case.state = "draft"
    db.session.add(new)

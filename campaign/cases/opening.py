"""Opening cases, one or a sheet of them: each with a reference of its own and its first revision. Nothing commits."""

from collections.abc import Sequence

from sqlalchemy import insert

from campaign.audit.log import Deed, record_all
from campaign.cases import finding
from campaign.cases.models import Case, CaseMember, Kind, MentionToken, OutsideIdKey, Revision
from campaign.cases.people import Person
from campaign.cases.ready import Ready
from campaign.cases.references import new_references
from campaign.database import db, now
from campaign.web import settings


def open_cases(some: Sequence[Ready], *, by: Person, kind: Kind = "edit", is_restricted: bool = False) -> list[Case]:
    """Open cases that `by` owns, in order, with one INSERT a table. Their files must be sound."""
    refs, at = new_references(settings().ref_prefix, len(some)), now()
    cases = [
        Case(
            ref=ref, owner_id=by.id, is_restricted=is_restricted, version=1, state="draft", created_at=at,
            updated_at=at, **one.row._asdict(),
        )
        for ref, one in zip(refs, some, strict=True)
    ]  # fmt: skip
    if is_restricted:
        for case in cases:
            case.members.append(CaseMember(account_id=by.id, added_by_id=by.id))
    db.session.add_all(cases)
    db.session.flush()
    opened = list(zip(cases, some, strict=True))
    _insert_rows(opened, by, kind)
    finding.index_new((case, one.found_by) for case, one in opened)
    record_all(_deed(case, one, by, kind) for case, one in opened)
    return cases


def _insert_rows(opened: Sequence[tuple[Case, Ready]], by: Person, kind: Kind) -> None:
    revisions: list[dict[str, object]] = [
        {
            "case_id": case.id, "number": 1, "snapshot": one.snapshot, "digest": one.digest, "author_id": by.id,
            "also_by": [], "at": case.updated_at, "reason": one.reason, "kind": kind,
        }
        for case, one in opened
    ]  # fmt: skip
    numbers = [{"case_id": case.id, "scheme": of, "key": key} for case, one in opened for of, key in one.numbers]
    mentions = [{"case_id": case.id, "token": token} for case, one in opened for token in one.mentions]
    for table, rows in ((Revision, revisions), (OutsideIdKey, numbers), (MentionToken, mentions)):
        if rows:
            # Past the session, which would keep and look at every one of thousands of rows.
            db.session.connection().execute(insert(table), rows)


def _deed(case: Case, one: Ready, by: Person, kind: Kind) -> Deed:
    return Deed("case.created", by.id, case.ref, {"number": 1, "kind": kind, "fields": one.fields})

"""Access checks of the views: the case if it exists for the reader, C fields on request, rights for the templates.

A file is shown as its reader may read it: without C fields that nobody asked for, without confidential sources. Each
reading of C fields is recorded. `names_of` gives the staff by name, for pages that show who did what.
"""

from collections.abc import Iterable

import msgspec
from flask import abort, request
from sqlalchemy import select

from campaign.accounts.guards import me
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit import log
from campaign.cases import queries
from campaign.cases.classification import redact
from campaign.cases.file import CaseFile, Citation, Source
from campaign.cases.models import Case
from campaign.database import aside, db, is_reading
from campaign.staff.forms import ConfidentialForm


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the display names of accounts; one that is gone has none."""
    wanted = {one for one in ids if one is not None}
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_(wanted))
    return {number: name or email for number, name, email in db.session.execute(query)} if wanted else {}


def as_read(case: Case, file: CaseFile, *, newest: CaseFile, confidential: bool) -> CaseFile:
    """Return the file as the account may read it now; a confidential source shows its public line alone.

    `newest` is the newest file of the case: a source that it calls confidential is so in every earlier one.
    """
    shown = redact(file, may_read_confidential=confidential)
    if may(me(), Action.READ_SOURCES, case):
        return shown
    closed = {source.id for source in (*file.sources, *newest.sources) if source.is_confidential}
    return msgspec.structs.replace(
        shown,
        sources=[_line(source) if source.id in closed else source for source in shown.sources],
        citations=[_bare(one) if one.source_id in closed else one for one in shown.citations],
    )


def _line(source: Source) -> Source:
    return Source(id=source.id, type="other", is_confidential=True, public_line=source.public_line)


def _bare(one: Citation) -> Citation:
    return Citation(id=one.id, source_id=one.source_id, fact=one.fact)


def case_or_404(ref: str) -> Case:
    """Return the case of a reference; a case that the account may not see does not exist."""
    return queries.by_ref(ref, me()) or abort(404)


def allow(action: Action, case: Case) -> Case:
    """Return the case where its reader may do that with it; otherwise end with 403."""
    return case if may(me(), action, case) else abort(403)


def reads_confidential(case: Case) -> bool:
    """Say whether this request shows C fields: it was asked for, it is allowed, and the reading is recorded.

    The record is committed before anything is shown; where it can't be written, nothing is (503).
    """
    if "1" not in {request.args.get("confidential"), ConfidentialForm().confidential.data}:
        return False
    allow(Action.READ_CONFIDENTIAL, case)
    record_reading(case)
    return True


def record_reading(case: Case) -> None:
    """Write down that somebody reads the C fields of a case, and commit that."""
    record_readings([case])


def record_readings(cases: Iterable[Case]) -> None:
    """Write down that somebody reads the C fields of several cases, a row for each, and commit them together."""
    deeds = [log.Deed("case.confidential_read", me().id, case.ref) for case in cases]
    if not deeds:
        return
    if is_reading():
        with aside() as session:
            log.record_all(deeds, session=session)
        return
    # Who may write holds the write lock already: a second connection would wait for it for ever.
    log.record_all(deeds)
    db.session.commit()


_RIGHTS = {
    "may_edit": Action.EDIT_CASE,
    "may_read": Action.READ_CONFIDENTIAL,
    "may_comment": Action.COMMENT_CASE,
    "may_submit": Action.SUBMIT_CASE,
    "may_review": Action.REVIEW_CASE,
    "may_publish": Action.PUBLISH,
    "may_withdraw": Action.WITHDRAW,
    "may_pause": Action.PAUSE,
    "may_confirm": Action.CONFIRM_SAFETY,
}


def rights(case: Case) -> dict[str, bool]:
    """Return what the account may do with a case, under the names that templates ask for."""
    return {name: may(me(), action, case) for name, action in _RIGHTS.items()}

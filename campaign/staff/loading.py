"""What every view of a case starts with: the case, if it exists for whoever asks, and their leave to read C fields."""

from collections.abc import Iterable

from flask import abort, request

from campaign.accounts.guards import me
from campaign.accounts.permissions import Action, may
from campaign.audit import log
from campaign.cases import queries
from campaign.cases.models import Case
from campaign.database import aside, db, is_reading
from campaign.staff.starting import ConfidentialForm


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

"""Who was withdrawn is not published again by a batch or under another reference: people decide.

A case waits while its numbers, or a name with the year of birth, are marked as somebody's who was withdrawn
(cases.marks), until the two are told apart or a safety officer decides that it may go: at the desk (staff.kept_back) or
by `flask publishing despite`.
"""

from sqlalchemy import select

from campaign.accounts.invitations import notify
from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.audit.log import record
from campaign.cases import marks, revisions
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.cases.queries import any_by_ref
from campaign.database import db
from campaign.duplicates.search import told_apart
from campaign.publishing.errors import NotAllowed, Refused
from campaign.publishing.published import Published
from campaign.publishing.restricted_duplicates import officers


class NotKeptBack(Refused):
    """A decision about somebody because of whom the case does not wait."""


def is_withdrawn_since(case: Case, past: Published) -> bool:
    """Whether a profile was withdrawn after its approval: to bring it back takes a second person again."""
    if case.state != "approved" or past.is_listed or not past.count:
        return False
    at = marks.withdrawn_at(case.ref)
    return at is not None and (case.approved_at is None or at >= case.approved_at)


def kept_back_by(case: Case, file: CaseFile) -> list[str]:
    """Return the references of withdrawn people whose marks keep a case back, of whom nobody has decided."""
    if not marks.are_there("withdrawn"):
        return []
    apart = db.session.scalars(select(Case.ref).where(Case.id.in_(told_apart(case.id))))
    return marks.keeping_back(case, file, set(apart))


def let_go(case: Case, ref: str, *, by: Account, reason: str, actor: str = "") -> None:
    """Decide, as a safety officer, that a case may be published though somebody like its person was withdrawn.

    It publishes nothing: the case goes the way of every other. Raises NotAllowed, and NotKeptBack where it does not
    wait because of `ref`.
    """
    if not may(by, Action.CONFIRM_SAFETY, case):
        raise NotAllowed("Only a safety officer decides this.")
    if ref not in kept_back_by(case, revisions.head(case)):
        raise NotKeptBack(f"{case.ref} does not wait because of {ref}.")
    marks.decide(case, ref, by=by, reason=reason)
    record("mark.decided", by=by.id, actor=actor, subject=case.ref, details={"other": ref})


def tell_officers(case: Case, file: CaseFile) -> None:
    """Tell safety officers that an approved case waits for them, and because of whom."""
    for ref in kept_back_by(case, file):
        marked = any_by_ref(ref)
        for account_id in officers(marked if marked is not None and marked.is_restricted else None):
            notify(
                account_id,
                f"{case.ref} waits: a number of it, or its name and year of birth, is that of {ref}, who was "
                "withdrawn. Tell the two apart, or decide that it may be published: "
                "“Somebody like this person was withdrawn”, on its page.",
            )

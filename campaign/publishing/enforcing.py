"""What consents and risks no longer cover leaves the public in the same transaction, and nobody is asked.

Without `store` or `publish_name` the profile is withdrawn; without another scope that group is taken out. If that
can't be done, the whole profile is withdrawn.
"""

from campaign.audit.log import record
from campaign.cases.calendar import today
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.ledger import writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Entry
from campaign.publishing.asking import is_listed, public_until
from campaign.publishing.clearance import COMMON_GENDERS, Clearance, in_force
from campaign.publishing.narrow import GROUPS
from campaign.publishing.refusals import Refused
from campaign.publishing.rules.risk import has_written_wish, is_signed_for
from campaign.publishing.taking import listed_document, narrow_profile, withdraw_profile


def enforce(case: Case, before: CaseFile | None, after: CaseFile, *, by: int | None, actor: str = "") -> Entry | None:
    """Take away what may no longer be public of a case; return the entry, None where nothing had to go."""
    if not is_listed(case.ref):
        return None
    clearance = in_force(after, today())
    if not clearance.covers_a_profile:
        return withdraw_profile(case, by=by, why="consent", actor=actor)
    if is_too_dangerous(before, after):
        return withdraw_profile(case, by=by, why="risk", actor=actor)
    document = listed_document(case.ref)
    if needs_own_word(document) and not clearance.is_own_word:
        return withdraw_profile(case, by=by, why="consent", actor=actor)
    return _narrow(case, document, clearance, by=by, actor=actor)


def uncovered(document: Profile, clearance: Clearance) -> list[str]:
    """Return the groups that a document tells and that no consent in force covers."""
    return [group for group in GROUPS if getattr(document, group) and not clearance.clears(group)]


def needs_own_word(document: Profile) -> bool:
    """Whether a document tells what only the person's own free word lets out."""
    return document.gender not in COMMON_GENDERS or any(row.kind == "sexual_violence" for row in document.violations)


def is_too_dangerous(before: CaseFile | None, after: CaseFile) -> bool:
    """Whether a risk was raised to critical, or is critical to whom nobody signed for, or who did not ask for it."""
    critical = [row for row in after.risks if row.level == "critical"]
    if not critical:
        return False
    if any(row.to != "person" for row in critical):
        return True
    earlier = {row.id for row in before.risks if row.level == "critical"} if before else set()
    is_raised = before is not None and any(row.id not in earlier for row in critical)
    return is_raised or not has_written_wish(after, today()) or not is_signed_for(after)


def _narrow(case: Case, document: Profile, clearance: Clearance, *, by: int | None, actor: str) -> Entry | None:
    groups = uncovered(document, clearance)
    if not groups:
        writer.set_public_until(case.ref, public_until(document, clearance))
        return None
    try:
        return narrow_profile(case, groups, by=by, until=public_until(document, clearance), actor=actor)
    except Refused:
        record("profile.could_not_be_narrowed", by=by, actor=actor, subject=case.ref, details={"groups": groups})
        return withdraw_profile(case, by=by, why="consent", actor=actor)

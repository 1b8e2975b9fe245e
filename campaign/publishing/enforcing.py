"""What consents and risks no longer cover leaves the public in the same transaction, and nobody is asked.

Without `store` or `publish_name` the profile is withdrawn; without another scope that group is taken out. If that
can't be done, the whole profile is withdrawn.
"""

from campaign.audit.log import record
from campaign.cases.file import CaseFile
from campaign.cases.models import Case
from campaign.clock import today
from campaign.formats import UnreadableDocument
from campaign.ledger import writer
from campaign.ledger.documents import Profile
from campaign.ledger.models import Entry
from campaign.publishing.asking import is_listed, public_until
from campaign.publishing.clearance import COMMON_GENDERS, Clearance, in_force
from campaign.publishing.narrow import GROUPS, TREATMENT, tells_treatment
from campaign.publishing.refusals import Refused
from campaign.publishing.rules.known import unnamed
from campaign.publishing.rules.own_reasons import covers_picture
from campaign.publishing.rules.people import is_guarded, names_in, was_guarded
from campaign.publishing.rules.risk import has_written_wish, is_signed_for
from campaign.publishing.standing import may_be_minor
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
    if is_child_unguarded(before, after):
        return withdraw_profile(case, by=by, why="minor", actor=actor)
    try:
        document = listed_document(case.ref)
    except UnreadableDocument:
        # What it tells can't be weighed against the consents.
        return withdraw_profile(case, by=by, why="unreadable", actor=actor)
    if needs_own_word(document) and not clearance.is_own_word:
        return withdraw_profile(case, by=by, why="consent", actor=actor)
    if clearance.is_own_reason and document.our_view:
        # Our own reasons carry sourced facts alone, and a fact can't be taken out of a sentence.
        return withdraw_profile(case, by=by, why="consent", actor=actor)
    named = _named_against_their_word(before, after, document)
    if named - set(GROUPS):
        return withdraw_profile(case, by=by, why="named", actor=actor)
    return _narrow(case, document, named | set(uncovered(document, clearance, after)), clearance, by=by, actor=actor)


def uncovered(document: Profile, clearance: Clearance, file: CaseFile) -> list[str]:
    """Return the groups that a document tells and that no consent in force covers."""
    found = [group for group in GROUPS if getattr(document, group) and not clearance.clears(group)]
    if tells_treatment(document) and not clearance.clears("violations"):
        found.append(TREATMENT)
    own = clearance.is_own_reason and "images" not in found
    if own and not all(covers_picture(file, image.id) for image in document.images):
        found.append("images")
    return found


def is_child_unguarded(before: CaseFile | None, after: CaseFile) -> bool:
    """Whether a save says for the first time that somebody under 18 is public whom no guardian and no note guards.

    A note that grows old is asked for again by the gate; it takes nothing away by itself. Without `before`, where
    the sweep looks at what an import saved, only a guardian and a note that never were count.
    """
    if not may_be_minor(after, today()) or is_guarded(after, today()):
        return False
    if before is None:
        return not was_guarded(after)
    return not may_be_minor(before, today()) or is_guarded(before, today())


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


def _named_against_their_word(before: CaseFile | None, after: CaseFile, document: Profile) -> set[str]:
    """Return the fields of a document that name somebody whose own word let them, and lets them no more."""
    if before is None:
        return set()
    gone = set(unnamed(after, today())) - set(unnamed(before, today()))
    known = {row.name for row in before.relatives} | {row.witness for row in before.testimonies}
    return {field for field, _ in names_in(after, document, sorted(gone & known))}


def _narrow(
    case: Case, document: Profile, groups: set[str], clearance: Clearance, *, by: int | None, actor: str
) -> Entry | None:
    if not groups:
        writer.set_public_until(case.ref, public_until(document, clearance))
        return None
    try:
        return narrow_profile(case, groups, by=by, until=public_until(document, clearance), actor=actor)
    except Refused:
        details: dict[str, object] = {"groups": sorted(groups)}
        record("profile.could_not_be_narrowed", by=by, actor=actor, subject=case.ref, details=details)
        return withdraw_profile(case, by=by, why="consent", actor=actor)

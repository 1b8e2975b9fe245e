"""Who may confirm: what widens a consent or lowers a risk needs a safety officer; what limits needs nobody's leave.

A widening edit by anybody else is kept, but its confirmation falls: it clears nothing until it is confirmed anew.
"""

import datetime

import msgspec

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.models import Case
from campaign.publishing.clearance import DENIES, GIVES, ends_before
from campaign.publishing.refusals import NotConfirmed

NEVER = datetime.date.max
LEVELS = ("low", "moderate", "high", "critical")


def settled(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> CaseFile:
    """Return the file to save, with every confirmation that `by` may not give taken out.

    Raises NotConfirmed where `by` confirms in somebody else's name, or ends a refusal without being entitled to.
    """
    if before is not None and (before.consents, before.risks) == (after.consents, after.risks):
        return after
    is_officer = may(by, Action.CONFIRM_SAFETY, case)
    consents = [_consent(_earlier(before, row), row, by=by, is_officer=is_officer) for row in after.consents]
    _refuse_forgotten_denials(before, after, is_officer=is_officer)
    risks = [_risk(_earlier_risk(before, row), row, by=by, is_officer=is_officer) for row in after.risks]
    _refuse_forgotten_risks(before, after, is_officer=is_officer)
    return msgspec.structs.replace(after, consents=consents, risks=risks)


def widens(before: Consent, after: Consent) -> bool:
    """Whether a consent would clear more, longer or on another's word than it did."""
    return (
        bool(set(after.scopes) - set(before.scopes))
        or (before.state not in GIVES and after.state in GIVES)
        or (after.basis, after.giver_kind) != (before.basis, before.giver_kind)
        or (ends_before(after) or NEVER) > (ends_before(before) or NEVER)
    )


def _consent(before: Consent | None, after: Consent, *, by: Account, is_officer: bool) -> Consent:
    is_new = after.confirmed_by is not None and (before is None or after.confirmed_by != before.confirmed_by)
    if is_new and not (is_officer and after.confirmed_by == by.id):
        raise NotConfirmed("Only a safety officer confirms a consent, and in their own name. Save it unconfirmed.")
    if before is not None and before.state in DENIES and after.state not in DENIES and not is_officer:
        raise NotConfirmed("A refusal is ended by a safety officer, once it is settled in writing.")
    if before is not None and not is_new and not is_officer and widens(before, after):
        return msgspec.structs.replace(after, confirmed_by=None)
    return after


def _risk(before: Risk | None, after: Risk, *, by: Account, is_officer: bool) -> Risk:
    """Return a risk as it may be saved: one that nobody entitled assessed stands as not assessed."""
    if is_officer or before == after:
        return after
    is_raised = before is not None and _level(after) >= _level(before) and after.review_by == before.review_by
    return after if is_raised else msgspec.structs.replace(after, assessed_by=None)


def _level(risk: Risk) -> int:
    return LEVELS.index(risk.level) if risk.level in LEVELS else len(LEVELS)


def _earlier(before: CaseFile | None, row: Consent) -> Consent | None:
    return next((old for old in before.consents if old.id == row.id), None) if before else None


def _earlier_risk(before: CaseFile | None, row: Risk) -> Risk | None:
    return next((old for old in before.risks if old.id == row.id), None) if before else None


def _refuse_forgotten_denials(before: CaseFile | None, after: CaseFile, *, is_officer: bool) -> None:
    kept = {row.id for row in after.consents}
    denials = [row for row in before.consents if row.state in DENIES] if before else []
    if not is_officer and any(row.id not in kept for row in denials):
        raise NotConfirmed("A refusal can't be removed from the case. A safety officer ends it, once it is settled.")


def _refuse_forgotten_risks(before: CaseFile | None, after: CaseFile, *, is_officer: bool) -> None:
    kept = {row.id for row in after.risks}
    if not is_officer and before and any(row.id not in kept for row in before.risks):
        raise NotConfirmed("An assessed risk can't be removed from the case. A safety officer changes it.")

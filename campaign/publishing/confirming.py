"""Who may confirm: what widens a consent or lowers a risk needs a safety officer; what limits needs nobody's leave.

A widening edit by anybody else is kept, but its confirmation falls: it clears nothing until it is confirmed anew. A
refusal is ended by nobody alone: a later word of the same giver ends it, or what two people settled in writing.
"""

import datetime

import msgspec

from campaign.accounts.models import Account
from campaign.accounts.permissions import Action, may
from campaign.cases.consents import asked_again_on
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.models import Case
from campaign.publishing import signing
from campaign.publishing.clearance import ends_before
from campaign.publishing.denials import refuse_forgotten_denials
from campaign.publishing.refusals import NotConfirmed
from campaign.publishing.translating import translated
from campaign.vocabulary.protection import GIVES

NEVER = datetime.date.max
LEVELS = ("low", "moderate", "high", "critical")


def settled(before: CaseFile | None, after: CaseFile, *, by: Account, case: Case | None) -> CaseFile:
    """Return the file to save, with every confirmation and signature that `by` may not give taken out.

    Raises NotConfirmed where `by` signs in somebody else's name, or ends a refusal without being entitled to.
    """
    after = translated(before, after, by=by.id)
    if before is not None and _closed(before) == _closed(after):
        return after
    is_officer = may(by, Action.CONFIRM_SAFETY, case)
    consents = [_consent(_earlier(before, row), row, by=by, is_officer=is_officer) for row in after.consents]
    refuse_forgotten_denials(before, after, case=case, is_officer=is_officer)
    risks = [_risk(_earlier_risk(before, row), row, by=by, is_officer=is_officer) for row in after.risks]
    _refuse_forgotten_risks(before, after, is_officer=is_officer)
    signing.refuse_forged(before, after, by=by, case=case)
    return msgspec.structs.replace(after, consents=consents, risks=risks)


def widens(before: Consent, after: Consent) -> bool:
    """Whether a consent would clear more, longer or on another's word than it did."""
    return (
        bool(set(after.scopes) - set(before.scopes))
        or (before.state not in GIVES and after.state in GIVES)
        or (after.basis, after.giver_kind, after.about) != (before.basis, before.giver_kind, before.about)
        or (after.outside_reach and not before.outside_reach)
        or (ends_before(after) or NEVER) > (ends_before(before) or NEVER)
    )


def _closed(file: CaseFile) -> tuple[object, ...]:
    return file.consents, file.risks, file.decisions


def _consent(before: Consent | None, after: Consent, *, by: Account, is_officer: bool) -> Consent:
    is_new = after.confirmed_by is not None and (before is None or after.confirmed_by != before.confirmed_by)
    if is_new and not (is_officer and after.confirmed_by == by.id):
        raise NotConfirmed("Only a safety officer confirms a consent, and in their own name. Save it unconfirmed.")
    after = signing.second_signature(before, after, by=by)
    if before is not None and not is_new and not is_officer and widens(before, after):
        return msgspec.structs.replace(after, confirmed_by=None)
    return _to_be_asked_again(after) if is_new else after


def _to_be_asked_again(row: Consent) -> Consent:
    """Return a consent just confirmed with the day by which its giver is asked again, unless a day was set."""
    obtained = row.obtained_on.latest
    if row.confirm_by.edtf or row.until.edtf or row.state not in GIVES or obtained is None:
        return row
    return msgspec.structs.replace(row, confirm_by=signing.on(asked_again_on(row.basis, obtained)))


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


def _refuse_forgotten_risks(before: CaseFile | None, after: CaseFile, *, is_officer: bool) -> None:
    kept = {row.id for row in after.risks}
    if not is_officer and before and any(row.id not in kept for row in before.risks):
        raise NotConfirmed("An assessed risk can't be removed from the case. A safety officer changes it.")

"""Rule 1: nothing leaves without the consent of somebody entitled to give it, confirmed by a safety officer."""

import datetime

from campaign.cases.consents import OWN_REASON_DAYS
from campaign.cases.file import Consent
from campaign.publishing.clearance import BASE, GIVES, NEEDS, PRECEDENCE
from campaign.publishing.rules.question import Answer, Question, holds, lacks, without
from campaign.vocabulary import CONSENT_SCOPE

LINK = "#consents"
OWN_REASONS = PRECEDENCE[-1]


def consent(question: Question) -> Answer:
    """Ask whether `store` and `publish_name` are in force, and which groups stay behind."""
    clearance = question.clearance
    if clearance.denied_by:
        return lacks("Consent was refused or withdrawn. A safety officer and a second person settle it first.", LINK)
    if not clearance.covers_a_profile:
        return lacks(_missing(question), LINK)
    own_reason = _own_reason(question)
    if own_reason:
        return lacks(own_reason, LINK)
    behind = [scope for scope in NEEDS if scope not in clearance.scopes]
    if behind:
        labels = ", ".join(CONSENT_SCOPE.label(scope).lower() for scope in behind)
        return without(f"Consent is in force, but not to: {labels}. Those parts stay behind.", LINK)
    if clearance.confirm_by and clearance.confirm_by < question.day:
        return without(f"Consent is in force; it was to be asked again by {clearance.confirm_by}. Ask soon.", LINK)
    return holds("Consent is in force for everything that leaves.", LINK)


def _missing(question: Question) -> str:
    waiting = [row for row in question.file.consents if row.state in GIVES and not row.confirmed_by]
    if waiting:
        return "A consent waits for a safety officer to confirm it."
    scopes = " and ".join(CONSENT_SCOPE.label(scope).lower() for scope in sorted(BASE - question.clearance.scopes))
    return f"No consent in force covers: {scopes}. Record who gave it, and have a safety officer confirm it."


def _own_reason(question: Question) -> str:
    """Return why our own reasons do not carry this publication; "" where somebody else's word does, or they do."""
    rows = [row for row in question.file.consents if row.state in GIVES and row.confirmed_by]
    if any(row.basis not in OWN_REASONS for row in rows):
        return ""
    return next((fault for row in rows if (fault := _fault(row, question))), "")


def _fault(row: Consent, question: Question) -> str:
    limit = datetime.timedelta(days=OWN_REASON_DAYS[row.basis])
    if row.obtained_on.latest is None:
        return "Say since when our own reason is relied on."
    if question.day - row.obtained_on.latest > limit:
        return f"Our own reason is older than {limit.days} days. Somebody's own word, or a new review, is needed."
    if row.basis == "public_interest":
        return _public_interest_fault(row, question)
    return ""


def _public_interest_fault(row: Consent, question: Question) -> str:
    if row.second_signature is None or row.second_signature == row.confirmed_by:
        return "Public interest is signed by a safety officer and by a second person."
    if row.second_signature in question.writers:
        return "The second signature under public interest comes from somebody who wrote no part of this."
    if not row.reason.strip():
        return "Public interest states what was done to reach the family."
    return ""

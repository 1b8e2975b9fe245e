"""Rule 1: nothing leaves without the consent of somebody entitled to give it, confirmed by a safety officer."""

from campaign.cases.file import Consent
from campaign.publishing.clearance import BASE, NEEDS, speaks
from campaign.publishing.rules.own_reasons import fault as own_reason_fault
from campaign.publishing.rules.question import Answer, Question, holds, lacks, without
from campaign.publishing.standing import may_be_minor
from campaign.vocabulary import CONSENT_SCOPE
from campaign.vocabulary.protection import GIVES

LINK = "#consents"
DECISIONS = "#decisions"


def consent(question: Question) -> Answer:
    """Ask whether `store` and `publish_name` are in force, and which groups stay behind."""
    clearance = question.clearance
    if clearance.denied_by:
        return lacks(
            "Consent was refused or withdrawn. Until a safety officer and a second person settle it in writing, the "
            "strictest word holds.",
            DECISIONS,
        )
    if not clearance.covers_a_profile:
        return lacks(_missing(question), LINK)
    # An error may be corrected though the reason why it is public has grown old: the error is public already.
    if not question.is_correction and (fault := _fault(question)):
        return lacks(fault, LINK)
    return _covered(question)


def _covered(question: Question) -> Answer:
    clearance = question.clearance
    due = clearance.confirm_by
    ask = f" It was to be asked again by {due}: ask soon." if due and due < question.day else ""
    behind = [scope for scope in NEEDS if scope not in clearance.scopes]
    if behind:
        labels = ", ".join(CONSENT_SCOPE.label(scope).lower() for scope in behind)
        return without(f"Consent is in force, but not to: {labels}. Those parts stay behind.{ask}", LINK)
    return without(f"Consent is in force.{ask}", LINK) if ask else holds("Consent is in force for all of it.", LINK)


def _missing(question: Question) -> str:
    waiting = [row for row in question.file.consents if row.state in GIVES and not row.confirmed_by and not row.about]
    if waiting:
        return "A consent waits for a safety officer to confirm it."
    scopes = " and ".join(CONSENT_SCOPE.label(scope).lower() for scope in sorted(BASE - question.clearance.scopes))
    return f"No consent in force covers: {scopes}. Record who gave it, and have a safety officer confirm it."


def _fault(question: Question) -> str:
    """Return what is wrong with the words that carry this publication, "" where nothing is."""
    rows = [row for row in question.file.consents if row.state in GIVES and speaks(row, question.day) and not row.about]
    if question.clearance.is_own_reason:
        return own_reason_fault(question, rows)
    if any(row.basis == "spoke_publicly" and not row.address.strip() for row in rows):
        return "Say where the words were spoken in public: the address of a page or a recording."
    if not question.clearance.is_own_word and all(_was_said_of_a_child(row, question) for row in rows):
        return "The person has turned 18 since consent was given for them. Ask again, themselves where it can be done."
    return ""


def _was_said_of_a_child(row: Consent, question: Question) -> bool:
    said = row.obtained_on.latest
    is_grown_up = not may_be_minor(question.file, question.day)
    return said is not None and is_grown_up and may_be_minor(question.file, said)

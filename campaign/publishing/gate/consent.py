"""Rules 1 and 2. 1: nothing leaves without a confirmed consent of somebody entitled. 2: the risk is assessed.

Our own reasons stand in where nobody's word can be had: what they are signed by, how long they carry, what they cover.
The risk was weighed not long ago, and is not critical. What is critical for the person alone may leave where a safety
officer and a publisher have both signed that it does, and the family wished it in writing. What is critical for anybody
else never does.
"""

import datetime
from collections.abc import Iterable

from campaign.cases.age import is_said_to_be_minor
from campaign.cases.file import CaseFile, Consent, Risk
from campaign.cases.status import OWN_REASON_DAYS
from campaign.publishing.consent import signatures, standing
from campaign.publishing.consent.limits import unanswered
from campaign.publishing.consent.scopes import BASE, NEEDS
from campaign.publishing.consent.standing import is_confirmed, is_signed, speaks
from campaign.publishing.gate.question import Answer, Question, holds, lacks, waits, without
from campaign.publishing.projection.values import may_be_minor
from campaign.vocabulary.protection import CONSENT_SCOPE, GIVES

CONSENTS_LINK = "#consents"
DECISIONS = "#decisions"
LIMITS_LINK = "#limits"
RISKS_LINK = "#risks"
MAY_LEAVE = frozenset({"low", "moderate", "high"})
IN_WRITING = frozenset({"signed", "message"})


def consent(question: Question) -> Answer:
    """Ask whether `store` and `publish_name` are in force, and which groups stay behind."""
    clearance = question.clearance
    if clearance.denied_by:
        return lacks(
            "Consent was refused or withdrawn. Until a safety officer and a second person sign a decision on it, the "
            "strictest word counts.",
            DECISIONS,
        )
    if not clearance.covers_a_profile:
        return lacks(_missing(question), CONSENTS_LINK)
    # An error may be corrected though the reason why it is public has grown old: the error is public already.
    if not question.is_correction and (fault := _consent_fault(question)):
        return lacks(fault, CONSENTS_LINK)
    asked = unanswered(question.file, question.day, question.writers)
    if asked and not question.is_correction:
        many = "A limit in words waits" if len(asked) == 1 else f"{len(asked)} limits in words wait"
        return waits(f"{many} for an answer of who reviews or publishes: is it kept in what would leave?", LIMITS_LINK)
    return _covered(question)


def _covered(question: Question) -> Answer:
    clearance = question.clearance
    due = clearance.confirm_by
    ask = f" It was to be asked again by {due}: ask soon." if due and due < question.day else ""
    behind = [scope for scope in NEEDS if scope not in clearance.scopes]
    if behind:
        labels = ", ".join(CONSENT_SCOPE.label(scope).lower() for scope in behind)
        return without(f"Consent is in force, but not to: {labels}. Those parts are left out.{ask}", CONSENTS_LINK)
    return (
        without(f"Consent is in force.{ask}", CONSENTS_LINK)
        if ask
        else holds("Consent is in force for all of it.", CONSENTS_LINK)
    )


def _missing(question: Question) -> str:
    words = [row for row in standing.words(question.file) if row.state in GIVES and not row.about]
    waiting = [row for row in words if not is_confirmed(row)]
    if any(is_signed(row) for row in waiting):
        return (
            "A consent waits for a second signature: the officer who confirmed it obtained it too. Another officer "
            "signs, or the reviewer who called the giver back; or attach the recording, message or signed form."
        )
    if waiting:
        return "A consent waits for a safety officer to confirm it."
    scopes = " and ".join(CONSENT_SCOPE.label(scope).lower() for scope in sorted(BASE - question.clearance.scopes))
    return f"No consent in force covers: {scopes}. Record who gave it, and have a safety officer confirm it."


def _consent_fault(question: Question) -> str:
    """Return what is wrong with the words that carry this publication, "" where nothing is."""
    words = [row for row in standing.words(question.file) if row.state in GIVES and not row.about]
    rows = [row for row in words if speaks(row, question.day)]
    if question.clearance.is_own_reason:
        return own_reasons_fault(question, rows)
    if any(row.basis == "spoke_publicly" and not row.address.strip() for row in rows):
        return "Say where the words were spoken in public: the address of a page or a recording."
    if not question.clearance.is_own_word and all(_was_said_of_a_child(row, question) for row in rows):
        return "The person has turned 18 since consent was given for them. Ask again, themselves where it can be done."
    return ""


def _was_said_of_a_child(row: Consent, question: Question) -> bool:
    said = row.obtained_on.latest
    is_grown_up = not may_be_minor(question.file, question.day)
    return said is not None and is_grown_up and is_said_to_be_minor(question.file, said)


def own_reasons_fault(question: Question, rows: Iterable[Consent]) -> str:
    """Return why our own reasons do not carry this publication; "" where they do."""
    own = [row for row in rows if row.basis in OWN_REASON_DAYS]
    return next((found for row in own if (found := _own_reason_fault(row, question))), "")


def covers_picture(file: CaseFile, image_id: str) -> bool:
    """Whether our own reasons cover a picture: only one that is public already, with its address."""
    return any(image.id == image_id and image.already_public_at.strip() for image in file.images)


def _own_reason_fault(row: Consent, question: Question) -> str:
    limit = datetime.timedelta(days=OWN_REASON_DAYS[row.basis])
    if row.obtained_on.latest is None:
        return "Say since when we rely on our own reason."
    if question.day - row.obtained_on.latest > limit:
        return f"Our own reason is older than {limit.days} days. Somebody's own word, or a new review, is needed."
    if row.basis == "public_interest":
        return _public_interest_fault(row, question)
    return "" if row.address.strip() else "Say where we published it already: the address, and the date."


def _public_interest_fault(row: Consent, question: Question) -> str:
    if not standing.is_signed_second(row):
        return "Public interest has to be signed by a safety officer and a second person."
    if row.second_signature in question.writers | question.ever_wrote:
        return "The second signature under public interest has to come from somebody who wrote no part of this."
    if not row.reason.strip():
        return "Public interest has to say what was done to reach the family."
    return ""


def risk(question: Question) -> Answer:
    """Ask whether every risk is assessed, in its review date, and none is critical."""
    risks = standing.risks(question.file)
    if not any(row.to == "person" for row in risks):
        return lacks(
            "Nobody has assessed the risk to the person. Weigh speaking against silence and write it down.", RISKS_LINK
        )
    if any(row.level == "critical" and row.to != "person" for row in risks):
        return lacks("The risk to somebody other than the person is critical: nothing is published.", RISKS_LINK)
    for row in risks:
        fault = _risk_fault(row, question)
        if fault:
            return lacks(fault, DECISIONS if row.level == "critical" else RISKS_LINK)
    return holds("The risk is assessed, and its review date has not passed.", RISKS_LINK)


def _risk_fault(row: Risk, question: Question) -> str:
    if row.level == "not_assessed":
        return (
            "A risk has no level yet. Weigh speaking against silence and enter it; a safety officer then confirms it."
        )
    if not standing.is_assessed(row):
        return "A risk was entered and waits for a safety officer to confirm its assessment."
    if row.review_by.latest is None:
        return "A risk has no review date."
    if row.review_by.latest < question.day:
        return f"A risk was to be reviewed by {row.review_by.latest}. Assess it again."
    if row.level == "critical":
        return _fault_of_critical(question)
    return "" if row.level in MAY_LEAVE else f"There is no risk level {row.level!r}."


def _fault_of_critical(question: Question) -> str:
    if not has_written_wish(question.file, question.day):
        return "The risk to the person is critical: it needs the family's written wish, confirmed."
    if not is_signed_for(question.file):
        return "The risk to the person is critical: a safety officer and a publisher have to sign first."
    return ""


def has_written_wish(file: CaseFile, day: datetime.date) -> bool:
    """Whether the family, or the person, asked in writing; confirmed by a safety officer and in force."""
    return any(
        row.basis in {"self", "family"} and row.how in IN_WRITING and row.state == "given" and speaks(row, day)
        for row in standing.words(file)
        if not row.about
    )


def is_signed_for(file: CaseFile) -> bool:
    """Whether a safety officer and a publisher signed for every critical risk to the person, as it stands now."""
    return signatures.is_covered(file, "critical", (row for row in standing.risks(file) if row.level == "critical"))

"""Rule 2: whom it may hurt was weighed, not long ago, and it is not critical.

What is critical for the person alone may leave where a safety officer and a publisher have both signed that it does,
and the family wished it in writing. What is critical for anybody else never does.
"""

import datetime

from campaign.cases.file import CaseFile, Risk
from campaign.publishing import decided
from campaign.publishing.clearance import speaks
from campaign.publishing.rules.question import Answer, Question, holds, lacks

LINK = "#risks"
DECISIONS = "#decisions"
MAY_LEAVE = frozenset({"low", "moderate", "high"})
IN_WRITING = frozenset({"signed", "message"})


def risk(question: Question) -> Answer:
    """Ask whether every risk is assessed, in its review date, and none is critical."""
    risks = question.file.risks
    if not any(row.to == "person" for row in risks):
        return lacks(
            "Nobody has assessed the risk to the person. Weigh speaking against silence and write it down.", LINK
        )
    if any(row.level == "critical" and row.to != "person" for row in risks):
        return lacks("The risk to somebody other than the person is critical: nothing leaves.", LINK)
    for row in risks:
        fault = _fault(row, question)
        if fault:
            return lacks(fault, DECISIONS if row.level == "critical" else LINK)
    return holds("The risk is assessed and inside its review date.", LINK)


def _fault(row: Risk, question: Question) -> str:
    if row.assessed_by is None or not row.assessed_on.edtf or row.level == "not_assessed":
        return "A risk is not assessed. A safety officer states its level and the day."
    if row.review_by.latest is None:
        return "A risk has no date by which it is looked at again."
    if row.review_by.latest < question.day:
        return f"A risk was to be looked at again by {row.review_by.latest}. Assess it anew."
    if row.level == "critical":
        return _fault_of_critical(question)
    return "" if row.level in MAY_LEAVE else f"Nobody knows the risk level {row.level!r}."


def _fault_of_critical(question: Question) -> str:
    if not has_written_wish(question.file, question.day):
        return "The risk to the person is critical: it needs the family's written wish, confirmed."
    if not is_signed_for(question.file):
        return "The risk to the person is critical: a safety officer and a publisher sign that it leaves all the same."
    return ""


def has_written_wish(file: CaseFile, day: datetime.date) -> bool:
    """Whether the family, or the person, asked in writing; confirmed by a safety officer and in force."""
    return any(
        row.basis in {"self", "family"} and row.how in IN_WRITING and row.state == "given" and speaks(row, day)
        for row in file.consents
        if not row.about
    )


def is_signed_for(file: CaseFile) -> bool:
    """Whether a safety officer and a publisher signed for every critical risk to the person, as it stands now."""
    return decided.is_covered(file, "critical", (row for row in file.risks if row.level == "critical"))

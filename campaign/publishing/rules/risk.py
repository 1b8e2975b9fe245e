"""Rule 2: whom it may hurt was weighed, not long ago, and it is not critical."""

from campaign.cases.file import Risk
from campaign.publishing.rules.question import Answer, Question, holds, lacks

LINK = "#risks"
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
            return lacks(fault, LINK)
    return holds("The risk is assessed and inside its review date.", LINK)


def is_critical(question_risks: list[Risk]) -> bool:
    """Whether some risk is critical: what is public then comes down."""
    return any(row.level == "critical" for row in question_risks)


def _fault(row: Risk, question: Question) -> str:
    if row.assessed_by is None or not row.assessed_on.edtf or row.level == "not_assessed":
        return "A risk is not assessed. A safety officer states its level and the day."
    if row.review_by.latest is None:
        return "A risk has no date by which it is looked at again."
    if row.review_by.latest < question.day:
        return f"A risk was to be looked at again by {row.review_by.latest}. Assess it anew."
    if row.level == "critical" and not has_written_wish(question):
        return "The risk to the person is critical: it needs the person's or the family's written wish."
    return "" if row.level in MAY_LEAVE or row.level == "critical" else f"Nobody knows the risk level {row.level!r}."


def has_written_wish(question: Question) -> bool:
    """Whether the person or the family asked in writing, confirmed by a safety officer."""
    return any(
        row.basis in {"self", "family"} and row.how in IN_WRITING and row.state == "given" and row.confirmed_by
        for row in question.file.consents
    )

"""Rule 8: the embargo has ended, and no cord is pulled on the case, on a relative in it or on a place in it."""

from campaign.publishing.rules.question import Answer, Question, holds, lacks, waits

LINK = "#embargo"


def embargo(question: Question) -> Answer:
    """Ask whether anything keeps it back for now."""
    if question.holds:
        return lacks(" ".join(question.holds), LINK)
    if question.waits_for_officer:
        return waits("It waits for a safety officer, who looks at it before it leaves.", LINK)
    # An error is corrected at once; what waits for its hour goes on waiting.
    if not question.is_correction and question.embargo_until and question.embargo_until > question.now:
        moment = question.embargo_until.strftime("%Y-%m-%d %H:%M %Z")
        return waits(f"Under embargo until {moment}. It goes out by itself then, if every rule still holds.", LINK)
    return holds("No embargo and no cord is in the way.", LINK)

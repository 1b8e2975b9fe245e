"""Rule 6: somebody who wrote none of it has read exactly this and approved it."""

from campaign.publishing.rules.question import Answer, Question, holds, lacks, waits

LINK = "#review"
GUESTS = "#guests"


def four_eyes(question: Question) -> Answer:
    """Ask whether this content was approved, by an account that is not among its writers."""
    if question.nobody_left:
        return waits(
            "Nobody is left who may review it. A safety officer and an administrator appoint a guest for 48 hours.",
            GUESTS,
        )
    if question.approved_by is None:
        return waits("Somebody who wrote none of it has to read and approve it.", LINK)
    if question.approved_by in question.writers:
        return lacks("It was approved by somebody who wrote part of it. Another person has to review it.", LINK)
    return holds("Approved by somebody who wrote none of it.", LINK)

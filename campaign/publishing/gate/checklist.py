"""The checklist of the gate: nothing leaves unless all ten rules hold. One table, computed, shown and enforced alike.

Rules 6 and 8 are asked here. 6: somebody who wrote none of it has read exactly this and approved it. 8: the embargo has
ended, and no hold lies on the case, on a relative in it or on a place in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from campaign.publishing.gate import children, deaths, named_people
from campaign.publishing.gate import sources as cited
from campaign.publishing.gate.consent import consent, risk
from campaign.publishing.gate.findings import Finding, unanswered
from campaign.publishing.gate.question import Answer, Question, State, holds, lacks, waits

REVIEW_LINK = "#review"
GUESTS = "#guests"
EMBARGO_LINK = "#embargo"
# "No rule blocks a publication that only takes away or corrects an error." What only takes away is asked nothing
# (door.take_away). A correction is asked for four eyes, always, and that it adds nothing that may not leave: a person
# who refused (1), a name (7), a place under a hold (8), a death or a release that is not known (9), each only as far as
# it is not public already. What the profile lacks besides (2 to 5, 10) is no reason to leave an error standing.
FOR_A_CORRECTION = frozenset({1, 6, 7, 8, 9})


def four_eyes(question: Question) -> Answer:
    """Ask whether this content was approved, by an account that is not among its writers."""
    if question.nobody_left:
        words = "Nobody is left who may review it. A safety officer and an administrator appoint a guest for 48 hours."
        return waits(f"{words} {question.barred}".strip(), GUESTS)
    if question.sites_changed:
        return waits(
            "A facility that it names was changed in the list since it was approved. Make it a draft again, and have "
            "it read as it would leave now.",
            REVIEW_LINK,
        )
    if question.withdrawn_since:
        return waits(
            "It was withdrawn since it was approved. Make it a draft again, and have it read as if for the first time.",
            REVIEW_LINK,
        )
    if question.approved_by is None:
        return waits("Somebody who wrote none of it has to read and approve it.", REVIEW_LINK)
    if question.approved_by in question.writers:
        return lacks("It was approved by somebody who wrote part of it. Another person has to review it.", REVIEW_LINK)
    if question.barred:
        return lacks(question.barred, REVIEW_LINK)
    return holds("Approved by somebody who wrote none of it.", REVIEW_LINK)


def embargo(question: Question) -> Answer:
    """Ask whether anything keeps it back for now."""
    if question.holds:
        return lacks(" ".join(question.holds), EMBARGO_LINK)
    if question.waits_for_officer:
        return waits("It waits for a safety officer, who looks at it before it is published.", EMBARGO_LINK)
    # An error is corrected at once; what waits for its hour goes on waiting.
    if not question.is_correction and question.embargo_until and question.embargo_until > question.now:
        moment = question.embargo_until.strftime("%Y-%m-%d %H:%M %Z")
        return waits(
            f"Held back until {moment}. A publisher ordered that it is published then, if every rule is still met."
            if question.is_ordered
            else f"Held back until {moment}. A publisher publishes it then, or orders it now for that hour.",
            EMBARGO_LINK,
        )
    return holds("It is not held back, paused or stopped.", EMBARGO_LINK)


RULES: tuple[tuple[int, str, Callable[[Question], Answer]], ...] = (
    (1, "Consent", consent),
    (2, "Risk", risk),
    (3, "Sources", cited.sources),
    (4, "Status", cited.status_basis),
    (5, "Pictures", cited.images),
    (6, "Four eyes", four_eyes),
    (7, "Nobody else named", named_people.people),
    (8, "No hold in the way", embargo),
    (9, "Death and release", deaths.death_and_release),
    (10, "Languages", cited.languages),
)


@dataclass(frozen=True)
class Rule:
    """One line of the checklist. `link` is the anchor of the section in which what is missing is mended."""

    number: int
    title: str
    state: State
    sentence: str
    link: str
    is_blocking: bool

    @property
    def stops(self) -> bool:
        """Whether nothing leaves while this line stands as it is."""
        return self.is_blocking and self.state in {"lacks", "waits"}


def check(question: Question) -> list[Rule]:
    """Return the ten lines of the checklist, in order."""
    return [_line(number, title, rule(question)) for number, title, rule in RULES]


def stopping(question: Question, *, is_correction: bool = False) -> list[Rule]:
    """Return the lines that keep this from leaving, none if it may go."""
    lines = check(replace(question, is_correction=is_correction))
    return [line for line in lines if line.stops and (not is_correction or line.number in FOR_A_CORRECTION)]


def open_findings(question: Question) -> list[Finding]:
    """Return what somebody has to answer for before this leaves, each finding once."""
    found = list(cited.findings(question))
    if document := question.document:
        found += [*named_people.findings(question), *children.findings(question, document)]
        found += deaths.findings(question, document)
    return unanswered(question.file, found)


def _line(number: int, title: str, answer: Answer) -> Rule:
    return Rule(number, title, answer.state, answer.sentence, answer.link, answer.is_blocking)

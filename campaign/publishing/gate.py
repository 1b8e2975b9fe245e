"""The gate: nothing leaves unless all of it holds. Ten rules as one table, computed, shown and enforced alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from campaign.publishing.rules.consent import consent
from campaign.publishing.rules.death import death_and_release
from campaign.publishing.rules.images import images, languages
from campaign.publishing.rules.people import people
from campaign.publishing.rules.question import Answer, Question, State
from campaign.publishing.rules.review import four_eyes
from campaign.publishing.rules.risk import risk
from campaign.publishing.rules.sources import sources, status
from campaign.publishing.rules.timing import embargo

RULES: tuple[tuple[int, str, Callable[[Question], Answer]], ...] = (
    (1, "Consent", consent),
    (2, "Risk", risk),
    (3, "Sources", sources),
    (4, "Status", status),
    (5, "Pictures", images),
    (6, "Four eyes", four_eyes),
    (7, "Nobody else named", people),
    (8, "Embargo and holds", embargo),
    (9, "Death and release", death_and_release),
    (10, "Languages", languages),
)
# "No rule blocks a publication that only takes away or corrects an error." What only takes away is asked nothing
# (door.take_away). A correction is asked for four eyes, always, and that it adds nothing that may not leave: a person
# who refused (1), a name (7), a place under a cord (8), a death or a release that is not known (9), each only as far as
# it is not public already. What the profile lacks besides (2 to 5, 10) is no reason to leave an error standing.
FOR_A_CORRECTION = frozenset({1, 6, 7, 8, 9})


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


def _line(number: int, title: str, answer: Answer) -> Rule:
    return Rule(number, title, answer.state, answer.sentence, answer.link, answer.is_blocking)

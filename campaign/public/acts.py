"""Citations of a page: which sources support what it says; and what a reader is asked to write.

What rests on no source is said as the campaign's own view.
"""

from dataclasses import dataclass

from campaign.languages import gettext_noop
from campaign.ledger.documents import Profile
from campaign.vocabulary.status import SITUATION_OF, SUFFICIENT


@dataclass(frozen=True)
class Support:
    """What a statement rests on: the numbers of its sources, or our own word."""

    numbers: tuple[int, ...] = ()
    is_ours: bool = False

    def __add__(self, other: "Support") -> "Support":
        """Return both supports as one, each source once."""
        numbers = tuple(dict.fromkeys((*self.numbers, *other.numbers)))
        return Support(numbers, self.is_ours or other.is_ours)


NONE = Support()


class Evidence:
    """The citations of a document by the path of the fact that they support."""

    def __init__(self, document: Profile) -> None:
        """Read the citations and the marks of a document once: a page asks for some fifty facts."""
        self._exact: dict[str, dict[int, None]] = {}
        self._beneath: dict[str, dict[int, None]] = {}
        self._ours = {step for fact in document.our_view for step in _steps(fact)}
        for citation in document.citations:
            self._exact.setdefault(citation.fact, {})[citation.source] = None
            for step in _steps(citation.fact):
                self._beneath.setdefault(step, {})[citation.source] = None

    def of(self, *facts: str) -> Support:
        """Return what supports these facts or any part of them."""
        numbers = dict.fromkeys(number for fact in facts for number in self._beneath.get(fact, ()))
        return Support(tuple(numbers), any(fact in self._ours for fact in facts))

    def exactly(self, fact: str) -> Support:
        """Return what supports a fact itself: of an episode, not of all that happened in it."""
        return Support(tuple(self._exact.get(fact, ())))


def _steps(fact: str) -> list[str]:
    """Return a path and the paths above it: a/b/c, a/b, a."""
    parts = fact.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


@dataclass(frozen=True)
class Asked:
    """The messages of the band: its heading, with a place for the name, and what to write."""

    heading: str
    write: str


HELD = Asked(
    gettext_noop("Say the name of {name} where it is heard."),
    gettext_noop(
        "Write to your member of parliament and to the embassy: ask where this person is, on what ground, and how."
    ),
)
FREE = Asked(
    gettext_noop("Keep asking how {name} is."),
    gettext_noop(
        "A release can be taken back. Write to your member of parliament and to the embassy: ask whether this person "
        "may live, speak and travel freely."
    ),
)
DEAD = Asked(
    gettext_noop("Say the name of {name}, and ask for the truth."),
    gettext_noop(
        "Write to your member of parliament and to the embassy: ask how this person died, who answers for it, and that "
        "the family may mourn."
    ),
)


def asked_of(document: Profile) -> Asked:
    """Return what is asked for a person. A death or a release that is not confirmed is no reason to stop asking."""
    situation = SITUATION_OF.get(document.status.code, "unknown")
    if situation == "dead" and document.status.confidence in {"confirmed", "corroborated"}:
        return DEAD
    if situation == "free" and document.status.confidence in SUFFICIENT:
        return FREE
    return HELD

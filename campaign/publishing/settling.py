"""Between relatives the strictest holds, until the safety officer and a second person settle it in writing.

A settlement covers the words of relatives and lawyers as they stood when it was signed. A word that comes later, or
one that changes, is heard again at once: nobody's withdrawal waits for a paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.cases.file import CaseFile, Consent
from campaign.publishing import decided

# Whose words can be settled. The person's own, and a suspicion of duress, can't.
BETWEEN = frozenset({"family", "lawyer"})
NEVER_SETTLED = frozenset({"paused_duress_suspected"})


@dataclass(frozen=True)
class Settled:
    """The words that a settlement covers, and the scopes that hold by it. Without rows there is none."""

    rows: tuple[Consent, ...]
    scopes: frozenset[str]


def settled(file: CaseFile, rows: Sequence[Consent], bases: Sequence[str]) -> Settled:
    """Return which of the words are settled and what holds by it: the newest settlement, the last of the file."""
    papers = list(decided.in_force(file, "settlement")) if BETWEEN.issuperset(bases) else []
    if not papers:
        return Settled((), frozenset())
    paper = papers[-1]
    covered = tuple(row for row in rows if row.state not in NEVER_SETTLED and decided.covers(paper, row))
    return Settled(covered, frozenset(paper.scopes))


def to_settle(file: CaseFile) -> list[Consent]:
    """Return the words about the person of relatives and lawyers that a settlement would cover."""
    words = [row for row in file.consents if row.basis in BETWEEN and not row.about]
    return [row for row in words if row.state not in NEVER_SETTLED and row.state != "ended"]

"""How likely two cases are one person's, with what speaks for it and against it, for an officer to decide.

One rule: nothing here merges, moves or hides anything. At most MOST candidates are ever offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from campaign.intake import evidence, naming
from campaign.intake.draft import Warned
from campaign.intake.evidence import Evidence
from campaign.intake.traits import Traits

Key = TypeVar("Key")

MOST = 5
# Two people may share every name: what names say alone stays below certainty, so that evidence can order homonyms.
NAMES_SAY = 0.92
LIKELY = 0.55  # what is offered as likely the same
TWIN = 0.75  # what keeps a case from the public while the other one is restricted


@dataclass(frozen=True)
class Likeness:
    """How likely two persons are one (0..1), and the sentences for and against it."""

    score: float
    for_: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Candidate(Generic[Key]):
    """Somebody who may be the same, by whatever key the caller knows them."""

    key: Key
    likeness: Likeness


@dataclass(frozen=True)
class Duplicate:
    """A row of a sheet that may be somebody known: of a case (`case_id`), or of an earlier row (`of_row`), the other 0.

    `of` names them for a person: a reference, or "row 12".
    """

    row: int
    name: str
    of: str
    likeness: Likeness
    case_id: int = 0
    of_row: int = 0

    @property
    def warned(self) -> Warned:
        """The duplicate as one line of the report."""
        because = " ".join(self.likeness.for_[:1])
        return Warned(self.row, "", self.name, f"This may be the same person as {self.of}. {because}".strip())

    def as_dict(self) -> dict[str, object]:
        """Return the duplicate as `--json` prints it."""
        told = {"for": list(self.likeness.for_), "against": list(self.likeness.against)}
        return {"row": self.row, "name": self.name, "of": self.of, "score": self.likeness.score, **told}


def likeness(one: Traits, other: Traits) -> Likeness:
    """Return how likely two persons are one.

    It begins with the score of the names, lowered a little; each piece of evidence for takes its share of the doubt
    that is left, each piece against its share of the likeness.
    """
    match = naming.best(one, other)
    pieces = evidence.gathered(one, other)
    if sentence := naming.other_characters(one, other):
        pieces.append(Evidence(-naming.OTHER_CHARACTERS, sentence))
    doubt, kept = 1.0 - NAMES_SAY * match.score, 1.0
    for piece in pieces:
        if piece.weight > 0:
            doubt *= 1.0 - piece.weight
        else:
            kept *= 1.0 + piece.weight
    pro = [naming.for_one_person(match), *(piece.sentence for piece in pieces if piece.weight > 0)]
    con = [naming.against_one_person(match), *(piece.sentence for piece in pieces if piece.weight < 0)]
    return Likeness(round((1.0 - doubt) * kept, 4), tuple(filter(None, pro)), tuple(filter(None, con)))


def likeliest(asked: Traits, others: Iterable[tuple[Key, Traits]], *, least: float = LIKELY) -> list[Candidate[Key]]:
    """Return who among others is likely the same, the likeliest first, at most MOST; ties in the order given."""
    found = [Candidate(key, likeness(asked, other)) for key, other in others]
    found = [candidate for candidate in found if candidate.likeness.score >= least]
    return sorted(found, key=lambda candidate: -candidate.likeness.score)[:MOST]

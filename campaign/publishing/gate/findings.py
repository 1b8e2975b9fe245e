"""Findings: words of a public text that somebody has to answer for, each once.

An answer is a signed decision and stands while the words, and the text around them, are the same. Another's name or
number is answered by a safety officer and a second person; anything else by the reviewer alone.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.cases.file import CaseFile
from campaign.publishing.consent import signatures


@dataclass(frozen=True)
class Finding:
    """A word found in a field of the document, what it seems to be, and the text or the facts it stands in."""

    field: str
    word: str
    what: str
    text: str
    is_for_officer: bool = True

    @property
    def mark(self) -> str:
        """What an answer stands on: the word in this text."""
        return f"{self.word}:{hashlib.sha256(self.text.encode()).hexdigest()[:16]}"


def unanswered(file: CaseFile, found: Iterable[Finding]) -> list[Finding]:
    """Return the findings for which nobody has answered, each once, in order."""
    return [one for one in dict.fromkeys(found) if not is_answered(file, one)]


def is_answered(file: CaseFile, finding: Finding) -> bool:
    """Whether who may has said that a finding is none, of these words in this text."""
    kinds = ("harmless",) if finding.is_for_officer else ("answered", "harmless")
    return any(
        finding.word in decision.about and (not decision.stands_on or finding.mark in decision.stands_on)
        for kind in kinds
        for decision in signatures.in_force(file, kind)
    )

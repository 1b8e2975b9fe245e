"""Everybody whom the case knows and who may not be named: relatives, witnesses, contacts, perpetrators, and so on.

Somebody is left out whose own consent lets their name stand, or of whom two people cleared the naming with sources
behind it. A public profile of their own is no leave to name them here: the link to it is what tells.
"""

import datetime
from collections.abc import Iterator

from campaign.cases.file import CaseFile
from campaign.publishing import decided
from campaign.publishing.clearance import named_by_own_word
from campaign.text import folded_words
from campaign.vocabulary import CONSENT_GIVER, RELATION


def unnamed(file: CaseFile, day: datetime.date) -> list[str]:
    """Return the names that no public text may hold, as they are written in the file."""
    cleared = {folded_words(name) for name in _cleared(file, day)}
    return list(dict.fromkeys(name for name in _known(file) if name.strip() and folded_words(name) not in cleared))


def own_words(file: CaseFile) -> frozenset[str]:
    """Return the words of the person's own public names: a family shares names, and those give nobody away."""
    return frozenset(part for name in file.names if name.is_public for part in folded_words(name.text).split())


def generic_words() -> frozenset[str]:
    """Return the words that stand for anybody's relative and so name nobody."""
    labels = " ".join(term.label for vocabulary in (RELATION, CONSENT_GIVER) for term in vocabulary)
    ours = {"family", "relatives", "campaign", "representative", "public", "names"}
    return frozenset(folded_words(labels).split()) | ours


def _cleared(file: CaseFile, day: datetime.date) -> Iterator[str]:
    by_own_word = named_by_own_word(file, day)
    yield from (relative.name for relative in file.relatives if relative.id in by_own_word)
    yield from (testimony.witness for testimony in file.testimonies if testimony.id in by_own_word)
    cited = {row.fact for row in file.citations}
    for row in file.perpetrators:
        if f"perpetrators/{row.id}" in cited and decided.is_covered(file, "perpetrator", [row]):
            yield row.name


def _known(file: CaseFile) -> Iterator[str]:
    yield from (relative.name for relative in file.relatives)
    yield from (testimony.witness for testimony in file.testimonies)
    yield from (testimony.interviewer for testimony in file.testimonies)
    yield from (contact.name for contact in file.contacts)
    yield from (consent.giver for consent in file.consents)
    yield from (source.author for source in file.sources if source.is_confidential)
    yield from (proceeding.judge for episode in file.episodes for proceeding in episode.proceedings)
    yield from (row.name for row in file.perpetrators)
    yield from (name.text for name in file.names if not name.is_public)

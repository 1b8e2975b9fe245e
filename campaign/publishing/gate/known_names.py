"""Everybody whom the case knows and who may not be named: relatives, witnesses, contacts, perpetrators, and so on.

Somebody is left out whose own consent lets their name stand, or of whom two people cleared the naming with sources
behind it. A public profile of their own is no leave to name them here: the link to it is what tells.
"""

import datetime
from collections.abc import Iterator

import msgspec

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.publishing.consent import signatures
from campaign.publishing.consent.scopes import named_by_own_word
from campaign.text import folded_words
from campaign.vocabulary.people import RELATION
from campaign.vocabulary.protection import CONSENT_GIVER

# Whose words are not ours, or lead nowhere: the person's own names, digests, entries elsewhere that were chosen.
NOT_TEXTS = frozenset({"names", "display_name", "slug", "ref", "salt"})
# The names of a place are the gazetteer's: people are called after places too.
NOT_INSIDE = frozenset({"names", "within"})


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
        if f"perpetrators/{row.id}" in cited and signatures.is_covered(file, "perpetrator", [row]):
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


def told_texts(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the field in which it stands, the person's own names aside."""
    plain = msgspec.to_builtins(document)
    for field, value in plain.items():
        if field not in NOT_TEXTS:
            yield from ((field, text) for text in _strings(value, NOT_INSIDE))


def prose(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield the texts in which nothing may lead to anybody's home: those above without addresses and digests."""
    plain = msgspec.to_builtins(document)
    machine = NOT_INSIDE | {"url", "archive_url", "sha256", "renditions", "ref", "edtf", "id", "fact", "code"}
    for field, value in plain.items():
        if field not in NOT_TEXTS | {"outside_ids", "un_work", "our_view", "published_at", "first_published_at"}:
            yield from ((field, text) for text in _strings(value, machine))


def _strings(value: object, left_out: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner if key not in left_out else "", left_out)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, left_out)

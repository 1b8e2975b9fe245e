"""Everybody whom the case knows and who may not be named: relatives, witnesses, contacts, perpetrators, and so on.

Somebody is left out whose own consent lets their name stand, or of whom two people cleared the naming with sources
behind it. A public profile of their own is no leave to name them here: the link to it is what tells.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from campaign.cases.file import CaseFile
from campaign.ledger.documents import Profile
from campaign.publishing.consent import signatures
from campaign.publishing.consent.scopes import named_by_own_word
from campaign.publishing.gate.words import words_of
from campaign.text import folded_words
from campaign.vocabulary.people import RELATION
from campaign.vocabulary.protection import CONSENT_GIVER

# Whose words are not ours, or lead nowhere: the person's own names (looked at by themselves), digests.
NOT_TEXTS = frozenset({"names", "display_name", "slug", "ref", "salt"})
# The names of a place are the gazetteer's: people are called after places too.
NOT_INSIDE = frozenset({"names", "within"})
# What a program wrote: the letters of a random id are no words.
MACHINE = frozenset({"id", "fact", "edtf", "sha256", "renditions", "code", "ref"})
# Whose child somebody is called after: the one word that an own name may share with a parent's whole name.
ANCESTORS = frozenset({"parent", "grandparent"})


@dataclass(frozen=True)
class Known:
    """Somebody who may not be named. `is_minor` excuses nothing; `is_own` is a name of the person kept from public."""

    name: str
    is_minor: bool = False
    is_ancestor: bool = False
    is_own: bool = False


def unnamed(file: CaseFile, day: datetime.date) -> list[str]:
    """Return the names that no public text may hold, as they are written in the file."""
    cleared = {folded_words(name) for name in _cleared(file, day)}
    return list(dict.fromkeys(name for name in _known(file) if name.strip() and folded_words(name) not in cleared))


def known(file: CaseFile, names: Iterable[str]) -> list[Known]:
    """Return what the file says of whom each name belongs to."""
    own = {folded_words(name.text) for name in file.names}
    minors = {row.name for row in file.relatives if row.is_minor}
    relatives = {row.name: row.relation for row in file.relatives}
    hidden = {name.text for name in file.names if not name.is_public}
    themselves = {row.giver for row in file.consents if "self" in {row.basis, row.giver_kind} and not row.about}
    themselves |= {source.author for source in file.sources if folded_words(source.author) in own}
    others = {*relatives, *(row.witness for row in file.testimonies), *(row.name for row in file.contacts)}
    return [
        Known(
            name,
            is_minor=name in minors,
            is_ancestor=relatives.get(name) in ANCESTORS,
            is_own=name in hidden | themselves and name not in others,
        )
        for name in names
    ]


def own_names(file: CaseFile) -> list[str]:
    """Return the person's own public names, as they are written."""
    return [name.text for name in file.names if name.is_public and name.text.strip()]


@cache
def generic_words() -> frozenset[str]:
    """Return the words that stand for anybody's relative and so name nobody, as they are compared."""
    labels = [term.label for vocabulary in (RELATION, CONSENT_GIVER) for term in vocabulary]
    ours = "family relatives campaign representative public names desk demonstration somebody someone anonymous unknown"
    return frozenset(word.key for label in [*labels, ours] for word in words_of(label))


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
    yield from (name for episode in file.episodes for row in episode.proceedings for name in (row.judge, row.counsel))
    yield from (row.name for row in file.perpetrators)
    yield from (image.likeness_confirmed_by for image in file.images)
    yield from (name.text for name in file.names if not name.is_public)


def told_texts(document: Profile) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the field in which it stands, the person's own names aside."""
    plain = msgspec.to_builtins(document)
    for field, value in plain.items():
        if field not in NOT_TEXTS:
            yield from ((field, text) for text in _strings(value, NOT_INSIDE | MACHINE))
    yield from (("pronunciation", name.pronunciation) for name in document.names if name.pronunciation)


def prose(document: Profile, without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield the texts in which nothing may lead to anybody's home: the names too, without addresses and digests.

    `without` are further fields, at any depth, that are left out.
    """
    plain = msgspec.to_builtins(document)
    machine = NOT_INSIDE | MACHINE | {"url", "archive_url"} | without
    left_out = NOT_TEXTS | {"outside_ids", "un_work", "our_view", "published_at", "first_published_at"}
    for field, value in plain.items():
        if field not in left_out:
            yield from ((field, text) for text in _strings(value, machine))
    yield from (("names", text) for name in document.names for text in (name.text, name.pronunciation) if text)


def _strings(value: object, left_out: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner if key not in left_out else "", left_out)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, left_out)

"""Translations that are older than a fix: when a correction changed the original, they wait for a new one.

Nothing is stored for it: the desk's own copies of what was published say which correction changed which original.
"""

from collections.abc import Mapping
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import undefer

from campaign.cases.file import CaseFile
from campaign.database import db
from campaign.ledger import documents
from campaign.ledger.documents import Profile, Text
from campaign.publishing.meta import Meta, Outdated
from campaign.publishing.models import Publication
from campaign.publishing.project_person import texts

KINDS = ("summary", "story", "quote", "details")


Originals = Mapping[str, list[str]]


def outdated_of(ref: str) -> frozenset[Outdated]:
    """Return the translations of a profile that some correction of their original left behind.

    Raises formats.UnreadableDocument.
    """
    query = select(Publication).where(Publication.ref == ref, Publication.kind != "withdrawal")
    told = db.session.scalars(query.options(undefer(Publication.body)).order_by(Publication.number)).all()
    name = "{}, the desk's copy of entry {}".format
    kept = [(row.kind, documents.profile(row.body, name(ref, row.number))) for row in told if row.body is not None]
    pairs = ((before, after) for (_, before), (kind, after) in pairwise(kept) if kind == "correction")
    return frozenset[Outdated]().union(*(outdated_by(before, originals_of(after)) for before, after in pairs))


def outdated_by(before: Profile, after: Originals) -> frozenset[Outdated]:
    """Return the translations of a document whose original is another one by now."""
    originals = originals_of(before)
    return frozenset(
        (kind, text.language, text.text)
        for kind in KINDS
        if originals[kind] != after[kind]
        for text in _texts(before, kind)
        if text.translation_state
    )


def originals_of(document: Profile) -> Originals:
    """Return the texts of a document that are no translations, by their kind."""
    return {kind: [text.text for text in _texts(document, kind) if not text.translation_state] for kind in KINDS}


def originals_in(file: CaseFile, meta: Meta) -> Originals:
    """Return the same of a file: the originals that would leave."""
    told = {kind: texts(file, kind, meta, []) if meta.clearance.clears(kind) else [] for kind in KINDS}
    return {kind: [text.text for text in some if not text.translation_state] for kind, some in told.items()}


def _texts(document: Profile, kind: str) -> list[Text]:
    found: list[Text] = getattr(document, kind)
    return found

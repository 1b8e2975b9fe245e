"""Translations that are older than a fix: when a correction changed the original, they wait for a new one.

Nothing is stored for it: the desk's own copies of what was published say which correction changed which original.
"""

from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import undefer

from campaign.database import db
from campaign.ledger import documents
from campaign.ledger.documents import Profile, Text
from campaign.publishing.meta import Outdated
from campaign.publishing.models import Publication

KINDS = ("summary", "story", "quote", "details")


def outdated_of(ref: str) -> frozenset[Outdated]:
    """Return the translations of a profile that some correction of their original left behind."""
    query = select(Publication).where(Publication.ref == ref, Publication.kind != "withdrawal")
    if "correction" not in set(db.session.scalars(query.with_only_columns(Publication.kind))):
        return frozenset()
    told = db.session.scalars(query.options(undefer(Publication.body)).order_by(Publication.number)).all()
    kept = [(row.kind, documents.profile(row.body)) for row in told if row.body is not None]
    pairs = ((before, after) for (_, before), (kind, after) in pairwise(kept) if kind == "correction")
    return frozenset[Outdated]().union(*(outdated_by(before, after) for before, after in pairs))


def outdated_by(before: Profile, after: Profile) -> frozenset[Outdated]:
    """Return the translations of a document whose original another one changes."""
    return frozenset(
        (kind, text.language, text.text)
        for kind in KINDS
        if _originals(before, kind) != _originals(after, kind)
        for text in _texts(before, kind)
        if text.translation_state
    )


def _originals(document: Profile, kind: str) -> list[str]:
    return [text.text for text in _texts(document, kind) if not text.translation_state]


def _texts(document: Profile, kind: str) -> list[Text]:
    found: list[Text] = getattr(document, kind)
    return found

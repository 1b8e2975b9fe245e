"""What was published of a case so far, from the ledger and the publications kept here, in one statement.

Translations older than a correction are found here too: they stay behind until there is a new one. Nothing is stored
for it: the desk's own copies of what was published say which correction changed which original.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import undefer

from campaign.cases.file import CaseFile
from campaign.database import db
from campaign.formats import UnreadableDocument
from campaign.ledger import chain, documents
from campaign.ledger.documents import Profile, Text
from campaign.ledger.models import Body, Entry
from campaign.publishing.errors import NotPublic
from campaign.publishing.models import Publication
from campaign.publishing.projection.profile import texts
from campaign.publishing.projection.values import Kind, Meta, Outdated

KINDS = ("summary", "story", "quote", "details")
Originals = Mapping[str, list[str]]


class Last(NamedTuple):
    """The last publication of a revision: its number, when it was, whose words stayed behind (None: not kept)."""

    revision: int
    at: datetime.datetime
    withheld_by: list[int] | None


@dataclass(frozen=True)
class Published:
    """The publications of a case so far. `count` leaves withdrawals out; `last` is the last one of a revision.

    `is_listed` says that the newest entry is a publication, whatever the clock says; `document` is that of the newest
    entry, None where it was withdrawn, its body is lost, or can't be read: `unreadable` then says so.
    """

    ref: str
    count: int
    first_at: datetime.datetime | None
    last: Last | None
    is_corrected: bool
    is_listed: bool
    document: Profile | None
    unreadable: str

    @property
    def revision(self) -> int:
        """The number of the revision that was published last, 0 for none."""
        return self.last.revision if self.last else 0

    @property
    def next_kind(self) -> Kind:
        """The kind of the next plain publication."""
        return "first" if self.first_at is None else "update"

    @property
    def listed(self) -> Profile | None:
        """The document that is public now, None where none is. Raises NotPublic where it can't be read."""
        if self.is_listed and self.document is None:
            raise NotPublic(self.unreadable or f"{self.ref} is not public, so there is nothing to take away.")
        return self.document


def published(ref: str) -> Published:
    """Return what was published of a reference so far."""
    entries = (Entry.subject == "profile", Entry.ref == ref)
    newest = select(func.max(Entry.number)).where(*entries, Entry.audience == "public").scalar_subquery()
    query = (
        select(
            Entry.number,
            Entry.kind,
            Entry.at,
            Publication.kind,
            Publication.revision,
            Publication.withheld_by,
            Entry.digest,
            Body.body,
        )
        .outerjoin(Publication, Publication.number == Entry.number)
        # Older bodies are not read: only the newest document is asked for.
        .outerjoin(Body, and_(Body.number == Entry.number, Entry.number == newest))
    )
    rows = db.session.execute(query.where(*entries).order_by(Entry.number)).all()
    times = [at for _, kind, at, *_ in rows if kind == "publish"]
    is_listed = bool(rows) and rows[-1][1] == "publish"
    document, unreadable = _document(ref, rows[-1]) if is_listed else (None, "")
    # A document is projected a moment before its entry is written: what it says of its first day is said again.
    first_at = document.first_published_at if document else min(times, default=None)
    return Published(
        ref=ref,
        count=len(times),
        first_at=first_at,
        last=max((_last(row) for row in rows if row.revision), key=lambda one: one.revision, default=None),
        is_corrected=any(kind == "correction" for _, _, _, kind, *_ in rows),
        is_listed=is_listed,
        document=document,
        unreadable=unreadable,
    )


def _last(row: Any) -> Last:
    return Last(row.revision, row.at, row.withheld_by)


def _document(ref: str, newest: Any) -> tuple[Profile | None, str]:
    """Return the document of a row, or the sentence that says why it can't be read."""
    if newest.body is None:
        return None, ""
    try:
        return chain.document_of(newest.body, newest.digest, chain.name_of(ref, newest.number)), ""
    except UnreadableDocument as fault:
        return None, str(fault)


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
